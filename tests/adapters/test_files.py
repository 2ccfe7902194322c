"""The folder of mails and the key file."""

from __future__ import annotations

import json
import os
import stat
import threading
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.meeting_requests.fakes import LANGUAGES, FakeStore, a_submission, submit
from webapp.adapters.files import FolderMailer, KeyFileError, load_keyring
from webapp.meeting_requests.ports import DeliveryFailed
from webapp.messages.envelope import Sender


def a_message(attempt: int = 1) -> EmailMessage:
    dispatch = submit(a_submission(), FakeStore()).dispatches[0]
    dispatch = replace(dispatch, reference="CFD-AA3A-A3AA-1")
    return Sender("cyfarfod@service.example", LANGUAGES).assemble(dispatch, attempt)


def test_a_mail_becomes_a_file_that_a_mail_program_can_open(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mailbox", loopback=True)

    mailer.send(a_message())

    (name,) = mailer.names()
    assert name == "20260611T093000Z-CFD-AA3A-A3AA-1.1.eml"
    message = mailer.read(name)
    assert message
    assert message["To"] == "adults.duty@cardiff.example"
    assert message.get_body(("plain",))
    assert message.get_body(("html",))
    assert stat.S_IMODE((tmp_path / "mailbox" / name).stat().st_mode) == 0o600


def test_the_same_attempt_twice_is_one_file_and_a_copy_is_another(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path, loopback=True)

    for attempt in (1, 1, 2):
        mailer.send(a_message(attempt))

    assert len(mailer.names()) == 2


@pytest.mark.parametrize("name", ["../secret", "secret.txt", "", "/etc/passwd", ".hidden.eml"])
def test_only_mails_of_the_folder_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("no")
    (tmp_path / "mailbox").mkdir()
    (tmp_path / "mailbox" / "secret.txt").write_text("no")

    assert FolderMailer(tmp_path / "mailbox", loopback=True).read(name) is None


def test_a_folder_that_is_gone_is_a_failure_to_try_again(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mailbox", loopback=True)
    (tmp_path / "mailbox").rmdir()

    with pytest.raises(DeliveryFailed):
        mailer.send(a_message())


def test_the_folder_is_refused_where_others_could_reach_the_mailbox(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nobody else"):
        FolderMailer(tmp_path, loopback=False)


def test_keys_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "keys.json"

    first = load_keyring(path)

    assert load_keyring(path) == first
    assert [len(key) for key in first.values()] == [32]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_servers_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    found: list[dict[str, bytes]] = []
    threads = [threading.Thread(target=lambda: found.append(load_keyring(path))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 12
    assert all(each == found[0] for each in found)
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


def test_the_first_key_of_the_file_is_the_one_that_seals(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    keys = [{"id": "new", "key": "22" * 32}, {"id": "old", "key": "11" * 32}]
    path.write_text(json.dumps(keys))
    path.chmod(0o600)

    assert next(iter(load_keyring(path))) == "new"


@pytest.mark.parametrize("text", ["", "{}", "[]", '[{"id": "a", "key": "11"}]', '[{"id": "a"}]'])
def test_a_key_file_that_cannot_be_used_is_named_and_not_replaced(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text)
    path.chmod(0o600)

    with pytest.raises(KeyFileError, match=r"keys\.json"):
        load_keyring(path)
    assert path.read_text() == text


@pytest.mark.skipif(os.name != "posix", reason="other systems have other permissions")
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    load_keyring(path)
    path.chmod(0o644)

    with pytest.raises(KeyFileError, match="chmod 600"):
        load_keyring(path)
