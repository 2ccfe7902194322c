"""The meeting in a mail: what is asked for and why, who should come, by when, and the agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from webapp.meeting_requests.minimum import Person
from webapp.messages.departures import Departed, listed_people
from webapp.messages.departures_part import departed
from webapp.messages.parts import Group, Item, Note, Row, Section
from webapp.messages.writing import Writer
from webapp.procedures.conditions import Condition, mentions
from webapp.procedures.recommending import KEPT_AWAY, Attendee, Due, Line, Meeting

NOT_INVITED = "not-invited"


def flags(writer: Writer) -> Section:
    """The facts that several rules rest on."""
    items = tuple(
        Item(writer.text(flag.text))
        for flag in writer.recommendation.flags
        if writer.fields.mails_flag(flag.id, writer.team.procedure)
    )
    return Section(writer.gettext("What the answers show"), groups=(Group("", items),))


def meeting(writer: Writer, each: Meeting) -> Section:
    """Kind, chair and mode, each with its reason."""
    terms = writer.procedure.terms
    modes = "; ".join(writer.text(terms.modes[mode]) for mode in each.type.modes)
    rows = (
        Row(writer.gettext("Kind of meeting"), writer.text(terms.types[each.type.type])),
        Row(writer.gettext("Why"), writer.because(each.type.basis)),
        Row(writer.gettext("How strong"), writer.strength(each.type.basis)),
        Row(writer.gettext("Chair"), writer.text(terms.roles[each.chair.chair])),
        Row(writer.gettext("Why this chair"), writer.because(each.chair.basis)),
        Row(writer.gettext("How to meet, best first"), modes),
    )
    return Section(writer.text(each.rule.title), rows=rows)


def attendees(writer: Writer, each: Meeting, explained: bool = False) -> Section:
    """Who is recommended, by status, with the reasons and the names that were given.

    `explained`: the mail has said before whom the reasons call "you".
    """
    people, asked = _people(writer), _asked(writer, each)
    terms = writer.procedure.terms
    invited = [status for status in terms.statuses if status not in KEPT_AWAY]
    groups = [
        Group(
            writer.text(terms.statuses[status]),
            _together(
                _attendee(
                    writer, attendee, people.get(attendee.role, ()), asked.get(attendee.role, ())
                )
                for attendee in each.attendees
                if attendee.status == status
            ),
        )
        for status in (*invited, *KEPT_AWAY)
    ]
    groups.append(Group(writer.gettext("Named, and not recommended"), _others(writer, people)))
    shown = tuple(group for group in groups if group.items)
    voice = writer.gettext("In the reasons, “you” means the person who asks for the meeting.")
    title = writer.gettext("Who is recommended to come")
    return Section(title, paragraphs=() if explained else (voice,), groups=shown)


def _together(items: Iterable[Item]) -> tuple[Item, ...]:
    """Those for whom the same is said stand in one item: a reason is read once."""
    by_notes: dict[tuple[Note, ...], list[str]] = {}
    for item in items:
        by_notes.setdefault(item.notes, []).append(item.text)
    return tuple(Item("; ".join(roles), notes, flowing=True) for notes, roles in by_notes.items())


def _attendee(
    writer: Writer, attendee: Attendee, people: Iterable[Person], asked: Iterable[Departed]
) -> Item:
    reasons = [Note(writer.because(basis)) for basis in attendee.bases if basis.because]
    # a contact given for another meeting must not be used where the person is kept away
    kept_away = attendee.status == NOT_INVITED
    notes = [] if kept_away else [note for each in people for note in _given(writer, each)]
    differs = writer.gettext("The requester asks for something else: %(asked)s.")
    notes += [Note(differs % {"asked": each.asked}) for each in asked]
    role = writer.text(writer.procedure.terms.roles[attendee.role])
    return Item(role, tuple(notes + list(dict.fromkeys(reasons))))


def _asked(writer: Writer, meeting: Meeting) -> dict[str, list[Departed]]:
    """What is asked for differently about each role of a meeting."""
    by_role: dict[str, list[Departed]] = {}
    for each in departed(writer):
        if each.role and each.meeting in ("", meeting.id):
            by_role.setdefault(each.role, []).append(each)
    return by_role


def _given(writer: Writer, person: Person) -> list[Note]:
    """A name, how to reach them, and what else was said of them."""
    named = ", ".join(part for part in (person["name"], person["contact"]) if part)
    return [*([Note(named, typed=True)] if named else []), *writer.said_of(person)]


def _others(writer: Writer, people: Mapping[str, list[Person]]) -> tuple[Item, ...]:
    """Named for a role that is not recommended any more.

    Whoever belongs to another meeting of the recommendation is not for this mail, and whoever is
    added stands with what is asked for differently.
    """
    elsewhere = {one.role for other in writer.recommendation.meetings for one in other.attendees}
    items = []
    for role in people:
        name = writer.text(writer.procedure.terms.roles.get(role))
        named = [each for each in people[role] if role and not each["change"]]
        if role not in elsewhere:
            given = [note for each in named for note in _given(writer, each)]
            items += [Item(name or "–", tuple(given))] if named else []
    return tuple(items)


def _people(writer: Writer) -> dict[str, list[Person]]:
    """The listed people by role; empty where the list is not for this mail."""
    by_role: dict[str, list[Person]] = {}
    for person in listed_people(writer.request.details, writer.fields, writer.team.procedure):
        by_role.setdefault(person["role"], []).append(person)
    return by_role


def timescales(writer: Writer, each: Meeting) -> Section:
    """Every time limit of the meeting: when, counted from what, and how strong."""
    return _timescales(writer, writer.gettext("Time limits"), each.timescales)


def other_timescales(writer: Writer) -> Section:
    """Time limits that belong to no meeting of this request."""
    own = () if writer.linked else writer.recommendation.timescales
    return _timescales(writer, writer.gettext("Other time limits"), own)


def _timescales(writer: Writer, title: str, dues: Iterable[Due]) -> Section:
    """By how strong they are, so that this is said once for all of a kind."""
    by_strength: dict[str, list[Item]] = {}
    forces = list(writer.procedure.terms.forces)
    for due in sorted(dues, key=lambda each: forces.index(each.rule.force)):
        force = writer.text(writer.procedure.terms.forces[due.rule.force])
        when = writer.language.due(due, writer.procedure.start_of)
        marked = f"{when} {writer.marks((due.rule.basis,))}".strip()
        item = Item(writer.text(due.rule.text), (Note(marked),), flowing=True)
        basis = f"{force}. {writer.strength(due.rule.basis)}".strip()
        by_strength.setdefault(basis, []).append(item)
    return Section(
        title, groups=tuple(Group(each, tuple(by_strength[each])) for each in by_strength)
    )


def actions(writer: Writer) -> Section:
    """What the requester was told; in a linked mail only what its own meeting is about."""
    lines = (*writer.recommendation.actions_now, *writer.recommendation.warnings)
    return _lines(writer, writer.gettext("What Cyfarfod told the requester"), _own(writer, lines))


def agenda(writer: Writer, each: Meeting) -> Section:
    """In order; the rest of the chair's pack stands where the meeting fills it in."""
    items = _items(writer, each.agenda)
    if not items:
        return Section("")
    record = writer.gettext(
        "The attached record (Word) has the agenda with room for decisions, the actions to agree"
        " at least, what to record, and who gets what."
    )
    groups = (Group("", items, ordered=True),)
    return Section(writer.gettext("Suggested agenda"), (record,), groups=groups)


def ready(writer: Writer, each: Meeting) -> Section:
    """What the chair needs before the meeting, and no record can therefore ask for."""
    return _lines(writer, writer.gettext("What to have ready"), each.pack.get("prepare", ()))


def duties(writer: Writer, each: Meeting) -> Section:
    return _lines(writer, writer.gettext("What the procedures ask"), each.duties)


def _lines(writer: Writer, title: str, lines: Iterable[Line]) -> Section:
    return Section(title, groups=(Group("", _items(writer, lines)),), dense=True)


def _items(writer: Writer, lines: Iterable[Line]) -> tuple[Item, ...]:
    """Each line with its sources, and whose it is where it does not hold for all of Wales."""
    items = []
    for line in lines:
        own = line.basis.local_to or line.basis.borrowed
        notes = (Note(writer.language.strength(line.basis)),) if own else ()
        marked = f"{writer.text(line.text)} {writer.marks((line.basis,))}".strip()
        items.append(Item(marked, notes))
    return tuple(items)


def _own(writer: Writer, lines: Iterable[Line]) -> list[Line]:
    """In a linked mail: the lines whose rule asks for a flag that its meeting is held for."""
    if not writer.linked:
        return list(lines)
    raised = {flag for each in writer.meetings for flag in _flags(each.rule.when)}
    about = {rule.id for rule in writer.procedure.rules if raised & _flags(rule.when)}
    return [line for line in lines if line.id in about]


def _flags(when: Condition) -> set[str]:
    return {each for kind, _, ids in mentions(when) if kind == "flag" for each in ids}
