"""Making typed values safe and comparable, and saying what is wrong with them. Pure.

Cleaning never refuses and never shortens: unwanted characters are dropped without a word.
`problem_with` names what a person has to change; the page puts it into words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from webapp.meeting_requests.details import Field
from webapp.procedures.model import NOT_KNOWN

# Of one value, in characters.
LIMITS = {"name": 200, "email": 254, "phone": 100, "text": 500, "long-text": 5_000}
REASON_LIMIT = 200  # of a departure: it travels in the draft's cookie
MOST_PEOPLE = 40

# One person of a `person-list`. `role`: an id of `terms.yaml`, or "" for somebody added, whose
# `title` is then free text. `change`: "", "added" or "removed"; `reason` says why.
PERSON = ("role", "title", "name", "contact", "change", "reason")
CHANGES = ("", "added", "removed")

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Invisible, or able to turn the direction of what follows. The joiners U+200C and U+200D stay:
# some languages cannot be written without them.
_INVISIBLE = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)
_TAGS = range(0xE0000, 0xE0080)  # a hidden copy of ASCII
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and a symbol that show nothing
_EMAIL = re.compile(
    r"(?!\.)(?!.*\.\.)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\.)"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_PHONE = re.compile(r"[0-9A-Za-z+()#./, -]+")


def clean_text(typed: str, lines: bool = False) -> str:
    """NFC, without control and direction characters, trimmed; line breaks only if `lines`.

    Empty if nothing of it can be seen.
    """
    text = _LINE_ENDS.sub("\n", typed)
    kept = "".join(each for each in text if each in "\n\t" or _is_visible(each))
    # composed last, because what was dropped may have stood between a letter and its accent
    kept = unicodedata.normalize("NFC", kept)
    if not any(_shows(each) for each in kept):
        return ""
    if not lines:
        return " ".join(kept.split())
    rows = [row.rstrip() for row in kept.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def _is_visible(character: str) -> bool:
    if character in _INVISIBLE or ord(character) in _TAGS or _is_noncharacter(ord(character)):
        return False
    return unicodedata.category(character) not in ("Cc", "Cs")


def _is_noncharacter(code: int) -> bool:
    """Never a character, says Unicode; no Word document can hold U+FFFE or U+FFFF."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _shows(character: str) -> bool:
    """Letters, numbers, punctuation and symbols; not a joiner or an accent by itself."""
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK


def clean(field: Field, typed: Any) -> Any:
    """The value to keep for one field; empty if nothing usable was typed."""
    if field.kind == "person-list":
        return clean_people(typed if isinstance(typed, list) else [])
    if field.kind == "record-list":
        return clean_records(field, typed if isinstance(typed, list) else [])
    if field.kind == "many":
        return [clean_text(str(each)) for each in typed] if isinstance(typed, list) else []
    return clean_text(str(typed or ""), lines=field.kind == "long-text")


def clean_people(typed: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The people of a list; those added without a name or title are left out."""
    people = []
    for each in typed:
        person = {key: clean_text(str(each.get(key) or "")) for key in PERSON}
        if person["role"] or person["name"] or person["title"]:
            people.append(person)
    return people


def clean_records(field: Field, typed: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The entries of a `record-list`, each with every part; empty entries are left out."""
    entries = [
        {part.id: clean_text(str(each.get(part.id) or "")) for part in field.parts}
        for each in typed
    ]
    return [entry for entry in entries if any(entry.values())]


def problem_with(field: Field, value: Any, today: date) -> str | None:
    """What is wrong with a cleaned value, or None: too-long, too-many, not-an-option,
    not-an-email, not-a-phone, not-a-date, in-future, needs-reason. Empty values are right."""
    if not value or (field.not_known and value == NOT_KNOWN):
        return None
    if field.kind in ("one", "many"):
        chosen = [value] if isinstance(value, str) else value
        return None if all(each in field.option_texts for each in chosen) else "not-an-option"
    if field.kind in ("person-list", "record-list"):
        people = field.kind == "person-list"
        return _problem_with_people(value) if people else _problem_with_entries(value)
    if field.kind in ("date", "date-of-birth"):
        return _problem_with_date(field.kind, value, today)
    if len(value) > LIMITS[field.kind]:
        return "too-long"
    if field.kind == "email" and not _EMAIL.fullmatch(value):
        return "not-an-email"
    if field.kind == "phone" and not _is_phone(value):
        return "not-a-phone"
    return None


def _is_phone(value: str) -> bool:
    """Any way of writing a number, extensions too: a number is never refused for its form."""
    return bool(_PHONE.fullmatch(value)) and sum(each.isdigit() for each in value) >= 3


def _problem_with_date(kind: str, value: str, today: date) -> str | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return "not-a-date"
    if kind == "date-of-birth" and day > today:
        return "in-future"
    return "not-a-date" if day.year < 1890 else None


def _problem_with_entries(entries: list[dict[str, str]]) -> str | None:
    if len(entries) > MOST_PEOPLE:
        return "too-many"
    long = any(len(text) > LIMITS["text"] for entry in entries for text in entry.values())
    return "too-long" if long else None


def _problem_with_people(people: list[dict[str, str]]) -> str | None:
    if problem := _problem_with_entries(people):
        return problem
    if any(person["change"] not in CHANGES for person in people):
        return "not-an-option"
    if any(person["change"] and not person["reason"] for person in people):
        return "needs-reason"
    return None
