"""After sending: the receipt, and a correction with the draft. In both languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.cases import DETAILS, URGENT
from tests.web.after_sending import (
    change_a_detail,
    reference_of,
    sent_by,
    stored,
    token_of,
    words_of,
)
from tests.web.conftest import World
from tests.web.test_draft_life import code_on
from webapp.meeting_requests.model import CORRECTION, RECEIPT, REQUEST
from webapp.meeting_requests.ports import DeliveryRefused


def test_the_status_page_tells_of_the_receipt_without_the_address(world: World, lang: str) -> None:
    practitioner = sent_by(world, lang)

    (request,) = stored(world)
    assert [each.kind for each in request.dispatches] == [REQUEST, RECEIPT]
    assert "Sent to your address at" in practitioner.text
    assert DETAILS[lang]["requester-email"] not in practitioner.text
    receipt = request.dispatches[-1]
    assert f"http://localhost{practitioner.path}" in receipt.mail.text
    assert receipt.languages == (lang,)


def test_a_receipt_that_fails_does_not_make_the_request_fail(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailer = world.services.mailer
    send = type(mailer).send

    def refuse(self: Any, message: Any) -> None:
        if DETAILS["en"]["requester-email"] in str(message["To"]):
            raise DeliveryRefused
        send(self, message)

    monkeypatch.setattr(type(mailer), "send", refuse)
    practitioner = sent_by(world, "en")

    assert practitioner.heading == "Your request is sent"
    assert "It could not be sent to your address" in practitioner.text


def test_the_check_page_says_that_a_receipt_goes_only_where_it_does(world: World) -> None:
    assert "A receipt goes to your own address" in world.at_check("en").text
    kept_off = world.at_check("en", **{"requester-email-keep-off": "keep-off"})
    assert "A receipt goes" not in kept_off.text


def test_a_correction_says_on_every_page_what_it_corrects_and_sends_what_changed(
    world: World, lang: str
) -> None:
    practitioner = sent_by(world, lang)
    first = reference_of(practitioner)

    practitioner.submit("correct")
    assert practitioner.path.endswith(words_of(practitioner, "check"))
    assert first in practitioner.text
    assert not [each for each in practitioner.tree.iter("form") if each.get("id") == "send"]
    change_a_detail(practitioner, concern_what="Y fraich chwith.")
    assert first in practitioner.text
    assert "Y fraich chwith." in practitioner.text
    assert DETAILS[lang]["concern-what"].split("\n", maxsplit=1)[0] in practitioner.text
    practitioner.submit("send")

    assert practitioner.status == 200
    correction = stored(world)[-1]
    assert correction.request.corrects == first
    assert [each.id for each in correction.request.changes] == ["concern-what"]
    assert correction.dispatches[0].kind == CORRECTION
    assert "Y fraich chwith." in correction.dispatches[0].mail.text
    assert first in practitioner.text, "the status page names what it corrects"
    practitioner.get(practitioner.path.replace(reference_of(practitioner), first))
    assert correction.request.reference in practitioner.text


def test_a_correction_without_a_difference_is_not_sent(world: World) -> None:
    practitioner = sent_by(world, "en")
    practitioner.submit("correct")

    assert "Nothing yet" in practitioner.text
    typed = {"token": token_of(practitioner), "key": "x", "shown": "x"}
    practitioner.post(practitioner.path, typed)

    assert practitioner.status == 422
    assert len(stored(world)) == 1


def test_what_an_urgent_request_left_out_is_added_at_once(world: World, lang: str) -> None:
    practitioner = world.at_recommendation(lang, URGENT)
    practitioner.get(practitioner.link(f"/{words_of(practitioner, 'details')}"))
    practitioner.fill_details(DETAILS[lang])
    practitioner.submit("send")
    assert "Add the rest now" in practitioner.text

    practitioner.submit("correct")

    assert practitioner.status == 200
    assert reference_of(practitioner) != "status"
    (first,) = stored(world)
    assert first.request.reference in practitioner.text


def test_a_draft_that_was_resumed_by_its_code_can_be_made_a_correction(world: World) -> None:
    practitioner = world.at_check("en")
    check = practitioner.path
    details = practitioner.get(f"{check.rsplit('/', 1)[0]}/details/1")
    code = code_on(details)
    practitioner.get(check)
    practitioner.submit("send")
    first = reference_of(practitioner)
    stranger = world.practitioner("en")

    stranger.get("/en/resume").submit(code=code)
    stranger.get(f"/en/journey/{stranger.path.split('/')[3]}/check")
    assert first in stranger.text
    stranger.submit("correct")

    assert "This corrects or adds to request" in stranger.text
    change_a_detail(stranger, concern_what="Y fraich chwith.").submit("send")
    assert stored(world)[-1].request.corrects == first
