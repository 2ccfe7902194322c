from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.meeting_requests.fakes import (
    LANGUAGES,
    NOW,
    URGENT_ANSWERS,
    FakeMailer,
    FakeStore,
    a_submission,
    library,
    no_attachments,
    submit,
)
from webapp.meeting_requests.delivering import Deliveries, deliver_pending
from webapp.meeting_requests.model import Dispatch
from webapp.meeting_requests.ports import (
    DeliveryFailed,
    DeliveryRefused,
)
from webapp.meeting_requests.use_cases import (
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


class TestDelivering:
    def test_what_was_committed_is_handed_over_once(
        self, store: FakeStore, mailer: FakeMailer
    ) -> None:
        submit(a_submission(), store)

        assert deliver(store, mailer) == Deliveries(handed_over=2)
        assert deliver(store, mailer) == Deliveries()
        assert len(mailer.sent) == 2

    def test_a_failure_is_tried_again_later_and_later(
        self, store: FakeStore, mailer: FakeMailer
    ) -> None:
        submit(a_submission(URGENT_ANSWERS), store)
        mailer.error = DeliveryFailed()
        now, waits = NOW, []
        for _ in range(7):
            assert deliver(store, mailer, now) == Deliveries(failed=1)
            next_attempt = only_dispatch(store).next_attempt_at
            assert next_attempt
            waits.append((next_attempt - now).total_seconds() / 60)
            now = next_attempt

        assert waits == [1, 2, 4, 8, 15, 15, 15]
        assert status_of(only_dispatch(store)) == "saved"
        mailer.error = None
        assert deliver(store, mailer, now) == Deliveries(handed_over=1)
        assert "This is copy 8 of the same request." in mailer.sent[0].as_string()

    def test_a_refusal_is_never_tried_again(self, store: FakeStore, mailer: FakeMailer) -> None:
        submit(a_submission(URGENT_ANSWERS), store)
        mailer.error = DeliveryRefused()

        assert deliver(store, mailer) == Deliveries(refused=1)
        assert status_of(only_dispatch(store)) == "refused"
        assert deliver(store, mailer, NOW + timedelta(days=1)) == Deliveries()

    def test_any_other_error_is_a_failure_and_not_the_requesters_page(
        self, store: FakeStore, mailer: FakeMailer
    ) -> None:
        submit(a_submission(URGENT_ANSWERS), store)
        mailer.error = RuntimeError("a mistake of ours")

        assert deliver(store, mailer) == Deliveries(failed=1)

    def test_a_store_that_breaks_after_the_mail_went_sends_a_labelled_copy(
        self, store: FakeStore, mailer: FakeMailer
    ) -> None:
        submit(a_submission(URGENT_ANSWERS), store)
        send = mailer.send

        def send_and_break(message: object) -> None:
            send(message)  # type: ignore[arg-type]
            store.broken = True

        mailer.send = send_and_break  # type: ignore[method-assign,assignment]
        assert deliver(store, mailer) == Deliveries(failed=1)
        assert deliver(store, mailer) == Deliveries()

        store.broken = False
        mailer.send = send  # type: ignore[method-assign]
        assert deliver(store, mailer, NOW + timedelta(minutes=5)) == Deliveries(handed_over=1)
        first, second = mailer.sent
        assert first["Message-ID"] != second["Message-ID"]
        assert second["Subject"] == first["Subject"]
        assert second["In-Reply-To"] == first["Message-ID"]
