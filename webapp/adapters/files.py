"""Files on this machine: the folder of mails and the key file."""

from __future__ import annotations

import email
import email.policy
import json
import os
import secrets
import tempfile
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from webapp.meeting_requests.ports import DeliveryFailed


class FolderMailer:
    """Writes each mail as an .eml file that `/mailbox` shows. For this machine only."""

    def __init__(self, folder: Path, loopback: bool) -> None:
        """`loopback`: whether only this machine can reach the server; it must be so."""
        if not loopback:
            raise ValueError("The folder mailer works only where nobody else can reach /mailbox.")
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def send(self, message: EmailMessage) -> None:
        """A mail sent again under the same Message-ID takes the place of the first."""
        moment = parsedate_to_datetime(message["Date"])
        name = message["Message-ID"].strip("<>").partition("@")[0]
        target = self._folder / f"{moment:%Y%m%dT%H%M%SZ}-{name}.eml"
        try:
            _write_whole(target, message.as_bytes(policy=email.policy.SMTP))
        except OSError as error:
            raise DeliveryFailed from error

    def names(self) -> list[str]:
        """The names of all mails, the newest first."""
        return sorted((path.name for path in self._folder.glob("*.eml")), reverse=True)

    def read(self, name: str) -> EmailMessage | None:
        """The mail with one of `names()`, or None."""
        if name not in self.names():
            return None
        data = (self._folder / name).read_bytes()
        return email.message_from_bytes(data, EmailMessage, policy=email.policy.default)


class KeyFileError(Exception):
    """The key file cannot be used; the message says why and what to do."""


def load_keyring(path: Path) -> dict[str, bytes]:
    """The keys of `path`, which is made, for its owner only, when it is not there."""
    if not path.exists():
        _make_key_file(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KeyFileError(f"Others can read {path.name}. Run: chmod 600 {path.name}")
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))
        keyring = {str(each["id"]): bytes.fromhex(each["key"]) for each in keys}
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(f"{path.name} is not a list of keys with an id and a key.") from error
    if not keyring or any(len(key) != 32 for key in keyring.values()):
        raise KeyFileError(f"{path.name} must hold keys of 64 hexadecimal digits.")
    return keyring


def _make_key_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = [{"id": secrets.token_hex(4), "key": secrets.token_hex(32)}]
    _write_whole(path, json.dumps(keys, indent=1).encode(), keep_existing=True)


def _write_whole(target: Path, data: bytes, keep_existing: bool = False) -> None:
    """The file appears complete or not at all, and only its owner can read it."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if not keep_existing:
            os.replace(temporary, target)
        elif not target.exists():  # two servers may start at once: the first one's keys stay
            with suppress(FileExistsError):
                os.link(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)
