"""What somebody who runs the service does by hand: look at the outbox, send what waits."""

from __future__ import annotations

from webapp.adapters.files import KeyFileError
from webapp.bootstrap import Services, build_services
from webapp.meeting_requests.delivering import Deliveries, deliver_pending
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.settings import Settings


def outbox(settings: Settings) -> list[dict[str, str | int]]:
    """What has been sent and what waits. Raises StoreUnavailable, which says what to do."""
    return _services(settings).store.outbox()


def deliver(settings: Settings) -> Deliveries:
    """One round of sending. Raises StoreUnavailable if what waits cannot even be read."""
    services = _services(settings)
    services.store.check()
    return deliver_pending(
        services.store,
        services.mailer,
        services.sender.assemble,
        services.attach,
        services.clock(),
    )


def _services(settings: Settings) -> Services:
    """Never makes a new database: an empty outbox would hide that the folder is the wrong one."""
    if settings.store == "sqlite" and not settings.database.exists():
        raise StoreUnavailable(
            f"There is no database at {settings.database}. Check DATA_FOLDER, or start the "
            "service once with ./run."
        )
    try:
        return build_services(settings)
    except FileNotFoundError as error:
        raise StoreUnavailable(f"{error.filename} is missing. Run: cyfarfod build") from error
    except OSError as error:
        raise StoreUnavailable(
            f"{error.filename} cannot be used: {error.strerror}. Give this user access to it."
        ) from error
    except KeyFileError as error:
        raise StoreUnavailable(str(error)) from error
