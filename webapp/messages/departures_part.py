"""First in a mail: what is asked for against the recommendation, and who is missing from it."""

from __future__ import annotations

from webapp.meeting_requests.departing import Advised
from webapp.meeting_requests.minimum import Person, missing_minimum
from webapp.messages.departures import (
    Departed,
    list_departures,
    list_missing,
    listed_people,
    shows_people,
)
from webapp.messages.parts import Note, Row, Section
from webapp.messages.writing import Writer


def departed(writer: Writer) -> list[Departed]:
    """For the meetings of this mail, and for nobody else’s."""
    result = writer.recommendation.result
    return list_departures(
        _advised(writer),
        writer.request.departures,
        _people(writer),
        writer.text(result.title) if result else "",
        writer.procedure.terms,
        writer.language,
    )


def departures(writer: Writer) -> Section:
    """What the requester asks for against the recommendation, each with its reason."""
    titles = {each.id: each.title for each in _advised(writer)}
    rows = [
        Row(
            _of_meeting(writer, each.label, titles.get(each.meeting)),
            _asked(writer, each),
            notes=_notes(writer, each),
        )
        for each in departed(writer)
    ]
    return Section(writer.gettext("Asked for differently"), rows=tuple(rows))


def _notes(writer: Writer, each: Departed) -> tuple[Note, ...]:
    notes = (
        Note(each.who, typed=True, label=writer.gettext("Who")),
        *(writer.said_of(each.person) if each.person else ()),
        Note(each.warning),
        Note(each.reason, typed=True, label=writer.gettext("Reason given")),
    )
    return tuple(note for note in notes if note.text)


def missing(writer: Writer) -> Section:
    """Whom the meeting cannot do without and who is not there yet; also where many are named."""
    named_for = (
        (writer.team.procedure,) if shows_people(writer.fields, writer.team.procedure) else ()
    )
    terms, asked = writer.procedure.terms, writer.request.departures
    found = missing_minimum(_advised(writer), asked, _people(writer), named_for, terms)
    titles = {each.id: each.title for each in _advised(writer)}
    # what is said of several meetings stands once
    said: dict[tuple[str, str], list[str]] = {}
    for origin, each in zip(found, list_missing(found, terms, writer.language), strict=True):
        text = f"{each.why} {each.action} {writer.marks((origin.least.basis,))}".strip()
        said.setdefault((each.who, text), []).append(titles[each.meeting])
    rows = tuple(
        Row(_of_meeting(writer, who, "; ".join(of) if len(of) < len(titles) else None), text)
        for (who, text), of in said.items()
    )
    return Section(writer.gettext("Needed, and still missing"), rows=rows)


def _advised(writer: Writer) -> list[Advised]:
    return [Advised.of(each, writer.text(each.rule.title)) for each in writer.meetings]


def _people(writer: Writer) -> list[Person]:
    return listed_people(writer.request.details, writer.fields, writer.team.procedure)


def _of_meeting(writer: Writer, label: str, title: str | None) -> str:
    """Says which meeting it is about where the mail holds several."""
    if not title or len(writer.meetings) == 1:
        return label
    return writer.gettext("%(part)s (%(meeting)s)") % {"part": label, "meeting": title}


def _asked(writer: Writer, each: Departed) -> str:
    if not each.recommended:
        return writer.gettext("%(choice)s (not in the recommendation)") % {"choice": each.asked}
    words = {"choice": each.asked, "recommended": each.recommended}
    return writer.gettext("%(choice)s (recommended: %(recommended)s)") % words
