"""From journeys and recommendations to what templates show: words, groups and addresses.

Templates stay without logic; what they need to know about a recommendation is put together
here, in the language of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from flask import g
from markupsafe import Markup, escape

from webapp.messages.source_links import SourceLink, source_link
from webapp.procedures.model import Basis, Moment, Procedure, Question
from webapp.procedures.recommending import Attendee, Due, Meeting
from webapp.procedures.timescales import day_of, earliest_first
from webapp.procedures.walking import Step
from webapp.web.languages import address, language, text
from webapp.web.visits import Visit, services

STATUS_CLASSES = {
    "required": "cyf-attendees__group--required",
    "expected": "cyf-attendees__group--expected",
    "where-appropriate": "cyf-attendees__group--appropriate",
    "chair-decides": "cyf-attendees__group--appropriate",
    "not-invited": "cyf-attendees__group--not-invited",
}
NOT_INVITED = "not-invited"
CALLED = ("required", "expected")  # who is named on the first screen of a recommendation
# The strongest status wins in the order of the terms; people are listed in this one.
SHOWN_ORDER = ("required", "expected", "where-appropriate", "chair-decides", NOT_INVITED)
_STRONG = Markup("<strong>%s</strong>")


@dataclass(frozen=True)
class AnswerRow:
    """One answer in a list: what was asked, what was answered, where to change it."""

    question: str
    answers: list[str]
    href: str


def answer_rows(visit: Visit, change: str | None = None) -> list[AnswerRow]:
    """Every answer that counts. `change` is the page to come back to after a change."""
    rows = []
    for step in visit.journey.steps:
        page = visit.page_with(step.question)
        code = page.code if page else step.question.code
        href = address("journey.question", draft_id=visit.draft.id, code=code, change=change)
        anchor = f"#{anchor_of(step.question)}" if page and len(page.questions) > 1 else ""
        rows.append(AnswerRow(text(step.question.short), answer_words(step), href + anchor))
    return rows


def anchor_of(question: Question) -> str:
    """The id of a question's first control on its page."""
    return f"{question.code}-day" if question.kind.is_date else question.code


def answer_words(step: Step) -> list[str]:
    if step.moment is not None:
        return [language().standing(step.moment)]
    return [text(step.question.choices[choice].text) for choice in step.choices]


def deciders(visit: Visit) -> list[str]:
    """Who decides about each meeting that is recommended, in whole sentences."""
    held = [each.rule.procedure for each in visit.recommendation.meetings]
    procedures = dict.fromkeys(held or [visit.procedure.id])
    return [text(services().fields.procedures[each].decides) for each in procedures]


# -- what stands under a rule ---------------------------------------------------


@dataclass(frozen=True)
class Grounds:
    """Why something is recommended: the reason, its strength in words and its documents.

    `notes` are the numbers of the documents in the page's list of sources.
    """

    because: str
    strength: str
    derived: bool
    notes: list[int]


def grounds(basis: Basis) -> Grounds:
    return Grounds(
        because=text(basis.because),
        strength=language().strength(basis, services().library.terms),
        derived=basis.derived,
        notes=[_note(each) for each in basis.source],
    )


def reasons(bases: tuple[Basis, ...]) -> tuple[list[str], Grounds]:
    """Every reason of several rules, and their documents together under the strongest."""
    every = [grounds(basis) for basis in bases]
    notes = list(dict.fromkeys(note for each in every for note in each.notes))
    return [each.because for each in every], replace(every[0], because="", notes=notes)


def _note(source_id: str) -> int:
    """The number of a document on this page, counted in the order of first mention."""
    noted: list[str] = g.setdefault("noted", [])
    if source_id not in noted:
        noted.append(source_id)
    return noted.index(source_id) + 1


def noted_sources() -> list[tuple[int, SourceLink]]:
    """The documents mentioned so far, with their numbers."""
    sources = services().library.sources
    links = [source_link(sources[each], language()) for each in g.get("noted", [])]
    return list(enumerate(links, 1))


@dataclass(frozen=True)
class AttendeeGroup:
    status: str
    name: str
    css: str
    attendees: list[Attendee]


def attendee_groups(meeting: Meeting) -> list[AttendeeGroup]:
    """The attendees of a meeting by status, in the order people are listed."""
    statuses = services().library.terms.statuses
    groups = []
    for status in (*SHOWN_ORDER, *(each for each in statuses if each not in SHOWN_ORDER)):
        attendees = [each for each in meeting.attendees if each.status == status]
        if attendees:
            css = STATUS_CLASSES.get(status, "")
            groups.append(AttendeeGroup(status, text(statuses[status]), css, attendees))
    return groups


def invited(meeting: Meeting) -> list[Attendee]:
    """The roles that may be offered for contact: never those who must not come."""
    return [each for each in meeting.attendees if each.status != NOT_INVITED]


@dataclass(frozen=True)
class DueRow:
    """One time limit as shown: what, the sentence about when, how strong."""

    what: str
    when: Markup
    force: str
    css: str
    basis: Basis


def due_rows(dues: tuple[Due, ...], procedure: Procedure, now: datetime) -> list[DueRow]:
    """What is still to do comes first: the meeting itself, by date; what is done comes last."""
    forces = services().library.terms.forces
    dues = tuple(sorted(dues, key=_pressing))
    return [
        DueRow(
            what=text(each.rule.text),
            when=_when(each, procedure),
            force=text(forces.get(each.rule.force)),
            css=_due_class(each, now),
            basis=each.rule.basis,
        )
        for each in dues
    ]


def _when(due: Due, procedure: Procedure) -> Markup:
    """What is said about when: the moment stands out, or the first sentence where there is none."""
    message, words = language().due_parts(due, procedure.start_of)
    if "when" not in words:
        soon, stop, rest = escape(message).partition(". ")
        return (_STRONG % (soon + stop.rstrip()) + " " + rest) % words
    return escape(message) % (words | {"when": _STRONG % words["when"]})


def _pressing(due: Due) -> tuple[bool, bool, bool, tuple[date, time]]:
    last = (date.max, time.max)
    when = earliest_first(due.due) if due.due is not None else last
    return due.met is not None, not due.rule.deadline, due.due is None, when


def _due_class(due: Due, now: datetime) -> str:
    if due.overdue:
        return "cyf-deadline--overdue"
    if due.due is None:
        return "cyf-deadline--open"
    return "cyf-deadline--today" if _is_today(due.due, now) else ""


def _is_today(moment: Moment, now: datetime) -> bool:
    return day_of(moment) == day_of(now)
