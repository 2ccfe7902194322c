"""The form of a page: one field per question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.procedures.conditions import holds
from webapp.procedures.model import NOT_KNOWN, AnswerOption, Kind, Question
from webapp.procedures.timescales import day_of
from webapp.procedures.walking import Answer, Context, Journey, read_answer
from webapp.web.dates import When
from webapp.web.fields import AnyOf, Choice, OneOf, PageForm
from webapp.web.languages import language, text


def question_form(
    questions: Iterable[Question],
    journey: Journey,
    context: Context,
    kept: Mapping[str, Answer],
    typed: Any = None,
) -> PageForm:
    """The form of the questions on one page, one field per question under its code.

    `kept` are the answers of the draft; `typed` is what was posted, if anything was.
    """
    questions = list(questions)
    form = PageForm({each.code: _field(each, journey, context) for each in questions})
    given = {each.code: kept.get(each.id, _prefilled(each, journey)) for each in questions}
    form.process(typed, data=given)
    return form


def answers_of(form: PageForm, questions: Iterable[Question]) -> dict[str, Answer]:
    """The answers of a valid form by question id; those left open are absent."""
    answers = {each.id: form[each.code].data for each in questions}
    return {question_id: answer for question_id, answer in answers.items() if answer}


def _prefilled(question: Question, journey: Journey) -> list[str] | None:
    """Options that earlier answers already speak for are ticked to begin with."""
    if question.kind is not Kind.MANY:
        return None
    return [
        option.id
        for option in question.options
        if option.prefill and holds(option.prefill, journey.facts)
    ]


def _field(question: Question, journey: Journey, context: Context) -> Any:
    common: dict[str, Any] = {
        "missing": _missing(question),
        "label": text(question.text),
        "description": text(question.hint),
    }
    if question.kind.is_date:
        known = question.choices.get(NOT_KNOWN)
        return When(
            today=day_of(context.now),
            with_time=question.kind is Kind.DATE_TIME,
            not_known=text(known.text) if isinstance(known, AnswerOption) else "",
            accepts=lambda iso: bool(read_answer(question, iso, list(journey.steps), context)),
            **common,
        )
    if question.kind is Kind.MANY:
        alone = [option.id for option in question.options if option.exclusive]
        return AnyOf(choices_of(question), alone, **common)
    return OneOf(choices_of(question), question.is_long_list, **common)


def choices_of(question: Question) -> list[Choice]:
    """The options in order; the authorities of a long list by the page's alphabet, first."""
    choices = [Choice(each.id, text(each.text), text(each.hint)) for each in question.options]
    if not question.is_long_list:
        return choices
    places = [choice for choice in choices if choice.id.startswith("W0")]
    rest = [choice for choice in choices if choice not in places]
    return [*language().alphabetical(places, lambda choice: choice.text), *rest]


def _missing(question: Question) -> str:
    """What is said when a question was left open; its short name tells it from its neighbours."""
    name = text(question.short)
    if question.kind.is_date:
        return _("Enter a date: %(question)s", question=name)
    if question.kind is Kind.MANY:
        return _("Choose at least one answer: %(question)s", question=name)
    return _("Choose an answer: %(question)s", question=name)
