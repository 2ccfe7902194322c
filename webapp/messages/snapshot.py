"""A recommendation as plain data: the contract of `cyfarfod recommend --json`, kept in requests.

Ids are language-neutral; texts are in the language asked for. Dates and times are ISO 8601,
times with the London offset.
"""

from __future__ import annotations

from typing import Any

from webapp.messages.language import Language
from webapp.procedures.model import Basis, Moment, Procedure, Question
from webapp.procedures.recommending import Attendee, Due, Line, Meeting, Recommendation

Data = dict[str, Any]


def recommendation_data(recommendation: Recommendation, language: Language) -> Data:
    """The whole recommendation, with its journey."""
    journey, procedure = recommendation.journey, recommendation.journey.procedure
    result = recommendation.result
    return {
        "procedure": procedure.id,
        "versions": {procedure.id: procedure.version, "digest": procedure.digest},
        "profile": procedure.profile.id,
        "journey": [
            {"question": step.question.id, "answer": step.answer} for step in journey.steps
        ],
        "unanswered": [question.id for question in journey.unanswered],
        "ignored": list(journey.ignored),
        "flags": [flag.id for flag in recommendation.flags],
        "result": result.id if result else None,
        "result_text": language.text(result.title) if result else None,
        "meetings": [_meeting(each, procedure, language) for each in recommendation.meetings],
        "timescales": [_due(each, procedure, language) for each in recommendation.timescales],
        "duties": [_line(each, language) for each in recommendation.duties],
        "actions_now": [_line(each, language) for each in recommendation.actions_now],
        "warnings": [_line(each, language) for each in recommendation.warnings],
        "agencies": list(recommendation.agencies),
        "next": journey.next.id if journey.next else None,
    }


def _meeting(meeting: Meeting, procedure: Procedure, language: Language) -> Data:
    terms, deadline = procedure.terms, meeting.deadline
    return {
        "id": meeting.id,
        "title": language.text(meeting.rule.title),
        "procedure": meeting.rule.procedure,
        "type": meeting.type.type,
        "type_text": language.text(terms.types[meeting.type.type]),
        "type_rule": _basis(meeting.type.basis, language),
        "chair": meeting.chair.chair,
        "chair_text": language.text(terms.roles[meeting.chair.chair]),
        "chair_rule": _basis(meeting.chair.basis, language),
        "mode": meeting.type.modes[0],
        "other_modes": list(meeting.type.modes[1:]),
        "authority": meeting.authority,
        "deadline": _due(deadline, procedure, language) if deadline else None,
        "attendees": [_attendee(each, procedure, language) for each in meeting.attendees],
        "timescales": [_due(each, procedure, language) for each in meeting.timescales],
        "agenda": [_line(each, language) for each in meeting.agenda],
        "duties": [_line(each, language) for each in meeting.duties],
        "pack": {
            kind: [_line(each, language) for each in lines] for kind, lines in meeting.pack.items()
        },
    }


def _attendee(attendee: Attendee, procedure: Procedure, language: Language) -> Data:
    return {
        "role": attendee.role,
        "text": language.text(procedure.terms.roles[attendee.role]),
        "status": attendee.status,
        "because": [language.text(basis.because) for basis in attendee.bases],
        "source": _union(attendee.bases, "source"),
        "cites": _union(attendee.bases, "cites"),
        "strength": attendee.bases[0].strength,
        "derived": attendee.bases[0].derived,
        "standard_of": _standard_of(attendee.bases[0], language),
    }


def _union(bases: tuple[Basis, ...], part: str) -> list[str]:
    return list(dict.fromkeys(item for basis in bases for item in getattr(basis, part)))


def _basis(basis: Basis, language: Language) -> Data:
    return {
        "id": basis.id,
        "because": language.text(basis.because),
        "source": list(basis.source),
        "cites": list(basis.cites),
        "strength": basis.strength,
        "derived": basis.derived,
        "standard_of": _standard_of(basis, language),
    }


def _standard_of(basis: Basis, language: Language) -> str | None:
    """Whose arrangement a rule is; None where it holds for all of Wales."""
    return language.strength(basis) if basis.local_to or basis.borrowed else None


def _line(line: Line, language: Language) -> Data:
    return {**_basis(line.basis, language), "text": language.text(line.text), "urgent": line.urgent}


def _due(due: Due, procedure: Procedure, language: Language) -> Data:
    rule = due.rule
    return {
        "id": rule.id,
        "text": language.text(rule.text),
        "due": iso(due.due),
        "due_text": language.due(due, procedure.start_of),
        "overdue": due.overdue,
        "met": due.met,
        "amount": rule.span.amount,
        "unit": rule.span.unit,
        "runs_from": rule.runs_from,
        "started": iso(due.started),
        "force": rule.force,
        "deadline": rule.deadline,
        **{key: value for key, value in _basis(rule.basis, language).items() if key != "id"},
    }


def iso(moment: Moment | None) -> str | None:
    """A date, or a time with its offset, in ISO 8601."""
    return moment.isoformat() if moment else None


def question_data(question: Question, language: Language) -> Data:
    """One question as the schema of its answer, for `cyfarfod questions --json`."""
    return {
        "id": question.id,
        "kind": question.kind.value,
        "text": language.text(question.text),
        "hint": language.text(question.hint) or None,
        "can_wait": question.can_wait,
        "when": question.when if question.when != ("all",) else None,
        "source": list(question.basis.source),
        "cites": list(question.basis.cites),
        "options": [
            {
                "id": option.id,
                "text": language.text(option.text),
                "hint": language.text(option.hint) or None,
                "leads_to": option.leads_to,
                "exclusive": option.exclusive,
                "cites": list(option.cites),
            }
            for option in question.options
        ],
        "bands": [
            {"id": band.id, "text": language.text(band.text), "leads_to": band.leads_to}
            for band in question.bands
        ],
    }
