"""The golden files: what they should hold, and how they differ from it."""

from __future__ import annotations

import difflib
from pathlib import Path

from tests.meeting_requests.fakes import library
from tests.messages.golden.cases import CASES, mails, speech_of_the_catalogue
from webapp.meeting_requests.model import Dispatch
from webapp.messages.envelope import Sender

FOLDER = Path(__file__).parent / "mails"
CHECKSUM = "0123456789ab"  # in place of a tree's own: not every change of a tree is one of the mail


def acknowledge(dispatch: Dispatch, language: str) -> str:
    return f"https://cyfarfod.example/{language}/confirm/{dispatch.reference.lower()}"


def sender() -> Sender:
    return Sender("cyfarfod@cyfarfod.example", speech_of_the_catalogue(), acknowledge)


def dispatches() -> dict[str, Dispatch]:
    """By the name of their files: the case, the number of the mail, and its procedure."""
    return {
        f"{case}-{number}-{each.procedure}": each
        for case in CASES
        for number, each in enumerate(mails(case), 1)
    }


def written() -> dict[str, str]:
    """The content of each golden file: the text part below its headers, and the page part."""
    files = {}
    for name, dispatch in dispatches().items():
        message = sender().assemble(dispatch, 1)
        text, page = message.get_body(("plain",)), message.get_body(("html",))
        assert text
        assert page
        headers = [f"{header}: {value}" for header, value in message.items() if _kept(header)]
        files[f"{name}.txt"] = _plain("\n".join([*headers, "", str(text.get_content())]))
        files[f"{name}.html"] = _plain(str(page.get_content()))
    return files


def differences() -> list[str]:
    """One text for each file that is missing, left over or different."""
    wanted = written()
    found = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.*")}
    return [
        "\n".join(_compared(name, found.get(name, ""), wanted.get(name, "")))
        for name in sorted({*wanted, *found})
        if found.get(name) != wanted.get(name)
    ]


def _compared(name: str, found: str, wanted: str) -> list[str]:
    parts = (found.splitlines(), wanted.splitlines(), f"{name} as kept", f"{name} as it is now")
    return list(difflib.unified_diff(*parts, lineterm="", n=1))


def _kept(header: str) -> bool:
    return header not in ("Content-Type", "MIME-Version")


def _plain(content: str) -> str:
    for procedure in library().procedures.values():
        content = content.replace(procedure.digest, CHECKSUM)
    return content.replace("\r\n", "\n")
