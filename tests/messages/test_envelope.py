from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

import pytest

from tests.meeting_requests.fakes import (
    DETAILS,
    LANGUAGES,
    FakeStore,
    a_submission,
    renderer,
    submit,
)
from webapp.meeting_requests.model import ACK_LINK, Dispatch
from webapp.messages.envelope import Sender

LINK = "http://s.example/confirm"
SENDER = Sender("cyfarfod@service.example", LANGUAGES, acknowledge=lambda *_: LINK)
NO_LINK = Sender("cyfarfod@service.example", LANGUAGES)


def written(body: str) -> str:
    """A stored body with the link where its mark stands."""
    return body.replace(ACK_LINK, LINK)


@pytest.fixture(scope="module")
def dispatch() -> Dispatch:
    found: Dispatch = submit(a_submission(), FakeStore(), renderer().render).dispatches[0]
    return found


def test_the_message_has_both_parts_and_reads_back_as_it_was_written(dispatch: Dispatch) -> None:
    data = SENDER.assemble(dispatch, 1).as_bytes()
    message = email.message_from_bytes(data, policy=email.policy.default)

    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    assert text.get_content().replace("\r\n", "\n") == written(dispatch.mail.text)
    assert html.get_content().replace("\r\n", "\n") == written(dispatch.mail.html)
    assert message["Subject"] == dispatch.mail.subject
    assert message["To"] == "adults.duty@cardiff.example"
    assert message["Content-Language"] == "en, cy"
    assert message["Auto-Submitted"] == "auto-generated"
    assert all(len(line) < 998 for line in data.splitlines())


def test_the_same_dispatch_and_attempt_give_the_same_headers(dispatch: Dispatch) -> None:
    first, again = SENDER.assemble(dispatch, 1), SENDER.assemble(dispatch, 1)

    kept = [header for header in first if header != "Content-Type"]
    assert [first[header] for header in kept] == [again[header] for header in kept]
    assert first["Message-ID"] == f"<{dispatch.reference}.1@service.example>"


def test_a_copy_is_labelled_in_both_languages_and_answers_the_first(dispatch: Dispatch) -> None:
    first, copy = SENDER.assemble(dispatch, 1), SENDER.assemble(dispatch, 2)

    assert copy["Message-ID"] == f"<{dispatch.reference}.2@service.example>"
    assert copy["In-Reply-To"] == first["Message-ID"]
    assert copy["References"] == f"{first['References']} {first['Message-ID']}"
    assert copy["Subject"] == first["Subject"]
    assert body(copy, "plain").startswith(
        "This is copy 2 of the same request. Nothing has changed.\n"
        "¦This is copy 2 of the same request. Nothing has changed.\n"
    )
    note = "This is copy 2 of the same request. Nothing has changed.</p>"
    for code, mark in (("en", ""), ("cy", "¦")):
        assert f'<p lang="{code}" style="margin:8px 12px">{mark}{note}' in body(copy, "html")


def test_everything_about_one_request_is_in_one_thread(dispatch: Dispatch) -> None:
    linked = SENDER.assemble(replace(dispatch, reference=f"{dispatch.family}-2"), 1)
    receipt = SENDER.assemble(replace(dispatch, reference="CFD-R", kind="receipt"), 1)
    correction = SENDER.assemble(
        replace(dispatch, reference="CFD-C-1", family="CFD-C", corrects=dispatch.reference), 1
    )
    passed_on = SENDER.assemble(replace(dispatch, reference="CFD-P", passed_from="CFD-Q-1"), 2)

    family = f"<{dispatch.family}@service.example>"
    first = SENDER.assemble(dispatch, 1)
    assert first["References"] == linked["References"] == receipt["References"] == family
    assert first["In-Reply-To"] is None
    assert correction["In-Reply-To"] == first["Message-ID"]
    assert correction["References"].split() == [
        "<CFD-C@service.example>",
        f"<{dispatch.reference}@service.example>",
        first["Message-ID"],
    ]
    assert passed_on["References"].split()[1:] == [
        "<CFD-Q-1@service.example>",
        "<CFD-Q-1.1@service.example>",
        "<CFD-P.1@service.example>",
    ]


def test_a_copy_of_a_receipt_does_not_call_itself_a_request(dispatch: Dispatch) -> None:
    receipt = SENDER.assemble(replace(dispatch, kind="receipt"), 3)

    assert body(receipt, "plain").startswith("This is copy 3 of the same mail.")


def test_headers_hold_nothing_that_was_typed(dispatch: Dispatch) -> None:
    message = SENDER.assemble(dispatch, 2)
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())

    for value in DETAILS.values():
        assert str(value) not in headers


def test_only_an_urgent_mail_asks_for_attention(dispatch: Dispatch) -> None:
    assert SENDER.assemble(dispatch, 1)["Importance"] is None
    assert SENDER.assemble(replace(dispatch, urgent=True), 1)["Importance"] == "high"


@pytest.mark.parametrize("to", ["a@x.example,b@y.example", "a@x.example>", "a@x.example\nBcc: b@y"])
def test_an_address_is_one_address_or_no_mail(dispatch: Dispatch, to: str) -> None:
    with pytest.raises((ValueError, IndexError, email.errors.HeaderParseError)):
        SENDER.assemble(replace(dispatch, to=to), 1)


def test_a_dispatch_for_the_telephone_has_no_message(dispatch: Dispatch) -> None:
    with pytest.raises(ValueError, match="telephone only"):
        SENDER.assemble(replace(dispatch, to=None), 1)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def with_link(dispatch: Dispatch) -> Dispatch:
    """One half in each language; the address stands twice in each half of the HTML."""
    half = f'<a href="{ACK_LINK}">Confirm</a> {ACK_LINK}'
    mail = replace(
        dispatch.mail,
        text=f"Confirm:\n{ACK_LINK}\nEnd\n\nCadarnhau:\n{ACK_LINK}\nDiwedd\n",
        html=f"<html><body>{half}<hr>{half}</body></html>",
    )
    return replace(dispatch, mail=mail)


def test_each_half_links_to_the_acknowledge_page_in_its_own_language(dispatch: Dispatch) -> None:
    sender = replace(SENDER, acknowledge=lambda each, code: f"http://s/{code}/?a=1&b={each.family}")
    family = dispatch.family

    message = sender.assemble(with_link(dispatch), 1)
    text, html = (body(message, kind) for kind in ("plain", "html"))

    assert text.startswith(f"Confirm:\nhttp://s/en/?a=1&b={family}\nEnd\n")
    assert f"Cadarnhau:\nhttp://s/cy/?a=1&b={family}\nDiwedd\n" in text
    first, second = html.split("<hr>")
    assert first.count(f"http://s/en/?a=1&amp;b={family}") == 2
    assert second.count(f"http://s/cy/?a=1&amp;b={family}") == 2
    assert ACK_LINK not in text + html


def test_a_mail_that_nobody_can_acknowledge_has_no_marker_left(dispatch: Dispatch) -> None:
    for sender in (NO_LINK, replace(SENDER, acknowledge=lambda *_each: None)):
        message = sender.assemble(with_link(dispatch), 1)
        text, html = (body(message, kind) for kind in ("plain", "html"))

        assert text.startswith("Confirm:\nEnd\n")
        assert "acknowledge" not in text + html
        assert "\x02" not in text + html
