"""Dates and times are taken in any of the ways people type or paste them."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.web.conftest import World
from tests.web.practitioner import Practitioner
from webapp.web.typed_dates import Unreadable, read_date, read_time, read_whole

TODAY = date(2026, 6, 10)
FIRST_OF_JUNE = date(1942, 6, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "1/6/1942", "01/06/1942", "01.06.42", "1-6-42", "1 6 1942", "01061942", "1942-06-01",
        "19420601", "1942/06/01", "1 June 1942", "1 Jun 42", "1st June 1942", "1st of June, 1942",
        "the 1st of June 1942", "June 1, 1942", "Monday 1 June 1942", "Mon, 1 Jun 1942",
        "1 Mehefin 1942", "1 Meh 42", "1af o Fehefin 1942", "y 1af o Fehefin 1942",
        "Dydd Llun, 1 Mehefin 1942", "Llun 1 Meh. ’42", " 1\u00a0June\t1942 ", "１/６/１９４２",
    ],
)  # fmt: skip
def test_a_whole_date_may_be_typed_or_pasted_in_any_box(typed: str) -> None:
    assert read_date(typed, "", "", TODAY, born=True) == FIRST_OF_JUNE
    assert read_date("", typed, "", TODAY, born=True) == FIRST_OF_JUNE
    assert read_date("", "", typed, TODAY, born=True) == FIRST_OF_JUNE


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("1", "Meh", "42"), FIRST_OF_JUNE),
        (("1af", "Mehefin", "1942"), FIRST_OF_JUNE),
        (("01", "06", "'42"), FIRST_OF_JUNE),
        (("3", "Mawrth", "2026"), date(2026, 3, 3)),
        (("Mawrth 3, 2026", "", ""), date(2026, 3, 3)),
        (("dydd Mawrth 3 Mawrth 2026", "", ""), date(2026, 3, 3)),
        (("1 o Dachwedd 2025", "", ""), date(2025, 11, 1)),
        (("today", "", ""), TODAY),
        (("Ddoe", "", ""), date(2026, 6, 9)),
    ],
)
def test_months_have_names_in_both_languages(typed: tuple[str, str, str], day: date) -> None:
    assert read_date(*typed, TODAY, born=True) == day


@pytest.mark.parametrize(
    ("year", "born", "meant"),
    [("42", True, 1942), ("26", True, 2026), ("27", True, 1927), ("27", False, 2027)],
)
def test_two_numbers_are_a_year_that_has_been_only_for_a_birth(
    year: str, born: bool, meant: int
) -> None:
    assert read_date("1", "6", year, TODAY, born=born).year == meant


def test_a_birth_later_this_year_is_a_hundred_years_ago() -> None:
    assert read_date("11", "6", "26", TODAY, born=True).year == 1926


@pytest.mark.parametrize(
    "typed",
    ["31/2/2026", "1/13/2026", "Smarch 1 2026", "1 J 2026", "12345", "1/6", "1/6/942", "perhaps",
     "٣", "June 1942", "99999999", "1 June 1942 or the next day"],
)  # fmt: skip
def test_what_is_no_date_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_date(typed, "", "", TODAY)


@pytest.mark.parametrize(
    "typed",
    ["2.30pm", "2:30 PM", "2.30 p.m.", "14:30", "14.30", "1430", "1430hrs", "2.30yp", "2.30 yh",
     "at 2.30pm"],
)  # fmt: skip
def test_a_time_is_read_in_any_usual_form(typed: str) -> None:
    assert read_time(typed) == time(14, 30)


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("2yp", time(14)), ("9yb", time(9)), ("12am", time(0)), ("12pm", time(12)), ("noon", time(12)),
     ("hanner nos", time(0)), ("am 2yp", time(14)), ("0930", time(9, 30))],
)  # fmt: skip
def test_hours_and_words_do(typed: str, clock: time) -> None:
    assert read_time(typed) == clock


@pytest.mark.parametrize("typed", ["2", "230", "25:00", "13pm", "14:60", "half past", "2.3", ""])
def test_an_hour_that_could_be_two_is_asked_again(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_time(typed)


@pytest.mark.parametrize(
    "typed",
    ["2026-06-01T14:30", "01/06/2026 14:30", "1 June 2026 at 2.30pm", "1 Mehefin 2026, 2.30yp"],
)  # fmt: skip
def test_a_time_pasted_after_the_date_is_found(typed: str) -> None:
    day, clock = read_whole(typed, TODAY)
    assert (day, read_time(clock)) == (date(2026, 6, 1), time(14, 30))


def test_a_date_and_time_pasted_into_one_box_is_kept_as_both(world: World) -> None:
    practitioner = world.at_question("en", "concern-identified")
    code = practitioner.asked()[0].code

    practitioner.submit(**{f"{code}-day": "1 June 2026, 2.30pm"})

    assert practitioner.status == 200
    assert _typed_at(practitioner.get(practitioner.link(f"/{code}")), code) == [
        "1", "6", "2026", "14:30",
    ]  # fmt: skip


def _typed_at(practitioner: Practitioner, code: str) -> list[str]:
    kept = practitioner.typed()
    return [kept[f"{code}-{part}"][0] for part in ("day", "month", "year", "time")]
