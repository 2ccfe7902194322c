"""Whose numbers stand where: the status page, the list of drafts, the errors."""

from __future__ import annotations

import pytest

from tests.browser.cases import CARDIFF, GWYNEDD, ORDINARY, SECTION_5, Answers, case
from tests.web.conftest import World
from tests.web.page_checks import words
from tests.web.practitioner import Practitioner

CONFLICT = case(conflict_of_interest=["duty-team"])


def bar(practitioner: Practitioner) -> str:
    return words(next(practitioner.tree.iter("aside")))


def sent(world: World, lang: str, answers: Answers = ORDINARY) -> Practitioner:
    return world.at_check(lang, answers).submit("send")


def test_the_status_page_knows_the_council_and_both_numbers(world: World) -> None:
    page = sent(world, "en")

    assert "/status/" in page.path
    for each in ("Cardiff", "029 2018 0130", "029 2018 0139", "Out of hours"):
        assert each in bar(page)
    assert "(office hours): 029 2018 0130" in page.text
    assert "(out of hours): 029 2018 0139" in page.text


def test_a_conflict_of_interest_keeps_the_duty_teams_number_off_the_status_page(
    world: World,
) -> None:
    page = sent(world, "en", CONFLICT)

    assert "/status/" in page.path
    assert "029 2018 0130" not in page.text + bar(page)
    assert "Office hours (" in bar(page)


def test_drafts_can_be_told_apart_by_when_they_were_begun(world: World, lang: str) -> None:
    practitioner = world.practitioner(lang).start()
    world.clock.forward(hours=1)
    practitioner.start()

    practitioner.get("/cy/drafftiau" if lang == "cy" else "/en/drafts")

    begun = [each for each in practitioner.tree.iter("p") if "Begun at" in words(each)]
    assert len({words(each) for each in begun}) == 2


@pytest.mark.parametrize(
    ("area", "identified", "numbers"),
    [
        (GWYNEDD, ["child"], {"Designated Officer:": "01632 960016"}),
        (GWYNEDD, ["child", "adult"], {"Designated Officer:": "01632 960016"}),
        (CARDIFF, ["adult"], {"Designated Officer (adults):": "029 2018 0432"}),
        (
            CARDIFF,
            ["child", "adult"],
            {
                "Designated Officer (children):": "029 2018 0136",
                "Designated Officer (adults):": "029 2018 0432",
            },
        ),
    ],
)
def test_the_bar_of_section_5_names_the_designated_officer_and_no_duty_team(
    world: World, area: str, identified: list[str], numbers: dict[str, str]
) -> None:
    answers = SECTION_5 | {"area-of-concern": area, "identified": identified, "setting": ["other"]}

    page = world.at_recommendation("en", answers, "section-5")

    for label, number in numbers.items():
        assert f"{label} {number}" in bar(page)
    assert bar(page).count("Designated Officer") == len(numbers)
    assert "Duty team" not in bar(page)


def test_the_bar_of_an_adult_names_the_duty_team_in_both_languages(world: World) -> None:
    assert "Duty team: 029 2018 0130" in bar(world.at_recommendation("en", ORDINARY))
    assert "Tîm dyletswydd" in bar(world.at_recommendation("cy", ORDINARY))
    welsh = world.at_recommendation("cy", SECTION_5, "section-5")
    assert "Swyddog Diogelu Penodedig" in bar(welsh)
