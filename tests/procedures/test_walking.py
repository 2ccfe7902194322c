"""Replaying answers: any answers end in a result or a question, and nothing stale stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.procedures.model import NOT_KNOWN, Kind, Procedure, Question
from webapp.procedures.recommending import recommend
from webapp.procedures.walking import Context, page_of, problems_with, walk

DAYS = st.integers(-400, 400).map(lambda days: (date(2026, 6, 10) + timedelta(days)).isoformat())


def an_answer(question: Question) -> st.SearchStrategy[Any]:
    """Any answer that the page of the question could send, and some that it could not."""
    ids = st.sampled_from([option.id for option in question.options])
    if question.kind.is_date:
        return st.one_of(DAYS, st.just(NOT_KNOWN), st.just("2026-02-31"))
    if question.kind is Kind.MANY:
        return st.lists(ids, min_size=1, max_size=4, unique=True)
    return ids


@st.composite
def any_answers(draw: st.DrawFn, procedure: Procedure) -> dict[str, Any]:
    questions = list(procedure.questions.values())
    chosen = draw(st.sets(st.sampled_from(range(len(questions))), min_size=0))
    return {questions[n].id: draw(an_answer(questions[n])) for n in chosen}


@st.composite
def full_answers(draw: st.DrawFn, procedure: Procedure) -> dict[str, Any]:
    return {each.id: draw(an_answer(each)) for each in procedure.questions.values()}


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_answers_end_in_a_result_or_a_question(
    adult: Procedure, context: Context, data: st.DataObject
) -> None:
    journey = walk(adult, data.draw(any_answers(adult)), context)

    assert journey.next is not None or journey.result in adult.results


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_changing_an_answer_never_leaves_a_stale_one_in_the_result(
    adult: Procedure, context: Context, data: st.DataObject
) -> None:
    answers = data.draw(full_answers(adult))
    changed = data.draw(st.sampled_from(sorted(answers)))
    answers[changed] = data.draw(an_answer(adult.questions[changed]))

    journey = walk(adult, answers, context)
    afresh = walk(adult, journey.answers(), context)

    assert afresh.facts == journey.facts
    assert afresh.result == journey.result
    assert recommend(afresh, context).meetings == recommend(journey, context).meetings
    assert [step.question.id for step in afresh.steps] == [
        step.question.id for step in journey.steps
    ]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_flags_survive_every_result(
    adult: Procedure, context: Context, data: st.DataObject
) -> None:
    recommendation = recommend(walk(adult, data.draw(full_answers(adult)), context), context)
    flags = {flag.id for flag in recommendation.flags}
    meetings = {meeting.id for meeting in recommendation.meetings}
    actions = {action.id for action in recommendation.actions_now}

    assert ("section-5" in meetings) == ("position-of-trust" in flags)
    assert ("child-report" in actions) == ("children-at-risk" in flags)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_determination_1_or_3_is_never_without_a_meeting(
    adult: Procedure, context: Context, data: st.DataObject
) -> None:
    journey = walk(adult, data.draw(full_answers(adult)), context)
    recommendation = recommend(journey, context)

    step = journey.step("determination")
    if journey.finished and step and step.answer in ("determination-1", "determination-3"):
        assert "adult" in {meeting.id for meeting in recommendation.meetings}


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_every_meeting_has_a_deadline_and_every_deadline_a_start(
    adult: Procedure, context: Context, data: st.DataObject
) -> None:
    recommendation = recommend(walk(adult, data.draw(full_answers(adult)), context), context)

    for meeting in recommendation.meetings:
        assert meeting.deadline is not None
        for each in meeting.timescales:
            assert adult.start_of(each.rule.runs_from).english


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_the_person_of_concern_is_never_invited(
    adult: Procedure, context: Context, data: st.DataObject
) -> None:
    recommendation = recommend(walk(adult, data.draw(full_answers(adult)), context), context)

    for meeting in recommendation.meetings:
        statuses = {each.role: each.status for each in meeting.attendees}
        assert statuses["person-of-concern"] == "not-invited"


def test_an_unanswered_question_that_can_wait_does_not_hide_the_recommendation(
    adult: Procedure, context: Context
) -> None:
    journey = walk(adult, {"danger": "no"}, context)

    assert journey.result is None
    assert journey.next
    assert journey.next.id == "user"


def test_questions_of_a_group_stand_on_one_page(adult: Procedure, context: Context) -> None:
    journey = walk(adult, {"danger": "no"}, context)

    group, questions = page_of(journey, adult.questions["experiencing"])

    assert group
    assert [each.id for each in questions] == ["experiencing", "care-needs", "unable-to-protect"]


def test_the_urgent_path_asks_the_essentials_on_one_page(
    adult: Procedure, context: Context
) -> None:
    journey = walk(adult, {"danger": "yes", "danger-action": "called"}, context)

    assert journey.next
    group, questions = page_of(journey, journey.next)

    assert group
    assert group.id == "essentials"
    assert {"area-of-concern", "crime", "position-of-trust", "mappa"} <= {q.id for q in questions}


def test_a_wrong_id_is_named_with_the_nearest_right_one(adult: Procedure, context: Context) -> None:
    problems = problems_with(adult, {"dangr": "no", "age": "yess"}, context)

    assert "Did you mean 'danger'?" in problems[0]
    assert "Did you mean 'yes'?" in problems[1]


def test_codes_in_addresses_tell_nothing_and_never_clash(adult: Procedure) -> None:
    codes = [question.code for question in adult.questions.values()]

    assert len(set(codes)) == len(codes)
    assert not any(code in question for code, question in zip(codes, adult.questions, strict=True))
