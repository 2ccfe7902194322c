"""What duty officers said, in the database on this machine."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from webapp.meeting_requests.acknowledgement import CANNOT_ACT, Acknowledgement
from webapp.meeting_requests.model import Dispatch, from_stamp, stamp
from webapp.meeting_requests.ports import Overtaken

# A name is personal: what was typed is sealed. `form` tells one press from its repetition.
SCHEMA = """
CREATE TABLE IF NOT EXISTS acknowledgements (
  number INTEGER PRIMARY KEY, dispatch TEXT NOT NULL REFERENCES dispatches (reference),
  form TEXT NOT NULL, choice TEXT NOT NULL, at TEXT NOT NULL, sealed BLOB NOT NULL,
  UNIQUE (dispatch, form)
) STRICT;
ALTER TABLE escalations ADD COLUMN ended_at TEXT;
"""
_TYPED = ("name", "role", "passed_to")

Seal = Callable[[dict[str, Any], str], bytes]
Unseal = Callable[[bytes, str], dict[str, Any]]


def keep_acknowledgement(
    db: sqlite3.Connection, dispatch: Dispatch, said: Acknowledgement, form: str, seal: Seal
) -> bool:
    """Within a transaction. False if this form was sent before. Raises Overtaken."""
    reference = dispatch.reference
    rows = db.execute("SELECT form FROM acknowledgements WHERE dispatch = ?", (reference,))
    forms = [row["form"] for row in rows]
    if form in forms:
        return False
    if len(forms) != len(dispatch.acknowledgements):
        raise Overtaken
    sealed = seal({name: getattr(said, name) for name in _TYPED}, _bound(reference, form))
    db.execute(
        "INSERT INTO acknowledgements (dispatch, form, choice, at, sealed) VALUES (?, ?, ?, ?, ?)",
        (reference, form, said.choice, stamp(said.at), sealed),
    )
    if said.choice != CANNOT_ACT:
        db.execute(
            "UPDATE escalations SET ended_at = ? WHERE dispatch = ? AND ended_at IS NULL",
            (stamp(said.at), reference),
        )
    return True


def with_acknowledgements(
    db: sqlite3.Connection, dispatches: list[Dispatch], unseal: Unseal
) -> tuple[Dispatch, ...]:
    """The dispatches of one family, each with what was said of it, in the order of saying."""
    said: dict[str, list[Acknowledgement]] = defaultdict(list)
    places = ", ".join("?" * len(dispatches))
    rows = db.execute(
        f"SELECT * FROM acknowledgements WHERE dispatch IN ({places}) ORDER BY number",  # noqa: S608
        [each.reference for each in dispatches],
    )
    for row in rows:
        typed = unseal(row["sealed"], _bound(row["dispatch"], row["form"]))
        kept = Acknowledgement(choice=row["choice"], at=from_stamp(row["at"]), **typed)
        said[row["dispatch"]].append(kept)
    return tuple(replace(each, acknowledgements=tuple(said[each.reference])) for each in dispatches)


def _bound(reference: str, form: str) -> str:
    return f"{reference} acknowledged {form}"
