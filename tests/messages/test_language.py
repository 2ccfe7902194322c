"""Dates, numbers and the alphabet in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from webapp.messages.language import Language, languages, welsh_key
from webapp.settings import ROOT


@pytest.fixture(scope="module")
def speech() -> dict[str, Language]:
    return languages(ROOT / "translations")


def test_dates_carry_their_weekday(speech: dict[str, Language]) -> None:
    assert speech["en"].day(date(2026, 6, 18)) == "Thursday 18 June 2026"
    assert speech["cy"].day(date(2026, 6, 18)) == "dydd Iau 18 Mehefin 2026"


@pytest.mark.parametrize(
    ("moment", "english"),
    [
        (datetime(2026, 6, 2, 8, 30, tzinfo=UTC), "9.30am on Tuesday 2 June 2026"),
        (datetime(2026, 12, 2, 15, 0, tzinfo=UTC), "3pm on Wednesday 2 December 2026"),
        (datetime(2026, 12, 2, 12, 0, tzinfo=UTC), "midday on Wednesday 2 December 2026"),
        (datetime(2026, 6, 1, 23, 0, tzinfo=UTC), "midnight on Tuesday 2 June 2026"),
    ],
)
def test_times_are_london_times_as_people_say_them(
    speech: dict[str, Language], moment: datetime, english: str
) -> None:
    assert speech["en"].moment(moment) == english
    assert speech["cy"].moment(moment) != english


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 6, 7, 11])
def test_every_plural_form_of_welsh_is_filled(speech: dict[str, Language], number: int) -> None:
    message = "Within %(num)d working days. Counted from: %(start)s."
    welsh = speech["cy"].ngettext(
        "Within %(num)d working day. Counted from: %(start)s.", message, number
    )

    assert welsh
    assert "Within" not in welsh


def test_two_working_days_mutate(speech: dict[str, Language]) -> None:
    welsh = speech["cy"].ngettext(
        "Within %(num)d working day. Counted from: %(start)s.",
        "Within %(num)d working days. Counted from: %(start)s.",
        2,
    )

    assert "ddiwrnod" in welsh


def test_the_welsh_alphabet_has_letters_of_two_signs() -> None:
    words = ["ddoe", "dwr", "dafad", "ddraig", "llan", "lwc", "lamp", "ngwlad", "nos", "Ŵyna", "wy"]

    assert sorted(words, key=welsh_key) == [
        "dafad",
        "dwr",
        "ddoe",
        "ddraig",
        "ngwlad",
        "lamp",
        "lwc",
        "llan",
        "nos",
        "wy",
        "Ŵyna",
    ]


def test_english_is_sorted_as_english(speech: dict[str, Language]) -> None:
    assert speech["en"].alphabetical(["llan", "lwc"], str) == ["llan", "lwc"]
    assert speech["cy"].alphabetical(["llan", "lwc"], str) == ["lwc", "llan"]
