"""A council or team that cannot be mailed: the pages say so, give a number and never pretend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.browser.cases import CARDIFF, ORDINARY, POWYS, Answers, case
from tests.meeting_requests.contact_files import Change, directory_with
from tests.web.conftest import World
from tests.web.page_checks import words
from tests.web.practitioner import Practitioner

TRUST = case(position_of_trust="yes", circumstances=["professional-or-staff"])
NO_MAIL_HERE = "this service has no email address for this team"


def without_mail(data: dict[str, dict[str, dict[str, dict[str, str]]]]) -> None:
    del data["authorities"][CARDIFF]["adult"]["mail"]


def with_a_useless_address(data: dict[str, dict[str, dict[str, dict[str, str]]]]) -> None:
    data["authorities"][CARDIFF]["adult"]["mail"] = "duty team, Cardiff"


def without_the_team(data: dict[str, dict[str, dict[str, object]]]) -> None:
    del data["authorities"][CARDIFF]["adult"]


def without_the_council(data: dict[str, dict[str, object]]) -> None:
    del data["authorities"][CARDIFF]


GAPS: dict[Change, str] = {
    without_mail: "029 2018 0130",
    with_a_useless_address: "029 2018 0130",
    without_the_team: "029 2018 0139",
    without_the_council: "101",
}


@pytest.fixture
def world_with(make_world: Callable[..., World]) -> Callable[[Change], World]:
    def make(change: Change) -> World:
        world = make_world()
        world.services = replace(world.services, directory=directory_with(change))
        world.app.extensions["services"] = world.services
        return world

    return make


def bar(page: Practitioner) -> str:
    return words(next(page.tree.iter("aside")))


@pytest.mark.parametrize(("gap", "phone"), GAPS.items())
def test_the_pages_say_that_it_is_for_the_telephone_before_anything_is_sent(
    world_with: Callable[[Change], World], gap: Change, phone: str, lang: str
) -> None:
    world = world_with(gap)

    recommendation = world.at_recommendation(lang, ORDINARY)
    assert "This service cannot send mail to everybody" in recommendation.text
    assert phone in bar(recommendation)

    check = world.at_check(lang)
    assert NO_MAIL_HERE in check.text
    assert "No mail is sent" in check.text
    assert phone in check.text
    assert "Send the meeting request" not in check.text


@pytest.mark.parametrize(("gap", "phone"), GAPS.items())
def test_nothing_pretends_to_have_been_sent(
    world_with: Callable[[Change], World], gap: Change, phone: str, lang: str
) -> None:
    world = world_with(gap)

    page = world.at_check(lang).submit("send")

    assert "Now you must ring." in page.heading
    assert "Not sent by mail" in page.text
    assert "Handed over" not in page.text
    assert phone in page.text
    assert phone in bar(page)
    assert len(world.store.requests) == 1
    mails = world.services.mailer.names()  # type: ignore[attr-defined]
    assert [each for each in mails if "-1" in each] == []


def test_of_two_teams_one_is_mailed_and_the_other_is_rung(
    world_with: Callable[[Change], World], lang: str
) -> None:
    world = world_with(without_mail)

    check = world.at_check(lang, TRUST)
    assert NO_MAIL_HERE in check.text
    assert "Send the meeting request" in check.text
    page = check.submit("send")

    ((submitted, _, _),) = world.store.requests.values()
    to = [each.to for each in submitted.dispatches if each.for_team]
    assert to == [None, "designated-officer-adults.duty@cardiff.example"]
    assert "Now you must ring." in page.heading
    assert "Sent. A person has not confirmed it yet." in page.text


def test_where_a_conflict_leaves_the_telephone_the_page_says_why(world: World, lang: str) -> None:
    answers = case(area_of_concern=POWYS, conflict_of_interest=["duty-team"])

    check = world.at_check(lang, answers)

    assert "Somebody close to the concern may read the usual team’s mail" in check.text
    assert NO_MAIL_HERE not in check.text
    assert "01632 960202" in check.text
    assert "01632 960200" not in check.text + bar(check)


def test_a_council_without_contacts_can_be_chosen_and_is_on_the_phone_page(
    world_with: Callable[[Change], World], lang: str
) -> None:
    world = world_with(without_the_council)
    answers: Answers = case(area_of_concern="not-known", person_place="not-known")

    check = world.at_check(lang, answers).submit("page", **{"send-to": CARDIFF})
    phones = world.practitioner(lang).get("/cy/ffonio" if lang == "cy" else "/en/phone")

    assert NO_MAIL_HERE in check.text
    assert "This service has no number for this team" in check.text
    assert "no number for this council’s duty teams" in phones.text
    assert phones.status == 200


def test_the_whole_phone_page_names_each_office(world: World) -> None:
    page = world.practitioner("en").get("/en/phone")

    for office in ("Duty team", "Designated Officer"):
        for group in ("adults", "children"):
            assert f"{office} ({group})0" in page.text
    assert "Out of office hours0" in page.text
    assert "Designated Officer01632 960016" in page.text  # Gwynedd has one for both
