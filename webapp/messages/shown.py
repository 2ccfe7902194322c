"""What one dispatch may show of a request as it is kept: the same for every attachment.

Read from the snapshot and never worked out again: the trees may have changed since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from webapp.meeting_requests.departing import Advised, role_of
from webapp.meeting_requests.details import DetailFields, Field, Part, Section
from webapp.meeting_requests.minimum import Missing, missing_minimum
from webapp.meeting_requests.model import Departure, Dispatch, MeetingRequest
from webapp.messages.departures import (
    INVITEES,
    Departed,
    MissingRow,
    list_departures,
    list_missing,
    listed_people,
    shows_people,
)
from webapp.messages.language import Language
from webapp.messages.meeting_part import NOT_INVITED
from webapp.procedures.library import Library
from webapp.procedures.model import NOT_KNOWN, Flag, Procedure, Question, Text
from webapp.procedures.recommending import KEPT_AWAY
from webapp.procedures.walking import Answer

DATES = ("date", "date-of-birth")
Data = dict[str, Any]
Person = dict[str, str]


@dataclass(frozen=True)
class Shown:
    """One dispatch in one language. `fields` are those of the journey's procedure."""

    request: MeetingRequest
    dispatch: Dispatch
    library: Library
    fields: DetailFields
    language: Language

    @property
    def snapshot(self) -> Data:
        snapshot: Data = self.request.recommendation[self.language.code]
        return snapshot

    @property
    def procedure(self) -> Procedure:
        """Of the journey; the mail may be for the team of another."""
        return self.library.procedures[self.request.procedure]

    @property
    def meetings(self) -> list[Data]:
        """The meetings of this dispatch, as the snapshot has them."""
        meetings = self.snapshot["meetings"]
        return [each for each in meetings if each["id"] in self.dispatch.meetings]

    def text(self, text: Text | None) -> str:
        return self.language.text(text)

    def gettext(self, message: str) -> str:
        return self.language.gettext(message)

    @property
    def area(self) -> str:
        return self.text(self.library.authorities[self.dispatch.authority].name)

    # -- the journey -------------------------------------------------------------

    def flags(self) -> list[tuple[str, Flag | None]]:
        """Each flag that this mail may show, with its words if the tree still has it."""
        known = {each.id: each for each in self.procedure.flags}
        return [
            (each, known.get(each))
            for each in self.snapshot["flags"]
            if self.fields.mails_flag(each, self.dispatch.procedure)
        ]

    def answers(self) -> list[tuple[str, Answer, Question | None]]:
        """Each answer that this mail may show."""
        return [
            (each, answer, self.procedure.questions.get(each))
            for each, answer in self.request.journey
            if self.fields.mails_answer(each, self.dispatch.procedure)
        ]

    def unanswered(self) -> list[tuple[str, Question | None]]:
        return [
            (each, self.procedure.questions.get(each))
            for each in self.snapshot["unanswered"]
            if self.fields.mails_answer(each, self.dispatch.procedure)
        ]

    def departures(self, meeting: Data) -> tuple[Departure, ...]:
        return self.request.departures.get(meeting["id"], ())

    def departed(self, meeting: Data) -> list[Departed]:
        """The same in words; not who should or should not come."""
        advised, terms = Advised.of_data(meeting), self.procedure.terms
        result = self.snapshot["result_text"] or ""
        found = list_departures(
            [advised], self.request.departures, (), result, terms, self.language
        )
        return [each for each in found if not each.role]

    def added_roles(self, meeting: Data) -> Iterator[tuple[str, str]]:
        """Roles that the request adds, with their status; not those the chair is asked about."""
        recommended = {each["role"] for each in meeting["attendees"]}
        statuses = self.procedure.terms.statuses
        for each in self.departures(meeting):
            if (role := role_of(each)) not in recommended and role and each.choice in statuses:
                yield self.role(role), self.text(statuses[each.choice])

    def missing(self, meeting: Data) -> list[Missing]:
        """Whom the meeting cannot do without and who is not there yet."""
        procedure = self.dispatch.procedure
        people = listed_people(self.request.details, self.fields, procedure)
        named_for = (procedure,) if shows_people(self.fields, procedure) else ()
        advised, terms = Advised.of_data(meeting), self.procedure.terms
        return missing_minimum([advised], self.request.departures, people, named_for, terms)

    def missing_in_words(self, found: list[Missing]) -> list[MissingRow]:
        return list_missing(found, self.procedure.terms, self.language)

    # -- the details -------------------------------------------------------------

    def given(self, section: Section) -> list[tuple[Field, Any]]:
        """The details of a page that this mail shows and that were given; not the people."""
        return [
            (each, self.request.details[each.id])
            for each in section.fields
            if self.takes(each) and self.request.details.get(each.id) and each.id != INVITEES
        ]

    def words(self, asked: Field, value: str | list[str]) -> tuple[str, bool]:
        """A detail in words, and whether they are the requester's own."""
        if value == NOT_KNOWN and (asked.not_known or asked.options):
            return self.language.pgettext("detail", "Not known"), False
        if asked.options:
            chosen = [value] if isinstance(value, str) else value
            texts = [asked.option_texts[each] for each in chosen if each in asked.option_texts]
            return "\n".join(self.text(text) for text in texts), False
        if asked.kind in DATES:
            return self.language.short_date(date.fromisoformat(str(value))), False
        return str(value), True

    def parts(self, asked: Field, entry: Person) -> list[tuple[Part, str]]:
        """What this mail shows of an entry, or of a person beside their name; choices in words."""
        shown = []
        for part in asked.parts_for(self.dispatch.procedure):
            value = entry.get(part.id, "")
            words = self.text(part.option_texts.get(value)) if part.options else value
            if words:
                shown.append((part, words))
        return shown

    def said_of(self, person: Person) -> list[tuple[Part, str]]:
        asked = self.fields.fields.get(INVITEES)
        return self.parts(asked, person) if asked else []

    def takes(self, asked: Field) -> bool:
        """Whether this mail shows the field."""
        return self.dispatch.procedure in asked.mail

    # -- people ------------------------------------------------------------------

    def people(self, attendee: Data) -> list[Person]:
        """Who was named for a role; nobody where they must be kept away, as in the mail."""
        kept_away = attendee["status"] == NOT_INVITED
        return [] if kept_away else self._people.get(attendee["role"], [])

    def added(self) -> list[Person]:
        """Those whom the requester added, and who belong to no other meeting."""
        roles = {each["role"] for one in self.snapshot["meetings"] for each in one["attendees"]}
        return [
            person
            for role, listed in self._people.items()
            if role not in roles
            for person in listed
            if person["change"] != "removed"
        ]

    @cached_property
    def _people(self) -> dict[str, list[Person]]:
        asked = self.fields.fields.get(INVITEES)
        by_role: dict[str, list[Person]] = {}
        if asked and self.takes(asked):
            for person in self.request.details.get(INVITEES, ()):
                by_role.setdefault(person["role"], []).append(person)
        return by_role

    def role(self, role_id: str) -> str:
        known = self.procedure.terms.roles
        return self.text(known[role_id]) if role_id in known else role_id


def coming(meeting: Data) -> Iterator[Data]:
    """The attendees of a meeting in the order of their status, without those kept away."""
    for each in meeting["attendees"]:
        if each["status"] not in KEPT_AWAY:
            yield each
