"""Reading dates and times in the ways people type and paste them, in both languages.

`read_date` takes the three boxes of a date, or a whole date in any one of them; `read_time` takes
a time of day. Both raise Unreadable with a sentence that says what to change.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names
from flask_babel import gettext as _

YEARS = range(1880, 2101)
DATE_PARTS = ("day", "month", "year")
LANGUAGES = ("cy", "en")
# Words for a day, counted from today.
DAYS_FROM_TODAY = {
    "today": 0, "heddiw": 0, "yesterday": -1, "ddoe": -1, "tomorrow": 1, "yfory": 1,
}  # fmt: skip
TIMES_IN_WORDS = {
    "noon": time(12), "midday": time(12), "canol dydd": time(12), "hanner dydd": time(12),
    "midnight": time(0), "hanner nos": time(0),
}  # fmt: skip
# How a month begins after “o”, and what it begins with: o Fehefin, o Dachwedd, o Ragfyr.
MUTATED = {"f": "m", "d": "t", "o": "go", "r": "rh"}

_BETWEEN = r"[\s,./-]+"
_DAY = r"(?:the\s+|yr?\s+)?(\d{1,2})(?:st|nd|rd|th|af|ail|il|ydd|edd|fed|eg|ed|ain)?"
_NAME = r"([^\W\d_]{3,})"
_YEAR = r"['’]?(\d{4}|\d{2})(?!\d)"
_WHOLE = (
    # 1942-06-01
    (re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)"), (2, 1, 0)),
    # 01061942, and 19420601 when the first cannot be a date
    (re.compile(r"(\d{2})(\d{2})(\d{4})(?!\d)"), (0, 1, 2)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)"), (2, 1, 0)),
    # 1/6/42, 1.6.1942
    (re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}{_YEAR}"), (0, 1, 2)),
    # 1 June 1942, 1st of June 1942, 1af o Fehefin 1942
    (re.compile(rf"{_DAY}{_BETWEEN}(?:of\s+|o\s+)?{_NAME}{_BETWEEN}{_YEAR}"), (0, 1, 2)),
    # June 1, 1942
    (re.compile(rf"{_NAME}{_BETWEEN}{_DAY}{_BETWEEN}{_YEAR}"), (1, 0, 2)),
)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?(am|pm|yb|yp|yh)?|(\d{2})(\d{2})(?:hrs?)?")


class Unreadable(ValueError):
    """What was typed is not a date or time; `parts` are the inputs to mark."""

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.parts = parts


def read_date(day: str, month: str, year: str, today: date, born: bool = False) -> date:
    """A date from its three boxes, or from a whole date in one of them. Raises Unreadable.

    A year of two numbers belongs to this century; where `born`, to the last if it would be ahead.
    """
    typed = tuple(tidy(part) for part in (day, month, year))
    filled = [part for part in typed if part]
    if len(filled) == 1 and not re.fullmatch(r"\d{1,4}|[^\W\d_]+\.?", filled[0]):
        read, after = read_whole(filled[0], today, born)
        if not after:
            return read
        raise Unreadable(_("The date must be a real date"), *DATE_PARTS)
    if len(filled) == 1 and filled[0].casefold() in DAYS_FROM_TODAY:
        return today + timedelta(days=DAYS_FROM_TODAY[filled[0].casefold()])
    absent = tuple(name for name, part in zip(DATE_PARTS, typed, strict=True) if not part)
    if absent:
        raise Unreadable(_absent_message(absent), *absent)
    return _real_date(typed[0], typed[1], typed[2], today, born)


def read_whole(typed: str, today: date, born: bool = False) -> tuple[date, str]:
    """A date written in one piece, and what stands after it. Raises Unreadable."""
    text = tidy(typed).casefold()
    first, _space, rest = text.partition(" ")
    if first.rstrip(",") in DAYS_FROM_TODAY:
        return today + timedelta(days=DAYS_FROM_TODAY[first.rstrip(",")]), rest.strip()
    # “Mawrth” is a month and a Tuesday: with it first, and then without
    for each in (text, _weekdays().sub("", text, count=1)):
        for pattern, (day, month, year) in _WHOLE:
            if found := pattern.match(each):
                parts = found.groups()
                try:
                    read = _real_date(parts[day], parts[month], parts[year], today, born)
                except Unreadable:
                    continue
                return read, each[found.end() :].lstrip(" ,t")
    raise Unreadable(_("The date must be a real date"), *DATE_PARTS)


def _real_date(day: str, month: str, year: str, today: date, born: bool) -> date:
    if not re.fullmatch(r"['’]?(\d{4}|\d{2})", year):
        raise Unreadable(_("The year must have 4 numbers"), "year")
    digits = year.strip("'’")
    try:
        number = int(digits) if len(digits) == 4 else 2000 + int(digits)
        if number not in YEARS:
            raise ValueError(number)
        read = date(number, _month(month), _number(day))
        ahead = len(digits) == 2 and born and read > today
        return date(number - 100, read.month, read.day) if ahead else read
    except ValueError as error:
        raise Unreadable(_("The date must be a real date"), *DATE_PARTS) from error


def _absent_message(absent: tuple[str, ...]) -> str:
    if absent == ("day",):
        return _("The date must include a day")
    if absent == ("month",):
        return _("The date must include a month")
    if absent == ("year",):
        return _("The date must include a year")
    return _("The date must include a day, a month and a year")


def _number(typed: str) -> int:
    found = re.fullmatch(_DAY, typed.casefold())
    return int(found[1]) if found else 0


def _month(typed: str) -> int:
    """1 to 12, or 0; a name may be cut short to three letters, mutated or followed by a point."""
    name = typed.casefold().strip(".")
    if len(name) >= 3 and not name[0].isdigit():
        forms = {name, MUTATED.get(name[0], name[0]) + name[1:]}
        months = {number for full, number in month_names() for form in forms if full == form}
        months = months or {
            number for full, number in month_names() for form in forms if full.startswith(form)
        }
        return months.pop() if len(months) == 1 else 0
    return int(name) if re.fullmatch(r"\d{1,2}", name) else 0


@cache
def month_names() -> tuple[tuple[str, int], ...]:
    """The names of the months in both languages, in full and cut short."""
    return tuple(
        (name.casefold().strip("."), int(number))
        for locale in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    )


@cache
def _weekdays() -> re.Pattern[str]:
    names = {
        name.casefold().strip(".")
        for locale in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=locale).values()
    }
    names |= {name.removeprefix("dydd ") for name in names}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(map(re.escape, longest_first))})\b[\s,.]*")


def read_time(typed: str) -> time:
    """A time of day as people write it: 2.30pm, 14:30, 1430, 9yb. Raises Unreadable."""
    text = re.sub(r"^(?:at|am)\s+", "", tidy(typed).casefold())
    if text in TIMES_IN_WORDS:
        return TIMES_IN_WORDS[text]
    found = _TIME.fullmatch(re.sub(r"\s|(?<=[^\W\d])\.", "", text))
    if found:
        hour, minute = int(found[1] or found[4]), int(found[2] or found[5] or 0)
        half = found[3] or ""
        if half and not 1 <= hour <= 12:
            hour = 99
        elif half:
            hour = hour % 12 + (0 if half in ("am", "yb") else 12)
        if hour < 24 and minute < 60 and (half or found[2] or found[5]):
            return time(hour, minute)
    raise Unreadable(_("The time must be like 2.30pm or 14:30"), "time")


def tidy(typed: str) -> str:
    """Digits and letters in their plain form, without spaces around or marks nobody sees."""
    plain = re.sub(r"\s", " ", unicodedata.normalize("NFKC", typed))
    return "".join(each for each in plain if unicodedata.category(each)[0] != "C").strip()
