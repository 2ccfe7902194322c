from __future__ import annotations

import re

import pytest

from webapp.meeting_requests.references import (
    ALPHABET,
    dispatch_reference,
    new_reference,
    parse_reference,
)


def test_a_reference_is_short_has_no_look_alikes_and_every_third_is_a_digit() -> None:
    for _ in range(500):
        reference = new_reference()

        assert re.fullmatch(r"CFD-[A-Z]{2}\d[A-Z]-[A-Z]\d[A-Z].", reference)
        assert not set(reference[4:]) & set("IOQZ0125SGBUL")


def test_a_reference_is_understood_however_it_is_typed() -> None:
    reference = new_reference()
    bare = reference.replace("-", "")

    for typed in (reference.lower(), f" {bare[3:]} ", bare, " ".join(bare), f"{reference}-2"):
        assert parse_reference(typed) == reference


def test_look_alikes_are_taken_for_what_was_meant() -> None:
    reference = next(each for each in iter(new_reference, None) if "8" in each and "V" in each)

    assert parse_reference(reference.replace("8", "B").replace("V", "U")) == reference


@pytest.mark.parametrize("typed", ["", "CFD", "CFD-", "hello", "CFD-KM7R-T4X", "ŵŷ" * 4, "1" * 400])
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert parse_reference(typed) is None


def test_one_wrong_character_or_two_that_changed_places_are_noticed() -> None:
    for _ in range(20):
        reference = new_reference()
        body = reference[4:].replace("-", "")
        for at in range(8):
            for other in ALPHABET.replace(body[at], ""):
                assert parse_reference(body[:at] + other + body[at + 1 :]) is None
            if at and body[at] != body[at - 1]:
                swapped = body[: at - 1] + body[at] + body[at - 1] + body[at + 1 :]
                assert parse_reference(swapped) is None


def test_a_dispatch_adds_its_number() -> None:
    assert dispatch_reference("CFD-KM7R-T4XP", 2) == "CFD-KM7R-T4XP-2"
