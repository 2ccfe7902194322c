from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.meeting_requests.fakes import (
    CARDIFF,
    DETAILS,
    GWYNEDD,
    KEYRING,
    LANGUAGES,
    NOW,
    POWYS,
    TRUST_ANSWERS,
    URGENT_ANSWERS,
    FakeMailer,
    FakeStore,
    a_draft,
    a_submission,
    context,
    directory,
    fields,
    library,
    no_attachments,
    plain_mail,
    submit,
)
from webapp.meeting_requests.delivering import Deliveries, deliver_pending
from webapp.meeting_requests.dispatching import AuthorityNeeded
from webapp.meeting_requests.drafts import new_submission_key
from webapp.meeting_requests.model import Departure, Dispatch, MeetingRequest
from webapp.meeting_requests.ports import (
    AlreadySent,
    LooksTheSame,
    StoreUnavailable,
)
from webapp.meeting_requests.references import parse_reference
from webapp.meeting_requests.saved_details import (
    DraftLocked,
    load_details,
    lock_details,
    resume,
    save_details,
)
from webapp.meeting_requests.use_cases import (
    opens_status,
    preview_mails,
    status_of,
)
from webapp.messages.envelope import Sender

ADULT = library().procedures["adult"]
PROCEDURES = library().procedures
ASSEMBLE = Sender("cyfarfod@service.example", LANGUAGES).assemble


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


def deliver(store: FakeStore, mailer: FakeMailer, now: datetime = NOW) -> Deliveries:
    return deliver_pending(store, mailer, ASSEMBLE, no_attachments, now)


def only_dispatch(store: FakeStore) -> Dispatch:
    ((submitted, _, _),) = store.requests.values()
    (dispatch,) = submitted.dispatches
    return dispatch


class TestDrafts:
    def test_the_resume_code_brings_back_answers_and_details(self, store: FakeStore) -> None:
        draft = a_draft(TRUST_ANSWERS, "cy")
        save_details(draft, DETAILS, ADULT, store, NOW)

        resumed = resume(draft.code.lower(), PROCEDURES, store, NOW)

        assert resumed
        assert (resumed.draft, resumed.details) == (replace(draft, has_details=True), DETAILS)
        assert load_details(draft, PROCEDURES, store, NOW) == DETAILS

    def test_the_store_holds_nothing_that_can_be_read(self, store: FakeStore) -> None:
        draft = a_draft(TRUST_ANSWERS)
        save_details(draft, DETAILS, ADULT, store, NOW)
        ((sealed, _),) = store.drafts.values()

        assert b"Megan" not in sealed
        assert draft.code.encode() not in sealed

    def test_a_wrong_code_or_a_draft_of_yesterday_is_none(self, store: FakeStore) -> None:
        draft = a_draft(TRUST_ANSWERS)
        save_details(draft, DETAILS, ADULT, store, NOW)

        assert resume(a_draft({}).code, PROCEDURES, store, NOW) is None
        assert resume("not a code", PROCEDURES, store, NOW) is None
        assert resume(draft.code, PROCEDURES, store, NOW + timedelta(hours=24)) is None
        assert load_details(draft, PROCEDURES, store, NOW + timedelta(days=2)) == {}

    def test_a_copy_from_before_it_was_hidden_opens_no_details(self, store: FakeStore) -> None:
        draft = a_draft(TRUST_ANSWERS)
        save_details(draft, DETAILS, ADULT, store, NOW)
        hidden = replace(draft, locks=1)

        lock_details(hidden, PROCEDURES, store, NOW)

        with pytest.raises(DraftLocked):
            load_details(draft, PROCEDURES, store, NOW)
        assert load_details(hidden, PROCEDURES, store, NOW) == DETAILS
        resumed = resume(draft.code, PROCEDURES, store, NOW)
        assert resumed
        assert resumed.draft.locks == 1

    def test_nothing_is_stored_of_a_draft_that_has_no_details(self, store: FakeStore) -> None:
        lock_details(replace(a_draft(TRUST_ANSWERS), locks=1), PROCEDURES, store, NOW)

        assert not store.drafts

    def test_a_stored_draft_that_was_tampered_with_is_none(self, store: FakeStore) -> None:
        draft = a_draft(TRUST_ANSWERS)
        save_details(draft, DETAILS, ADULT, store, NOW)
        sealed, expires = store.drafts[draft.id]
        store.drafts[draft.id] = (sealed[:-1] + bytes([sealed[-1] ^ 1]), expires)

        assert resume(draft.code, PROCEDURES, store, NOW) is None


class TestSubmitting:
    def test_one_dispatch_goes_to_each_duty_team(self, store: FakeStore) -> None:
        receipt = submit(a_submission(), store)

        assert parse_reference(receipt.reference) == receipt.reference
        assert [(each.reference, each.to) for each in receipt.dispatches] == [
            (f"{receipt.reference}-1", "adults.duty@cardiff.example"),
            (f"{receipt.reference}-2", "designated-officer-adults.duty@cardiff.example"),
        ]
        found = store.find(receipt.reference)
        assert found
        assert found.dispatches == receipt.dispatches
        assert found.request.authorities == {"adult": CARDIFF, "section-5": CARDIFF}
        assert found.request.details["person-name"] == "Megan Example"

    def test_pressing_twice_gives_the_same_receipt(self, store: FakeStore) -> None:
        submission = a_submission()

        first = submit(submission, store)
        second = submit(submission, store, now=NOW + timedelta(minutes=5))

        assert (second.reference, second.status_code) == (first.reference, first.status_code)
        assert second.repeated
        assert not first.repeated
        assert len(store.requests) == 1

    def test_a_second_press_that_loses_the_race_gives_the_same_receipt(
        self, store: FakeStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        submission = a_submission()
        first = submit(submission, store)
        seen = iter([None])  # the first look finds nothing yet
        look = store.find_by_key
        monkeypatch.setattr(store, "find_by_key", lambda key: next(seen, look(key)))

        assert submit(submission, store).reference == first.reference
        assert len(store.requests) == 1

    def test_the_same_key_with_other_content_is_refused(self, store: FakeStore) -> None:
        submission = a_submission()
        first = submit(submission, store)
        changed = replace(submission, details=DETAILS | {"person-name": "Somebody else"})

        with pytest.raises(AlreadySent) as caught:
            submit(changed, store)

        assert caught.value.reference == first.reference
        assert not caught.value.same_content

    def test_the_same_content_with_a_new_key_is_asked_about_for_a_day(
        self, store: FakeStore
    ) -> None:
        submission = a_submission()
        first = submit(submission, store)
        again = replace(submission, key=new_submission_key(submission.draft, KEYRING))

        with pytest.raises(LooksTheSame) as caught:
            submit(again, store)

        assert caught.value.reference == first.reference
        second = submit(replace(again, confirmed_again=True), store)
        assert second.reference != first.reference
        third = replace(submission, key=new_submission_key(submission.draft, KEYRING))
        assert submit(third, store, now=NOW + timedelta(hours=25)).reference

    def test_a_name_is_not_stored_once_the_person_stays_anonymous(self, store: FakeStore) -> None:
        answers = TRUST_ANSWERS | {"raised-by": "anonymous"}

        receipt = submit(a_submission(answers), store)

        found = store.find(receipt.reference)
        assert found
        assert "Nia Sample" not in str(found)

    def test_a_conflict_sends_it_elsewhere_and_by_telephone_where_there_is_no_mailbox(
        self, store: FakeStore, mailer: FakeMailer
    ) -> None:
        answers = URGENT_ANSWERS | {"area-of-concern": POWYS, "conflict-of-interest": ["duty-team"]}

        (dispatch,) = submit(a_submission(answers), store).dispatches

        assert dispatch.to is None
        assert status_of(dispatch) == "telephone-only"
        assert deliver(store, mailer) == Deliveries()

    def test_an_authority_that_nobody_knows_is_asked_for(self, store: FakeStore) -> None:
        answers = URGENT_ANSWERS | {"area-of-concern": "not-known"}

        with pytest.raises(AuthorityNeeded):
            submit(a_submission(answers), store)

        (dispatch,) = submit(a_submission(answers, authority=GWYNEDD), store).dispatches
        assert dispatch.authority == GWYNEDD
        assert dispatch.languages == ("cy", "en")

    def test_a_broken_store_is_an_error_and_nothing_is_kept(self, store: FakeStore) -> None:
        store.broken = True

        with pytest.raises(StoreUnavailable):
            submit(a_submission(), store)

        assert not store.requests

    def test_a_reference_that_is_taken_is_chosen_anew(
        self, store: FakeStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = submit(a_submission(URGENT_ANSWERS), store)
        offered = iter([first.reference, "CFD-AA3A-A3AA"])
        monkeypatch.setattr(
            "webapp.meeting_requests.use_cases.new_reference", lambda: next(offered)
        )

        assert submit(a_submission(), store).reference == "CFD-AA3A-A3AA"

    def test_reminders_follow_the_urgency(self, store: FakeStore) -> None:
        (urgent,) = submit(a_submission(URGENT_ANSWERS), store).dispatches
        calm, _ = submit(a_submission(), store).dispatches

        assert urgent.urgent
        minutes = [(each.due_at - NOW).total_seconds() / 60 for each in urgent.escalations]
        assert minutes == [15, 30, 60]
        assert not calm.urgent
        assert [each.due_at for each in calm.escalations] == [
            NOW + timedelta(hours=2),
            NOW + timedelta(hours=4),
            datetime(2026, 6, 12, 9, 0, tzinfo=UTC),  # 10.00 in London
        ]

    def test_the_record_survives_being_written_and_read(self, store: FakeStore) -> None:
        departures = {"adult": (Departure("mode", "video", "Far away"),)}
        submission = a_submission()
        submission = replace(submission, draft=replace(submission.draft, departures=departures))
        receipt = submit(submission, store)
        found = store.find(receipt.reference)

        assert found
        assert MeetingRequest.from_data(found.request.as_data()) == found.request
        for dispatch in found.dispatches:
            unsent = replace(dispatch, next_attempt_at=None)
            assert Dispatch.from_data(dispatch.as_data()) == unsent

    def test_the_status_code_opens_its_own_request_only(self, store: FakeStore) -> None:
        receipt = submit(a_submission(), store)
        other = submit(a_submission(URGENT_ANSWERS), store)
        found = store.find(receipt.reference)

        assert found
        assert opens_status(found.request, receipt.status_code.lower())
        assert not opens_status(found.request, other.status_code)
        assert not opens_status(found.request, "")
        assert receipt.status_code not in str(found.request)

    def test_the_preview_stores_nothing_and_has_no_reference(self, store: FakeStore) -> None:
        mails = preview_mails(a_submission(), directory(), fields(), plain_mail, context())

        assert [each.to for each in mails] == [
            "adults.duty@cardiff.example",
            "designated-officer-adults.duty@cardiff.example",
        ]
        assert {each.reference for each in mails} == {""}
        assert not store.requests
