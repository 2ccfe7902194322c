"""What can be set from outside, read once at start. The only reader of the environment."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
STORES = ("sqlite", "dynamodb")
MAILERS = ("folder", "smtp", "ses")
_ADDRESS = re.compile(r"[^\s@<>\"',;:]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?|https?://\[[0-9a-fA-F:]+\](:\d+)?")


class SettingsError(Exception):
    """Every problem found, one sentence each in `problems`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """`host` is the address that the server binds to; `origin` is how people reach it."""

    host: str
    port: int
    origin: str
    store: str
    mailer: str
    data_folder: Path
    key_file: Path
    compiled_folder: Path
    translations_folder: Path
    mail_from: str
    behind_https: bool
    draft_hours: int
    draft_days: int
    approved_only: bool

    @property
    def warnings(self) -> list[str]:
        """What is allowed but should be known to whoever starts the service."""
        reached = urlsplit(self.origin).hostname or ""
        if self.approved_only or (self.on_loopback and is_loopback(reached)):
            return []
        return [
            "APPROVED_ONLY is false where others can reach the service: procedures that nobody has"
            " approved are served, with a notice on every page and in every mail."
        ]

    @property
    def database(self) -> Path:
        return self.data_folder / "cyfarfod.sqlite3"

    @property
    def mail_folder(self) -> Path:
        return self.data_folder / "mailbox"

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def has_mailbox(self) -> bool:
        """Whether mails are files that `/mailbox` shows."""
        return self.mailer == "folder" and self.on_loopback

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Raises SettingsError with every problem at once. No value is ever shown in full."""
        reader = _Reader(environment)
        host = reader.text("BIND", "127.0.0.1")
        port = reader.number("PORT", 8000, 0, 65535)
        origin = reader.origin("ORIGIN", f"http://{_in_url(host)}:{port}")
        settings = cls(
            host=host,
            port=port,
            origin=origin,
            store=reader.choice("STORE", STORES),
            mailer=reader.choice("MAILER", MAILERS),
            data_folder=reader.folder("DATA_FOLDER", ROOT / "var" / "data"),
            key_file=reader.folder("KEY_FILE", ROOT / "var" / "keys" / "keys.json"),
            compiled_folder=reader.folder("COMPILED_FOLDER", ROOT / "webapp" / "compiled"),
            translations_folder=reader.folder("TRANSLATIONS_FOLDER", ROOT / "translations"),
            mail_from=reader.address("MAIL_FROM", "cyfarfod@cyfarfod.example"),
            behind_https=origin.startswith("https://"),
            draft_hours=reader.number("DRAFT_HOURS", 24, 1, 24 * 7),
            draft_days=reader.number("DRAFT_DAYS", 7, 1, 28),
            approved_only=reader.truth("APPROVED_ONLY", default=not is_loopback(host)),
        )
        problems = reader.problems + _together(settings)
        if "AWS_LAMBDA_FUNCTION_NAME" in environment and settings.store == "sqlite":
            problems.append("STORE: sqlite cannot be used in Lambda; use dynamodb.")
        if problems:
            raise SettingsError(problems)
        return settings


# Every variable that is read, for the documentation and its test.
NAMES = (
    "BIND",
    "PORT",
    "ORIGIN",
    "STORE",
    "MAILER",
    "DATA_FOLDER",
    "KEY_FILE",
    "COMPILED_FOLDER",
    "TRANSLATIONS_FOLDER",
    "MAIL_FROM",
    "DRAFT_HOURS",
    "DRAFT_DAYS",
    "APPROVED_ONLY",
)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _together(settings: Settings) -> list[str]:
    """What is wrong between settings that are right one by one."""
    problems = []
    if settings.mailer == "folder" and not settings.on_loopback:
        problems.append(
            "MAILER: folder writes mails to files that anybody at /mailbox could read, so it works"
            " only with BIND on this machine (127.0.0.1). Use smtp or ses, or change BIND."
        )
    if settings.key_file.resolve().is_relative_to(settings.data_folder.resolve()):
        problems.append(
            "KEY_FILE: the keys lie inside DATA_FOLDER, so a copy of the data would hold its own"
            " keys. Put them elsewhere."
        )
    return problems


class _Reader:
    """Reads one variable at a time and collects what is wrong."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self.environment.get(name, "").strip() or default

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
            self.problems.append(f"{name}: give a number from {least} to {most}.")
            return default
        return int(value)

    def truth(self, name: str, default: bool) -> bool:
        value = self.text(name, str(default)).lower()
        if value not in ("true", "false"):
            self.problems.append(f"{name}: write true or false.")
        return value == "true"

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name, known[0])
        if value not in known:
            self.problems.append(f"{name}: use one of {', '.join(known)}.")
        return value

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default)))

    def address(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not _ADDRESS.fullmatch(value):
            self.problems.append(f"{name}: give one mail address, such as name@service.example.")
        return value

    def origin(self, name: str, default: str) -> str:
        value = self.text(name, default).rstrip("/")
        if not _ORIGIN.fullmatch(value):
            self.problems.append(
                f"{name}: give the address that people use, such as https://service.example,"
                " without a path."
            )
        return value
