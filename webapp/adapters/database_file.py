"""One SQLite file: a connection per call, and plain words when the file cannot be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from webapp.meeting_requests.ports import StoreUnavailable

_BUSY = 5_000  # milliseconds to wait for another writer
_DAMAGED = "is damaged or no database. Keep it for who repairs it, and put a backup in its place."
_LOCKED = "is locked by another program. Wait a minute and try again, or stop that program."
_NOT_OURS = "cannot be opened or written. Let this user read and write it and its folder."
_FULL = "cannot grow: the disk is full. Make room and try again."
_UNREADABLE = "cannot be read or written. Look at the disk, then try again."
_ADVICE = {
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _NOT_OURS,
    sqlite3.SQLITE_CANTOPEN: _NOT_OURS,
    sqlite3.SQLITE_PERM: _NOT_OURS,
    sqlite3.SQLITE_FULL: _FULL,
}


class DatabaseFile:
    """Threads and processes may share the file. Raises StoreUnavailable, which says what to do."""

    def __init__(self, path: Path, schema: str) -> None:
        """`schema`: statements that may run again and again. The file is made when needed."""
        self._path = path
        self._schema = schema
        self._has_tables = False

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Busy timeout before anything else: even a PRAGMA can find the database locked."""
        try:
            is_new = _make_file(self._path)
            db = sqlite3.connect(self._path, isolation_level=None)
            try:
                db.execute(f"PRAGMA busy_timeout = {_BUSY:d}")
                db.execute("PRAGMA synchronous = FULL")
                db.execute("PRAGMA foreign_keys = ON")
                db.row_factory = sqlite3.Row
                if is_new or not self._has_tables:
                    self._make_tables(db)
                yield db
            finally:
                db.close()
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(f"The database {self._path} {_advice(error)}") from error

    def _make_tables(self, db: sqlite3.Connection) -> None:
        """At first use, and whenever the file has gone or could not be used until now."""
        db.execute("PRAGMA journal_mode = WAL")
        for statement in self._schema.split(";"):
            try:
                db.execute(statement)
            except sqlite3.OperationalError as error:
                if "duplicate column" not in str(error):  # an older file has just got the column
                    raise
        self._has_tables = True

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; the write lock is taken at the start."""
        with self.connection() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.rollback()
                raise
            db.commit()


def _advice(error: Exception) -> str:
    if isinstance(error, OSError):
        return _NOT_OURS
    # the low byte is the kind of error, whatever stands before it
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _ADVICE.get(code, _UNREADABLE)


def _make_file(path: Path) -> bool:
    """Whether the file had to be made. Only its owner may read it, and what SQLite puts beside
    it has the same mode."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)
    return True
