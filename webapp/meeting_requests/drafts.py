"""Drafts: the sealed cookie that carries the answers and the resume code, and how long it lives.

Beside them the keys that make a submission of a draft happen once.
"""

from __future__ import annotations

import hmac
import json
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from webapp.meeting_requests.codes import draft_id, new_code
from webapp.meeting_requests.draft_data import (
    draft_as_data,
    draft_from_data,
    from_minutes,
    minutes,
)
from webapp.meeting_requests.model import Draft
from webapp.meeting_requests.sealing import (
    CannotOpen,
    Keyring,
    derive,
    from_text,
    seal_with,
    to_text,
    unseal_with,
)
from webapp.procedures.model import Kind, Procedure
from webapp.procedures.walking import Answer

# Four of these, their names and what else we set fit into a Cookie header of 8,190 bytes, the
# least that common servers take.
COOKIE_LIMIT = 1_800
_PLAIN_LIMIT = 64_000
OPEN, HIDDEN = "draft", "hidden"  # the kinds of cookie


class DraftTooLarge(Exception):
    """The answers and reasons do not fit into a cookie."""


@dataclass(frozen=True)
class DraftLife:
    """How long a cookie opens its draft: since its last change, and since the draft was begun."""

    idle: timedelta = timedelta(hours=24)  # a shift, and the night after it
    longest: timedelta = timedelta(days=7)

    def lasts(self, begun: datetime, issued: datetime, now: datetime) -> bool:
        return now - issued <= self.idle and now - begun <= self.longest


DRAFT_LIFE = DraftLife()


def new_draft(
    procedure: str, versions: Mapping[str, Any], language: str, begun: datetime | None = None
) -> Draft:
    """A draft with a new resume code."""
    code = new_code()
    return Draft(code, draft_id(code), procedure, dict(versions), language, begun=begun)


def seal_draft(
    draft: Draft,
    keyring: Keyring,
    procedure: Procedure,
    *,
    now: datetime,
    kind: str = OPEN,
    room_for_answers: bool = False,
) -> str:
    """The text of the draft's cookie, bound to its id, to its kind and to this moment.

    Raises DraftTooLarge: with `room_for_answers` also where too little would be left for the
    answers that may still come.
    """
    largest = text = _sealed(draft, keyring, procedure, now, kind)
    if room_for_answers:
        fullest = replace(draft, answers=every_answer(procedure) | draft.answers)
        largest = _sealed(fullest, keyring, procedure, now, kind)
    if len(largest) > COOKIE_LIMIT:
        raise DraftTooLarge
    return text


def _sealed(draft: Draft, keyring: Keyring, procedure: Procedure, now: datetime, kind: str) -> str:
    data = draft_as_data(draft, procedure) | {"t": minutes(now)}
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return to_text(seal_with(keyring, zlib.compress(plain.encode(), 9), _bound_to(kind, draft.id)))


def every_answer(procedure: Procedure) -> dict[str, Answer]:
    """More than any journey can give."""
    answers: dict[str, Answer] = {}
    for question in procedure.questions.values():
        if question.kind.is_date:
            answers[question.id] = "2026-06-01T14:30"
        elif question.kind is Kind.MANY:
            answers[question.id] = [each.id for each in question.options if not each.exclusive]
        else:
            answers[question.id] = question.options[0].id
    return answers


def open_draft(
    draft_id_: str,
    text: str,
    keyring: Keyring,
    procedures: Mapping[str, Procedure],
    *,
    now: datetime,
    kind: str = OPEN,
    life: DraftLife = DRAFT_LIFE,
) -> Draft | None:
    """The draft in a cookie; None if it is malformed, forged, of another draft or kind, or too
    old."""
    try:
        packed = unseal_with(keyring, from_text(text), _bound_to(kind, draft_id_))
        unpacker = zlib.decompressobj()
        data = json.loads(unpacker.decompress(packed, _PLAIN_LIMIT))
        draft, issued = draft_from_data(data, procedures), from_minutes(data["t"])
    except (CannotOpen, zlib.error, ValueError, KeyError, TypeError, IndexError):
        return None
    if draft.id != draft_id_ or not life.lasts(draft.begun or issued, issued, now):
        return None
    return replace(draft, issued=issued)


def _bound_to(kind: str, draft_id_: str) -> str:
    """A hidden draft's cookie under an open one's name opens nothing."""
    return f"{kind} {draft_id_}"


# -- submission keys ---------------------------------------------------------------------------


def new_submission_key(draft: Draft, keyring: Keyring) -> str:
    """For a hidden field of the check page: 128 random bits, bound to the draft.

    The same key sent twice is one request; minted anew each time the check page is shown.
    """
    return new_key(draft.id, keyring)


def new_key(bound_to: str, keyring: Keyring) -> str:
    """The same for any other form that sends something once."""
    chance = secrets.token_urlsafe(16)
    return f"{chance}.{_binding(chance, bound_to, keyring[next(iter(keyring))])}"


def is_submission_key(text: str, draft: Draft, keyring: Keyring) -> bool:
    """Whether we minted this key for this draft."""
    return is_key(text, draft.id, keyring)


def is_key(text: str, bound_to: str, keyring: Keyring) -> bool:
    chance, _, binding = text.partition(".")
    expected = [_binding(chance, bound_to, key) for key in keyring.values()]
    matches = [hmac.compare_digest(binding.encode(), each.encode()) for each in expected]
    return any(matches)


def _binding(chance: str, bound_to: str, key: bytes) -> str:
    own = derive(key, "submission key")
    return to_text(hmac.digest(own, f"{chance} {bound_to}".encode(), "sha256")[:12])
