"""The database on this machine: SQLite."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from webapp.adapters import acknowledged
from webapp.adapters.database_file import DatabaseFile
from webapp.meeting_requests.acknowledgement import Acknowledgement
from webapp.meeting_requests.model import Dispatch, MeetingRequest, Submitted, from_stamp, stamp
from webapp.meeting_requests.ports import (
    AlreadySent,
    LooksTheSame,
    Overtaken,
    ReferenceTaken,
    StoreUnavailable,
)
from webapp.meeting_requests.sealing import CannotOpen, Keyring, seal_with, unseal_with

logger = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS drafts (
  id TEXT PRIMARY KEY, sealed BLOB NOT NULL, expires_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS meeting_requests (
  reference TEXT PRIMARY KEY, submission_key TEXT NOT NULL UNIQUE, content TEXT NOT NULL,
  created_at TEXT NOT NULL, sealed BLOB NOT NULL, corrects TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS by_content ON meeting_requests (content, created_at);
CREATE TABLE IF NOT EXISTS dispatches (
  reference TEXT PRIMARY KEY, family TEXT NOT NULL REFERENCES meeting_requests (reference),
  sealed BLOB NOT NULL, attempts INTEGER NOT NULL, next_attempt_at TEXT, handed_over_at TEXT,
  refused_at TEXT, lease_token TEXT, lease_until TEXT, kind TEXT NOT NULL DEFAULT 'request'
) STRICT;
CREATE INDEX IF NOT EXISTS by_attempt ON dispatches (next_attempt_at);
CREATE TABLE IF NOT EXISTS escalations (
  dispatch TEXT NOT NULL REFERENCES dispatches (reference), step INTEGER NOT NULL,
  due_at TEXT NOT NULL, PRIMARY KEY (dispatch, step)
) STRICT;
ALTER TABLE dispatches ADD COLUMN kind TEXT NOT NULL DEFAULT 'request';
ALTER TABLE meeting_requests ADD COLUMN corrects TEXT;
CREATE INDEX IF NOT EXISTS by_corrected ON meeting_requests (corrects, created_at);
"""
_TIMES = ("next_attempt_at", "handed_over_at", "refused_at")


class SqliteStore:
    """Drafts and meeting requests in one file; what is personal is sealed under the keyring."""

    def __init__(self, path: Path, keyring: Keyring) -> None:
        """A file that cannot be used stops nobody from deciding: every call says so instead."""
        self._file = DatabaseFile(path, _SCHEMA + acknowledged.SCHEMA)
        self._keyring = keyring

    def check(self) -> None:
        with self._file.transaction() as db:  # a file that may only be read lets one begin
            db.execute("DELETE FROM drafts WHERE id = ''")

    # -- drafts --------------------------------------------------------------------------------

    def save_draft(self, draft_id: str, sealed: bytes, expires_at: datetime) -> None:
        with self._file.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)",
                (draft_id, sealed, stamp(expires_at)),
            )

    def load_draft(self, draft_id: str, now: datetime) -> bytes | None:
        with self._file.connection() as db:
            row = db.execute(
                "SELECT sealed FROM drafts WHERE id = ? AND expires_at > ?", (draft_id, stamp(now))
            ).fetchone()
        return bytes(row["sealed"]) if row else None

    def forget_draft(self, draft_id: str) -> None:
        with self._file.transaction() as db:
            db.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))

    def forget_expired(self, now: datetime) -> int:
        with self._file.transaction() as db:
            return db.execute("DELETE FROM drafts WHERE expires_at <= ?", (stamp(now),)).rowcount

    # -- meeting requests ----------------------------------------------------------------------

    def commit(
        self, submitted: Submitted, key: str, content: str, twins_since: datetime | None = None
    ) -> None:
        request = submitted.request
        with self._file.transaction() as db:
            _refuse_repeats(db, key, content, twins_since)
            taken = "SELECT 1 FROM meeting_requests WHERE reference = ?"
            if db.execute(taken, (request.reference,)).fetchone():
                raise ReferenceTaken(request.reference)
            sealed = self._sealed(request.as_data(), request.reference)
            row = (request.reference, _hashed(key), content, stamp(request.created_at), sealed)
            corrects = request.corrects or None
            db.execute("INSERT INTO meeting_requests VALUES (?, ?, ?, ?, ?, ?)", (*row, corrects))
            for dispatch in submitted.dispatches:
                self._insert(db, dispatch)

    def _insert(self, db: sqlite3.Connection, dispatch: Dispatch) -> None:
        next_attempt = stamp(dispatch.next_attempt_at) if dispatch.next_attempt_at else None
        sealed = self._sealed(dispatch.as_data(), dispatch.reference)
        db.execute(
            "INSERT INTO dispatches (reference, family, sealed, attempts, next_attempt_at, kind)"
            " VALUES (?, ?, ?, 0, ?, ?)",
            (dispatch.reference, dispatch.family, sealed, next_attempt, dispatch.kind),
        )
        db.executemany(
            "INSERT INTO escalations (dispatch, step, due_at) VALUES (?, ?, ?)",
            [(dispatch.reference, each.step, stamp(each.due_at)) for each in dispatch.escalations],
        )

    def find(self, reference: str) -> Submitted | None:
        return self._find("reference", reference)

    def find_by_key(self, key: str) -> Submitted | None:
        return self._find("submission_key", _hashed(key))

    def find_corrections(self, reference: str) -> tuple[Submitted, ...]:
        return tuple(self._found("corrects", reference))

    def _find(self, column: str, value: str) -> Submitted | None:
        return next(iter(self._found(column, value)), None)

    def _found(self, column: str, value: str) -> list[Submitted]:
        with self._file.connection() as db:
            rows = db.execute(
                f"SELECT reference, sealed FROM meeting_requests WHERE {column} = ?"  # noqa: S608
                " ORDER BY created_at",
                (value,),
            ).fetchall()
            return [self._submitted(db, row) for row in rows]

    def _submitted(self, db: sqlite3.Connection, row: sqlite3.Row) -> Submitted:
        rows = db.execute(
            "SELECT * FROM dispatches WHERE family = ? ORDER BY reference", (row["reference"],)
        ).fetchall()
        dispatches = [self._dispatch(each) for each in rows]
        complete = acknowledged.with_acknowledgements(db, dispatches, self._unsealed)
        request = MeetingRequest.from_data(self._unsealed(row["sealed"], row["reference"]))
        return Submitted(request, complete)

    def acknowledge(
        self,
        dispatch: Dispatch,
        said: Acknowledgement,
        form: str,
        follow: tuple[Dispatch, ...] = (),
    ) -> bool:
        with self._file.transaction() as db:
            if not acknowledged.keep_acknowledgement(db, dispatch, said, form, self._sealed):
                return False
            for each in follow:
                taken = "SELECT 1 FROM dispatches WHERE reference = ?"
                if db.execute(taken, (each.reference,)).fetchone():
                    raise Overtaken
                self._insert(db, each)
        return True

    # -- the outbox ----------------------------------------------------------------------------

    def lease_due(self, now: datetime, length: timedelta, limit: int) -> list[tuple[Dispatch, str]]:
        with self._file.transaction() as db:
            rows = db.execute(
                "SELECT reference FROM dispatches"
                " WHERE handed_over_at IS NULL AND refused_at IS NULL AND next_attempt_at <= ?"
                " AND (lease_until IS NULL OR lease_until <= ?)"
                " ORDER BY next_attempt_at LIMIT ?",
                (stamp(now), stamp(now), limit),
            ).fetchall()
            leased = [self._leased(db, row["reference"], now + length) for row in rows]
        return [each for each in leased if each]

    def _leased(
        self, db: sqlite3.Connection, reference: str, until: datetime
    ) -> tuple[Dispatch, str] | None:
        """None for one that cannot be opened: it stays due, and must not hold up the others."""
        token = secrets.token_urlsafe(16)
        row = db.execute(
            "UPDATE dispatches SET lease_token = ?, lease_until = ?, attempts = attempts + 1"
            " WHERE reference = ? RETURNING *",
            (token, stamp(until), reference),
        ).fetchone()
        try:
            return self._dispatch(row), token
        except StoreUnavailable as error:
            logger.error("%s waits and cannot be sent. %s", reference, error)
            return None

    def outbox(self) -> list[dict[str, str | int]]:
        columns = ("reference", "kind", "attempts", *_TIMES)
        with self._file.connection() as db:
            rows = db.execute(
                f"SELECT {', '.join(columns)} FROM dispatches ORDER BY rowid"  # noqa: S608
            ).fetchall()
        return [{name: row[name] or "" for name in columns} for row in rows]

    def record_handed_over(self, dispatch: Dispatch, token: str, at: datetime) -> bool:
        return self._record("handed_over_at", dispatch, token, at)

    def record_failure(self, dispatch: Dispatch, token: str, retry_at: datetime) -> bool:
        return self._record("next_attempt_at", dispatch, token, retry_at)

    def record_refusal(self, dispatch: Dispatch, token: str, at: datetime) -> bool:
        return self._record("refused_at", dispatch, token, at)

    def _record(self, column: str, dispatch: Dispatch, token: str, at: datetime) -> bool:
        """Only the holder of the latest lease may write, and it gives the lease back."""
        with self._file.transaction() as db:
            changed = db.execute(
                f"UPDATE dispatches SET {column} = ?, lease_token = NULL, lease_until = NULL"  # noqa: S608
                " WHERE reference = ? AND lease_token = ?",
                (stamp(at), dispatch.reference, token),
            )
            return changed.rowcount == 1

    # -- sealing -------------------------------------------------------------------------------

    def _sealed(self, data: dict[str, Any], reference: str) -> bytes:
        plain = json.dumps(data, ensure_ascii=False).encode()
        return seal_with(self._keyring, plain, reference)

    def _unsealed(self, sealed: bytes, reference: str) -> dict[str, Any]:
        try:
            data: dict[str, Any] = json.loads(unseal_with(self._keyring, sealed, reference))
        except CannotOpen as error:
            raise StoreUnavailable(
                f"{reference} was sealed under another key. Put that key back into the key file."
            ) from error
        return data

    def _dispatch(self, row: sqlite3.Row) -> Dispatch:
        dispatch = Dispatch.from_data(self._unsealed(row["sealed"], row["reference"]))
        return replace(
            dispatch,
            attempts=row["attempts"],
            next_attempt_at=_moment(row["next_attempt_at"]),
            handed_over_at=_moment(row["handed_over_at"]),
            refused_at=_moment(row["refused_at"]),
        )


def _refuse_repeats(
    db: sqlite3.Connection, key: str, content: str, twins_since: datetime | None
) -> None:
    """Within the transaction that commits, so that nothing can come in between."""
    found = db.execute(
        "SELECT reference, content FROM meeting_requests WHERE submission_key = ?", (_hashed(key),)
    ).fetchone()
    if found:
        raise AlreadySent(found["reference"], found["content"] == content)
    twin = (
        twins_since
        and db.execute(
            "SELECT reference, created_at FROM meeting_requests"
            " WHERE content = ? AND created_at >= ? ORDER BY created_at DESC LIMIT 1",
            (content, stamp(twins_since)),
        ).fetchone()
    )
    if twin:
        raise LooksTheSame(twin["reference"], from_stamp(twin["created_at"]))


def _moment(text: str | None) -> datetime | None:
    return from_stamp(text) if text else None


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
