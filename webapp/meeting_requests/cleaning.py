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

from webapp.meeting_requests.details import Field, Part
from webapp.procedures.model import NOT_KNOWN

# Of one value, in characters.
LIMITS = {"name": 200, "email": 254, "phone": 100, "text": 500, "long-text": 5_000}
REASON_LIMIT = 200  # of a departure: it travels in the draft's cookie
MOST_PEOPLE = 40

# One person of a `person-list`, beside the parts that the field adds. `role`: an id of
# `terms.yaml`, or "" for somebody added, whose `title` is then free text. `change`: "", "added" or
# "removed"; `reason` says why.
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
        return clean_people(field, typed if isinstance(typed, list) else [])
    if field.kind == "record-list":
        return clean_records(field, typed if isinstance(typed, list) else [])
    if field.kind == "many":
        return [clean_text(str(each)) for each in typed] if isinstance(typed, list) else []
    return clean_text(str(typed or ""), lines=field.kind == "long-text")


def clean_people(field: Field, typed: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The people of a list; those added without a name or title are left out."""
    people = []
    for each in typed:
        person = {key: clean_text(str(each.get(key) or "")) for key in PERSON}
        if person["role"] or person["name"] or person["title"]:
            people.append(person | _clean_parts(field, each))
    return people


def clean_records(field: Field, typed: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The entries of a `record-list`, each with every part; empty entries are left out."""
    entries = [_clean_parts(field, each) for each in typed]
    return [entry for entry in entries if any(entry.values())]


def _clean_parts(field: Field, typed: Mapping[str, Any]) -> dict[str, str]:
    return {
        part.id: clean_text(str(typed.get(part.id) or ""), lines=part.kind == "long-text")
        for part in field.parts
    }


def problem_with(field: Field, value: Any, today: date) -> str | None:
    """What is wrong with a cleaned value, or None: too-long, too-many, not-an-option,
    not-an-email, not-a-phone, not-a-date, in-future, needs-reason. Empty values are right."""
    if not value or (field.not_known and value == NOT_KNOWN):
        return None
    if field.kind in ("one", "many"):
        chosen = [value] if isinstance(value, str) else value
        return None if all(each in field.option_texts for each in chosen) else "not-an-option"
    if field.kind in ("person-list", "record-list"):
        return _problem_with_entries(field, value)
    if field.kind in ("date", "date-of-birth"):
        return _problem_with_date(field.kind, value, today)
    return _problem_with_words(field.kind, value)


def _problem_with_words(kind: str, value: str) -> str | None:
    if len(value) > LIMITS[kind]:
        return "too-long"
    if kind == "email" and not _EMAIL.fullmatch(value):
        return "not-an-email"
    if kind == "phone" and not _is_phone(value):
        return "not-a-phone"
    return None


def problem_in_entry(field: Field, entry: Mapping[str, str]) -> tuple[str, str] | None:
    """The first part of one cleaned entry or person that is wrong, and what is wrong with it."""
    kinds = {part.id: part for part in field.parts}
    for key, value in entry.items():
        if problem := _problem_with_part(kinds.get(key), value):
            return key, problem
    if field.kind == "person-list":
        if entry["change"] not in CHANGES:
            return "change", "not-an-option"
        if entry["change"] and not entry["reason"]:
            return "reason", "needs-reason"
    return None


def _problem_with_part(part: Part | None, value: str) -> str | None:
    """`part` is None for what every person has."""
    if not value:
        return None
    if part and part.options:
        return None if value in part.option_texts else "not-an-option"
    return _problem_with_words(part.kind if part else "text", value)


def _problem_with_entries(field: Field, entries: list[dict[str, str]]) -> str | None:
    if len(entries) > MOST_PEOPLE:
        return "too-many"
    found = (problem_in_entry(field, entry) for entry in entries)
    return next((problem for _, problem in filter(None, found)), None)


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
