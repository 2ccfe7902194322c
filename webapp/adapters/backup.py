"""A copy of the database on this machine, and the way back. The keys are kept apart from it.

SQLite's own online backup makes the copy, so the service may run meanwhile. What a restored
database holds as unsent may have been sent after the copy was made: it goes again, labelled as a
copy, and what a duty officer has acknowledged does not.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from webapp.meeting_requests.ports import StoreUnavailable

_NEEDED = frozenset({"drafts", "meeting_requests", "dispatches", "escalations"})


@dataclass(frozen=True)
class Kept:
    """What a copy holds, in numbers. `waiting`: dispatches that nobody has acknowledged or sent."""

    requests: int
    dispatches: int
    waiting: int


def back_up(database: Path, copy: Path) -> Kept:
    """Copy the database to a new file that only its owner can read. Raises StoreUnavailable."""
    if copy.exists():
        raise StoreUnavailable(f"{copy} exists already. Name a new file: nothing is written over.")
    part = copy.with_name(copy.name + ".part")
    try:
        _copy(database, part)
        kept = _looked_at(part)
        os.replace(part, copy)
    except (sqlite3.Error, OSError) as error:
        raise StoreUnavailable(f"No copy was made at {copy}: {_why(error)}") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return kept


def restore(copy: Path, database: Path, now: datetime) -> Kept:
    """Put a copy in the place of the database, which is kept beside it under another name.

    Stop the service first. Raises StoreUnavailable, and then nothing has changed.
    """
    part = database.with_name(database.name + ".restored")
    try:
        if not copy.is_file():
            raise OSError("there is no such file")
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(copy, part)
        kept = _looked_at(part)
        _send_again_as_copies(part)
        _set_aside(database, now)
        os.replace(part, database)
    except (sqlite3.Error, OSError) as error:
        raise StoreUnavailable(f"{copy} was not restored: {_why(error)}") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return kept


def _copy(source: Path, target: Path) -> None:
    with suppress(FileNotFoundError):
        target.unlink()
    target.touch(mode=0o600)
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
        # one file, whole in itself: no log beside it that somebody might leave behind
        written.execute("PRAGMA journal_mode = DELETE")


def _looked_at(path: Path) -> Kept:
    """Raises sqlite3.DatabaseError where the file is damaged or of something else."""
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"it is damaged ({found})")
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        if not tables >= _NEEDED:
            raise sqlite3.DatabaseError("it is no database of this service")
        counts = [
            db.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0]  # noqa: S608 - our own words
            for what in ("meeting_requests", "dispatches", f"dispatches WHERE {_WAITS}")
        ]
    return Kept(*counts)


_WAITS = "handed_over_at IS NULL AND refused_at IS NULL AND next_attempt_at IS NOT NULL"


def _send_again_as_copies(path: Path) -> None:
    """An attempt that the copy does not know of may have been made: the next is the second."""
    with closing(sqlite3.connect(path)) as db, db:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        if "acknowledgements" in tables:
            db.execute(
                f"UPDATE dispatches SET next_attempt_at = NULL WHERE {_WAITS}"  # noqa: S608
                " AND reference IN (SELECT dispatch FROM acknowledgements)"
            )
        db.execute(
            "UPDATE dispatches SET attempts = MAX(attempts, 1), lease_token = NULL,"  # noqa: S608
            f" lease_until = NULL WHERE {_WAITS}"
        )


def _set_aside(database: Path, now: datetime) -> None:
    """The database and what SQLite keeps beside it, under a name with the time."""
    for end in ("", "-wal", "-shm"):
        old = database.with_name(database.name + end)
        if old.exists():
            old.rename(database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%SZ}{end}"))


def _why(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{words}. Nothing has changed."
