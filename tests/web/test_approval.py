"""What nobody has approved says so everywhere, and is not served where that is asked for.

The reviewers are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.browser.cases import ORDINARY
from tests.meeting_requests.fakes import library
from tests.procedures.approvals import approved_by_both
from tests.web.conftest import World
from tests.web.page_checks import words
from tests.web.practitioner import Practitioner
from webapp.procedures.approving import (
    APPROVALS,
    Approvals,
)
from webapp.procedures.library import Library
from webapp.web.languages import WORDS

NOTICE = "Not yet approved by a safeguarding lead and a Welsh reviewer."
MakeWorld = Callable[..., World]


def notices(practitioner: Practitioner) -> dict[str, str]:
    """Language -> the notice of the page."""
    found = [each for each in practitioner.tree.iter("p") if each.get("class") == "cyf-unapproved"]
    return {each.get("lang") or "": words(each) for each in found}


def approved_library(world: World) -> Library:
    """The library of a world with everything in it approved by two invented people."""
    in_welsh = world.services.languages["cy"].text
    return Library.from_data(approved_by_both(library().data, in_welsh))


@pytest.fixture
def strict(make_world: MakeWorld) -> World:
    return make_world(APPROVED_ONLY="true")


def approve(world: World) -> None:
    """Everything is approved from now on."""
    found = approved_library(world)
    world.app.extensions["services"] = replace(world.services, library=found)
    world.app.extensions["approvals"] = Approvals(found.data, world.services.languages["cy"].text)


# -- the notice ------------------------------------------------------------------------


def pages_of(world: World, lang: str) -> Iterator[Practitioner]:
    yield world.at_question(lang, "crime")
    yield world.at_recommendation(lang, ORDINARY)
    yield world.at_check(lang)
    yield world.practitioner(lang).get(f"/{lang}/{WORDS[lang]['procedures']}/adult")


def test_every_page_of_an_unapproved_procedure_says_so_in_both_languages(
    world: World, lang: str
) -> None:
    for practitioner in pages_of(world, lang):
        found = notices(practitioner)
        assert list(found) == [lang, "en" if lang == "cy" else "cy"], practitioner.path
        assert found["en"] == NOTICE
        assert NOTICE in found["cy"]


def test_a_page_of_no_procedure_says_nothing_of_approval(world: World, lang: str) -> None:
    for word in ("phone", "privacy", "sources"):
        assert not notices(world.practitioner(lang).get(f"/{lang}/{WORDS[lang][word]}"))


def test_an_approved_procedure_carries_no_notice(world: World, lang: str) -> None:
    approve(world)

    for practitioner in pages_of(world, lang):
        assert practitioner.status == 200
        assert not notices(practitioner)


def test_the_mail_says_that_nobody_has_approved_it(world: World, lang: str) -> None:
    practitioner = world.at_check(lang)
    (preview, *_others) = list(practitioner.tree.iter("pre"))

    assert NOTICE in words(preview)


def test_the_listing_tells_who_approved_and_what_has_changed(world: World, lang: str) -> None:
    where = f"/{lang}/{WORDS[lang]['procedures']}"
    assert "No safeguarding lead has approved it." in world.practitioner(lang).get(where).text
    approve(world)
    assert "Mair Enghraifft" in world.practitioner(lang).get(where).text

    found = approved_library(world)
    old = [{**each, "digest": "0"} for each in found.data[APPROVALS]]
    data = {**found.data, APPROVALS: old}
    world.app.extensions["approvals"] = Approvals(data, world.services.languages["cy"].text)
    assert "It has changed since." in world.practitioner(lang).get(where).text


# -- refusing to serve -------------------------------------------------------------------


def refused(practitioner: Practitioner) -> None:
    assert practitioner.status == 503
    parts = [each for each in practitioner.tree.iter("div") if each.get("lang")]
    assert {each.get("lang") for each in parts} == {"cy", "en"}
    for part in parts:
        assert "This procedure is not in use yet" in words(part)
        assert any(each.get("href") == "tel:999" for each in part.iter("a"))


def test_what_nobody_has_approved_is_not_served_where_that_is_asked_for(
    strict: World, lang: str
) -> None:
    practitioner = strict.at_recommendation(lang, ORDINARY)
    refused(practitioner)
    base = practitioner.path.rpartition("/")[0]
    for word in ("check", "anyway"):
        refused(practitioner.get(f"{base}/{WORDS[lang][word]}"))
    refused(practitioner.get(f"/{lang}/{WORDS[lang]['procedures']}/adult"))
    refused(practitioner.get(f"/{lang}/{WORDS[lang]['procedures']}/adult/{WORDS[lang]['table']}"))


def test_the_refusal_shows_the_numbers_of_the_council_that_was_answered(
    strict: World, lang: str
) -> None:
    practitioner = strict.at_recommendation(lang, ORDINARY)
    numbers = {each.get("href") for each in practitioner.tree.iter("a")}

    assert sum((each or "").startswith("tel:") for each in numbers) > 1


def test_no_draft_is_begun_that_cannot_be_served(strict: World, lang: str) -> None:
    practitioner = strict.practitioner(lang)
    practitioner.post(f"/{lang}/{WORDS[lang]['start']}", {"procedure": "adult"})

    refused(practitioner)
    assert not practitioner.client.get_cookie("draft")


def test_the_other_pages_are_served(strict: World, lang: str) -> None:
    practitioner = strict.practitioner(lang)
    for word in ("phone", "drafts", "resume", "status", "procedures", "sources", "privacy"):
        assert practitioner.get(f"/{lang}/{WORDS[lang][word]}").status == 200
    assert practitioner.get(f"/{lang}/").status == 200


def test_an_approved_procedure_is_served(strict: World, lang: str) -> None:
    approve(strict)

    assert strict.at_recommendation(lang, ORDINARY).status == 200


def test_a_draft_can_still_be_closed(strict: World, lang: str) -> None:
    practitioner = strict.at_recommendation(lang, ORDINARY)
    base = practitioner.path.rpartition("/")[0]
    response = practitioner.client.post(f"{base}/{WORDS[lang]['close']}", data={})

    assert response.status_code == 403  # asked for its token, like any form, and not refused


# -- the setting ---------------------------------------------------------------------------


def test_the_override_on_a_network_address_warns_and_keeps_the_notice(
    make_world: MakeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    world = make_world(BIND="0.0.0.0", MAILER="smtp", APPROVED_ONLY="false")

    assert "APPROVED_ONLY is false" in caplog.text
    assert notices(world.at_recommendation("en", ORDINARY))


def test_a_start_on_this_machine_warns_of_nothing(
    make_world: MakeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    make_world()

    assert not caplog.text
