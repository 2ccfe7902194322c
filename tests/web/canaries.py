"""Canaries: every box that holds words gets its own, to be looked for afterwards."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any
from xml.etree.ElementTree import Element

from flask import request

from tests.browser.cases import MANY_SIDED, Answers
from tests.meeting_requests.fakes import fields
from tests.web.conftest import World
from tests.web.practitioner import WORDS, Practitioner
from tests.web.procedure_cases import CHILD_MANY, SECTION_5

CASES: dict[str, tuple[str, Answers]] = {
    "adult with Section 5": ("adult", MANY_SIDED),
    "child with every linked meeting": ("child", CHILD_MANY),
    "Section 5": ("section-5", SECTION_5),
}
WRITTEN = {"text", "tel", "email", None}


class Canaries:
    """Types something of its own into every box that holds words, and remembers it."""

    def __init__(self) -> None:
        self.by_name: dict[str, str] = {}

    def fill(self, practitioner: Practitioner) -> Practitioner:
        typed: dict[str, Any] = {}
        for each in practitioner.form().iter():
            name, kind = each.get("name") or "", each.get("type")
            if each.tag == "textarea" or (each.tag == "input" and kind in WRITTEN):
                typed |= self._words(name, each)
            elif kind == "radio" and name not in typed:
                typed[name] = each.get("value")
        return practitioner.submit(**typed)

    def _words(self, name: str, control: Element) -> dict[str, str]:
        if re.search(r"-(day|month|year)$", name):
            part = name.rsplit("-", 1)[1]
            return {name: {"day": "2", "month": "3", "year": "2011"}[part]}
        if name not in self.by_name:
            self.by_name[name] = self._new(control, len(self.by_name))
        return {name: self.by_name[name]}

    def _new(self, control: Element, number: int) -> str:
        if control.get("type") == "tel":
            return f"029 2018 {number:04d}"
        if control.get("type") == "email":
            return f"zq{number:03d}v@canary.example"
        return f"Zq{number:03d}v"

    def found_in(self, text: str) -> list[str]:
        """The names of the boxes whose words stand in the text."""
        folded = text.casefold()
        return [
            name
            for name, value in self.by_name.items()
            if value.casefold() in folded or value.replace(" ", "").casefold() in folded
        ]


@contextmanager
def everything_recorded(world: World) -> Iterator[list[str]]:
    """Addresses asked for, and the headers of every answer."""
    seen: list[str] = []

    @world.app.before_request
    def note_address() -> None:
        seen.append(request.full_path)

    @world.app.after_request
    def note_headers(response: Any) -> Any:
        seen.extend(f"{name}: {value}" for name, value in response.headers.items())
        return response

    yield seen


def sent_by(world: World) -> list[EmailMessage]:
    names = world.services.mailer.names()  # type: ignore[attr-defined]
    return [world.services.mailer.read(each) for each in names]  # type: ignore[attr-defined]


def whole_journey(world: World, lang: str, which: str) -> Canaries:
    procedure, case = CASES[which]
    practitioner, canaries = world.practitioner(lang, procedure), Canaries()
    practitioner.start().answer_all(case)
    assert practitioner.status == 200, practitioner.errors()
    base = practitioner.path.partition("?")[0].rsplit("/", 1)[0]
    words = WORDS[lang]
    for number in range(len(fields().sections) + 1):
        page = f"{base}/{words['details']}/{number}?change=check"
        if practitioner.client.get(page).status_code == 200:
            canaries.fill(practitioner.get(page))
            assert practitioner.status == 200, (practitioner.path, practitioner.errors())
    practitioner.get(f"{base}/{words['check']}")
    practitioner.submit("send")
    assert practitioner.path.startswith(f"/{lang}/"), practitioner.errors()
    assert sent_by(world), practitioner.text
    return canaries


def parts_of(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """Each part of a mail and each file of a document in it, as text."""
    for part in message.walk():
        name = part.get_filename() or part.get_content_type()
        if part.is_multipart():
            continue
        content = part.get_content()
        if isinstance(content, str):
            yield name, content
        elif name.endswith(".docx"):
            archive = zipfile.ZipFile(io.BytesIO(content))
            for each in archive.namelist():
                yield f"{name}/{each}", archive.read(each).decode("utf-8", "replace")
        else:
            yield name, content.decode("utf-8")
