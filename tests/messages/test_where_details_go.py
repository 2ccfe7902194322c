"""Every detail is in the mails and attachments that the data name, and in no other."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tests.meeting_requests.fakes import TRUST_ANSWERS, FakeStore, fields, renderer, submit
from tests.messages.attached_cases import ATTACH, submission
from tests.scenarios.conftest import ordinary_of
from webapp.meeting_requests.details import Field
from webapp.meeting_requests.model import Dispatch, Submitted

ANSWERS: dict[str, dict[str, Any]] = {
    "adult": TRUST_ANSWERS,
    "child": ordinary_of("child") | {"raised-by": "public"},
    "section-5": ordinary_of("section-5") | {"raised-by": "public"},
}
WRITTEN = ("text", "long-text", "name", "phone")


def canary(*names: str) -> str:
    return "x".join(["c4n4ry", *names, "end"]).replace("-", "x")


def canary_of(field: Field) -> Any:
    """Something to find again, in every place where something is written."""
    if field.kind in WRITTEN:
        return canary(field.id)
    entry = {part.id: canary(field.id, part.id) for part in field.parts if part.kind in WRITTEN}
    people = {"role": "", "title": "Nurse", "name": "N", "contact": "", "change": "added"}
    return [entry] if field.kind == "record-list" else [people | {"reason": "Seen"} | entry]


def send(procedure: str) -> tuple[Submitted, list[Field]]:
    asked = [
        each
        for each in fields().of(procedure).fields.values()
        if each.kind in (*WRITTEN, "record-list", "person-list")
    ]
    details = {each.id: canary_of(each) for each in asked}
    store = FakeStore()
    receipt = submit(submission(ANSWERS[procedure], details, procedure), store, renderer().render)
    found = store.find(receipt.reference)
    assert found
    return found, [each for each in asked if each.id in found.request.details]


def attached(found: Submitted, dispatch: Dispatch) -> dict[str, str]:
    """The words of each attachment, by the end of its name."""
    contents = {}
    for each in ATTACH(found.request, dispatch).made:
        kind, text = each.filename.rpartition(".")[2], each.content
        if kind == "docx":
            with zipfile.ZipFile(io.BytesIO(each.content)) as document:
                text = document.read("word/document.xml")
        contents[kind] = text.decode().replace("\r\n ", "")
    return contents


def places(field: Field) -> list[tuple[str, tuple[str, ...], bool, bool]]:
    """Each canary of a field: its mails, and whether it may be in the data and in the record."""
    if field.kind in WRITTEN:
        return [(canary(field.id), field.mail, field.in_json, field.in_record)]
    return [
        (canary(field.id, part.id), part.mail, part.in_json, part.in_record)
        for part in field.parts
        if part.kind in WRITTEN
    ]


@pytest.mark.parametrize("procedure", ANSWERS)
def test_every_detail_goes_where_the_data_say_and_nowhere_else(procedure: str) -> None:
    found, asked = send(procedure)

    assert len(asked) > 40
    for dispatch in found.dispatches:
        mail = f"{dispatch.mail.text}{dispatch.mail.html}".replace("\n", "")
        files = attached(found, dispatch)
        assert {"json", "docx"} <= set(files)
        for word, mails, in_json, in_record in (each for one in asked for each in places(one)):
            here = dispatch.procedure in mails
            assert (word in mail) is here, (word, dispatch.procedure)
            assert (word in files["json"]) is (here and in_json), (word, dispatch.procedure)
            assert word not in files["docx"] or (here and in_record), (word, dispatch.procedure)
            assert not [kind for kind in files if kind == "ics" and word in files[kind]]


@pytest.mark.parametrize("procedure", ANSWERS)
def test_who_raised_it_of_the_public_is_in_one_mail_alone(procedure: str) -> None:
    found, asked = send(procedure)
    private = [canary(each.id) for each in asked if each.private]

    assert len(private) == 3
    for word in private:
        holding = [each for each in found.dispatches if word in each.mail.text]
        assert [each.procedure for each in holding] == [procedure]
        assert not [
            kind
            for each in found.dispatches
            for kind, text in attached(found, each).items()
            if word in text
        ]
