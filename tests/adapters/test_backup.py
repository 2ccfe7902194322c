"""A copy of the database and the way back: nothing is lost, and nothing acknowledged goes again."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from tests.meeting_requests.fakes import DETAILS, KEYRING, NOW, FakeMailer, a_submission, submit
from webapp.adapters.backup import back_up, restore
from webapp.adapters.embedded import SqliteStore
from webapp.meeting_requests.delivering import deliver_pending
from webapp.meeting_requests.model import Dispatch
from webapp.meeting_requests.ports import StoreUnavailable

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cyfarfod.sqlite3"


@pytest.fixture
def reference(database: Path) -> str:
    """One request, which waits."""
    return str(submit(a_submission(), SqliteStore(database, KEYRING)).reference)


def sent_from(database: Path) -> list[tuple[str, int]]:
    """What a round of delivery sends: reference and number of the attempt."""
    sent: list[tuple[str, int]] = []

    def assemble(dispatch: Dispatch, attempt: int, *_rest: object) -> object:
        sent.append((dispatch.reference, attempt))
        return object()

    deliver_pending(
        SqliteStore(database, KEYRING),
        FakeMailer(),
        assemble,  # type: ignore[arg-type]
        lambda *_: ((), ()),  # type: ignore[arg-type,return-value]
        LATER,
    )
    return sent


def test_a_copy_is_whole_and_for_its_owner_only(
    database: Path, reference: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    kept = back_up(database, copy)

    assert (kept.requests, kept.dispatches, kept.waiting) == (1, 2, 2)
    assert copy.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob("copy*")) == [copy]
    assert SqliteStore(copy, KEYRING).find(reference) is not None


def test_a_copy_is_made_while_somebody_writes(
    database: Path, reference: str, tmp_path: Path
) -> None:
    with sqlite3.connect(database, isolation_level=None) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("DELETE FROM drafts")
        assert back_up(database, tmp_path / "copy.sqlite3").requests == 1
        writing.execute("ROLLBACK")


def test_nothing_is_written_over(database: Path, reference: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("something else")

    with pytest.raises(StoreUnavailable, match="exists already"):
        back_up(database, copy)
    assert copy.read_text() == "something else"


def test_what_came_after_the_copy_is_kept_beside_what_is_restored(
    database: Path, reference: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    back_up(database, copy)
    another = a_submission(details={**DETAILS, "concern-what": "Something else"}, now=LATER)
    later = str(submit(another, SqliteStore(database, KEYRING), now=LATER).reference)

    restore(copy, database, LATER)

    assert SqliteStore(database, KEYRING).find(reference) is not None
    assert SqliteStore(database, KEYRING).find(later) is None
    [aside] = database.parent.glob("cyfarfod.sqlite3.before-*Z")
    assert SqliteStore(aside, KEYRING).find(later) is not None


def test_what_may_have_gone_meanwhile_goes_again_as_a_copy(
    database: Path, reference: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    back_up(database, copy)
    assert {attempt for _, attempt in sent_from(database)} == {1}

    restore(copy, database, LATER)

    assert {attempt for _, attempt in sent_from(database)} == {2}


def test_what_was_acknowledged_or_sent_before_the_copy_does_not_go_again(
    database: Path, reference: str, tmp_path: Path
) -> None:
    with sqlite3.connect(database) as db:
        first, second = (
            row[0] for row in db.execute("SELECT reference FROM dispatches ORDER BY reference")
        )
        db.execute(
            "INSERT INTO acknowledgements (dispatch, form, choice, at, sealed)"
            " VALUES (?, 'form', 'have-it', ?, x'00')",
            (first, NOW.isoformat()),
        )
    copy = tmp_path / "copy.sqlite3"
    back_up(database, copy)
    restore(copy, database, LATER)

    with sqlite3.connect(database) as db:
        due = db.execute("SELECT reference FROM dispatches WHERE next_attempt_at IS NOT NULL")
        assert [row[0] for row in due] == [second]


@pytest.mark.parametrize("content", [b"", b"no database at all " * 500])
def test_a_damaged_or_foreign_copy_changes_nothing(
    database: Path, reference: str, tmp_path: Path, content: bytes
) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(content)

    with pytest.raises(StoreUnavailable, match="Nothing has changed"):
        restore(copy, database, LATER)
    assert SqliteStore(database, KEYRING).find(reference) is not None
    assert not list(database.parent.glob("*restored*"))


def test_a_copy_that_is_not_there_changes_nothing(database: Path, reference: str) -> None:
    with pytest.raises(StoreUnavailable, match="no such file"):
        restore(database.parent / "none.sqlite3", database, LATER)
    assert SqliteStore(database, KEYRING).find(reference) is not None


def test_a_copy_is_restored_where_there_is_no_database(
    database: Path, reference: str, tmp_path: Path
) -> None:
    copy, elsewhere = tmp_path / "copy.sqlite3", tmp_path / "new" / "cyfarfod.sqlite3"
    back_up(database, copy)

    assert restore(copy, elsewhere, LATER).requests == 1
    assert SqliteStore(elsewhere, KEYRING).find(reference) is not None
