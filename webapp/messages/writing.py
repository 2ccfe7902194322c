"""What every part of a mail needs: the request at hand, and small pieces of wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date

from webapp.meeting_requests.contacts import Team
from webapp.meeting_requests.details import DetailFields, Field
from webapp.meeting_requests.model import Departure, MeetingRequest
from webapp.messages.departures import INVITEES
from webapp.messages.language import Language
from webapp.messages.parts import Group, Item, Note, Row
from webapp.procedures.library import Library
from webapp.procedures.model import NOT_KNOWN, Basis, Procedure, Text
from webapp.procedures.recommending import Meeting, Recommendation
from webapp.procedures.timescales import day_of


@dataclass
class Writer:
    """One mail in one language. `reference` is None in a preview.

    `cited` collects the sources in the order in which they are first cited.
    """

    library: Library
    fields: DetailFields
    language: Language
    request: MeetingRequest
    recommendation: Recommendation
    meetings: tuple[Meeting, ...]
    team: Team
    reference: str | None
    cited: list[str] = field(default_factory=list)

    @property
    def procedure(self) -> Procedure:
        return self.recommendation.journey.procedure

    @property
    def linked(self) -> bool:
        """Whether the mail is for the team of another procedure than the journey's."""
        return self.team.procedure != self.procedure.id

    @property
    def linked_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows that only a linked mail begins with, as ids of fields."""
        rows = self.fields.first_screen.linked.get(self.team.procedure, ())
        return rows if self.linked else ()

    @property
    def urgent(self) -> bool:
        return self.fields.is_urgent(self.recommendation.journey.facts)

    def text(self, text: Text | None) -> str:
        return self.language.text(text)

    def gettext(self, message: str) -> str:
        return self.language.gettext(message)

    def departures(self) -> list[tuple[Meeting, Departure]]:
        """Where the requester asks for something else, for the meetings of this mail."""
        return [
            (meeting, departure)
            for meeting in self.meetings
            for departure in self.request.departures.get(meeting.id, ())
        ]

    def marks(self, bases: tuple[Basis, ...]) -> str:
        """The numbers of the sources: [1, 3]."""
        numbers = []
        for basis in bases:
            for source in basis.source:
                if source not in self.procedure.sources:
                    continue
                if source not in self.cited:
                    self.cited.append(source)
                numbers.append(self.cited.index(source) + 1)
        listed = ", ".join(str(number) for number in sorted(set(numbers)))
        return f"[{listed}]" if listed else ""

    def because(self, basis: Basis) -> str:
        """The reason with its sources."""
        return f"{self.text(basis.because)} {self.marks((basis,))}".strip()

    def strength(self, basis: Basis) -> str:
        """How strong a rule is; says so where it is worked out and not in a source."""
        strength = self.language.strength(basis, self.procedure.terms)
        if not basis.derived:
            return strength
        worked_out = self.gettext("%(strength)s. Worked out by Cyfarfod from the sources.")
        return worked_out % {"strength": strength}

    def takes(self, asked: Field) -> bool:
        """Whether this mail shows the field."""
        return self.team.procedure in asked.mail

    def entries(self, asked: Field) -> Group:
        """The entries of a `record-list`; empty if it is for another mail."""
        given = self.request.details.get(asked.id) or [] if self.takes(asked) else []
        items = []
        for number, entry in enumerate(given, 1):
            notes = tuple(self.parts(asked, entry))
            if notes:
                items.append(Item(self.gettext("Entry %(number)d") % {"number": number}, notes))
        return Group(self.text(asked.short), tuple(items))

    def parts(self, asked: Field, entry: Mapping[str, str]) -> Iterator[Note]:
        """What this mail shows of an entry, or of what a person was asked beside their name."""
        for part in asked.parts_for(self.team.procedure):
            value = entry.get(part.id)
            if not value:
                continue
            if not part.options:
                yield Note(value, typed=True, label=self.text(part.text))
            elif value in part.option_texts:
                yield Note(self.text(part.option_texts[value]), label=self.text(part.text))

    def said_of(self, person: Mapping[str, str]) -> list[Note]:
        """Of somebody to invite, beside name and contact: agency, language, how to reach them."""
        asked = self.fields.fields.get(INVITEES)
        return list(self.parts(asked, person)) if asked else []

    def row(self, asked: Field) -> Row | None:
        """One detail; None if it is empty, no longer an option or not for this mail."""
        value = self.request.details.get(asked.id)
        if not value or not self.takes(asked) or asked.kind in ("person-list", "record-list"):
            return None
        shown, typed = self._value(asked, value)
        if not shown:
            return None
        strong = asked.kind == "phone"
        return Row(self.text(asked.short), shown, typed, strong)

    def _value(self, asked: Field, value: str | list[str]) -> tuple[str, bool]:
        if value == NOT_KNOWN and (asked.not_known or asked.options):
            return self.language.pgettext("detail", "Not known"), False
        if asked.options:
            chosen = [value] if isinstance(value, str) else value
            texts = [asked.option_texts[each] for each in chosen if each in asked.option_texts]
            return "\n".join(self.text(text) for text in texts), False
        if asked.kind == "date-of-birth":
            return self._born(date.fromisoformat(str(value))), False
        if asked.kind == "date":
            return self.language.day(date.fromisoformat(str(value))), False
        return str(value), True

    def _born(self, born: date) -> str:
        today = day_of(self.request.created_at)
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        locale = "cy" if self.language.code == "cy" else "en_GB"
        words = {"day": format_date(born, "d MMMM y", locale=locale), "age": age}
        return self.gettext("%(day)s (age %(age)d)") % words
