"""The first screen of a mail: how urgent, by when, who, where, and whom to ring and how safely."""

from __future__ import annotations

from datetime import date, time

from webapp.meeting_requests.details import Field
from webapp.meeting_requests.model import ACK_LINK
from webapp.messages.departures_part import departed
from webapp.messages.parts import FirstScreen, Note, Row, Section
from webapp.messages.writing import Writer
from webapp.procedures.recommending import Due
from webapp.procedures.timescales import earliest_first

REQUESTER = "requester"
LONGEST, MOST_LINES = 160, 3  # of one typed value on the first screen; below it stands whole


def first_screen(writer: Writer) -> FirstScreen:
    """What a duty officer sees before moving anything."""
    about = [_about(writer, row) for row in _rows_about(writer)]
    rows = [_deadline(writer), *about, _caller(writer), _phone(writer)]
    link = ACK_LINK if writer.reference else ""
    confirm = (
        writer.gettext("Confirm that you have this request")
        if link
        else writer.gettext("A link to confirm stands here.")
    )
    return FirstScreen(headline(writer), tuple(row for row in rows if row), confirm, link)


def headline(writer: Writer) -> str:
    """How urgent it is, what is asked for, and whether that is what is recommended."""
    meeting = writer.meetings[0]
    kind = meeting.type.type
    for _meeting, departure in writer.departures():
        if departure.part == "type" and departure.choice in writer.procedure.terms.types:
            kind = departure.choice
    words = {"type": writer.text(writer.procedure.terms.types[kind])}
    if departed(writer):
        if writer.urgent:
            return writer.gettext("URGENT request: %(type)s (not as recommended)") % words
        return writer.gettext("Request: %(type)s (not as recommended)") % words
    if writer.urgent:
        return writer.gettext("URGENT request: %(type)s") % words
    return writer.gettext("Request: %(type)s") % words


def _deadline(writer: Writer) -> Row | None:
    """The earliest deadline of the meetings; where there are several it says whose it is."""
    deadlines = [(each.deadline, each) for each in writer.meetings if each.deadline]
    if not deadlines:
        return None
    deadline, meeting = min(deadlines, key=lambda each: _how_soon(each[0]))
    when = writer.language.due(deadline, writer.procedure.start_of)
    notes = (Note(writer.text(meeting.rule.title)),) if len(writer.meetings) > 1 else ()
    return Row(writer.gettext("Deadline"), when, strong=True, notes=notes)


def _how_soon(deadline: Due) -> tuple[int, tuple[date, time]]:
    """At once first, then by date, then what has none."""
    if deadline.rule.span.unit == "immediately":
        return 0, (date.min, time.min)
    if deadline.due is None:
        return 2, (date.max, time.max)
    return 1, earliest_first(deadline.due)


def _rows_about(writer: Writer) -> tuple[tuple[str, ...], ...]:
    """In the mail of a linked meeting those come first whom that meeting is about."""
    return (*writer.linked_rows, *writer.fields.first_screen.about[writer.team.procedure])


def _about(writer: Writer, ids: tuple[str, ...]) -> Row | None:
    """One row about the person; it has the name of the first field that was filled in.

    Where nothing was given, the journey's own mail says so, and so does the mail of a linked
    meeting of the one whom that meeting is about.
    """
    asked = [each for each in _asked(writer, ids) if writer.takes(each)]
    given = [(each, row) for each in asked if (row := _given(writer, each))]
    if not given:
        missing = writer.language.pgettext("detail", "Not given")
        own = asked and (not writer.linked or ids in writer.linked_rows)
        return Row(writer.text(asked[0].short), missing) if own else None
    (field, first), *others = given
    notes = tuple(_beside(each, row) for each, row in others)
    # in the mail of another procedure the field is known by its name there
    label = writer.text(field.instead.get(writer.team.procedure, field).short)
    return Row(label, shortened(first.value), first.typed, notes=notes)


def _given(writer: Writer, asked: Field) -> Row | None:
    """What was given; of each entry of a list, all on one line."""
    entries = writer.entries(asked).items if asked.kind == "record-list" else ()
    lines = [", ".join(note.text for note in entry.notes) for entry in entries]
    if lines:
        return Row(writer.text(asked.short), "\n".join(lines), typed=True)
    return writer.row(asked)


def _beside(asked: Field, row: Row) -> Note:
    """A name, a role or an agency speaks for itself; a date or an age says what it is."""
    return Note(shortened(row.value), row.typed, "" if asked.kind == "date-of-birth" else row.label)


def _caller(writer: Writer) -> Row | None:
    who = [writer.request.details.get(each.id) for each in _callers(writer)]
    named = ", ".join(part for part in who if part)
    return Row(writer.gettext("Ring back"), named, typed=True) if named else None


def _callers(writer: Writer) -> list[Field]:
    asked = _asked(writer, writer.fields.first_screen.caller)
    return [each for each in asked if writer.takes(each)]


def _phone(writer: Writer) -> Row | None:
    """The number, and beside it how it is safe to ring; nobody may have said."""
    screen = writer.fields.first_screen
    row = writer.row(writer.fields.fields[screen.phone])
    if row is None:
        return None
    guards = [
        each for each in writer.fields.fields.values() if each.safe_contact_for == screen.phone
    ]
    safely = [Note(said.value, said.typed) for each in guards if (said := writer.row(each))]
    if not safely:
        unsaid = writer.gettext("It was not said whether it is safe to ring this number.")
        safely = [Note(unsaid)]
    return Row(row.label, row.value, row.typed, strong=True, notes=tuple(safely))


def _asked(writer: Writer, ids: tuple[str, ...]) -> list[Field]:
    return [writer.fields.fields[each] for each in ids if each in writer.fields.fields]


def shortened(value: str) -> str:
    """At most three lines and 160 characters, cut between words; the rest shows an ellipsis."""
    lines = value.split("\n")
    kept = "\n".join(lines[:MOST_LINES])
    if len(kept) > LONGEST:
        kept = kept[:LONGEST].rsplit(maxsplit=1)[0]
    return value if kept == value else f"{kept} …"


def now(writer: Writer) -> Section:
    """What else cannot wait: what is needed tonight, who is with the person, other numbers.

    What the first screen had to shorten stands here in whole.
    """
    leading = sorted(
        writer.fields.sections, key=lambda each: (each.id == REQUESTER, not each.leads)
    )
    asked = [each for section in leading for each in section.fields if each.first]
    rows = [row for each in asked if (row := writer.row(each)) and not seen(writer, each, row)]
    return Section(writer.gettext("Now"), rows=tuple(rows))


def seen(writer: Writer, asked: Field, row: Row) -> bool:
    """Whether the first screen has shown all of it."""
    screen = writer.fields.first_screen
    about = [each for row in _rows_about(writer) for each in row]
    there = asked.id in (*about, *screen.caller, screen.phone)
    return (there or asked.safe_contact_for == screen.phone) and shortened(row.value) == row.value


def reaching(writer: Writer) -> Section:
    """Once more at the end: whom to ring, how safely, and after the shift."""
    section = writer.fields.section(REQUESTER)
    screen = writer.fields.first_screen
    others = [
        writer.row(each)
        for each in (section.fields if section else ())
        if each.id not in (*screen.caller, screen.phone) and each.safe_contact_for != screen.phone
    ]
    rows = [_caller(writer), _phone(writer), *others]
    title = writer.gettext("How to reach the person who asks")
    return Section(title, rows=tuple(row for row in rows if row))


def opening(writer: Writer) -> tuple[str, ...]:
    """What the reader has to know of the request itself."""
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
    if writer.team.also:
        others = {"teams": ", ".join(writer.text(each) for each in writer.team.also)}
        also = writer.gettext("This also goes to: %(teams)s. Agree between you who leads.")
        lines.append(also % others)
    return (*lines, *_particulars(writer))


def _particulars(writer: Writer) -> tuple[str, ...]:
    """Team, area, moment, and the requests that belong to this one."""
    area = writer.text(writer.library.authorities[writer.team.authority].name)
    sent = writer.language.moment(writer.request.created_at)
    linked = {"references": ", ".join(writer.request.linked_to)}
    lines = (
        writer.text(writer.team.contact.name),
        writer.gettext("Area: %(area)s") % {"area": area},
        writer.gettext("Sent: %(moment)s") % {"moment": sent},
    )
    if not writer.request.linked_to:
        return lines
    return (*lines, writer.gettext("Linked to: %(references)s") % linked)


def references(writer: Writer) -> tuple[str, ...]:
    """The request's own, and of a correction the one that it corrects."""
    given = writer.reference or writer.gettext("given when the request is sent")
    own = writer.gettext("Reference: %(reference)s") % {"reference": given}
    if not writer.request.corrects:
        return (own,)
    return own, writer.gettext("Corrects: %(reference)s") % {"reference": writer.request.corrects}
