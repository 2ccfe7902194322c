"""A copy of the whole request for the requester: every answer and detail, and what is recommended.

The same sections make the page and the Word document. It is for the one who wrote it all, so
nothing is held back that a single team may not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.meeting_requests.details import Field
from webapp.meeting_requests.details import Section as DetailSection
from webapp.meeting_requests.model import Departures, Details
from webapp.messages.language import Language
from webapp.messages.parts import Group, Item, Note, Row, Section
from webapp.messages.plain_words import PlainWords
from webapp.procedures.recommending import Due, Line, Meeting, Recommendation


@dataclass(frozen=True)
class Copied:
    """What the copy is made from."""

    words: PlainWords
    recommendation: Recommendation
    details: Details
    departures: Departures

    @property
    def language(self) -> Language:
        return self.words.language


def copy_sections(copied: Copied) -> list[Section]:
    """In the order of the mail: the meetings, what to do now, the details, the answers."""
    found = copied.recommendation
    sections = [_meeting(copied, each) for each in found.meetings]
    sections += [
        _now(copied),
        Section(
            copied.language.gettext("Other time limits"),
            rows=tuple(_due(copied, each) for each in found.timescales),
        ),
        *_details(copied),
        _answers(copied),
        _version(copied),
    ]
    return [each for each in sections if not each.empty]


def _meeting(copied: Copied, meeting: Meeting) -> Section:
    language, terms = copied.language, copied.words.terms
    modes = "\n".join(language.text(terms.modes[each]) for each in meeting.type.modes)
    rows = [
        Row(language.gettext("Kind of meeting"), language.text(terms.types[meeting.type.type])),
        Row(language.gettext("Why"), language.text(meeting.type.basis.because)),
        Row(language.gettext("Chair"), language.text(terms.roles[meeting.chair.chair])),
        Row(language.gettext("How it is held"), modes),
        *(_due(copied, each) for each in meeting.timescales),
    ]
    groups = (
        _departures(copied, meeting.id),
        _attendees(copied, meeting),
        _lines(copied, language.gettext("Agenda"), meeting.agenda),
        _lines(copied, language.gettext("Duties"), meeting.duties),
    )
    shown = tuple(each for each in groups if each.items)
    return Section(language.text(meeting.rule.title), rows=tuple(rows), groups=shown)


def _departures(copied: Copied, meeting_id: str) -> Group:
    language = copied.language
    items = tuple(
        Item(
            copied.words.departure(each),
            (Note(each.reason, True, language.gettext("Reason given")),) if each.reason else (),
        )
        for each in copied.departures.get(meeting_id, ())
    )
    return Group(language.gettext("What you ask for differently"), items)


def _attendees(copied: Copied, meeting: Meeting) -> Group:
    """Who comes, each with their status and why."""
    language, terms = copied.language, copied.words.terms
    items = tuple(
        Item(
            language.text(terms.roles[each.role]),
            (
                Note(language.text(terms.statuses[each.status])),
                *(Note(language.text(basis.because)) for basis in each.bases),
            ),
        )
        for each in meeting.attendees
    )
    return Group(language.gettext("Who"), items)


def _due(copied: Copied, due: Due) -> Row:
    start_of = copied.words.procedure.start_of
    return Row(copied.language.text(due.rule.text), copied.language.due(due, start_of))


def _lines(copied: Copied, title: str, lines: Iterable[Line]) -> Group:
    return Group(title, tuple(Item(copied.language.text(each.text)) for each in lines))


def _now(copied: Copied) -> Section:
    language, found = copied.language, copied.recommendation
    groups = (
        _lines(copied, language.gettext("Do now"), found.actions_now),
        _lines(copied, language.gettext("Warnings"), found.warnings),
        _lines(copied, language.gettext("Duties"), found.duties),
    )
    shown = tuple(each for each in groups if each.items)
    return Section(language.gettext("What to do and what to know"), groups=shown)


def _details(copied: Copied) -> list[Section]:
    fields, facts = copied.words.fields, copied.recommendation.journey.facts
    return [_part(copied, each, fields.shown(each, facts)) for each in fields.sections]


def _part(copied: Copied, section: DetailSection, asked: Iterable[Field]) -> Section:
    """What was given, as it was written; what was not, in one line."""
    language, rows, empty = copied.language, [], []
    for each in asked:
        value = copied.words.detail(each, copied.details.get(each.id))
        if value.text:
            rows.append(Row(language.text(each.short), value.text, value.typed))
        else:
            empty.append(language.text(each.short))
    names = {"names": ", ".join(empty)}
    not_given = (language.gettext("Not given: %(names)s.") % names,) if empty else ()
    return Section(language.text(section.title), not_given if rows else (), tuple(rows))


def _answers(copied: Copied) -> Section:
    journey, words = copied.recommendation.journey, copied.words
    rows = tuple(
        Row(copied.language.text(each.question.short), words.answer(each.question, each.answer))
        for each in journey.steps
    )
    return Section(copied.language.gettext("Answers"), rows=rows)


def _version(copied: Copied) -> Section:
    procedure = copied.words.procedure
    given = {"version": procedure.version, "digest": procedure.digest[:12]}
    line = copied.language.gettext("Version %(version)s, checksum %(digest)s") % given
    rows = (Row(copied.language.text(procedure.title), line),)
    return Section(copied.language.gettext("Procedure"), rows=rows)
