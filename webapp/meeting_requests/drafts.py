"""Drafts: the resume code, and the sealed cookie that carries the answers.

The draft's id and the key of its stored details are derived from the resume code; the server
keeps neither code nor key. The code itself travels in the sealed cookie.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from webapp.meeting_requests.model import Draft, departures_from_data, from_stamp
from webapp.meeting_requests.sealing import (
    CannotOpen,
    Keyring,
    derive,
    from_text,
    seal_with,
    to_text,
    unseal_with,
)
from webapp.procedures.model import Kind, Procedure, Question
from webapp.procedures.walking import Answer

CODE_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_CODE_LENGTH = 20  # of 5 bits each: 100 bits
_TYPED_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_COOKIE_LIMIT = 3_800  # browsers drop a cookie of more than 4,096 bytes
ROOM_FOR_ANSWERS = 1_000  # that reasons leave free: no later answer may find the cookie full
_PLAIN_LIMIT = 64_000


class DraftTooLarge(Exception):
    """The answers and reasons do not fit into a cookie."""


def new_draft(
    procedure: str, versions: Mapping[str, Any], language: str, begun: datetime | None = None
) -> Draft:
    """A draft with a new resume code."""
    code = new_code()
    return Draft(code, draft_id(code), procedure, dict(versions), language, begun=begun)


def new_code() -> str:
    """100 random bits as five groups of four: 7K3M-9PXA-…"""
    characters = "".join(secrets.choice(CODE_CHARACTERS) for _ in range(_CODE_LENGTH))
    return shown_code(characters)


def parse_code(typed: str) -> str | None:
    """The resume code meant by what was typed, or None if it cannot be one."""
    kept = re.sub(r"[\s\-–—]", "", typed.upper()).translate(_TYPED_AS)
    if len(kept) != _CODE_LENGTH or any(each not in CODE_CHARACTERS for each in kept):
        return None
    return shown_code(kept)


def draft_id(code: str) -> str:
    """Ten lower-case characters, fit for a URL; the code cannot be found from them."""
    derived = derive(_secret(code), "draft id", 10)
    return "".join(CODE_CHARACTERS[byte % 32] for byte in derived).lower()


def is_draft_id(text: str) -> bool:
    return len(text) == 10 and all(each.upper() in CODE_CHARACTERS for each in text)


def details_key(code: str) -> bytes:
    """The key under which the details of the draft with this resume code are stored."""
    return derive(_secret(code), "draft details")


def seal_draft(draft: Draft, keyring: Keyring, procedure: Procedure, free: int = 0) -> str:
    """The text of the draft's cookie, bound to its id.

    Raises DraftTooLarge if less than `free` characters would be left.
    """
    plain = json.dumps(draft_as_data(draft, procedure), ensure_ascii=False, separators=(",", ":"))
    text = to_text(seal_with(keyring, zlib.compress(plain.encode(), 9), _bound_to(draft.id)))
    if len(text) > _COOKIE_LIMIT - free:
        raise DraftTooLarge
    return text


def open_draft(
    draft_id_: str, text: str, keyring: Keyring, procedures: Mapping[str, Procedure]
) -> Draft | None:
    """The draft in a cookie; None if it is malformed, forged or of another draft."""
    try:
        packed = unseal_with(keyring, from_text(text), _bound_to(draft_id_))
        unpacker = zlib.decompressobj()
        data = json.loads(unpacker.decompress(packed, _PLAIN_LIMIT))
        draft = draft_from_data(data, procedures)
    except (CannotOpen, zlib.error, ValueError, KeyError, TypeError, IndexError):
        return None
    return draft if draft.id == draft_id_ else None


def draft_as_data(draft: Draft, procedure: Procedure) -> dict[str, Any]:
    """Short JSON-able data: ids of questions and options become fingerprints.

    Fingerprints, not positions, so that a draft survives a change of the tree.
    """
    data: dict[str, Any] = {
        "c": draft.code,
        "p": draft.procedure,
        "v": draft.versions,
        "l": draft.language,
        "a": [
            [_print(question, 4), *_packed(answer)]
            for question, answer in draft.answers.items()
            if question in procedure.questions
        ],
    }
    if draft.departures:
        data["d"] = {
            meeting: [list(asdict(each).values()) for each in departures]
            for meeting, departures in draft.departures.items()
        }
    if draft.begun:
        data["b"] = draft.begun.astimezone(UTC).isoformat(timespec="minutes")
    if draft.linked:
        data["k"] = list(draft.linked)
    return data | ({"w": 1} if draft.anyway else {})


def draft_from_data(data: Mapping[str, Any], procedures: Mapping[str, Procedure]) -> Draft:
    """Raises KeyError, ValueError or TypeError if the data is not a draft's."""
    procedure = procedures[data["p"]]
    by_print = {_print(question_id, 4): question_id for question_id in procedure.questions}
    answers: dict[str, Answer] = {}
    for fingerprint, *packed in data["a"]:
        if question_id := by_print.get(fingerprint):
            answer = _unpacked(packed, procedure.questions[question_id])
            if answer is not None:
                answers[question_id] = answer
    departures = {
        meeting: [dict(zip(("part", "choice", "reason"), each, strict=True)) for each in listed]
        for meeting, listed in data.get("d", {}).items()
    }
    code = data["c"]
    return Draft(
        code=code,
        id=draft_id(code),
        procedure=procedure.id,
        versions=data["v"],
        language=data["l"],
        answers=answers,
        departures=departures_from_data(departures),
        anyway=bool(data.get("w")),
        begun=from_stamp(data["b"]) if "b" in data else None,
        linked=tuple(str(each) for each in data.get("k", ())),
    )


def _packed(answer: Answer) -> list[str]:
    """Fingerprints of option ids; a date as it is, after an equals sign."""
    given = [answer] if isinstance(answer, str) else answer
    return ["=" + each if each[:1].isdigit() else _print(each, 3) for each in given]


def _unpacked(packed: list[str], question: Question) -> Answer | None:
    """The answer meant, without options that the question no longer has."""
    by_print = {_print(option.id, 3): option.id for option in question.options}
    chosen = [each[1:] if each[0] == "=" else by_print.get(each) for each in packed]
    known = [each for each in chosen if each is not None]
    if question.kind is Kind.MANY:
        return known or None
    return known[0] if known else None


def _print(identifier: str, length: int) -> str:
    """A short fingerprint of an id, the same for ever."""
    digest = hashlib.sha256(identifier.encode()).digest()
    return base64.urlsafe_b64encode(digest)[:length].decode("ascii")


def _secret(code: str) -> bytes:
    """The 100 bits of a resume code. Raises ValueError if it is not one."""
    parsed = parse_code(code)
    if parsed is None:
        raise ValueError("This is not a resume code.")
    return parsed.encode("ascii")


def _bound_to(draft_id_: str) -> str:
    return f"draft {draft_id_}"


def shown_code(characters: str) -> str:
    """In groups of four, as people copy it."""
    return "-".join(characters[at : at + 4] for at in range(0, len(characters), 4))


# -- submission keys ---------------------------------------------------------------------------


def new_submission_key(draft: Draft, keyring: Keyring) -> str:
    """For a hidden field of the check page: 128 random bits, bound to the draft.

    The same key sent twice is one request; minted anew each time the check page is shown.
    """
    chance = secrets.token_urlsafe(16)
    return f"{chance}.{_binding(chance, draft.id, keyring[next(iter(keyring))])}"


def is_submission_key(text: str, draft: Draft, keyring: Keyring) -> bool:
    """Whether we minted this key for this draft."""
    chance, _, binding = text.partition(".")
    expected = [_binding(chance, draft.id, key) for key in keyring.values()]
    matches = [hmac.compare_digest(binding.encode(), each.encode()) for each in expected]
    return any(matches)


def _binding(chance: str, draft_id_: str, key: bytes) -> str:
    own = derive(key, "submission key")
    return to_text(hmac.digest(own, f"{chance} {draft_id_}".encode(), "sha256")[:12])
