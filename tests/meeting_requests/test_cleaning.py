from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.meeting_requests.fakes import fields
from webapp.meeting_requests.cleaning import (
    LIMITS,
    PERSON,
    clean,
    clean_people,
    clean_text,
    problem_with,
)

TODAY = date(2026, 6, 11)
FIELDS = fields().fields


def test_control_and_direction_characters_are_dropped() -> None:
    typed = "a\x00b\x07c\u202ed\u2066e\ufefff\u200bg\x1b[2J"

    assert clean_text(typed) == "abcdefg[2J"


def test_one_line_stays_one_line_whatever_breaks_it() -> None:
    for end in "\r\n\v\f\x1c\x85\u2028\u2029":
        assert clean_text(f"To: a{end}Bcc: b") == "To: a Bcc: b"


def test_long_text_keeps_its_lines_and_loses_trailing_space() -> None:
    assert clean_text(" a \r\nb\rc\n\n\n\nd ", lines=True) == "a\nb\nc\n\nd"


def test_welsh_letters_are_composed_and_joiners_kept() -> None:
    assert clean_text(unicodedata.normalize("NFD", "Siân Tŷ Ŵyr")) == "Siân Tŷ Ŵyr"
    assert clean_text("می\u200cخواهم") == "می\u200cخواهم"


def test_an_accent_reaches_its_letter_over_what_was_dropped() -> None:
    assert clean_text("W\u200b\u0302yr") == "Ŵyr"


def test_what_is_no_character_is_dropped() -> None:
    for code in (0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0xFDD0, 0xFDEF):
        assert clean_text(f"a{chr(code)}b") == "ab"
    assert clean_text("\ufffd\ufdcf\ufdf0") == "\ufffd\ufdcf\ufdf0"


def test_hidden_text_is_dropped() -> None:
    hidden = "".join(chr(0xE0000 + ord(each)) for each in "ring nobody")

    assert clean_text(f"Ring{hidden} now\ufff9\ufffa\ufffb") == "Ring now"


@pytest.mark.parametrize("typed", ["\u200d\u2800\u3164", "\u0302", "\u200c \u115f", "\ue000"])
def test_text_of_which_nothing_can_be_seen_is_empty(typed: str) -> None:
    assert clean_text(typed) == ""
    assert clean_text(typed, lines=True) == ""


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_and_leaves_text_that_can_be_stored(typed: str) -> None:
    for lines in (False, True):
        once = clean_text(typed, lines)

        assert clean_text(once, lines) == once
        once.encode("utf-8")
        assert "\r" not in once
        assert lines or "\n" not in once


def problem(field: str, typed: Any) -> str | None:
    return problem_with(FIELDS[field], clean(FIELDS[field], typed), TODAY)


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("requester-email", "sian@cardiff.example", None),
        ("requester-email", "sian@cardiff", "not-an-email"),
        ("requester-email", "a@x.example,b@y.example", "not-an-email"),
        ("requester-email", "a@x.example>", "not-an-email"),
        ("requester-email", "sian@caerdydd.exаmple", "not-an-email"),
        ("requester-email", "a..b@x.example", "not-an-email"),
        ("requester-phone", "029 2018 0990", None),
        ("requester-phone", "+44 (0)29 2018 0990 ext. 12", None),
        ("requester-phone", "ask at reception", "not-a-phone"),
        ("requester-phone", "<b>123</b>", "not-a-phone"),
        ("person-born", "1942-03-02", None),
        ("person-born", "2026-06-12", "in-future"),
        ("person-born", "1742-03-02", "not-a-date"),
        ("person-born", "2026-02-30", "not-a-date"),
        ("person-born", "not-known", None),
        ("person-name", "x" * LIMITS["name"], None),
        ("person-name", "x" * (LIMITS["name"] + 1), "too-long"),
        ("concern-what", "x" * (LIMITS["long-text"] + 1), "too-long"),
        ("person-phone-safe", "do-not-ring", None),
        ("person-phone-safe", "maybe", "not-an-option"),
        ("person-age", "", None),
    ],
)
def test_what_is_wrong_is_named(field: str, typed: str, expected: str | None) -> None:
    assert problem(field, typed) == expected


def test_people_without_a_name_are_left_out_and_unknown_keys_ignored() -> None:
    typed = [{"reason": "x"}, {"title": "Nurse", "name": "A\u202e", "admin": "1"}]

    (person,) = clean_people(FIELDS["invitees"], typed)

    assert {key: value for key, value in person.items() if value} == {"title": "Nurse", "name": "A"}
    assert set(person) == {*PERSON, *(part.id for part in FIELDS["invitees"].parts)}


def test_adding_or_removing_somebody_needs_a_reason() -> None:
    removed = {"role": "police", "change": "removed", "reason": ""}

    assert problem("invitees", [removed]) == "needs-reason"
    assert problem("invitees", [removed | {"reason": "Already told"}]) is None
    assert problem("invitees", [{"role": "police", "change": "promoted"}]) == "not-an-option"
    assert problem("invitees", [{"name": "x"}] * 41) == "too-many"


DOCUMENT = {"what": "Log", "where": "Office", "who": "ask-me"}
CHILD = {"name": "Siân"}


@pytest.mark.parametrize(
    ("field", "entry", "expected"),
    [
        ("meeting-documents", DOCUMENT, None),
        ("meeting-documents", DOCUMENT | {"who": ""}, None),
        ("meeting-documents", DOCUMENT | {"who": "anybody"}, "not-an-option"),
        ("meeting-documents", DOCUMENT | {"what": "x" * (LIMITS["text"] + 1)}, "too-long"),
        ("other-children", CHILD | {"voice": "x" * LIMITS["long-text"]}, None),
        ("other-children", CHILD | {"voice": "x" * (LIMITS["long-text"] + 1)}, "too-long"),
        ("other-children", CHILD | {"language": "welsh"}, None),
        ("other-children", CHILD | {"language": "cy"}, "not-an-option"),
        ("invitees", {"name": "x", "attendance": "video"}, None),
        ("invitees", {"name": "x", "attendance": "by train"}, "not-an-option"),
    ],
)
def test_each_part_of_an_entry_is_judged_by_its_kind(
    field: str, entry: dict[str, str], expected: str | None
) -> None:
    assert problem(field, [entry]) == expected


def test_long_parts_keep_their_lines_and_short_ones_are_one_line() -> None:
    typed = [{"name": "Siân\nExample", "voice": "“Dw i isio Mam”\r\nDim byd arall", "x": "y"}, {}]

    (child,) = clean(FIELDS["other-children"], typed)

    assert child["name"] == "Siân Example"
    assert child["voice"] == "“Dw i isio Mam”\nDim byd arall"
    assert "x" not in child
