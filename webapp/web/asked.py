"""What a draft asks for against its recommendation, and who is missing, as pages show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.meeting_requests.departing import ANYWAY, Advised, standing
from webapp.meeting_requests.minimum import missing_minimum
from webapp.meeting_requests.model import Details
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.messages.departures import (
    INVITEES,
    Departed,
    MissingRow,
    list_departures,
    list_missing,
    listed_people,
    shows_people,
)
from webapp.web.details import details_kept
from webapp.web.languages import address, language, text
from webapp.web.visits import Visit


@dataclass(frozen=True)
class DepartureRow:
    """One thing that is asked for differently. `meeting`: its title, where there are several.

    `href`: where it can be changed; empty where it can only be taken back.
    """

    departed: Departed
    meeting: str
    href: str


@dataclass(frozen=True)
class MissingPerson:
    """Somebody who cannot be done without. `meeting`: its title, where there are several."""

    row: MissingRow
    meeting: str


def details_if_kept(visit: Visit) -> Details:
    """The details; empty where there are none or they cannot be read just now."""
    if not visit.draft.has_details:
        return {}
    try:
        return details_kept(visit)
    except StoreUnavailable:
        return {}


def departure_rows(visit: Visit, details: Details) -> list[DepartureRow]:
    """Everything, once: what was chosen here and in the list of invitees."""
    found = visit.recommendation
    result = text(found.result.title) if found.result else ""
    asked = standing(visit.draft.departures, found)
    titles, terms = _titles(visit), visit.procedure.terms
    return [
        DepartureRow(each, titles.get(each.meeting, ""), _href(visit, each))
        for procedure, meetings in _by_procedure(visit)
        for each in list_departures(
            meetings,
            asked,
            listed_people(details, visit.fields, procedure),
            result,
            terms,
            language(),
        )
    ]


def missing_people(visit: Visit, details: Details) -> list[MissingPerson]:
    """Whom the meetings cannot do without, and who is not there yet."""
    asked = standing(visit.draft.departures, visit.recommendation)
    titles, terms = _titles(visit), visit.procedure.terms
    rows = []
    for procedure, meetings in _by_procedure(visit):
        people = listed_people(details, visit.fields, procedure)
        named_for = (procedure,) if shows_people(visit.fields, procedure) else ()
        found = missing_minimum(meetings, asked, people, named_for, terms)
        rows += list_missing(found, terms, language())
    return [MissingPerson(each, titles.get(each.meeting, "")) for each in rows]


def _by_procedure(visit: Visit) -> Iterator[tuple[str, list[Advised]]]:
    """The meetings as the duty teams get them: apart by procedure."""
    meetings = [Advised.of(each, text(each.rule.title)) for each in visit.recommendation.meetings]
    for procedure in dict.fromkeys(each.procedure for each in meetings):
        yield procedure, [each for each in meetings if each.procedure == procedure]


def _titles(visit: Visit) -> dict[str, str]:
    """Meeting id -> title; empty where there is only one, which needs no name."""
    meetings = visit.recommendation.meetings
    if len(meetings) == 1:
        return {}
    return {each.id: text(each.rule.title) for each in meetings}


def _href(visit: Visit, each: Departed) -> str:
    draft = visit.draft.id
    if not each.part:
        sections = enumerate(visit.fields.sections, 1)
        number = next(n for n, one in sections if any(f.id == INVITEES for f in one.fields))
        return address("details.section", draft_id=draft, number=number, change="check")
    if each.part == ANYWAY:
        return ""
    ids = [meeting.id for meeting in visit.recommendation.meetings]
    return address("recommendation.depart", draft_id=draft, number=ids.index(each.meeting) + 1)
