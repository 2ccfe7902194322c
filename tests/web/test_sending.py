"""Sending: once, never twice unasked, never as if it had been when it had not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.cases import DETAILS, MANY_SIDED, SIMPLE, case
from tests.web.conftest import World
from tests.web.page_checks import words
from tests.web.practitioner import WORDS, Practitioner
from webapp.meeting_requests.model import RECEIPT
from webapp.meeting_requests.ports import DeliveryFailed


@pytest.fixture
def at_check(world: World, lang: str) -> Practitioner:
    return world.at_check(lang)


def reference_on(practitioner: Practitioner) -> str:
    found = next(e for e in practitioner.tree.iter("span") if e.get("class") == "cyf-reference")
    return words(found)


def cookies_of(practitioner: Practitioner) -> dict[str, str]:
    return {each.key: each.value for each in list(practitioner.client._cookies.values())}


def test_sending_leads_to_a_status_page_that_says_no_more_than_is_so(
    world: World, at_check: Practitioner
) -> None:
    at_check.submit("send")

    reference = reference_on(at_check)
    assert at_check.path.endswith(reference)
    assert "029 2018 0130" in at_check.text
    assert list(world.store.requests) == [reference]


def test_pressing_twice_is_one_request(world: World, at_check: Practitioner) -> None:
    page, typed = at_check.path, at_check.typed("send")
    before = cookies_of(at_check)

    at_check.post(page, typed)
    first = reference_on(at_check)
    for name, value in before.items():  # as a second press that left before the first answer
        at_check.client.set_cookie(name, value)
    at_check.post(page, typed)

    assert reference_on(at_check) == first
    assert len(world.store.requests) == 1


def test_back_and_send_again_leads_to_the_same_status(world: World, at_check: Practitioner) -> None:
    page, typed = at_check.path, at_check.typed("send")
    at_check.post(page, typed)
    first = reference_on(at_check)

    at_check.post(page, typed)
    assert reference_on(at_check) == first
    at_check.get(page)
    assert reference_on(at_check) == first
    assert len(world.store.requests) == 1


def test_the_same_content_from_a_new_page_is_asked_about_and_not_blocked(
    world: World, at_check: Practitioner
) -> None:
    page, before = at_check.path, cookies_of(at_check)
    at_check.submit("send")
    first = reference_on(at_check)
    for name, value in before.items():
        at_check.client.set_cookie(name, value)

    at_check.get(page).submit("send")
    assert first in at_check.text
    assert len(world.store.requests) == 1

    form = next(
        f
        for f in at_check.tree.iter("form")
        if any(i.get("name") == "again" for i in f.iter("input"))
    )
    at_check.post(page, {i.get("name"): i.get("value") for i in form.iter("input")})
    assert len(world.store.requests) == 2
    assert reference_on(at_check) != first


def test_the_same_page_with_other_content_is_not_sent(world: World) -> None:
    practitioner = world.at_check("en", SIMPLE)
    page, before, typed = practitioner.path, cookies_of(practitioner), practitioner.typed("send")
    practitioner.submit("send")
    for name, value in before.items():
        practitioner.client.set_cookie(name, value)
    practitioner.get(page.replace("check", "details/1") + "?change=check")
    practitioner.fill_details({"concern-what": "Something else", "concern-last-incident": "Today"})
    assert practitioner.path == page

    now = practitioner.typed("send")
    practitioner.post(page, typed | {"shown": now["shown"]})

    assert practitioner.status == 409
    assert len(world.store.requests) == 1


@pytest.fixture
def lost_answer(world: World, at_check: Practitioner) -> Practitioner:
    """Sent, but the answer never came; a detail has been changed since. On the check page."""
    page, before, typed = at_check.path, cookies_of(at_check), at_check.typed("send")
    at_check.client.post(page, data=typed)
    for name in cookies_of(at_check):
        at_check.client.delete_cookie(name)
    for name, value in before.items():
        at_check.client.set_cookie(name, value)
    details = WORDS[at_check.lang]["details"]
    at_check.get(f"{page.rsplit('/', 1)[0]}/{details}/1?change=check")
    at_check.fill_details({"concern-what": "Rhywbeth arall", "concern-last-incident": "Heddiw"})
    at_check.old_page = typed  # type: ignore[attr-defined]
    return at_check


def test_a_page_that_did_send_never_says_that_nothing_was_sent(
    world: World, lost_answer: Practitioner
) -> None:
    (reference,) = world.store.requests

    lost_answer.post(lost_answer.path, lost_answer.old_page)  # type: ignore[attr-defined]

    assert lost_answer.status == 409
    assert reference in lost_answer.text
    assert len(world.store.requests) == 1


def test_a_page_that_did_send_leads_to_its_status_though_answers_changed_back(
    world: World, at_check: Practitioner
) -> None:
    page, before, typed = at_check.path, cookies_of(at_check), at_check.typed("send")
    at_check.post(page, typed)
    status = at_check.path
    for name, value in before.items():
        at_check.client.set_cookie(name, value)

    at_check.post(page, typed | {"shown": "of another day"})

    assert at_check.path == status
    assert len(world.store.requests) == 1


def test_the_check_page_of_a_draft_that_was_sent_names_the_earlier_request(
    world: World, lost_answer: Practitioner
) -> None:
    (reference,) = world.store.requests

    assert lost_answer.path.endswith(WORDS[lost_answer.lang]["check"])
    assert reference in lost_answer.text
    lost_answer.submit("send")
    assert len(world.store.requests) == 2, "a reminder, never a block"


@pytest.mark.parametrize("change", [{"shown": "x"}, {"key": "x"}, {"key": None}, {"shown": None}])
def test_what_the_page_did_not_show_is_not_sent(
    world: World, at_check: Practitioner, change: dict[str, Any]
) -> None:
    at_check.submit("send", **change)

    assert at_check.status == 422
    assert not world.store.requests
    at_check.submit("send")
    assert len(world.store.requests) == 1


def test_a_check_page_left_open_for_weeks_sends_nothing(world: World) -> None:
    practitioner = world.at_check("en", SIMPLE)
    world.clock.forward(days=20)

    practitioner.submit("send")

    # the cookie is too old and the stored details are gone: a page says so
    assert not world.store.requests
    assert practitioner.status == 404


def test_what_is_missing_is_named_and_not_sent(world: World) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    practitioner.get(practitioner.link("/details"))
    practitioner.fill_details({"concern-what": "Shouting", "concern-last-incident": "Today"})

    practitioner.get(practitioner.path.rsplit("/details", 1)[0] + "/check")

    assert "Your name" in practitioner.text
    assert not [f for f in practitioner.tree.iter("form") if f.get("id") == "send"]
    token = next(
        i.get("value") for i in practitioner.tree.iter("input") if i.get("name") == "token"
    )
    practitioner.post(practitioner.path, {"token": token})
    assert practitioner.status == 422
    assert not world.store.requests


def test_a_mail_that_cannot_go_now_does_not_stop_the_request(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    practitioner = world.at_check("en", SIMPLE)

    def fail(_self: object, _message: object) -> None:
        raise DeliveryFailed

    monkeypatch.setattr(type(world.services.mailer), "send", fail)
    practitioner.submit("send")

    assert practitioner.heading == "Your request is saved"
    assert "Sent." not in practitioner.text
    assert len(world.store.requests) == 1


def test_where_only_the_telephone_is_safe_nothing_pretends_to_be_sent(world: World) -> None:
    authorities = world.services.directory.authorities
    silent = next(
        code for code, each in authorities.items() if each.duties["adult"].alternative.mail is None
    )
    answers = case(area_of_concern=silent, conflict_of_interest=["duty-team"])
    practitioner = world.at_check("en", answers)
    assert "No mail is sent" in practitioner.text

    practitioner.submit("send")

    assert "must ring" in practitioner.heading
    (sent,) = (each for each, _key, _content in world.store.requests.values())
    assert [each.kind for each in sent.dispatches if each.handed_over_at] == [RECEIPT]


def test_a_conflict_of_interest_takes_the_duty_teams_number_off_the_page(world: World) -> None:
    answers = case(conflict_of_interest=["duty-team"])
    practitioner = world.at_recommendation("en", answers)

    assert "029 2018 0130" not in practitioner.text


def test_two_duty_teams_get_a_request_each(world: World) -> None:
    practitioner = world.at_check("en", MANY_SIDED)
    practitioner.submit("send")

    assert len(world.services.mailer.names()) == 3  # type: ignore[attr-defined]
    assert "Sent to your address" in practitioner.text
    teams = [words(each) for each in practitioner.tree.iter("h2")]
    assert len([team for team in teams if "Gwynedd" in team]) == 2


def test_the_status_page_is_only_for_who_sent_it(world: World, at_check: Practitioner) -> None:
    at_check.submit("send")
    codes = [words(e) for e in at_check.tree.iter("span") if e.get("class") == "cyf-reference"]
    reference, code = codes

    stranger = world.practitioner().get(f"/en/status/{reference}")
    assert stranger.status == 403
    assert "duty" not in stranger.text.lower()
    stranger.submit(reference=reference, code="7K3M-9PXA-7K3M-9PXA-7K3M")
    assert stranger.status == 422
    wrong_code = stranger.errors()
    stranger.submit(reference="CFD-KM7R-T4XP", code=code)
    assert stranger.status == 422
    assert stranger.errors() == wrong_code, "an unknown reference and a wrong code look the same"
    stranger.submit(reference=reference.lower(), code=code.replace("-", " "))
    assert stranger.path == f"/en/status/{reference}"
    assert stranger.status == 200


def test_nothing_typed_stands_in_any_address_or_header(world: World) -> None:
    practitioner = world.at_check("en", SIMPLE)
    practitioner.submit("send")

    response = practitioner.client.get(practitioner.path)
    for value in DETAILS["en"].values():
        assert value not in str(response.headers)
        assert value not in practitioner.path
    assert not [value for value in ("Alice", "Bob", "Carol") if value in practitioner.text]


def test_the_language_of_sending_is_kept_with_the_request(world: World) -> None:
    practitioner = world.at_check("en", SIMPLE)
    welsh = practitioner.path.replace("/en/journey", "/cy/taith").replace("check", "gwirio")
    practitioner.lang = "cy"
    response = practitioner.client.get(welsh)
    assert response.status_code == 200

    form = practitioner.typed("send")
    practitioner.client.post(welsh, data=form)

    sent = next(iter(world.store.requests.values()))[0]
    assert sent.request.language == "cy"
