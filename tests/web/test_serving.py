"""What never reaches the app: the server answers it itself."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from tests.web.conftest import World
from webapp.web.errors import LAST_RESORT
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
