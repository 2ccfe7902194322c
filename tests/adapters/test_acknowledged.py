"""What every store must do with what duty officers say."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.test_contracts import STORES, a_sent_request, lease_all
from tests.meeting_requests.fakes import KEYRING, NOW, FakeStore, a_submission, submit
from webapp.adapters.embedded import SqliteStore
from webapp.meeting_requests.acknowledgement import CANNOT_ACT, HAVE_IT, WRONG_TEAM, Acknowledgement
from webapp.meeting_requests.model import NEWS, Dispatch
from webapp.meeting_requests.ports import Overtaken, StoreUnavailable

SAID = Acknowledgement(HAVE_IT, "Llŷr Swyddog", "Senior practitioner", NOW)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return STORES[request.param](tmp_path)


def reread(store: Any, dispatch: Dispatch) -> Dispatch:
    found = store.find(dispatch.family)
    return next(each for each in found.dispatches if each.reference == dispatch.reference)


def test_what_was_said_is_kept_with_its_dispatch_in_the_order_of_saying(store: Any) -> None:
    first, other = a_sent_request(store).dispatches
    later = replace(SAID, choice=CANNOT_ACT, name="Ann", at=NOW - timedelta(hours=1))

    assert store.acknowledge(first, SAID, "one")
    assert store.acknowledge(reread(store, first), later, "two")

    assert reread(store, first).acknowledgements == (SAID, later)
    assert reread(store, other).acknowledgements == ()


def test_the_same_form_counts_once_and_on_its_own_dispatch_only(store: Any) -> None:
    first, other = a_sent_request(store).dispatches

    assert store.acknowledge(first, SAID, "one")
    assert not store.acknowledge(first, replace(SAID, name="Other"), "one")
    assert store.acknowledge(other, SAID, "one")

    assert reread(store, first).acknowledgements == (SAID,)


def test_who_was_overtaken_has_changed_nothing(store: Any) -> None:
    first, other = a_sent_request(store).dispatches
    store.acknowledge(first, SAID, "one")
    late = replace(SAID, name="Late", choice=WRONG_TEAM)

    with pytest.raises(Overtaken):
        store.acknowledge(first, late, "two", (replace(first, reference=f"{first.family}-9"),))
    with pytest.raises(Overtaken):
        store.acknowledge(other, late, "three", (replace(other, reference=first.reference),))

    assert reread(store, first).acknowledgements == (SAID,)
    assert reread(store, other).acknowledgements == ()
    assert len(store.outbox()) == 2


def test_what_follows_is_a_dispatch_of_the_same_family_that_waits_to_be_sent(store: Any) -> None:
    first, _other = a_sent_request(store).dispatches
    passed = replace(
        first, reference=f"{first.family}-3", passed_from=first.reference, passed_by=first.team
    )
    news = replace(first, reference=f"{first.family}-N1", kind=NEWS, escalations=())
    said = replace(SAID, choice=WRONG_TEAM, passed_to=passed.reference)

    store.acknowledge(first, said, "one", (passed, news))

    assert reread(store, first).acknowledgements == (said,)
    assert reread(store, passed) == passed
    assert {each.reference for each, _ in lease_all(store)} >= {passed.reference, news.reference}


def test_of_officers_at_once_all_are_kept_and_each_saw_those_before(store: Any) -> None:
    first, _other = a_sent_request(store).dispatches
    errors: list[Exception] = []

    def say(name: str) -> None:
        try:
            while True:
                try:
                    store.acknowledge(reread(store, first), replace(SAID, name=name), name)
                    return
                except Overtaken:
                    continue
        except Exception as error:
            errors.append(error)

    names = [f"Officer {number}" for number in range(8)]
    threads = [threading.Thread(target=say, args=(each,)) for each in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors
    assert sorted(each.name for each in reread(store, first).acknowledgements) == names


def test_a_store_that_is_away_says_so(store: Any) -> None:
    if not isinstance(store, FakeStore):
        pytest.skip("tests/adapters/test_embedded.py breaks the file")
    first, _other = a_sent_request(store).dispatches
    store.broken = True

    with pytest.raises(StoreUnavailable):
        store.acknowledge(first, SAID, "one")


# -- what only SQLite can get wrong ------------------------------------------------------------


@pytest.mark.parametrize(("choice", "ended"), [(HAVE_IT, 3), (WRONG_TEAM, 3), (CANNOT_ACT, 0)])
def test_escalations_are_marked_as_ended_unless_nobody_can_act(
    tmp_path: Path, choice: str, ended: int
) -> None:
    path = tmp_path / "cyfarfod.sqlite3"
    store = SqliteStore(path, KEYRING)
    first, other = a_sent_request(store).dispatches

    store.acknowledge(first, replace(SAID, choice=choice), "one")
    store.acknowledge(reread(store, first), replace(SAID, at=NOW + timedelta(1)), "two")

    marks = "SELECT dispatch, ended_at FROM escalations WHERE ended_at LIKE '2026-06-11%'"
    with sqlite3.connect(path) as db:
        rows = db.execute(marks).fetchall()
        untouched = "SELECT COUNT(*) FROM escalations WHERE dispatch = ? AND ended_at IS NULL"
        assert db.execute(untouched, (other.reference,)).fetchone() == (3,)
    assert [dispatch for dispatch, _at in rows] == [first.reference] * ended


def test_the_name_of_an_officer_cannot_be_read_in_the_file(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "cyfarfod.sqlite3", KEYRING)
    first, _other = a_sent_request(store).dispatches

    store.acknowledge(first, replace(SAID, name="Megan Unigryw"), "one")

    data = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"Unigryw" not in data
    assert b"Senior practitioner" not in data


def test_what_was_said_of_one_dispatch_does_not_open_under_another(tmp_path: Path) -> None:
    path = tmp_path / "cyfarfod.sqlite3"
    store = SqliteStore(path, KEYRING)
    first, other = a_sent_request(store).dispatches
    store.acknowledge(first, SAID, "one")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE acknowledgements SET dispatch = ?", (other.reference,))

    with pytest.raises(StoreUnavailable):
        store.find(first.family)


def test_a_file_of_an_earlier_release_opens_and_takes_acknowledgements(tmp_path: Path) -> None:
    path = tmp_path / "cyfarfod.sqlite3"
    reference = submit(a_submission(), SqliteStore(path, KEYRING)).reference
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE acknowledgements")
        db.execute("ALTER TABLE escalations DROP COLUMN ended_at")

    store = SqliteStore(path, KEYRING)

    found = store.find(reference)
    assert found
    assert [each.standing for each in found.dispatches] == [None, None]
    assert store.acknowledge(found.dispatches[0], SAID, "one")
    assert reread(store, found.dispatches[0]).standing == SAID
