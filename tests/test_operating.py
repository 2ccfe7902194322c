"""Commands on a database that cannot be used: one plain sentence, exit 1, no traceback."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.meeting_requests.fakes import a_submission, submit
from webapp.adapters.embedded import SqliteStore
from webapp.adapters.files import load_keyring
from webapp.cli import main


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One request that waits, where the settings say."""
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "keys.json"))
    monkeypatch.setattr("webapp.adapters.database_file._BUSY", 100)
    path = tmp_path / "data" / "cyfarfod.sqlite3"
    submit(a_submission(), SqliteStore(path, load_keyring(tmp_path / "keys.json")))
    return path


def refused(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([command]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1
    return said.err


def test_what_waits_is_listed_and_sent(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert main(["deliver"]) == 0
    assert capsys.readouterr().out.startswith("2 handed over")


@pytest.mark.parametrize("command", ["outbox", "deliver"])
def test_a_damaged_database(
    database: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    for each in database.parent.glob("cyfarfod*"):
        each.unlink()
    database.write_bytes(b"\x07 no database at all " * 1000)

    assert "is damaged" in refused(command, capsys)


@pytest.mark.parametrize("command", ["outbox", "deliver"])
def test_a_missing_database_is_not_made(
    database: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    for each in database.parent.glob("cyfarfod*"):
        each.unlink()

    assert "Check DATA_FOLDER" in refused(command, capsys)
    assert not database.exists()


@pytest.mark.parametrize("command", ["outbox", "deliver"])
def test_a_locked_database(
    database: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")

    assert "is locked by another program" in refused(command, capsys)


def test_a_database_that_may_only_be_read_is_listed_and_not_sent_from(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect  # root may write to any file, so the connection is opened to read
    monkeypatch.setattr(
        sqlite3, "connect", lambda file, **o: connect(f"file:{file}?mode=ro", uri=True, **o)
    )

    assert main(["outbox"]) == 0
    assert "2 dispatches." in capsys.readouterr().out
    assert "Let this user read and write" in refused("deliver", capsys)


@pytest.mark.parametrize("command", ["outbox", "deliver"])
def test_a_key_file_that_is_none(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "keys.json").write_text("[]", encoding="utf-8")

    assert "64 hexadecimal digits" in refused(command, capsys)


def test_a_request_sealed_under_another_key_is_not_sent(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keys.json").unlink()

    assert "0 handed over" in (main(["deliver"]), capsys.readouterr().out)[1]


def test_a_copy_is_made_and_put_back(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = str(tmp_path / "copy.sqlite3")
    assert main(["backup", copy]) == 0
    said = capsys.readouterr().out
    assert "Meeting requests: 1. Dispatches: 2. Waiting: 2." in said
    assert "keys.json" in said

    for each in database.parent.glob("cyfarfod*"):
        each.unlink()
    assert main(["restore", copy]) == 0
    capsys.readouterr()
    assert main(["outbox", "--json"]) == 0
    assert [row["attempts"] for row in json.loads(capsys.readouterr().out)] == [1, 1]


def test_a_copy_that_cannot_be_made_or_read_is_said_in_one_sentence(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["backup", str(database)], ["restore", str(tmp_path / "none")]):
        assert main(command) == 1
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
