"""What goes with a mail: each file by itself, and a mail never waits for one."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from tests.meeting_requests.fakes import (
    DETAILS,
    LANGUAGES,
    NOW,
    FakeMailer,
    FakeStore,
    a_submission,
    renderer,
    submit,
)
from tests.messages.attached_cases import ATTACH, cases
from tests.messages.test_request_json import VALIDATOR
from webapp.meeting_requests.delivering import Deliveries, deliver_pending
from webapp.meeting_requests.model import CALENDAR, DATA, RECEIPT, RECORD, WITHDRAWAL, Attached
from webapp.messages import attachments, envelope
from webapp.messages.envelope import Sender

ASSEMBLE = Sender("cyfarfod@service.example", LANGUAGES).assemble
TRUST = "adult and section 5"
SORRY = {
    DATA: "The data file (JSON) could not be attached. This mail itself is complete.",
    CALENDAR: "The draft for the calendar could not be attached. This mail itself is complete.",
    RECORD: "The record to fill in (Word) could not be attached. This mail itself is complete.",
}
MAKERS = {DATA: "request_json", CALENDAR: "calendar_draft", RECORD: "meeting_record"}


def names(message: EmailMessage) -> list[str]:
    return [part.get_filename() or "" for part in message.iter_attachments()]


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    """Without its line breaks, which stand where a line was full."""
    part = message.get_body((kind,))
    assert part
    return " ".join(part.get_content().split())


def delivered(store: FakeStore, attach: Any = ATTACH) -> list[EmailMessage]:
    mailer = FakeMailer()
    result = deliver_pending(store, mailer, ASSEMBLE, attach, NOW)
    assert result == Deliveries(handed_over=len(mailer.sent))
    return mailer.sent


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    submit(a_submission(), store, renderer().render)
    return store


def test_each_team_gets_data_a_calendar_draft_and_a_record_in_each_language(
    store: FakeStore,
) -> None:
    ((submitted, *_),) = store.requests.values()
    family = submitted.request.reference
    adult, trust = delivered(store)

    assert names(adult) == [
        f"{family}-1.json",
        f"{family}-1-adult.ics",
        f"{family}-1-adult-record-en.docx",
        f"{family}-1-adult-record-cy.docx",
    ]
    assert names(trust)[1] == f"{family}-2-section-5.ics"
    types = [part["Content-Type"].content_type for part in adult.iter_attachments()]
    assert types[:2] == ["application/json", "text/calendar"]
    assert all(part.get_content_disposition() == "attachment" for part in adult.iter_attachments())
    assert text_of(adult).count("could not be attached") == 0


def test_a_calendar_part_names_its_characters_and_no_method(store: FakeStore) -> None:
    part = list(delivered(store)[0].iter_attachments())[1]

    assert part["Content-Type"].params == {"charset": "utf-8"}
    assert "Nobody has been invited" in part.get_content().replace("\r\n ", "")


@pytest.mark.parametrize("kind", MAKERS)
def test_one_that_cannot_be_made_is_left_out_and_the_mail_says_so(
    store: FakeStore,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_args: object) -> None:
        raise ValueError(DETAILS["person-name"])

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(attachments, MAKERS[kind], fail)
    adult, _trust = delivered(store)

    left = {DATA: 3, CALENDAR: 3, RECORD: 2}[kind]
    assert len(names(adult)) == left
    for form in ("plain", "html"):
        words = text_of(adult, form)
        assert words.count(SORRY[kind]) == 2  # once in each language
        assert f"¦{SORRY[kind]}" in words
        assert not [other for other, sorry in SORRY.items() if other != kind and sorry in words]
    assert kind in caplog.text
    assert "ValueError" in caplog.text
    assert DETAILS["person-name"] not in caplog.text


def test_a_mail_goes_even_if_nothing_can_be_attached(
    store: FakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object) -> Attached:
        raise MemoryError(DETAILS["person-name"])

    adult, _trust = delivered(store, fail)

    assert names(adult) == []
    assert all(text_of(adult).count(sorry) == 2 for sorry in SORRY.values())
    assert "MemoryError" in caplog.text
    assert DETAILS["person-name"] not in caplog.text


def test_a_mail_goes_even_if_the_request_cannot_be_read(store: FakeStore) -> None:
    store.find = lambda _reference: None  # type: ignore[method-assign]

    assert SORRY[RECORD] in text_of(delivered(store)[0])


def test_a_copy_has_the_same_files(store: FakeStore) -> None:
    ((submitted, *_),) = store.requests.values()
    dispatch = submitted.dispatches[0]
    first, second = (ATTACH(submitted.request, dispatch) for _ in range(2))

    assert [each.filename for each in first.made] == [each.filename for each in second.made]
    assert first.made[:2] == second.made[:2]


@pytest.mark.parametrize("kind", [RECEIPT, WITHDRAWAL])
def test_nothing_goes_with_a_receipt_or_a_withdrawal(store: FakeStore, kind: str) -> None:
    ((reference, (submitted, key, content)),) = store.requests.items()
    dispatches = tuple(replace(each, kind=kind) for each in submitted.dispatches)
    store.requests[reference] = (replace(submitted, dispatches=dispatches), key, content)

    assert [names(each) for each in delivered(store)] == [[], []]


def test_a_message_without_a_journey_has_nothing_to_attach() -> None:
    found = cases()[TRUST]
    message = replace(found.request, recommendation={}, journey=(), details={"message": "Help"})

    assert ATTACH(message, found.dispatches[0]) == Attached()


def test_a_tree_that_has_changed_since_does_not_matter() -> None:
    """Questions, options, flags and rules may be gone: what was sent is what was kept."""
    found = cases()[TRUST]
    procedure = ATTACH.library.procedures["adult"]
    emptied = replace(procedure, sequence=(), flags=(), rules=())
    library = replace(ATTACH.library, procedures={**ATTACH.library.procedures, "adult": emptied})
    attached = replace(ATTACH, library=library)(found.request, found.dispatches[0])

    assert not attached.missing
    assert len(attached.made) == 4
    data = json.loads(attached.made[0].content)
    assert not list(VALIDATOR.iter_errors(data))
    answers = {each["id"]: each for each in data["answers"]}
    assert answers["concern-identified"]["moment"] == "2026-06-01T10:00:00+01:00"
    assert answers["setting"]["options"] == [{"id": "care-home", "text": "care-home"}]


@pytest.mark.parametrize("name", cases())
def test_no_attachment_is_larger_than_a_mailbox_minds(name: str) -> None:
    for dispatch in cases()[name].dispatches:
        attached = ATTACH(cases()[name].request, dispatch)
        assert sum(len(each.content) for each in attached.made) < 250_000


def test_names_of_files_hold_nothing_that_was_typed_and_are_ascii() -> None:
    for found in cases().values():
        for dispatch in found.dispatches:
            for each in ATTACH(found.request, dispatch).made:
                assert each.filename.isascii()
                assert each.filename.startswith(dispatch.reference)
                assert " " not in each.filename


def test_starting_the_service_does_not_load_what_only_delivery_needs() -> None:
    code = (
        "import sys, webapp.web, webapp.bootstrap, webapp.cli;"
        "print([m for m in ('docx', 'icalendar', 'lxml', 'jsonschema', 'vobject')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_words_for_what_is_missing_are_whole_sentences() -> None:
    said = {kind: envelope._missing(LANGUAGES["en"], kind) for kind in SORRY}

    assert said == SORRY
