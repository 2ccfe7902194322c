"""The embedded server: the pages, and a thread that sends what waits once a minute."""

from __future__ import annotations

import logging
import threading

from werkzeug.serving import make_server

from webapp.bootstrap import Services, build_services
from webapp.meeting_requests.use_cases import deliver_pending
from webapp.settings import Settings
from webapp.web import create_app

ROUND = 60  # seconds between two rounds of delivery


def serve(settings: Settings) -> None:
    """Serve until stopped. Prints the address once the port answers."""
    # Werkzeug logs each request with its path; a log of who asked what is not wanted here.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    services = build_services(settings)
    server = make_server(
        settings.host, settings.port, create_app(services, settings), threaded=True
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
                services.store, services.mailer, services.sender.assemble, services.clock()
            )
        except Exception:
            # The loop must outlive any one mail; what failed stays due and is tried again.
            logging.getLogger("cyfarfod").exception("A round of delivery failed")
        stop.wait(ROUND)
