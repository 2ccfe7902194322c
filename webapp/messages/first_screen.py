"""The first screen of a mail: how urgent, by when, where, and whom to ring and how safely."""

from __future__ import annotations

from webapp.messages.parts import Row, Section
from webapp.messages.writing import Writer

REQUESTER = "requester"
WHO = ("requester-name", "requester-role", "requester-agency")


def headline(writer: Writer) -> str:
    """How urgent it is and what is asked for."""
    meeting = writer.meetings[0]
    kind = meeting.type.type
    for _meeting, departure in writer.departures():
        if departure.part == "type" and departure.choice in writer.procedure.terms.types:
            kind = departure.choice
    words = {"type": writer.text(writer.procedure.terms.types[kind])}
    if writer.urgent:
        return writer.gettext("URGENT request: %(type)s") % words
    return writer.gettext("Request: %(type)s") % words


def opening(writer: Writer) -> tuple[str, ...]:
    """What a duty officer must know before anything else."""
    lines = [
        writer.gettext("This is a request. You decide."),
        writer.gettext(
            "Cyfarfod has contacted nobody: not the person, not the family"
            " and nobody on the list of people to invite."
        ),
    ]
    if writer.team.alternative:
        lines.append(
            writer.gettext(
                "It comes to you because the person of concern, or somebody close to them, may"
                " work in the usual team or read its mail. Do not pass it to that team."
            )
        )
    return tuple(lines)


def subtitle(writer: Writer) -> tuple[str, ...]:
    """Team, area, reference and moment."""
    area = writer.text(writer.library.authorities[writer.team.authority].name)
    reference = writer.reference or writer.gettext("given when the request is sent")
    sent = writer.language.moment(writer.request.created_at)
    linked = {"references": ", ".join(writer.request.linked_to)}
    corrected = writer.gettext("Corrects: %(reference)s") % {"reference": writer.request.corrects}
    lines: tuple[str, ...] = (
        writer.text(writer.team.contact.name),
        writer.gettext("Area: %(area)s") % {"area": area},
        writer.gettext("Reference: %(reference)s") % {"reference": reference},
        writer.gettext("Sent: %(moment)s") % {"moment": sent},
    )
    if writer.request.corrects:
        lines = (*lines, corrected)
    if not writer.request.linked_to:
        return lines
    return (*lines, writer.gettext("Linked to: %(references)s") % linked)


def glance(writer: Writer) -> Section:
    """By when; then who asks, and how it is safe to reach them, now and after the shift."""
    rows = _deadlines(writer)
    section = writer.fields.section(REQUESTER)
    asked = section.fields if section else ()
    who = [writer.request.details.get(field_id) for field_id in WHO]
    if any(who):
        named = ", ".join(part for part in who if part)
        rows.append(Row(writer.gettext("Ring back"), named, typed=True))
    others = [writer.row(field) for field in asked if field.id not in WHO]
    rows += [row for row in others if row]
    return Section(writer.gettext("At a glance"), rows=tuple(rows))


def _deadlines(writer: Writer) -> list[Row]:
    """The earliest latest time of each meeting, or how soon where it has no date.

    Where there is more than one meeting each deadline says which it belongs to.
    """
    return [
        Row(
            writer.text(meeting.rule.title)
            if len(writer.meetings) > 1
            else writer.gettext("Deadline"),
            writer.language.due(meeting.deadline, writer.procedure.start_of),
            strong=True,
        )
        for meeting in writer.meetings
        if meeting.deadline
    ]


def now(writer: Writer) -> Section:
    """The person it is about, where they are, until when they are safe, and what cannot wait."""
    asked = [
        each
        for section in sorted(writer.fields.sections, key=lambda each: not each.leads)
        if section.id != REQUESTER
        for each in section.fields
        if each.first
    ]
    rows = [writer.row(each) for each in asked]
    return Section(writer.gettext("Now"), rows=tuple(row for row in rows if row))
