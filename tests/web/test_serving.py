"""What never reaches the app: the server answers it itself."""

from __future__ import annotations

import itertools
import logging
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from tests.meeting_requests.fakes import KEYRING, NOW, a_draft, library
from tests.web.conftest import World
from webapp.meeting_requests.drafts import DraftTooLarge, every_answer, seal_draft
from webapp.meeting_requests.model import Departure
from webapp.web.draft_cookies import MOST_DRAFTS
from webapp.web.errors import LAST_RESORT
from webapp.web.sent import MOST_REMEMBERED
from webapp.web.serving import Handler

GARBLED = {
    "a line that is too long": b"GET /cy/?Mair" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
    "a header that is too long": b"GET /cy/ HTTP/1.1\r\nCookie: Mair" + b"x" * 70_000 + b"\r\n\r\n",
    "too many headers": b"GET /cy/ HTTP/1.1\r\n" + b"X: y\r\n" * 120 + b"\r\n",
    "no request at all": b"Mair Ffugenw Heol Ddychmygol\r\n\r\n",
    "a version of the future": b"GET /cy/ HTTP/9.9\r\n\r\n",
}


@pytest.fixture
def port(world: World) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, world.app, threaded=True, request_handler=Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def answer_to(port: int, sent: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(sent)
        received = b""
        try:
            while part := connection.recv(65_536):
                received += part
        except ConnectionResetError:  # the rest of what was sent stays unread
            pass
    return received.decode()


@pytest.mark.parametrize("sent", GARBLED.values(), ids=GARBLED)
def test_what_is_no_http_is_answered_in_both_languages_with_a_number_to_ring(
    port: int, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "werkzeug")

    answer = answer_to(port, sent)

    assert answer.endswith(LAST_RESORT)
    assert answer.startswith("HTTP/1.")
    assert "Content-Security-Policy: default-src 'none'" in answer
    assert "no-store" in answer
    assert "Mair" not in answer + caplog.text


def test_no_answer_names_what_the_server_is_made_of(port: int) -> None:
    answer = answer_to(port, b"GET /cy/ HTTP/1.0\r\nHost: localhost\r\n\r\n")

    assert answer.startswith("HTTP/1.")
    assert "Server: Cyfarfod\r\n" in answer
    assert "Python" not in answer


def test_a_client_that_only_holds_the_line_is_let_go(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handler, "timeout", 0.2)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET /en/ HT")
        assert connection.recv(1) == b""


def full_drafts() -> dict[str, str]:
    """As many drafts as a browser may have, each with every answer and all the reasons it holds."""
    cookies = {}
    for of in itertools.islice(itertools.cycle(library().procedures), MOST_DRAFTS):
        procedure = library().procedures[of]
        draft = replace(a_draft(every_answer(procedure), of=of), begun=NOW)
        for number in itertools.count():
            reason = "".join(chr(0x4E00 + (n * 7919 + number) % 20_000) for n in range(5))
            more = Departure(f"attendee:{number}", "removed", reason)
            fuller = replace(
                draft, departures={"adult": (*draft.departures.get("adult", ()), more)}
            )
            try:
                cookies[draft.id] = seal_draft(fuller, KEYRING, procedure, now=NOW)
            except DraftTooLarge:
                break
            draft = fuller
    return cookies


def test_a_browser_full_of_drafts_and_sent_requests_is_served(port: int, world: World) -> None:
    sent = world.at_check("en")
    sent.get(sent.path).submit("send")
    (status,) = [c for c in sent.client._cookies.values() if c.key.startswith("status-")]
    cookies = {f"draft-{each}": value for each, value in full_drafts().items()}
    cookies |= {f"status-CFD-AAAA-AAA{n}": status.value for n in range(MOST_REMEMBERED)}
    line = "Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items())

    # the names that browsers get over HTTPS are longer
    assert 7_500 < len(line) + len("__Host-") * len(cookies) <= 8_190
    answer = answer_to(
        port, f"GET /en/drafts HTTP/1.0\r\nHost: localhost\r\n{line}\r\n\r\n".encode()
    )

    assert answer.startswith("HTTP/1.1 200")
    assert answer.count('action="/en/journey/') == MOST_DRAFTS
