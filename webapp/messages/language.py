"""One of the two languages: its texts, its dates and its alphabet. Needs no Flask.

Sentences with a date or a number in them are whole messages with a placeholder, because
Welsh words change their first letters after others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from babel.dates import format_date
from babel.support import NullTranslations, Translations

from webapp.procedures.model import Basis, Moment, Terms, Text
from webapp.procedures.recommending import Due
from webapp.procedures.timescales import LONDON

LANGUAGES = ("cy", "en")
_FORMATTING = {"cy": "cy", "en": "en_GB"}
_WELSH_LETTERS = "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z"
_WELSH_ORDER = {letter: position for position, letter in enumerate(_WELSH_LETTERS.split())}
Item = TypeVar("Item")


class Language:
    """`code` is cy or en; `other` is the other one."""

    def __init__(self, code: str, translations: NullTranslations) -> None:
        self.code = code
        self.other = "en" if code == "cy" else "cy"
        self._translations = translations

    def gettext(self, message: str) -> str:
        return str(self._translations.gettext(message))

    def pgettext(self, context: str, message: str) -> str:
        return str(self._translations.pgettext(context, message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return str(self._translations.ngettext(singular, plural, number))

    def text(self, text: Text | None) -> str:
        """A text of the trees in this language; an absent text is empty."""
        if text is None:
            return ""
        if self.code == "en":
            return text.english
        return text.welsh or self.pgettext(text.context, text.english)

    def strength(self, basis: Basis, terms: Terms | None = None) -> str:
        """How strong a rule is, and whose it is where it is not the whole country’s."""
        if basis.local_to:
            local = self.gettext("Local standard of %(place)s")
            return local % {"place": self.text(basis.local_to)}
        if basis.borrowed:
            return self.gettext("Good practice, from an English procedure")
        return self.text(terms.strengths.get(basis.strength)) if terms else ""

    def day(self, moment: Moment) -> str:
        """The London date with its weekday: Thursday 18 June 2026, dydd Iau 18 Mehefin 2026."""
        day = moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment
        words = format_date(day, "EEEE d MMMM y", locale=_FORMATTING[self.code])
        return words[0].lower() + words[1:] if self.code == "cy" else words

    def short_date(self, day: date) -> str:
        """A date without its weekday, for tables: 18 June 2026, 18 Mehefin 2026."""
        return format_date(day, "d MMMM y", locale=_FORMATTING[self.code])

    def time(self, moment: datetime) -> str:
        """London wall time as people say it: 9.30am, 12 noon; 9.30yb, 12 hanner dydd."""
        local = moment.astimezone(LONDON)
        hour, minute = local.hour, local.minute
        if (hour, minute) == (0, 0):
            return self.pgettext("time", "midnight")
        if (hour, minute) == (12, 0):
            return self.pgettext("time", "midday")
        clock = f"{(hour - 1) % 12 + 1}" + (f".{minute:02d}" if minute else "")
        if hour < 12:
            return self.pgettext("time", "%(clock)sam") % {"clock": clock}
        return self.pgettext("time", "%(clock)spm") % {"clock": clock}

    def moment(self, moment: Moment) -> str:
        """A date, or a time and a date, inside or outside a sentence."""
        if not isinstance(moment, datetime):
            return self.day(moment)
        words = {"time": self.time(moment), "day": self.day(moment)}
        return self.pgettext("moment", "%(time)s on %(day)s") % words

    def standing(self, moment: Moment) -> str:
        """The same where it stands by itself: Welsh days then begin with a capital."""
        words = self.moment(moment)
        return words[:1].upper() + words[1:]

    def due(self, due: Due, starts: Callable[[str], Text]) -> str:
        """A whole sentence for a timescale's time: when, counted from what, and if overdue.

        `starts` gives the text of what a timescale runs from (see `start_of`).
        """
        message, words = self.due_parts(due, starts)
        return message % words

    def due_parts(
        self, due: Due, starts: Callable[[str], Text]
    ) -> tuple[str, dict[str, str | int]]:
        """The same as a message and what goes into it, for a page that makes `when` stand out."""
        words: dict[str, str | int] = {"start": self.text(starts(due.rule.runs_from))}
        if due.due is None:
            return self._undated(due), words | {"num": abs(due.rule.span.amount)}
        words["when"] = self._latest(due.due)
        if due.met is not None:
            message = (
                self.gettext("Done in time. The latest was %(when)s. Counted from: %(start)s.")
                if due.met
                else self.gettext("Done late. The latest was %(when)s. Counted from: %(start)s.")
            )
        elif due.overdue:
            message = self.gettext("Overdue. The latest was %(when)s. Counted from: %(start)s.")
        else:
            message = self.gettext("At the latest: %(when)s. Counted from: %(start)s.")
        return message, words

    def _latest(self, moment: Moment) -> str:
        if isinstance(moment, datetime):
            return self.moment(moment)
        return self.pgettext("moment", "the end of %(day)s") % {"day": self.day(moment)}

    def _undated(self, due: Due) -> str:
        if due.rule.span.unit == "immediately":
            return self.gettext("Immediately. Counted from: %(start)s.")
        if due.rule.span.unit == "as-soon-as-practicable":
            return self.gettext("As soon as practicable. Counted from: %(start)s.")
        if due.rule.span.unit == "same-day":
            return self.gettext("On the same day. Counted from: %(start)s.")
        if due.rule.span.unit == "next-working-day":
            return self.gettext("On the next working day. Counted from: %(start)s.")
        if due.rule.span.unit == "by-the-end-of":
            return self.gettext("By the end of: %(start)s.")
        return self._counted(due.rule.span.unit, due.rule.span.amount)

    def _counted(self, unit: str, amount: int) -> str:
        count = abs(amount)
        if amount < 0:
            return self.ngettext(
                "%(num)d working day before: %(start)s.",
                "%(num)d working days before: %(start)s.",
                count,
            )
        if unit == "clock-hours":
            return self.ngettext(
                "Within %(num)d hour. Counted from: %(start)s.",
                "Within %(num)d hours. Counted from: %(start)s.",
                count,
            )
        if unit == "working-days":
            return self.ngettext(
                "Within %(num)d working day. Counted from: %(start)s.",
                "Within %(num)d working days. Counted from: %(start)s.",
                count,
            )
        return self._calendar(unit, count)

    def _calendar(self, unit: str, count: int) -> str:
        if unit == "weeks":
            return self.ngettext(
                "Within %(num)d week. Counted from: %(start)s.",
                "Within %(num)d weeks. Counted from: %(start)s.",
                count,
            )
        return self.ngettext(
            "Within %(num)d day. Counted from: %(start)s.",
            "Within %(num)d days. Counted from: %(start)s.",
            count,
        )

    def alphabetical(self, items: Iterable[Item], name: Callable[[Item], str]) -> list[Item]:
        """Sorted by name in this language's alphabet; in Welsh ch, dd, ll… are letters."""
        if self.code == "cy":
            return sorted(items, key=lambda item: welsh_key(name(item)))
        return sorted(items, key=lambda item: _plain(name(item)))


def _plain(word: str) -> str:
    """Lower case without accents: diacritics do not change the order."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def welsh_key(word: str) -> list[int]:
    """A sort key by the Welsh alphabet; spaces and hyphens come before letters."""
    plain, key, at = _plain(word), [], 0
    while at < len(plain):
        pair = plain[at : at + 2]
        letter = pair if pair in _WELSH_ORDER and len(pair) == 2 else plain[at]
        key.append(_WELSH_ORDER.get(letter, -1))
        at += len(letter)
    return key


def languages(folder: Path) -> dict[str, Language]:
    """Both languages from `translations/`; the compiled catalogue must be there.

    Raises FileNotFoundError if it is not: English must never stand in for Welsh unnoticed.
    """
    catalogue = folder / "cy" / "LC_MESSAGES" / "messages.mo"
    with catalogue.open("rb") as file:
        welsh = Translations(file)
    return {"cy": Language("cy", welsh), "en": Language("en", NullTranslations())}
