"""The embedded server: the pages, and a thread that sends what waits once a minute."""

from __future__ import annotations

import logging
import threading

from werkzeug.serving import WSGIRequestHandler, make_server

from webapp import readiness
from webapp.bootstrap import Services, build_services
from webapp.meeting_requests.delivering import deliver_pending
from webapp.settings import Settings
from webapp.web import create_app
from webapp.web.errors import LAST_RESORT
from webapp.web.security import HEADERS

ROUND = 60  # seconds between two rounds of delivery


class Handler(WSGIRequestHandler):
    """Answers what is no HTTP before the app sees it: too long, garbled, too many headers.

    Such an answer is our page in both languages, and nothing of what came is written to a log.
    """

    error_message_format = LAST_RESORT
    error_content_type = "text/html; charset=utf-8"
    default_request_version = "HTTP/1.0"  # so that even a garbled line is answered with headers
    timeout = 30  # seconds without a byte: a client that only holds the line is let go
    is_refusing = False

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """`message` may repeat what came, so the standard phrase of the code stands instead."""
        self.is_refusing = True
        super().send_error(code)

    def end_headers(self) -> None:
        if self.is_refusing:
            for name, value in {**HEADERS, "Cache-Control": "no-store"}.items():
                self.send_header(name, value)
        super().end_headers()

    def version_string(self) -> str:
        return "Cyfarfod"

    def log_error(self, format: str, *args: object) -> None:
        logging.getLogger("werkzeug").error("A request could not be read.")


def serve(settings: Settings) -> None:
    """Serve until stopped. Prints the address once the port answers."""
    # Werkzeug logs each request with its path; a log of who asked what is not wanted here.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    services = build_services(settings)
    for problem in readiness.problems(services).values():
        logging.getLogger("cyfarfod").error(problem)
    server = make_server(
        settings.host,
        settings.port,
        create_app(services, settings),
        threaded=True,
        request_handler=Handler,
    )
    stop = threading.Event()
    threading.Thread(target=_deliver_until, args=(services, stop), daemon=True).start()
    print(f"Cyfarfod: {settings.origin}/  (Ctrl-C stops it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        server.server_close()


def _deliver_until(services: Services, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            deliver_pending(
                services.store,
                services.mailer,
                services.sender.assemble,
                services.attach,
                services.clock(),
            )
        except Exception:
            # The loop must outlive any one mail; what failed stays due and is tried again.
            logging.getLogger("cyfarfod").exception("A round of delivery failed")
        stop.wait(ROUND)
