"""What only SQLite can get wrong."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.meeting_requests.fakes import KEYRING, NOW, ROOT, a_submission, submit
from webapp.adapters.embedded import SqliteStore
from webapp.meeting_requests.drafts import new_submission_key
from webapp.meeting_requests.ports import LooksTheSame, StoreUnavailable
from webapp.meeting_requests.use_cases import Submission


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cyfarfod.sqlite3"


def test_the_file_survives_a_crash_and_keeps_what_was_committed(path: Path) -> None:
    SqliteStore(path, KEYRING).check()
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with SqliteStore(path, KEYRING)._file.connection() as db:
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL


def test_a_file_of_before_corrections_gets_their_columns_and_keeps_what_it_holds(
    path: Path,
) -> None:
    reference = submit(a_submission(), SqliteStore(path, KEYRING)).reference
    with sqlite3.connect(path) as db:
        db.execute("DROP INDEX by_corrected")
        db.execute("ALTER TABLE meeting_requests DROP COLUMN corrects")
        db.execute("ALTER TABLE dispatches DROP COLUMN kind")

    store = SqliteStore(path, KEYRING)

    assert store.find(reference)
    assert [row["kind"] for row in store.outbox()] == ["request", "request"]
    submit(a_submission(details={"person-name": "Rhywun arall"}), store)
    assert len(store.outbox()) == 4


def test_a_process_killed_after_the_commit_has_lost_nothing(path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.meeting_requests.fakes import *\n"
        "from webapp.adapters.embedded import SqliteStore\n"
        "store = SqliteStore(Path(sys.argv[1]), KEYRING)\n"
        "print(submit(a_submission(), store).reference, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )

    found = SqliteStore(path, KEYRING).find(done.stdout.strip())

    assert done.returncode < 0
    assert found
    assert len(found.dispatches) == 2


def _press(path: Path, submission: Submission, start: Any, answers: Any) -> None:
    store = SqliteStore(path, KEYRING)
    start.wait()
    try:
        answers.put(("sent", submit(submission, store).reference))
    except LooksTheSame as twin:
        answers.put(("asked", twin.reference))


def test_the_same_content_from_several_processes_at_once_is_sent_once(path: Path) -> None:
    SqliteStore(path, KEYRING).check()
    first = a_submission()
    fork = multiprocessing.get_context("fork")
    start, answers = fork.Barrier(4), fork.Queue()
    processes = []
    for _number in range(4):
        twin = replace(first, key=new_submission_key(first.draft, KEYRING))
        processes.append(fork.Process(target=_press, args=(path, twin, start, answers)))
        processes[-1].start()
    told = [answers.get(timeout=60) for _process in processes]
    for process in processes:
        process.join()

    assert sorted(what for what, _reference in told) == ["asked", "asked", "asked", "sent"]
    assert len({reference for _what, reference in told}) == 1
    assert len(SqliteStore(path, KEYRING).outbox()) == 2


def test_nothing_personal_can_be_read_in_the_file(path: Path) -> None:
    submission = a_submission()
    submit(submission, SqliteStore(path, KEYRING))

    data = b"".join(each.read_bytes() for each in path.parent.iterdir())

    for secret in ("Megan", "Hafod", "0990", "adults.duty", submission.key):
        assert secret.encode() not in data


def test_another_key_opens_nothing_and_says_so(path: Path) -> None:
    receipt = submit(a_submission(), SqliteStore(path, KEYRING))

    with pytest.raises(StoreUnavailable, match="sealed under another key"):
        SqliteStore(path, {"k2": b"2" * 32}).find(receipt.reference)
    rotated = SqliteStore(path, {"k2": b"2" * 32, **KEYRING})
    assert rotated.find(receipt.reference)


def test_a_dispatch_that_cannot_be_opened_does_not_hold_up_the_others(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    receipt = submit(a_submission(), SqliteStore(path, {"old": b"0" * 32}))
    store = SqliteStore(path, KEYRING)
    other = submit(a_submission(details={"person-name": "Other"}), store)

    leased = store.lease_due(NOW, timedelta(seconds=90), 10)

    assert {dispatch.family for dispatch, _token in leased} == {other.reference}
    assert f"{receipt.reference}-1 waits and cannot be sent" in caplog.text
    assert len([row for row in store.outbox() if not row["handed_over_at"]]) == 4


def test_a_row_moved_to_another_reference_does_not_open(path: Path) -> None:
    store = SqliteStore(path, KEYRING)
    receipt = submit(a_submission(), store)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE meeting_requests SET reference = 'CFD-AA3A-A3AA'")

    assert store.find(receipt.reference) is None
    with pytest.raises(StoreUnavailable):
        store.find("CFD-AA3A-A3AA")


def test_a_file_that_is_no_database_is_an_unavailable_store_until_it_is_mended(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 1000)
    store = SqliteStore(path, KEYRING)

    with pytest.raises(StoreUnavailable, match=r"cyfarfod\.sqlite3 is damaged .* put a backup"):
        store.check()
    with pytest.raises(StoreUnavailable):
        store.save_draft("a", b"x", NOW)

    path.unlink()
    store.save_draft("a", b"x", NOW)
    assert SqliteStore(path, KEYRING).forget_expired(NOW) == 1


def test_a_file_that_may_only_be_read_says_whose_it_should_be(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = submit(a_submission(), SqliteStore(path, KEYRING))
    connect = sqlite3.connect  # root may write to any file, so the connection is opened to read
    monkeypatch.setattr(
        sqlite3, "connect", lambda file, **o: connect(f"file:{file}?mode=ro", uri=True, **o)
    )
    store = SqliteStore(path, KEYRING)

    assert store.find(receipt.reference)
    with pytest.raises(StoreUnavailable, match="Let this user read and write"):
        store.check()


def test_a_file_that_is_deleted_while_running_is_made_again(path: Path) -> None:
    store = SqliteStore(path, KEYRING)
    store.check()
    for each in list(path.parent.iterdir()):
        each.unlink()

    assert submit(a_submission(), store).reference


def test_only_the_owner_reads_the_file_in_a_folder_that_others_can_open(path: Path) -> None:
    path.parent.chmod(0o755)
    with SqliteStore(path, KEYRING)._file.connection() as db:
        db.execute("INSERT INTO drafts VALUES ('a', x'00', '')")
        modes = {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}

    assert modes == {0o600}


def test_a_locked_database_is_waited_for_and_then_unavailable(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.adapters.database_file._BUSY", 100)
    store = SqliteStore(path, KEYRING)
    store.check()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailable, match="is locked by another program"):
        store.save_draft("a", b"", NOW)
    assert store.load_draft("a", NOW) is None  # readers are not held up
    other.execute("ROLLBACK")
    store.save_draft("a", b"", NOW)


def test_starting_several_times_at_once_is_safe(path: Path) -> None:
    errors: list[Exception] = []

    def start() -> None:
        try:
            SqliteStore(path, KEYRING).check()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors


def test_expired_drafts_are_deleted(path: Path) -> None:
    store = SqliteStore(path, KEYRING)
    store.save_draft("a", b"x", NOW)

    assert store.forget_expired(NOW) == 1
    assert store.forget_expired(NOW) == 0
