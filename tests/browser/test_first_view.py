"""The first page arrives in one round of packets: 14,600 bytes, HTML and CSS together."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Server
from tests.browser.tours import Tour

ONE_ROUND = 14_600  # bytes: ten packets of an initial congestion window


@pytest.mark.parametrize("name", ["home", "question danger"])
def test_a_first_view_fits_one_round_of_packets(
    name: str, tour: Tour, server: Server, record_property: Callable[[str, object], None]
) -> None:
    stop = tour.named(name)
    cookies = stop.cookies["cookies"]
    sent = "; ".join(f"{each['name']}={each['value']}" for each in cookies)
    page, html = as_served(server.origin, stop.path, sent)
    # headers are not part of the promise, but they take their share of the packets
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    assert len(styles) == 1
    css, _text = as_served(server.origin, styles[0])
    said = f"{page} + {css} = {page + css} bytes of {ONE_ROUND}"
    record_property("measured", f"first view of {stop.name} in {tour.lang}: {said}")
    assert page + css <= ONE_ROUND


def as_served(origin: str, path: str, cookies: str = "") -> tuple[int, str]:
    """The bytes of a compressed response, and its text."""
    import gzip

    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookies})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == 200
    assert response.headers["Content-Encoding"] == "gzip"
    return len(body), gzip.decompress(body).decode()
