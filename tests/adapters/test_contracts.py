"""What every store must do. Another backend joins by another line in STORES."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.meeting_requests.fakes import (
    KEYRING,
    NOW,
    POWYS,
    URGENT_ANSWERS,
    FakeStore,
    a_submission,
    submit,
)
from webapp.adapters.embedded import SqliteStore
from webapp.meeting_requests.dispatching import content_digest
from webapp.meeting_requests.drafts import new_submission_key
from webapp.meeting_requests.model import Change, Submitted
from webapp.meeting_requests.ports import AlreadySent, LooksTheSame, ReferenceTaken
from webapp.meeting_requests.use_cases import Submission

LEASE = timedelta(seconds=90)
STORES: dict[str, Callable[[Path], Any]] = {
    "fake": lambda folder: FakeStore(),
    "sqlite": lambda folder: SqliteStore(folder / "data" / "cyfarfod.sqlite3", KEYRING),
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return STORES[request.param](tmp_path)


def a_sent_request(store: Any, **changes: Any) -> Submitted:
    receipt = submit(a_submission(**changes), store)
    found = store.find(receipt.reference)
    assert found
    return found


def lease_all(store: Any, at: Any = NOW) -> list[Any]:
    return store.lease_due(at, LEASE, 10)


def test_a_draft_is_kept_until_it_expires_or_is_forgotten(store: Any) -> None:
    store.save_draft("a", b"\x00one", NOW + timedelta(hours=1))
    store.save_draft("b", b"other", NOW + timedelta(hours=1))
    store.save_draft("a", b"two", NOW + timedelta(hours=2))

    assert store.load_draft("a", NOW + timedelta(minutes=119)) == b"two"
    assert store.load_draft("a", NOW + timedelta(hours=2)) is None
    assert store.load_draft("c", NOW) is None
    store.forget_draft("a")
    store.forget_draft("a")
    assert store.load_draft("a", NOW) is None
    assert store.load_draft("b", NOW) == b"other"


def test_a_request_is_found_as_it_was_committed(store: Any) -> None:
    receipt = submit(a_submission(), store)
    found = store.find(receipt.reference)

    assert found.dispatches == receipt.dispatches
    assert found.request.reference == receipt.reference
    assert found.request.details["concern-what"].endswith("“Neb yn dod.”")
    assert store.find("CFD-AA3A-A3AA") is None


def test_a_request_is_found_by_its_submission_key(store: Any) -> None:
    submission = a_submission()
    receipt = submit(submission, store)

    assert store.find_by_key(submission.key).request.reference == receipt.reference
    assert store.find_by_key(submission.key + "x") is None


def test_a_key_is_used_once_and_says_whether_the_content_was_the_same(store: Any) -> None:
    submission = a_submission()
    receipt = submit(submission, store)
    found = store.find(receipt.reference)
    another = Submitted(replace(found.request, reference="CFD-AA3A-A3AA"), ())

    for content, same in ((content_digest(found.request), True), ("other", False)):
        with pytest.raises(AlreadySent) as caught:
            store.commit(another, submission.key, content)
        assert (caught.value.reference, caught.value.same_content) == (receipt.reference, same)
    assert store.find("CFD-AA3A-A3AA") is None


def test_a_reference_is_used_once(store: Any) -> None:
    found = a_sent_request(store)

    with pytest.raises(ReferenceTaken):
        store.commit(found, "another key", "another content")


def test_a_commit_is_all_or_nothing(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if not isinstance(store, SqliteStore):
        pytest.skip("in memory it is one assignment")
    broken = replace(a_sent_request(store).dispatches[0], family="")
    calls = []

    def fail_at_the_second(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError(broken.reference)

    monkeypatch.setattr(store, "_insert", fail_at_the_second)
    submission = a_submission(answers=None, details={"person-name": "Other"})
    with pytest.raises(RuntimeError):
        submit(submission, store)

    assert store.find_by_key(submission.key) is None
    assert len(store.outbox()) == 2


def test_a_twin_since_a_moment_is_told_and_nothing_is_committed(store: Any) -> None:
    found = a_sent_request(store)
    content = content_digest(found.request)
    another = Submitted(replace(found.request, reference="CFD-AA3A-A3AA"), ())

    with pytest.raises(LooksTheSame) as caught:
        store.commit(another, "another key", content, NOW)
    assert (caught.value.reference, caught.value.sent_at) == (found.request.reference, NOW)
    assert store.find("CFD-AA3A-A3AA") is None

    for number, (its_content, since) in enumerate(
        [(content, NOW + timedelta(seconds=1)), ("other", NOW), (content, None)]
    ):
        other = replace(found.request, reference=f"CFD-AA3A-A{number}AA")
        store.commit(Submitted(other, ()), f"key {number}", its_content, since)
        assert store.find(other.reference)


def test_the_same_content_under_twenty_keys_at_once_is_sent_once(store: Any) -> None:
    first = a_submission()
    presses = [
        replace(first, key=new_submission_key(first.draft, KEYRING)) for _number in range(20)
    ]
    sent, asked = [], []

    def press(submission: Submission) -> None:
        try:
            sent.append(submit(submission, store).reference)
        except LooksTheSame as twin:
            asked.append(twin.reference)

    threads = [threading.Thread(target=press, args=(each,)) for each in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(sent) == 1
    assert asked == sent * 19
    assert len(store.outbox()) == 2


def test_what_corrects_a_request_is_found_by_it_in_order(store: Any) -> None:
    first = a_sent_request(store).request
    for number in (2, 1):
        later = replace(
            first,
            reference=f"CFD-AA3A-A{number}AA",
            created_at=NOW + timedelta(hours=number),
            corrects=first.reference,
            changes=(Change("detail", "person-name", None, ["Megan"]),),
        )
        store.commit(Submitted(later, ()), f"key {number}", f"content {number}")

    found = store.find_corrections(first.reference)

    assert [each.request.reference for each in found] == ["CFD-AA3A-A1AA", "CFD-AA3A-A2AA"]
    assert found[0].request.changes == (Change("detail", "person-name", None, ["Megan"]),)
    assert store.find_corrections("CFD-AA3A-A1AA") == ()


def test_what_is_due_is_leased_once_until_the_lease_lapses(store: Any) -> None:
    a_sent_request(store)

    first = lease_all(store)

    assert [dispatch.attempts for dispatch, _ in first] == [1, 1]
    assert lease_all(store, NOW + LEASE - timedelta(seconds=1)) == []
    again = lease_all(store, NOW + LEASE)
    assert [dispatch.attempts for dispatch, _ in again] == [2, 2]
    assert {token for _, token in first}.isdisjoint(token for _, token in again)


def test_a_lease_takes_no_more_than_its_limit_and_nothing_before_it_is_due(store: Any) -> None:
    a_sent_request(store)

    assert store.lease_due(NOW - timedelta(seconds=1), LEASE, 10) == []
    assert len(store.lease_due(NOW, LEASE, 1)) == 1
    assert len(store.lease_due(NOW, LEASE, 10)) == 1


def test_what_was_handed_over_or_refused_is_never_leased_again(store: Any) -> None:
    found = a_sent_request(store)
    (first, one), (second, two) = lease_all(store)

    assert store.record_handed_over(first, one, NOW)
    assert store.record_refusal(second, two, NOW)

    assert lease_all(store, NOW + timedelta(days=1)) == []
    states = {each.reference: each for each in store.find(found.request.reference).dispatches}
    assert states[first.reference].handed_over_at == NOW
    assert states[second.reference].refused_at == NOW


def test_a_failure_waits_for_its_moment(store: Any) -> None:
    a_sent_request(store, answers=URGENT_ANSWERS)
    ((dispatch, token),) = lease_all(store)
    later = NOW + timedelta(minutes=2)

    assert store.record_failure(dispatch, token, later)

    assert lease_all(store, later - timedelta(seconds=1)) == []
    assert len(lease_all(store, later)) == 1


def test_a_sender_that_lost_its_lease_cannot_overwrite_the_state(store: Any) -> None:
    found = a_sent_request(store, answers=URGENT_ANSWERS)
    ((late, old),) = lease_all(store)
    ((_, new),) = lease_all(store, NOW + LEASE)

    assert not store.record_refusal(late, old, NOW)
    assert not store.record_failure(late, old, NOW)
    assert not store.record_handed_over(late, old, NOW)
    assert store.record_handed_over(late, new, NOW)
    (dispatch,) = store.find(found.request.reference).dispatches
    assert dispatch.refused_at is None


def test_a_dispatch_by_telephone_only_is_never_leased(store: Any) -> None:
    answers = URGENT_ANSWERS | {"area-of-concern": POWYS, "conflict-of-interest": ["duty-team"]}
    a_sent_request(store, answers=answers)

    assert lease_all(store, NOW + timedelta(days=1)) == []


def test_the_outbox_lists_what_waits_without_anything_personal(store: Any) -> None:
    found = a_sent_request(store)
    (first, token), _ = lease_all(store)
    store.record_handed_over(first, token, NOW)

    rows = store.outbox()

    assert [row["reference"] for row in rows] == [each.reference for each in found.dispatches]
    assert [bool(row["handed_over_at"]) for row in rows] == [True, False]
    assert set(rows[0]) == {
        "reference",
        "kind",
        "attempts",
        "next_attempt_at",
        "handed_over_at",
        "refused_at",
    }


def test_twenty_presses_at_once_make_one_request(store: Any) -> None:
    submission = a_submission()
    references: list[str] = []
    errors: list[Exception] = []

    def press() -> None:
        try:
            references.append(submit(submission, store).reference)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors
    assert len(references) == 20
    assert len(set(references)) == 1
    assert len(store.outbox()) == 2


def test_senders_at_once_share_the_work_and_never_a_dispatch(store: Any) -> None:
    if isinstance(store, FakeStore):
        pytest.skip("the fake is for one thread")
    for number in range(5):
        a_sent_request(store, details={"person-name": f"Person {number}"})
    leased: list[str] = []

    def take() -> None:
        while found := store.lease_due(NOW, LEASE, 2):
            leased.extend(dispatch.reference for dispatch, _ in found)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(leased) == len(set(leased)) == 10
