"""Walking a procedure: replaying the answers from the start, on every request.

Going back, changing an answer and dropping answers that no longer count are all this one
function: an answer counts only if its question is met on the way.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from webapp.procedures.conditions import Facts, holds
from webapp.procedures.model import (
    NOT_KNOWN,
    Band,
    Exit,
    Group,
    Kind,
    Moment,
    Procedure,
    Question,
)
from webapp.procedures.timescales import Calendar, add, day_of, is_before, parse_moment

Answer = str | list[str]  # an option id, option ids, an ISO date or not-known


@dataclass(frozen=True)
class Context:
    """What the answers are read against: `now`, aware, and the working days."""

    now: datetime
    calendar: Calendar


@dataclass(frozen=True)
class Step:
    """One question met on the way and its answer. `choices` are option ids or the band."""

    question: Question
    answer: Answer
    choices: tuple[str, ...]
    moment: Moment | None = None


@dataclass(frozen=True)
class Journey:
    """The answers that count, in order, and where they lead.

    `next` is the first unanswered question. `result` is set as soon as no unanswered question
    can change it; until `next` is None the journey is not finished.
    """

    procedure: Procedure
    steps: tuple[Step, ...]
    next: Question | None
    unanswered: tuple[Question, ...]
    ignored: tuple[str, ...]
    result: str | None
    facts: Facts

    @property
    def finished(self) -> bool:
        return self.next is None

    def step(self, question_id: str) -> Step | None:
        return next((step for step in self.steps if step.question.id == question_id), None)

    def moment(self, question_id: str) -> Moment | None:
        step = self.step(question_id)
        return step.moment if step else None

    def answers(self) -> dict[str, Answer]:
        """The answers that count, as they were given."""
        return {step.question.id: step.answer for step in self.steps}


@dataclass
class _Walk:
    facts: Facts = field(default_factory=Facts)
    steps: list[Step] = field(default_factory=list)
    unanswered: list[Question] = field(default_factory=list)
    result: str | None = None
    jump_to: str | None = None


def walk(procedure: Procedure, answers: Mapping[str, Answer], context: Context) -> Journey:
    """Replay `answers` and say where they lead. Answers that are not valid are not answers."""
    state = _Walk(Facts(local=procedure.profile.local))
    for item in procedure.sequence:
        if state.jump_to and not (isinstance(item, Question) and item.id == state.jump_to):
            continue
        state.jump_to = None
        if not holds(item.when, state.facts):
            continue
        if isinstance(item, Exit):
            state.result = item.result
            break
        if not _ask(procedure, item, answers, context, state):
            break
    else:
        state.result = state.result or procedure.default_result
    state.facts.result = state.result
    state.facts.agencies = _agency_band(procedure, state.facts)
    counted = {step.question.id for step in state.steps}
    return Journey(
        procedure=procedure,
        steps=tuple(state.steps),
        next=state.unanswered[0] if state.unanswered else None,
        unanswered=tuple(state.unanswered),
        ignored=tuple(question_id for question_id in answers if question_id not in counted),
        result=state.result,
        facts=state.facts,
    )


def _ask(
    procedure: Procedure,
    question: Question,
    answers: Mapping[str, Answer],
    context: Context,
    state: _Walk,
) -> bool:
    """Take one question's answer. False when the walk stops here."""
    step = read_answer(question, answers.get(question.id), state.steps, context)
    if step is None:
        state.unanswered.append(question)
        state.result = question.meanwhile if not question.can_wait else None
        return question.can_wait
    state.steps.append(step)
    state.facts.answers[question.id] = step.choices
    raise_flags(procedure, state.facts)
    for choice in step.choices:
        target = question.choices[choice].leads_to
        if target in procedure.results:
            state.result = target
            return False
        state.jump_to = target or state.jump_to
    return True


def raise_flags(procedure: Procedure, facts: Facts) -> None:
    """Flags follow from the answers so far, in the order of the tree."""
    facts.flags = set()
    for flag in procedure.flags:
        if holds(flag.when, facts):
            facts.flags.add(flag.id)


def _agency_band(procedure: Procedure, facts: Facts) -> str | None:
    """Agencies are counted from the answers, never by the user; none named counts as one."""
    count = max(1, len(agencies_of(procedure, facts)))
    for band in procedure.agency_bands:
        if band.least <= count and (band.most is None or count <= band.most):
            return band.id
    return None


def agencies_of(procedure: Procedure, facts: Facts) -> tuple[str, ...]:
    """The agencies beyond social services that the answers bring in."""
    return tuple(agency.id for agency in procedure.agencies if holds(agency.when, facts))


def read_answer(
    question: Question, answer: Answer | None, steps: list[Step], context: Context
) -> Step | None:
    """The step for one answer, or None if it is missing or not valid."""
    if not answer:
        return None
    if question.kind.is_date and answer != NOT_KNOWN:
        return _read_date(question, answer, steps, context)
    chosen = [answer] if isinstance(answer, str) else list(answer)
    if not all(choice in question.choices for choice in chosen):
        return None
    if question.kind is not Kind.MANY and len(chosen) != 1:
        return None
    exclusive = [option.id for option in question.options if option.exclusive]
    if len(chosen) > 1 and any(choice in exclusive for choice in chosen):
        return None
    in_order = tuple(choice for choice in question.choices if choice in chosen)
    return Step(question, answer, in_order)


def _read_date(
    question: Question, answer: Answer, steps: list[Step], context: Context
) -> Step | None:
    try:
        moment = parse_moment(str(answer))
    except ValueError:
        return None
    if question.kind is Kind.DATE:
        moment = day_of(moment)
    if question.not_future and is_before(context.now, moment):
        return None
    for band in question.bands:
        if _in_band(band, moment, steps, context):
            return Step(question, answer, (band.id,), moment)
    return None


def _in_band(band: Band, moment: Moment, steps: list[Step], context: Context) -> bool:
    if band.comparison is None:
        return True
    if band.comparison == "out-of-hours":
        return context.calendar.is_out_of_hours(moment)
    reference = _reference(band.reference, steps, context)
    if reference is None:
        return False
    if band.span:
        reference = add(reference, band.span, context.calendar)
    if band.comparison == "before":
        return is_before(moment, reference)
    if band.comparison == "after":
        return is_before(reference, moment)
    if band.comparison == "on-or-before":
        return not is_before(reference, moment)
    return not is_before(moment, reference)


def _reference(name: str, steps: list[Step], context: Context) -> Moment | None:
    if name == "now":
        return context.now
    if name == "today":
        return day_of(context.now)
    return next((step.moment for step in steps if step.question.id == name), None)


def page_of(journey: Journey, question: Question) -> tuple[Group | None, tuple[Question, ...]]:
    """The group a question is shown in, if any, and the questions to show with it."""
    procedure = journey.procedure
    for group in procedure.groups:
        if question.id in group.questions and holds(group.when, journey.facts):
            questions = [procedure.questions[question_id] for question_id in group.questions]
            shown = [each for each in questions if holds(each.when, journey.facts)]
            return group, tuple(shown)
    return None, (question,)


def problems_with(
    procedure: Procedure, answers: Mapping[str, object], context: Context
) -> list[str]:
    """What is wrong with a set of answers, one sentence each, naming the nearest right id."""
    problems = []
    for question_id, answer in answers.items():
        question = procedure.questions.get(question_id)
        if question is None:
            problems.append(
                f"There is no question '{question_id}' in the {procedure.id} procedure."
                + _nearest(question_id, procedure.questions)
            )
        else:
            problems += _problems_with_answer(question, answer, context)
    return problems


def _problems_with_answer(question: Question, answer: object, context: Context) -> list[str]:
    given = answer if isinstance(answer, list) else [answer]
    if not all(isinstance(item, str) for item in given):
        return [f"The answer to '{question.id}' must be text or a list of texts."]
    if question.kind.is_date:
        if read_answer(question, answer, [], context) is None:  # type: ignore[arg-type]
            return [
                f"'{answer}' is not a usable answer to '{question.id}': give an ISO 8601 date"
                f"{' that is not in the future' if question.not_future else ''}, such as"
                f" 2026-06-01 or 2026-06-01T14:30, or {NOT_KNOWN}."
            ]
        return []
    problems = [
        f"'{item}' is not an option of '{question.id}'." + _nearest(str(item), question.choices)
        for item in given
        if item not in question.choices
    ]
    if not problems and given and read_answer(question, answer, [], context) is None:  # type: ignore[arg-type]
        problems = [
            f"The answer to '{question.id}' takes one option."
            if question.kind is Kind.ONE
            else f"'{question.id}': an option that stands alone was given with others."
        ]
    return problems


def _nearest(word: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" Did you mean '{close[0]}'?" if close else f" Known: {', '.join(known)}."
