"""What follows from what a duty officer says."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.meeting_requests.fakes import (
    CARDIFF,
    GWYNEDD,
    NOW,
    TRUST_ANSWERS,
    FakeStore,
    a_submission,
    context,
    directory,
    submit,
)
from webapp.meeting_requests.acknowledgement import (
    CANNOT_ACT,
    HAVE_IT,
    WRONG_TEAM,
    Acknowledgement,
    standing_of,
)
from webapp.meeting_requests.acknowledging import (
    MOST_DISPATCHES,
    acknowledge,
    teams_to_pass_on_to,
)
from webapp.meeting_requests.contacts import Team
from webapp.meeting_requests.model import NEWS, RECEIPT, Dispatch, Mail
from webapp.meeting_requests.ports import Overtaken
from webapp.meeting_requests.use_cases import status_of

LATER = NOW + timedelta(minutes=20)
SAID = Acknowledgement(HAVE_IT, "Llŷr Swyddog", "", LATER)
NEWS_MAIL = Mail("News", "News", "<body>News</body>")


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


def sent(store: FakeStore, receipt: bool = True, **changes: Any) -> Dispatch:
    """The adult dispatch of a request of two, whose requester got a receipt."""
    submission = a_submission(**changes)
    reference = submit(submission, store).reference
    submitted, key, content = store.requests[reference]
    first = submitted.dispatches[0]
    to_requester = replace(
        first,
        reference=f"{reference}-R",
        kind=RECEIPT,
        to="sian@agency.example",
        languages=("cy",),
        escalations=(),
    )
    if receipt:
        more = (*submitted.dispatches, to_requester)
        store.requests[reference] = (replace(submitted, dispatches=more), key, content)
    return first


def write(languages: Any, dispatch: Any, said: Any, passed_on: Any) -> Mail:
    return replace(NEWS_MAIL, text=f"{languages} {said.choice} {passed_on and passed_on.reference}")


def say(
    store: FakeStore, dispatch: Dispatch, team: Team | None = None, form: str = "", **said: Any
) -> bool:
    changed = replace(SAID, **said)
    unique = form or f"{changed.name} {changed.choice} {changed.at} {dispatch.reference}"
    return acknowledge(dispatch, changed, unique, team, store, write)


def every(store: FakeStore, dispatch: Dispatch) -> dict[str, Dispatch]:
    found = store.find(dispatch.family)
    assert found
    return {each.reference: each for each in found.dispatches}


def now(store: FakeStore, dispatch: Dispatch) -> Dispatch:
    return every(store, dispatch)[dispatch.reference]


def teams(store: FakeStore, dispatch: Dispatch) -> dict[tuple[str, str], Team]:
    found = store.find(dispatch.family)
    assert found
    listed = teams_to_pass_on_to(found, now(store, dispatch), directory(), context(LATER))
    return {(each.authority, each.inbox): each for each in listed}


def news(store: FakeStore, dispatch: Dispatch) -> list[Dispatch]:
    return [each for each in every(store, dispatch).values() if each.kind == NEWS]


# -- what counts ---------------------------------------------------------------------------------


def test_the_first_to_have_it_counts_whoever_spoke_before_or_after() -> None:
    cannot = replace(SAID, choice=CANNOT_ACT, name="A")
    passed, another = replace(SAID, choice=WRONG_TEAM, name="B"), replace(SAID, name="D")

    assert standing_of([]) is None
    assert standing_of([cannot]) == cannot
    assert standing_of([cannot, passed]) == passed
    assert standing_of([cannot, passed, SAID, another, cannot]) == SAID


def test_an_acknowledgement_is_the_status_and_outlives_whatever_the_mail_did(
    store: FakeStore,
) -> None:
    dispatch = sent(store)
    say(store, dispatch)

    late_bounce = replace(now(store, dispatch), refused_at=LATER + timedelta(hours=1))

    assert status_of(late_bounce) == HAVE_IT
    assert status_of(replace(late_bounce, acknowledgements=())) == "refused"


@pytest.mark.parametrize(("choice", "left"), [(HAVE_IT, 0), (CANNOT_ACT, 3)])
def test_having_it_ends_the_escalations_and_not_being_able_to_act_does_not(
    store: FakeStore, choice: str, left: int
) -> None:
    dispatch = sent(store)
    assert len(dispatch.open_escalations) == 3

    say(store, dispatch, choice=choice)

    assert len(now(store, dispatch).open_escalations) == left


def test_two_officers_at_once_are_both_kept_and_the_first_counts(store: FakeStore) -> None:
    dispatch = sent(store)
    threads = [
        threading.Thread(target=say, args=(store, dispatch), kwargs={"name": f"Officer {number}"})
        for number in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    kept = now(store, dispatch).acknowledgements
    assert len(kept) == 10
    assert now(store, dispatch).standing == kept[0]
    assert len(news(store, dispatch)) == 1, "the requester is told once"


def test_the_same_form_again_changes_nothing(store: FakeStore) -> None:
    dispatch = sent(store)

    assert say(store, dispatch, form="one")
    assert not say(store, dispatch, form="one")

    assert len(now(store, dispatch).acknowledgements) == 1
    assert len(news(store, dispatch)) == 1


def test_what_is_kept_no_longer_is_not_acknowledged(store: FakeStore) -> None:
    dispatch = sent(store)
    del store.requests[dispatch.family]

    assert not say(store, dispatch)


def test_who_is_overtaken_reads_again_and_knows_the_first(store: FakeStore) -> None:
    dispatch = sent(store)
    keep, calls = store.acknowledge, []

    def overtaken_once(*args: Any) -> bool:
        calls.append(args)
        if len(calls) == 1:
            keep(dispatch, replace(SAID, name="First"), "first")
            raise Overtaken
        return keep(*args)

    store.acknowledge = overtaken_once  # type: ignore[method-assign]
    say(store, dispatch, name="Second")

    assert [each.name for each in now(store, dispatch).acknowledgements] == ["First", "Second"]
    assert len(calls[0][3]) == 1
    assert calls[1][3] == (), "no second news of what is known"


# -- the requester -------------------------------------------------------------------------------


def test_the_requester_is_told_where_the_receipt_went(store: FakeStore) -> None:
    dispatch = sent(store)
    say(store, dispatch)

    (told,) = news(store, dispatch)
    assert (told.to, told.languages) == ("sian@agency.example", ("cy",))
    assert (told.saved_at, told.next_attempt_at, told.escalations) == (LATER, LATER, ())
    assert told.mail.text == "('cy',) have-it None"
    assert not told.for_team


def test_without_a_receipt_nobody_is_told_by_mail(store: FakeStore) -> None:
    dispatch = sent(store, receipt=False)
    say(store, dispatch)

    assert news(store, dispatch) == []
    assert now(store, dispatch).standing


def test_each_new_thing_that_is_said_is_told_once(store: FakeStore) -> None:
    dispatch = sent(store)
    for name, choice in [("A", CANNOT_ACT), ("B", CANNOT_ACT), ("C", HAVE_IT), ("D", HAVE_IT)]:
        say(store, dispatch, name=name, choice=choice)

    told = news(store, dispatch)
    assert [each.reference[-3:] for each in told] == ["-N1", "-N2"]
    assert [each.urgent for each in told] == [True, False]
    assert len(now(store, dispatch).acknowledgements) == 4


# -- the wrong team --------------------------------------------------------------------------------


def test_the_right_team_gets_the_same_mail_under_the_next_reference(store: FakeStore) -> None:
    dispatch = sent(store)
    body = Mail(f"Adult / {dispatch.reference}", f"See {dispatch.reference}", "<body></body>")
    dispatch = store._change(dispatch, mail=body, handed_over_at=NOW, attempts=3, corrects="X")
    team = teams(store, dispatch)[GWYNEDD, "adult"]

    say(store, dispatch, team, choice=WRONG_TEAM)

    passed = every(store, dispatch)[f"{dispatch.family}-3"]
    assert passed.to == team.contact.mail
    assert (passed.authority, passed.procedure, passed.team) == (
        GWYNEDD,
        "adult",
        team.contact.name,
    )
    assert passed.mail.subject == f"Adult / {passed.reference}"
    assert passed.mail.text == f"See {passed.reference}"
    assert (passed.passed_from, passed.passed_by) == (dispatch.reference, dispatch.team)
    assert (passed.attempts, passed.handed_over_at, passed.next_attempt_at) == (0, None, LATER)
    assert (passed.meetings, passed.urgent, passed.kind) == (
        dispatch.meetings, dispatch.urgent, dispatch.kind,
    )  # fmt: skip
    assert now(store, dispatch).standing == replace(
        SAID, choice=WRONG_TEAM, passed_to=passed.reference
    )


def test_the_clock_goes_on_with_the_dispatch_that_was_passed_on(store: FakeStore) -> None:
    dispatch = sent(store)
    say(store, dispatch, teams(store, dispatch)[GWYNEDD, "adult"], choice=WRONG_TEAM)

    passed = every(store, dispatch)[f"{dispatch.family}-3"]
    assert now(store, dispatch).open_escalations == ()
    assert passed.open_escalations == dispatch.escalations


def test_what_is_passed_back_is_another_dispatch(store: FakeStore) -> None:
    dispatch = sent(store)
    say(store, dispatch, teams(store, dispatch)[GWYNEDD, "adult"], choice=WRONG_TEAM)
    passed = every(store, dispatch)[f"{dispatch.family}-3"]

    say(store, passed, teams(store, passed)[CARDIFF, "adult"], choice=WRONG_TEAM)

    back = every(store, dispatch)[f"{dispatch.family}-4"]
    assert back.to == dispatch.to
    assert back.standing is None
    assert back.open_escalations == dispatch.escalations


def test_two_officers_who_pass_it_on_to_the_same_team_send_it_once(store: FakeStore) -> None:
    dispatch = sent(store)
    team = teams(store, dispatch)[GWYNEDD, "adult"]

    say(store, dispatch, team, choice=WRONG_TEAM, name="A")
    say(store, dispatch, team, choice=WRONG_TEAM, name="B")

    assert [each for each in every(store, dispatch) if re.search(r"-\d$", each)] == [
        f"{dispatch.family}-{number}" for number in (1, 2, 3)
    ]
    kept = now(store, dispatch).acknowledgements
    assert [each.passed_to for each in kept] == [f"{dispatch.family}-3"] * 2
    assert len(news(store, dispatch)) == 1


def test_a_team_that_has_another_part_of_the_request_gets_this_part_too(store: FakeStore) -> None:
    dispatch = sent(store)
    other = every(store, dispatch)[f"{dispatch.family}-2"]
    team = teams(store, dispatch)[CARDIFF, "designated-officer-adults"]
    assert team.contact.mail == other.to

    say(store, dispatch, team, choice=WRONG_TEAM)

    assert every(store, dispatch)[f"{dispatch.family}-3"].meetings == dispatch.meetings


def test_the_teams_are_those_of_the_council_and_of_the_same_procedure(store: FakeStore) -> None:
    dispatch = sent(store)

    offered = teams(store, dispatch)

    councils = set(directory().authorities) - {CARDIFF}
    officers = [f"designated-officer-{each}" for each in ("children", "adults")]
    assert set(offered) == {(CARDIFF, each) for each in ("child", *officers)} | {
        (each, "adult") for each in councils
    }


@pytest.mark.parametrize("conflict", ["duty-team", "designated-officer"])
def test_a_team_that_a_conflict_of_interest_keeps_out_is_never_offered(
    store: FakeStore, conflict: str
) -> None:
    answers = TRUST_ANSWERS | {"conflict-of-interest": [conflict]}
    for dispatch in submit(a_submission(answers), store).dispatches:
        offered = {each.contact.mail for each in teams(store, dispatch).values()}
        closed = {
            duty.team.mail
            for council in directory().authorities.values()
            for inbox, duty in council.duties.items()
            if directory().rules.inboxes[inbox].office == conflict
        }

        assert offered
        assert not offered & closed
        assert None not in offered, "who can only be rung cannot be passed a mail"


def test_after_nine_dispatches_only_the_telephone_is_left(store: FakeStore) -> None:
    dispatch = sent(store)
    for number in range(3, MOST_DISPATCHES + 1):
        there = [CARDIFF, GWYNEDD][number % 2]
        say(store, dispatch, teams(store, dispatch)[there, "adult"], choice=WRONG_TEAM)
        dispatch = every(store, dispatch)[f"{dispatch.family}-{number}"]

    assert teams(store, dispatch) == {}


def test_a_request_without_answers_is_not_passed_on(store: FakeStore) -> None:
    dispatch = sent(store)
    submitted, key, content = store.requests[dispatch.family]
    request = replace(submitted.request, journey=())
    store.requests[dispatch.family] = (replace(submitted, request=request), key, content)

    assert teams(store, dispatch) == {}, "whom a conflict keeps out cannot be known"
