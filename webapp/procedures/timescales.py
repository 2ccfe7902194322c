"""When something is due. Two arithmetics that are never mixed.

Clock arithmetic (clock hours) goes through UTC, so that 24 hours are 24 real hours when the
clocks change. Calendar and working-day arithmetic goes through London dates and the
England-and-Wales bank holidays; calendar days keep the time on the clock. Typed times are
London wall time; an hour that happens twice is taken as the earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp.procedures.model import Moment, Span

LONDON = ZoneInfo("Europe/London")

# unit -> whether an amount belongs to it
UNITS = {
    "clock-hours": True,
    "calendar-days": True,
    "weeks": True,
    "working-days": True,
    "next-working-day": False,
    "same-day": False,
    "immediately": False,
    "as-soon-as-practicable": False,
    "by-the-end-of": False,
}
UNDATED_UNITS = ("immediately", "as-soon-as-practicable")


@dataclass(frozen=True)
class Calendar:
    """Working days and office hours.

    `bank_holidays`: date -> (English, Welsh) name, England and Wales. `first_day_counts`: whether
    the day something starts on is day one of a count of working days; by default day one is
    the next working day. Office hours are London wall times.
    """

    bank_holidays: Mapping[date, tuple[str, str]]
    first_day_counts: bool = False
    office_opens: time = time(9)
    office_closes: time = time(17)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.bank_holidays

    def next_working_day(self, day: date) -> date:
        return self.add_working_days(day, 1, first_day_counts=False)

    def add_working_days(self, day: date, count: int, first_day_counts: bool | None = None) -> date:
        """The date `count` working days after `day`, or before it when `count` is negative."""
        if first_day_counts is None:
            first_day_counts = self.first_day_counts
        step = timedelta(days=1 if count >= 0 else -1)
        remaining = abs(count)
        if count > 0 and first_day_counts and self.is_working_day(day):
            remaining -= 1
        while remaining:
            day += step
            if self.is_working_day(day):
                remaining -= 1
        return day

    def is_out_of_hours(self, moment: Moment) -> bool:
        """Outside office hours; a date without a time is judged by its day alone."""
        if not isinstance(moment, datetime):
            return not self.is_working_day(moment)
        local = moment.astimezone(LONDON)
        inside = self.office_opens <= local.time() < self.office_closes
        return not (inside and self.is_working_day(local.date()))


def london(wall: datetime) -> datetime:
    """A naive London wall time as an aware one; a time that happens twice is the earlier."""
    if wall.tzinfo is not None:
        return wall.astimezone(LONDON)
    return wall.replace(tzinfo=LONDON, fold=0)


def day_of(moment: Moment) -> date:
    """The London date of a moment."""
    return moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment


def parse_moment(text: str) -> Moment:
    """A date, or a date and time in London, from ISO 8601. Raises ValueError."""
    if len(text) <= 10:
        return date.fromisoformat(text)
    return london(datetime.fromisoformat(text))


def add(start: Moment, span: Span, calendar: Calendar) -> Moment:
    """`start` moved by `span`. From a date without a time, hours and days give a date."""
    if span.unit == "clock-hours":
        if isinstance(start, datetime):
            return (start.astimezone(UTC) + timedelta(hours=span.amount)).astimezone(LONDON)
        return start + timedelta(hours=span.amount)
    if span.unit == "calendar-days" and isinstance(start, datetime):
        return _same_time(start, span.amount)
    day = day_of(start)
    if span.unit == "working-days":
        return calendar.add_working_days(day, span.amount)
    if span.unit == "next-working-day":
        return _next_opening(start, calendar)
    days = {"calendar-days": span.amount, "weeks": 7 * span.amount}.get(span.unit, 0)
    return day + timedelta(days=days)


def _same_time(start: datetime, days: int) -> datetime:
    """The same time on the London clock, days later; a time the clocks skip moves with them."""
    wall = start.astimezone(LONDON).replace(tzinfo=None) + timedelta(days=days)
    return london(wall).astimezone(UTC).astimezone(LONDON)


def _next_opening(start: Moment, calendar: Calendar) -> date:
    """The day on which an office that is shut opens next; before it opens, that is today."""
    day = day_of(start)
    early = isinstance(start, datetime) and (
        start.astimezone(LONDON).time() < calendar.office_opens
    )
    if early and calendar.is_working_day(day):
        return day
    return calendar.next_working_day(day)


def due(span: Span, start: Moment | None, calendar: Calendar) -> Moment | None:
    """When something is due; None if its start is not known or its unit has no date."""
    if start is None or span.unit in UNDATED_UNITS:
        return None
    return add(start, span, calendar)


def is_before(first: Moment, second: Moment) -> bool:
    """Whether `first` is earlier; where either has no time, London dates are compared."""
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first < second
    return day_of(first) < day_of(second)


def earliest_first(moment: Moment) -> tuple[date, time]:
    """A sort key: a date without a time ends with its day."""
    if isinstance(moment, datetime):
        local = moment.astimezone(LONDON)
        return local.date(), local.time()
    return moment, time.max
