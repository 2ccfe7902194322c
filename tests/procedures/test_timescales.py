"""Clock hours go through UTC, working days through the calendar, and the two never mix."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from webapp.procedures.library import Library
from webapp.procedures.model import Span
from webapp.procedures.timescales import Calendar, due, london, parse_moment


@pytest.fixture
def calendar(library: Library) -> Calendar:
    return library.calendar


def test_seven_working_days_start_on_the_next_working_day(calendar: Calendar) -> None:
    assert due(Span(7, "working-days"), date(2026, 6, 9), calendar) == date(2026, 6, 18)


def test_the_counting_convention_is_a_setting(calendar: Calendar) -> None:
    counting_today = Calendar(calendar.bank_holidays, first_day_counts=True)

    assert due(Span(7, "working-days"), date(2026, 6, 9), counting_today) == date(2026, 6, 17)


def test_a_count_that_starts_on_a_saturday_starts_on_monday(calendar: Calendar) -> None:
    assert due(Span(1, "working-days"), date(2026, 6, 6), calendar) == date(2026, 6, 8)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 4, 2), date(2026, 4, 15)),  # Good Friday and Easter Monday between
        (date(2026, 12, 24), date(2027, 1, 7)),  # Christmas, Boxing Day moved, New Year
    ],
)
def test_bank_holidays_are_not_working_days(calendar: Calendar, start: date, end: date) -> None:
    assert due(Span(7, "working-days"), start, calendar) == end


def test_two_working_days_before_a_date(calendar: Calendar) -> None:
    assert due(Span(-2, "working-days"), date(2026, 6, 22), calendar) == date(2026, 6, 18)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-10-24T13:00", "2026-10-25T12:00"),  # the clocks go back
        ("2026-03-28T13:00", "2026-03-29T14:00"),  # the clocks go forward
    ],
)
def test_24_hours_are_24_real_hours_when_the_clocks_change(
    calendar: Calendar, start: str, end: str
) -> None:
    latest = due(Span(24, "clock-hours"), parse_moment(start), calendar)

    assert latest == london(datetime.fromisoformat(end))


def test_an_hour_that_happens_twice_is_the_earlier_one() -> None:
    twice = parse_moment("2026-10-25T01:30")

    assert isinstance(twice, datetime)
    assert twice.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_24_hours_from_a_day_without_a_time_is_the_next_day(calendar: Calendar) -> None:
    assert due(Span(24, "clock-hours"), date(2026, 6, 1), calendar) == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-05T16:30", "2026-03-08T16:30+00:00"),
        ("2026-03-26T16:30", "2026-03-29T16:30+01:00"),  # 71 real hours: the clocks go forward
        ("2026-03-26T01:30", "2026-03-29T02:30+01:00"),  # 01:30 does not happen on that day
        ("2026-10-22T16:30", "2026-10-25T16:30+00:00"),  # 73 real hours
    ],
)
def test_days_keep_the_time_on_the_clock(calendar: Calendar, start: str, end: str) -> None:
    latest = due(Span(3, "calendar-days"), parse_moment(start), calendar)
    assert isinstance(latest, datetime)
    assert latest.isoformat(timespec="minutes") == end


def test_days_from_a_day_without_a_time_end_with_a_day(calendar: Calendar) -> None:
    assert due(Span(3, "calendar-days"), date(2026, 4, 2), calendar) == date(2026, 4, 5)


def test_what_has_no_start_has_no_date(calendar: Calendar) -> None:
    assert due(Span(7, "working-days"), None, calendar) is None


@pytest.mark.parametrize(
    ("moment", "outside"),
    [
        ("2026-06-01T08:59", True),
        ("2026-06-01T09:00", False),
        ("2026-06-01T16:59", False),
        ("2026-06-01T17:00", True),
        ("2026-06-06T12:00", True),
        ("2026-05-25T12:00", True),  # a bank holiday
        ("2026-06-01", False),
        ("2026-06-06", True),
    ],
)
def test_office_hours(calendar: Calendar, moment: str, outside: bool) -> None:
    assert calendar.is_out_of_hours(parse_moment(moment)) is outside


def test_the_bank_holidays_reach_at_least_thirteen_months_ahead(library: Library) -> None:
    last = max(library.calendar.bank_holidays)

    assert (last - datetime.now(UTC).date()).days > 396, "take the new list from GOV.UK"
