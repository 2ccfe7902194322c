"""What somebody who runs the service does by hand: the outbox, sending, copies of the database."""

from __future__ import annotations

from pathlib import Path

from webapp.adapters.backup import Kept, back_up
from webapp.adapters.backup import restore as restore_copy
from webapp.adapters.files import KeyFileError
from webapp.bootstrap import Services, build_services, utc_now
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


def backup(settings: Settings, copy: Path) -> Kept:
    """Copy the database while the service runs. Raises StoreUnavailable."""
    if not settings.database.exists():
        raise StoreUnavailable(_no_database(settings))
    return back_up(settings.database, copy)


def restore(settings: Settings, copy: Path) -> Kept:
    """Put a copy in the place of the database. Raises StoreUnavailable."""
    return restore_copy(copy, settings.database, utc_now())


def _no_database(settings: Settings) -> str:
    return (
        f"There is no database at {settings.database}. Check DATA_FOLDER, or start the "
        "service once with ./run."
    )


def _services(settings: Settings) -> Services:
    """Never makes a new database: an empty outbox would hide that the folder is the wrong one."""
    if settings.store == "sqlite" and not settings.database.exists():
        raise StoreUnavailable(_no_database(settings))
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
