"""What a request asks for against the recommendation, and who is missing from it, in words.

The same words for pages, mails and attachments: `list_departures`, `list_missing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from webapp.meeting_requests import departing, minimum
from webapp.meeting_requests.departing import Advised, role_of
from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.minimum import Missing, Person
from webapp.meeting_requests.model import (
    Departure,
    Departures,
    Details,
)
from webapp.messages.language import Language
from webapp.procedures.model import Terms

INVITEES = "invitees"


@dataclass(frozen=True)
class Departed:
    """One thing that is asked for differently, in words of one language.

    `meeting` is an id, empty where it is about no one meeting; `part` as in `Departure`, or
    empty where it comes from the list of invitees. `recommended` is empty for whoever is not in
    the recommendation. `who` and `reason` are the requester’s words; `person` is whoever is added.
    """

    meeting: str
    part: str
    label: str
    asked: str
    recommended: str
    reason: str
    who: str = ""
    warning: str = ""
    role: str = ""  # the id of the role that it is about, if it is about one
    person: Person | None = field(default=None, compare=False)


@dataclass(frozen=True)
class MissingRow:
    """Somebody who cannot be done without, in words of one language."""

    meeting: str
    role: str
    who: str
    why: str
    action: str
    strength: str


def listed_people(details: Details, fields: DetailFields, procedure: str) -> list[Person]:
    """The invitees as the mail of this procedure’s team shows them; `fields` of the journey."""
    return list(details.get(INVITEES) or ()) if shows_people(fields, procedure) else []


def shows_people(fields: DetailFields, procedure: str) -> bool:
    """Whether people are listed for the meetings of a procedure."""
    asked = fields.fields.get(INVITEES)
    return asked is not None and procedure in asked.mail


def list_departures(
    meetings: Iterable[Advised],
    departures: Departures,
    people: Iterable[Person],
    result: str,
    terms: Terms,
    language: Language,
) -> list[Departed]:
    """Everything that is asked for differently, once. `departures` are standing ones.

    `result`: where the answers lead, in words, for a meeting that is asked for against it.
    """
    meetings = list(meetings)
    words = Words(terms, language, result)
    found = [
        words.departed(advised, each)
        for advised in meetings
        for each in departures.get(advised.id, ())
    ]
    gone = {
        role_of(each)
        for listed in departures.values()
        for each in listed
        if each.choice == departing.REMOVED
    }
    return found + [
        row for each in people if each["role"] not in gone for row in words.person(each, meetings)
    ]


class Words:
    """Departures in one language."""

    def __init__(self, terms: Terms, language: Language, result: str = "") -> None:
        self.terms, self.language, self.result = terms, language, result

    def departed(self, advised: Advised, each: Departure) -> Departed:
        role, gettext = role_of(each), self.language.gettext
        recommended = {
            departing.TYPE: self.language.text(self.terms.types.get(advised.type)),
            departing.MODE: self.language.text(self.terms.modes.get(advised.mode)),
            departing.CHAIR: self.language.text(self.terms.roles.get(advised.chair)),
            departing.ANYWAY: self.result,
        }
        wary = gettext(
            "Nobody tells or invites them before the chair has decided:"
            " it may warn the person of concern."
        )
        status = self.language.text(self.terms.statuses.get(advised.attendees.get(role, "")))
        return Departed(
            meeting=advised.id,
            part=each.part,
            label=self.label(each),
            asked=self.asked(each),
            recommended=recommended.get(each.part, status),
            reason=each.reason,
            who=each.who,
            warning=wary if each.choice == departing.ASK_CHAIR else "",
            role=role,
        )

    def label(self, each: Departure) -> str:
        """What a departure is about."""
        gettext = self.language.gettext
        labels = {
            departing.TYPE: gettext("Kind of meeting"),
            departing.MODE: gettext("How to meet"),
            departing.CHAIR: gettext("Chair"),
            departing.ANYWAY: gettext("Whether to meet"),
        }
        return labels.get(each.part) or self.role(role_of(each))

    def asked(self, each: Departure) -> str:
        """What is asked for."""
        if role_of(each):
            return self._wish(each.choice)
        if each.part == departing.ANYWAY:
            return self.language.gettext(
                "A meeting is asked for although the procedures do not point to one."
            )
        names = {departing.TYPE: self.terms.types, departing.MODE: self.terms.modes}
        known = names.get(each.part, self.terms.roles).get(each.choice)
        return self.language.text(known) or self.language.gettext("Somebody else")

    def _wish(self, choice: str) -> str:
        if choice == departing.REMOVED:
            return self.language.gettext("Do not invite them")
        if choice == departing.ASK_CHAIR:
            return self.language.gettext("The chair is asked to invite them")
        return self.language.text(self.terms.statuses.get(choice))

    def person(self, person: Person, meetings: list[Advised]) -> list[Departed]:
        """What the list of invitees says about somebody, if it departs from the recommendation."""
        gettext, role = self.language.gettext, person["role"]
        given = [person["title"], person["name"], person["contact"]]
        who = ", ".join(each for each in given if each)
        if person["change"] == departing.ADDED:
            label, asked = gettext("Somebody else to invite"), gettext("Invite them as well")
            return [Departed("", "", label, asked, "", person["reason"], who, person=person)]
        holding = [each for each in meetings if role in each.attendees]
        if person["change"] != departing.REMOVED or not holding:
            return []
        asked, status = self._wish(departing.REMOVED), holding[0].attendees[role]
        only = holding[0].id if len(holding) == 1 else ""
        reason, name = person["reason"], person["name"]
        recommended = self.language.text(self.terms.statuses.get(status))
        return [Departed(only, "", self.role(role), asked, recommended, reason, name, role=role)]

    def role(self, role: str) -> str:
        return self.language.text(self.terms.roles.get(role)) or "–"


def list_missing(found: Iterable[Missing], terms: Terms, language: Language) -> list[MissingRow]:
    """Who is missing, why, and what to do, with how strong that is."""
    gettext = language.gettext
    reasons = {
        minimum.REMOVED: gettext("This request leaves them out."),
        minimum.LOWERED: gettext("This request asks for less than is recommended."),
        minimum.IN_CONFLICT: gettext("They may be close to the person of concern."),
        minimum.NOT_NAMED: gettext("There is no name or contact yet."),
    }
    return [
        MissingRow(
            meeting=each.meeting,
            role=each.role,
            who=language.text(terms.roles.get(each.role)),
            why=reasons[each.why],
            action=language.text(each.action),
            strength=language.strength(each.least.basis, terms),
        )
        for each in found
    ]
