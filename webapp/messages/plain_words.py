"""Answers, details and departures in words of one language, outside the mail of any one team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.meeting_requests.details import DetailFields, Field
from webapp.meeting_requests.model import Departure
from webapp.messages.departures import Words
from webapp.messages.language import Language
from webapp.procedures.model import NOT_KNOWN, Procedure, Question, Terms
from webapp.procedures.timescales import parse_moment
from webapp.procedures.walking import Answer

REMOVED, ADDED = "removed", "added"


@dataclass(frozen=True)
class Value:
    """`typed`: in a person's own words."""

    text: str
    typed: bool = False


@dataclass(frozen=True)
class PlainWords:
    """Names what was asked and says what was given. `fields` are those of the procedure."""

    language: Language
    procedure: Procedure
    fields: DetailFields

    @property
    def terms(self) -> Terms:
        return self.procedure.terms

    # -- answers -------------------------------------------------------------------

    def answer(self, question: Question, answer: Answer | None) -> str:
        given = [answer] if isinstance(answer, str) else list(answer or ())
        return "\n".join(self._choice(question, each) for each in given)

    def _choice(self, question: Question, choice: str) -> str:
        if question.kind.is_date and choice[:1].isdigit():
            return self.language.standing(parse_moment(choice))
        options = {option.id: option.text for option in question.options}
        return self.language.text(options[choice]) if choice in options else choice

    # -- details -------------------------------------------------------------------

    def detail(self, asked: Field, value: Any) -> Value:
        """Empty text where nothing was given or the option is no longer there."""
        if not value:
            return Value("")
        if value == NOT_KNOWN and NOT_KNOWN not in asked.option_texts:
            return Value(self.language.pgettext("detail", "Not known"))
        if asked.options:
            chosen = value if isinstance(value, list) else [value]
            texts = [asked.option_texts.get(str(each)) for each in chosen]
            return Value("\n".join(self.language.text(text) for text in texts))
        if asked.kind in ("date", "date-of-birth"):
            return Value(self.language.standing(date.fromisoformat(str(value))))
        if isinstance(value, list):
            return Value("\n".join(self._entry(asked, each) for each in value), typed=True)
        return Value(str(value), typed=True)

    def _entry(self, asked: Field, entry: dict[str, str]) -> str:
        """One record on a line, or one person to invite."""
        said = self._parts(asked, entry)
        return self._person(entry, said) if asked.kind == "person-list" else "; ".join(said)

    def _parts(self, asked: Field, entry: dict[str, str]) -> list[str]:
        """Each part with its name; choices in words."""
        given = []
        for part in asked.parts:
            value = entry.get(part.id, "")
            words = self.language.text(part.option_texts.get(value)) if part.options else value
            if words:
                given.append(f"{self.language.text(part.text)}: {words}")
        return given

    def _person(self, person: dict[str, str], said: list[str]) -> str:
        role = self.terms.roles.get(person.get("role", ""))
        who = self.language.text(role) or person.get("title", "")
        named = (who, person.get("name", ""), person.get("contact", ""), *said)
        known = ", ".join(each for each in named if each)
        words = {"who": known, "reason": person.get("reason", "")}
        if person.get("change") == REMOVED:
            message = self.language.gettext("Do not invite: %(who)s. Reason: %(reason)s")
            return message % words
        if person.get("change") == ADDED:
            return self.language.gettext("Added: %(who)s. Reason: %(reason)s") % words
        return known

    # -- departures ----------------------------------------------------------------

    def departure(self, departure: Departure) -> str:
        """What is asked for differently, without the reason."""
        words = Words(self.terms, self.language)
        asked = ", ".join(each for each in (words.asked(departure), departure.who) if each)
        parts = {"part": words.label(departure), "asked": asked}
        return self.language.gettext("%(part)s: %(asked)s") % parts
