"""Dates and times: the field, and how what people type is read.

Whatever was typed or tampered with, reading it gives a moment or a sentence about what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time
from typing import Any

from babel.dates import get_month_names
from flask_babel import gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from webapp.procedures.model import NOT_KNOWN
from webapp.web.fields import Asked

YEARS = range(1880, 2101)
DATE_PARTS = ("day", "month", "year")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm|yb|yp|yh)?", re.IGNORECASE)


class When(Asked):
    """A date in three parts, with an optional time; `data` is ISO 8601, not-known or None.

    `typed` keeps the parts as they were typed; `wrong` names the parts in error. `accepts` says
    whether the journey takes a date: the one reason to refuse a real one is that it lies ahead.
    """

    kind = "when"

    def __init__(
        self,
        with_time: bool = False,
        not_known: str = "",
        accepts: Callable[[str], bool] = lambda _moment: True,
        **options: Any,
    ) -> None:
        """`not_known` is the label of the box for "not known"; without it there is none."""
        super().__init__(**options)
        self.with_time = with_time
        self.not_known = not_known
        self.accepts = accepts
        self.typed: dict[str, str] = {}
        self.wrong: tuple[str, ...] = ()
        self.anchor = f"{self.name}-day"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.data = data if isinstance(data, str) else None
        self.typed = parts_of(self.data)
        if formdata is not None:
            names = (*DATE_PARTS, "time", "known")
            self.typed = {name: formdata.get(f"{self.name}-{name}", "") for name in names}
            self.data = None

    @property
    def items(self) -> list[dict[str, Any]]:
        """The three inputs as the GOV.UK macro takes them."""
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        return [
            {
                "name": part,
                "label": label,
                "value": self.typed.get(part, ""),
                "classes": _date_classes(part, part in self.wrong),
            }
            for part, label in labels.items()
        ]

    @property
    def ticked_not_known(self) -> bool:
        return bool(self.not_known) and self.typed.get("known") == NOT_KNOWN

    def pre_validate(self, form: BaseForm) -> None:
        written = any(self.typed.get(part, "").strip() for part in (*DATE_PARTS, "time"))
        if self.ticked_not_known:
            if written:
                raise StopValidation(_("Give a date or say that it is not known, not both"))
            self.data = NOT_KNOWN
        elif not written:
            self.need()
        else:
            self.data = self._read()

    def _read(self) -> str:
        try:
            iso = read_date(*(self.typed.get(part, "") for part in DATE_PARTS)).isoformat()
            if self.with_time and self.typed.get("time", "").strip():
                iso += f"T{read_time(self.typed['time']):%H:%M}"
        except Unreadable as problem:
            self._mark(problem.parts)
            raise StopValidation(str(problem)) from problem
        if not self.accepts(iso):
            self._mark(DATE_PARTS)
            raise StopValidation(_("The date must not be in the future"))
        return iso

    def _mark(self, parts: tuple[str, ...]) -> None:
        self.wrong = parts
        self.anchor = f"{self.name}-{parts[0]}"


def _date_classes(part: str, wrong: bool) -> str:
    if part == "year":
        return "govuk-input--width-4 govuk-input--error" if wrong else "govuk-input--width-4"
    # wide enough for the name of a month
    if part == "month":
        return "govuk-input--width-3 govuk-input--error" if wrong else "govuk-input--width-3"
    return "govuk-input--width-2 govuk-input--error" if wrong else "govuk-input--width-2"


class Unreadable(ValueError):
    """What was typed is not a date or time; `parts` are the inputs to mark."""

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.parts = parts


def read_date(*typed: str) -> date:
    """A date from day, month (number or name) and year. Raises Unreadable."""
    given = dict(zip(DATE_PARTS, (tidy(part) for part in typed), strict=True))
    absent = tuple(part for part, value in given.items() if not value)
    if absent:
        raise Unreadable(_absent_message(absent), *absent)
    if not re.fullmatch(r"\d{4}", given["year"]):
        raise Unreadable(_("The year must have 4 numbers"), "year")
    day, month, year = _number(given["day"]), _month(given["month"]), int(given["year"])
    try:
        if year not in YEARS:
            raise ValueError(year)
        return date(year, month, day)
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
    return int(typed) if re.fullmatch(r"\d{1,2}", typed) else 0


def _month(typed: str) -> int:
    for locale in ("cy", "en"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                if typed.casefold() == name.casefold():
                    return int(number)
    return _number(typed)


def read_time(typed: str) -> time:
    """A time of day as people write it: 2.30pm, 14:30, 9yb. Raises Unreadable."""
    found = _TIME.fullmatch(re.sub(r"\s", "", tidy(typed)))
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").lower()
        if half and not 1 <= hour <= 12:
            hour = 99
        elif half:
            hour = hour % 12 + (0 if half in ("am", "yb") else 12)
        if hour < 24 and minute < 60 and (half or found[2]):
            return time(hour, minute)
    raise Unreadable(_("The time must be like 2.30pm or 14:30"), "time")


def tidy(typed: str) -> str:
    """Digits and letters in their plain form, without spaces around or marks nobody sees."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(each for each in plain if unicodedata.category(each)[0] != "C").strip()


def parts_of(iso: str | None) -> dict[str, str]:
    """An ISO date or date and time as somebody would type it."""
    if iso == NOT_KNOWN:
        return {"known": NOT_KNOWN}
    if not iso:
        return {}
    day, _separator, clock = iso.partition("T")
    year, month, number = day.split("-")
    return {
        "day": number.lstrip("0"),
        "month": month.lstrip("0"),
        "year": year,
        "time": clock[:5],
    }
