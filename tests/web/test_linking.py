"""Linked journeys: started with one press, with the answers both ask for, and tied together."""

from __future__ import annotations

import re

import pytest

from tests.browser.cases import DETAILS, SIMPLE, case
from tests.web.conftest import World
from tests.web.practitioner import Practitioner
from webapp.web.draft_cookies import MOST_DRAFTS


def start_linked(practitioner: Practitioner, procedure: str, form: str = "link") -> Practitioner:
    button = [
        each for each in practitioner.form(form).iter("button") if each.get("value") == procedure
    ]
    assert button, f"no button for {procedure}"
    return practitioner.submit(form, procedure=procedure)


def test_a_linked_journey_begins_with_what_happened_and_asks_about_the_person(
    world: World, lang: str
) -> None:
    practitioner = world.at_recommendation(lang, case(crime="yes"))
    first = practitioner.draft_id

    start_linked(practitioner, "adult")

    assert practitioner.draft_id != first
    asked = [question.id for question in practitioner.asked()]
    assert "crime" not in asked
    assert asked[0] in ("area-of-concern", "others-at-risk", "age")
    practitioner.answer_all(case(crime="no"))
    assert first in practitioner.link(first)


def test_a_linked_request_names_the_reference_of_the_one_sent_before(
    world: World, lang: str
) -> None:
    practitioner = world.at_recommendation(lang, SIMPLE)
    first = practitioner.path
    start_linked(practitioner, "adult")
    second = practitioner.path
    practitioner.get(first).fill_all(DETAILS[lang])
    practitioner.submit("send")
    reference = re.findall(r"CFD-\w{4}-\w{4}", practitioner.text)[0]

    practitioner.get(second).answer_all(SIMPLE)
    assert reference in practitioner.text
    practitioner.fill_all(DETAILS[lang] | {"person-name": "Rhywun Arall"})
    practitioner.submit("send")

    sent = list(world.store.requests.values())[-1][0]
    assert sent.request.linked_to == (reference,)
    assert reference in sent.dispatches[0].mail.text


def test_a_linked_draft_counts_among_the_four(world: World) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    page = practitioner.path
    for _ in range(MOST_DRAFTS - 1):
        start_linked(practitioner.get(page), "adult")

    start_linked(practitioner.get(page), "adult")

    assert practitioner.path == "/en/drafts"
    assert "Four drafts are open" in practitioner.text


@pytest.mark.parametrize("typed", [{"procedure": "no-such"}, {}])
def test_a_tampered_press_starts_nothing(world: World, typed: dict[str, str]) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    token = practitioner.typed("link")["token"]

    practitioner.post(practitioner.form("link").get("action") or "", {"token": token, **typed})
    assert practitioner.status == 422
    practitioner.post(practitioner.path, {"procedure": "adult", "token": "forged"})
    assert practitioner.status == 403


def test_every_meeting_has_a_pack_for_its_chair(world: World, lang: str) -> None:
    practitioner = world.at_recommendation(lang, case(position_of_trust="yes"))
    links = [
        each.get("href") or ""
        for each in practitioner.tree.iter("a")
        if "pack" in (each.get("href") or "") or "pecyn" in (each.get("href") or "")
    ]
    assert len(links) == 2

    for link in links:
        practitioner.get(link)
        assert practitioner.status == 200
        assert practitioner.tree.findall(".//ol")
    practitioner.get(links[0].rsplit("/", 1)[0] + "/3")
    assert practitioner.status == 404
