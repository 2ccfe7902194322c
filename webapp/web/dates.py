"""The field of a date, or of a date and time.

Whatever was typed or tampered with, reading it gives a moment or a sentence about what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from webapp.procedures.model import NOT_KNOWN
from webapp.web.fields import Asked
from webapp.web.typed_dates import DATE_PARTS, Unreadable, read_date, read_time, read_whole


@dataclass(frozen=True)
class QuickDay:
    """A day that one press fills in."""

    text: str
    iso: str


class When(Asked):
    """A date in three parts, with an optional time; `data` is ISO 8601, not-known or None.

    `typed` keeps the parts as they were typed; `wrong` names the parts in error. `accepts` says
    whether the journey takes a date: the one reason to refuse a real one is that it lies ahead.
    """

    kind = "when"

    def __init__(
        self,
        today: date,
        with_time: bool = False,
        born: bool = False,
        not_known: str = "",
        accepts: Callable[[str], bool] = lambda _moment: True,
        **options: Any,
    ) -> None:
        """`not_known` is the label of the box for "not known"; without it there is none.

        `born`: a date of birth, which lies behind us in whichever century.
        """
        super().__init__(**options)
        self.today = today
        self.born = born
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
    def quick_days(self) -> list[QuickDay]:
        """What is asked with a time has most often happened today or yesterday."""
        if not self.with_time:
            return []
        today = self.today
        days = [(_("Today"), today), (_("Yesterday"), today - timedelta(days=1))]
        return [QuickDay(said, day.isoformat()) for said, day in days]

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
                "autocomplete": "off",
                "attributes": {"enterkeyhint": "go"},
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
            day, clock = self._in_parts()
            iso = day.isoformat()
            if self.with_time and clock:
                iso += f"T{read_time(clock):%H:%M}"
        except Unreadable as problem:
            self._mark(problem.parts)
            raise StopValidation(str(problem)) from problem
        if not self.accepts(iso):
            self._mark(DATE_PARTS)
            raise StopValidation(_("The date must not be in the future"))
        return iso

    def _in_parts(self) -> tuple[date, str]:
        """The date, and the time as typed: in its own box, or pasted after the date."""
        day, month, year = (self.typed.get(part, "") for part in DATE_PARTS)
        clock = self.typed.get("time", "").strip()
        if self.with_time and not clock and not (month.strip() or year.strip()):
            try:
                return read_whole(day, self.today)
            except Unreadable:
                pass
        return read_date(day, month, year, self.today, self.born), clock

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
