"""What somebody who runs the service does by hand: look at the outbox, send what waits."""

from __future__ import annotations

from webapp.adapters.files import KeyFileError
from webapp.bootstrap import Services, build_services
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.meeting_requests.use_cases import Deliveries, deliver_pending
from webapp.settings import Settings


class CannotRun(Exception):
    """One or two sentences: what is wrong, and what to do."""


def outbox(settings: Settings) -> list[dict[str, str | int]]:
    """What has been sent and what waits. Raises CannotRun."""
    try:
        return _services(settings).store.outbox()
    except StoreUnavailable as error:
        raise CannotRun(str(error)) from error


def deliver(settings: Settings) -> Deliveries:
    """One round of sending. Raises CannotRun if what waits cannot even be read."""
    services = _services(settings)
    try:
        services.store.check()
    except StoreUnavailable as error:
        raise CannotRun(str(error)) from error
    assemble = services.sender.assemble
    return deliver_pending(services.store, services.mailer, assemble, services.clock())


def _services(settings: Settings) -> Services:
    """Never makes a new database: an empty outbox would hide that the folder is the wrong one."""
    if settings.store == "sqlite" and not settings.database.exists():
        raise CannotRun(
            f"There is no database at {settings.database}. Check DATA_FOLDER, or start the "
            "service once with ./run."
        )
    try:
        return build_services(settings)
    except FileNotFoundError as error:
        raise CannotRun(f"{error.filename} is missing. Run: cyfarfod build") from error
    except OSError as error:
        raise CannotRun(
            f"{error.filename} cannot be used: {error.strerror}. Give this user access to it."
        ) from error
    except KeyFileError as error:
        raise CannotRun(str(error)) from error
