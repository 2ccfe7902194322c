"""A journey that begins with answers and details of another: which of them it takes over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.model import Details
from webapp.procedures.model import Kind, Procedure, Question
from webapp.procedures.walking import Answer

MOST_LINKS = 6  # remembered in one draft: its cookie has to hold the answers too


def carried_answers(
    answers: Mapping[str, Answer], to: Procedure, question_ids: Iterable[str]
) -> dict[str, Answer]:
    """The answers to `question_ids` that `to` asks for too and that mean the same there."""
    carried = {
        each: _same(answers[each], to.questions[each])
        for each in question_ids
        if each in answers and each in to.questions
    }
    return {question: answer for question, answer in carried.items() if answer}


def _same(answer: Answer, question: Question) -> Answer | None:
    """The answer without what the question does not offer; None if nothing is left of it."""
    given = [answer] if isinstance(answer, str) else list(answer)
    offered = {option.id for option in question.options}
    if question.kind.is_date:
        return given[0] if given[0][:1].isdigit() or given[0] in offered else None
    known = [each for each in given if each in offered]
    if question.kind is Kind.MANY:
        return known or None
    return known[0] if len(given) == 1 and known else None


def carried_details(details: Details, to: DetailFields, kind: str) -> Details:
    """The details that a request in the journeys of `to` begins with (`carried_details`)."""
    named = to.carried_details[kind]
    return {
        field.id: details[field.id]
        for section in to.sections
        for field in section.fields
        if details.get(field.id) and (section.id in named or field.id in named)
    }


def with_link(linked: tuple[str, ...], draft_id: str) -> tuple[str, ...]:
    """The latest links; the oldest is forgotten where there are too many."""
    return (*linked, draft_id)[-MOST_LINKS:]
