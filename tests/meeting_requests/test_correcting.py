"""After sending: what a correction says to whom, and when the requester gets a receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.meeting_requests.fakes import (
    CARDIFF,
    DETAILS,
    LANGUAGES,
    NOW,
    TRUST_ANSWERS,
    FakeMailer,
    FakeStore,
    a_draft,
    a_submission,
    context,
    directory,
    fields,
    renderer,
)
from webapp.meeting_requests.acknowledgement import WRONG_TEAM, Acknowledgement
from webapp.meeting_requests.correcting import changes, family_of
from webapp.meeting_requests.delivering import deliver_pending
from webapp.meeting_requests.model import CORRECTION, RECEIPT, REQUEST, Attached, Change, Receipt
from webapp.meeting_requests.use_cases import Submission, submit_meeting_request
from webapp.messages.envelope import Sender
from webapp.messages.notices import ShortMails

MAIL = {"requester-email": "sian@example.example", "requester-email-keep-off": "may-mail"}
NO_TRUST = TRUST_ANSWERS | {
    "position-of-trust": "no",
    "circumstances": ["neglect"],
    "implicated": ["nobody"],
}
NOTICES = ShortMails(LANGUAGES, fields(), lambda reference, code: f"https://x/{code}/{reference}")


def send(submission: Submission, store: FakeStore) -> Receipt:
    now = context(NOW)
    render = renderer().render
    return submit_meeting_request(submission, store, directory(), fields(), render, now, NOTICES)


def correct(
    store: FakeStore, first: Receipt, answers: dict[str, Any], details: dict[str, Any]
) -> Receipt:
    submission = a_submission(answers, details)
    draft = replace(a_draft(answers), corrects=first.reference)
    family = family_of(first.reference, store)
    assert family
    return send(replace(submission, draft=draft, sent=first.request, family=family), store)


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


# -- the receipt ----------------------------------------------------------------


def test_a_receipt_goes_to_the_address_and_holds_nothing_of_what_was_written(
    store: FakeStore,
) -> None:
    receipt = send(a_submission(details=DETAILS | MAIL), store)

    mail = receipt.dispatches[-1]
    assert (mail.kind, mail.to, mail.escalations) == (RECEIPT, MAIL["requester-email"], ())
    assert mail.mail.subject == f"Meeting request {receipt.reference}: receipt"
    for body in (mail.mail.text, mail.mail.html):
        assert f"https://x/en/{receipt.reference}" in body
        assert receipt.status_code not in body
        assert "A person has not confirmed it yet" in body
        for each in receipt.dispatches[:-1]:
            assert each.team.english in body
            assert each.phone in body
        for value in DETAILS.values():
            assert not isinstance(value, str) or value not in body


def test_the_receipt_is_in_the_language_of_the_pages(store: FakeStore) -> None:
    submission = a_submission(details=DETAILS | MAIL)
    welsh = replace(submission, draft=replace(submission.draft, language="cy"))

    mail = send(welsh, store).dispatches[-1]

    assert mail.languages == ("cy",)
    assert mail.mail.subject.startswith("¦Meeting request")


@pytest.mark.parametrize(
    ("details", "answers"),
    [
        ({}, {}),
        (MAIL | {"requester-email-keep-off": "keep-off"}, {}),
        (MAIL, {"conflict-of-interest": ["own-team"]}),
        (MAIL, {"conflict-of-interest": ["not-known"]}),
    ],
)
def test_without_a_safe_address_there_is_no_receipt(
    store: FakeStore, details: dict[str, str], answers: dict[str, Any]
) -> None:
    receipt = send(a_submission(TRUST_ANSWERS | answers, DETAILS | details), store)

    assert RECEIPT not in [each.kind for each in receipt.dispatches]


def test_no_receipt_goes_to_an_inbox_of_any_duty_team(store: FakeStore) -> None:
    inbox = directory().authorities[CARDIFF].duties["child"].alternative.mail
    assert inbox

    for address in (inbox, inbox.upper()):
        details = DETAILS | {"requester-email": address, "person-name": address}
        receipt = send(a_submission(details=details), store)
        assert RECEIPT not in [each.kind for each in receipt.dispatches]


def test_a_receipt_carries_no_attachment(store: FakeStore) -> None:
    send(a_submission(details=DETAILS | MAIL), store)
    attached: list[str] = []

    def attach(_request: Any, dispatch: Any) -> Attached:
        attached.append(dispatch.kind)
        return Attached()

    sender, mailer = Sender("cyfarfod@example.example", LANGUAGES), FakeMailer()
    deliver_pending(store, mailer, sender.assemble, attach, NOW)

    assert len(mailer.sent) == 3
    assert attached == [REQUEST, REQUEST]


# -- corrections ----------------------------------------------------------------


def test_changes_name_what_is_different_and_nothing_else(store: FakeStore) -> None:
    before = send(a_submission(), store).request
    details = {**before.details, "person-name": "Megan Sampl", "concern-need-tonight": ""}
    journey = tuple((q, "medium" if q == "risk" else a) for q, a in before.journey)

    found = changes(before, replace(before, details=details, journey=journey))

    assert set(found) == {
        Change("answer", "risk", "high", "medium"),
        Change("detail", "person-name", "Megan Example", "Megan Sampl"),
        Change("detail", "concern-need-tonight", "A safe bed tonight", ""),
    }
    again = type(before).from_data(before.as_data())
    assert changes(before, again) == ()


def test_a_correction_begins_with_what_changed_and_the_whole_request_follows(
    store: FakeStore,
) -> None:
    first = send(a_submission(), store)

    later = correct(store, first, TRUST_ANSWERS, DETAILS | {"person-name": "Megan Sampl"})

    adult = later.dispatches[0]
    assert adult.kind == CORRECTION
    assert adult.corrects == first.dispatches[0].reference
    assert "Correction: Adult at risk" in adult.mail.subject
    english = adult.mail.text[adult.mail.text.index("\nWHAT HAS CHANGED") :]
    assert english.index("Before: Megan Example") < english.index("Now: Megan Sampl")
    assert english.index("Now: Megan Sampl") < english.index("STRATEGY DISCUSSION OR MEETING")
    assert f"Corrects: {first.reference}" in adult.mail.text


def test_a_change_is_told_only_to_those_who_may_read_the_field(store: FakeStore) -> None:
    first = send(a_submission(), store)
    details = DETAILS | {"alleged-post": "Night manager", "person-address": "Room 13"}

    adult, section_5 = correct(store, first, TRUST_ANSWERS, details).dispatches

    assert "Room 13" in adult.mail.text
    assert "Night manager" not in adult.mail.text
    assert "Before: Night care assistant" in section_5.mail.text
    assert "Room 13" not in section_5.mail.text


def test_a_team_that_a_correction_adds_gets_a_request(store: FakeStore) -> None:
    first = send(a_submission(NO_TRUST), store)
    assert len(first.dispatches) == 1

    adult, added = correct(store, first, TRUST_ANSWERS, DETAILS).dispatches

    assert (adult.kind, added.kind) == (CORRECTION, REQUEST)
    assert added.corrects == ""
    assert "Correction" not in added.mail.subject
    assert "WHAT HAS CHANGED" not in added.mail.text
    assert first.reference in added.mail.text


def test_a_team_that_is_no_longer_concerned_is_told_and_decides(store: FakeStore) -> None:
    first = send(a_submission(), store)

    _adult, gone = correct(store, first, NO_TRUST, DETAILS).dispatches

    assert (gone.kind, gone.procedure, gone.meetings) == (CORRECTION, "section-5", ())
    assert (gone.to, gone.corrects) == (first.dispatches[1].to, first.dispatches[1].reference)
    assert "This mail closes nothing" in gone.mail.text
    assert "Position of trust" in gone.mail.text
    assert "Room 12" not in gone.mail.text
    assert gone.next_attempt_at == NOW


def test_a_conflict_that_has_come_up_since_keeps_the_notice_from_that_inbox(
    store: FakeStore,
) -> None:
    first = send(a_submission(), store)
    changed = NO_TRUST | {"conflict-of-interest": ["designated-officer"]}

    gone = correct(store, first, changed, DETAILS).dispatches[-1]

    assert gone.procedure == "section-5"
    assert gone.to is None
    assert gone.next_attempt_at is None
    assert gone.phone != first.dispatches[1].phone


def test_a_second_correction_belongs_to_the_first_request(store: FakeStore) -> None:
    first = send(a_submission(), store)
    second = correct(store, first, TRUST_ANSWERS, DETAILS | {"person-name": "Megan Sampl"})
    family = family_of(second.reference, store)

    assert family
    assert family.reference == first.reference
    assert {each.family for each in family.latest.values()} == {second.reference}
    assert [each.request.reference for each in family.later] == [second.reference]
    third = correct(store, first, TRUST_ANSWERS, DETAILS | {"person-name": "Megan Sampel"})
    assert third.dispatches[0].corrects == first.dispatches[0].reference


def test_a_correction_back_to_what_was_sent_first_is_no_twin_of_it(store: FakeStore) -> None:
    first = send(a_submission(), store)
    correct(store, first, TRUST_ANSWERS, DETAILS | {"person-name": "Megan Sampl"})

    back = correct(store, first, TRUST_ANSWERS, DETAILS)

    assert back.request.corrects == first.reference


def test_a_correction_that_is_pressed_again_is_one(store: FakeStore) -> None:
    first = send(a_submission(), store)
    family = family_of(first.reference, store)
    assert family
    submission = a_submission(details=DETAILS | {"person-name": "Megan Sampl"})
    draft = replace(submission.draft, corrects=first.reference)
    submission = replace(submission, draft=draft, sent=first.request, family=family)

    once, twice = send(submission, store), send(submission, store)

    assert twice.repeated
    assert once.reference == twice.reference
    assert len(store.requests) == 2
    assert once.request.created_at - NOW < timedelta(seconds=1)


def test_whoever_was_passed_the_request_gets_the_correction_too(store: FakeStore) -> None:
    first = send(a_submission(NO_TRUST), store)
    submitted, key, content = store.requests[first.reference]
    (wrong,) = submitted.dispatches
    right = replace(
        wrong, reference=f"{first.reference}-2", inbox="child", procedure="child", to="c@x.example"
    )
    said = Acknowledgement(WRONG_TEAM, "Ann", "Duty officer", NOW, passed_to=right.reference)
    passed = replace(wrong, acknowledgements=(said,))
    store.requests[first.reference] = (
        replace(submitted, dispatches=(passed, right)),
        key,
        content,
    )

    later = correct(store, first, NO_TRUST, DETAILS | {"person-name": "Megan Sampl"})

    to_wrong, to_right = later.dispatches
    assert (to_wrong.to, to_right.to) == (wrong.to, right.to)
    assert to_right.mail == to_wrong.mail
    assert to_right.corrects == right.reference
    assert to_right.reference != to_wrong.reference
