"""Lists of entries on the details pages; what is rarely needed; what is ticked at first."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.cases import SIMPLE
from tests.meeting_requests.fakes import fields
from tests.web.conftest import CLOSE, OPEN, World, number_of
from tests.web.practitioner import WORDS, Practitioner
from tests.web.procedure_cases import CHILD, DETAILS
from webapp.procedures.conditions import Facts

DOCUMENT = {
    "meeting-documents-1-what": "Llyfr nos",
    "meeting-documents-1-where": "Swyddfa’r ward",
    "meeting-documents-1-who": "statutory",
}
ONLY_THESE = "Only social services and the police may see it"


def at_page(
    world: World, lang: str, section: str, case: Any = SIMPLE, procedure: str = "adult"
) -> Practitioner:
    practitioner = world.at_recommendation(lang, case, procedure)
    path = practitioner.path.rsplit("/", 1)[0]
    return practitioner.get(f"{path}/{WORDS[lang]['details']}/{number_of(section)}")


def folded(practitioner: Practitioner, name: str) -> bool | None:
    """Whether the control stands in something closed; None if it is not on the page."""
    for fold in practitioner.tree.iter("details"):
        if any(each.get("name") == name for each in fold.iter()) and "open" not in fold.attrib:
            return True
    return False if name in practitioner.typed() else None


def test_a_choice_in_an_entry_comes_back_and_is_read_in_words(world: World, lang: str) -> None:
    practitioner = at_page(world, lang, "meeting")
    page = practitioner.path

    practitioner.submit(**DOCUMENT, **{"meeting-language": "welsh"})
    assert practitioner.status == 200

    practitioner.get(page)
    for name, value in DOCUMENT.items():
        assert practitioner.typed()[name] == [value]
    practitioner.get(f"{page.rsplit('/', 2)[0]}/{WORDS[lang]['check']}")
    assert f"Llyfr nos, Swyddfa’r ward, {world_words(lang, ONLY_THESE)}" in practitioner.text
    assert "statutory" not in practitioner.text


def world_words(lang: str, english: str) -> str:
    """As they stand on a page of the marked catalogue."""
    return f"{OPEN}{english}{CLOSE}" if lang == "cy" else english


def test_a_choice_that_is_not_offered_is_named_at_its_place(world: World, lang: str) -> None:
    practitioner = at_page(world, lang, "meeting")

    practitioner.submit(**DOCUMENT | {"meeting-documents-1-who": "anybody"})

    assert practitioner.status == 422
    assert practitioner.link("#meeting-documents-1-who")
    assert practitioner.typed()["meeting-documents-1-what"] == ["Llyfr nos"]
    assert folded(practitioner, "meeting-documents-1-who") is False


def test_one_more_entry_is_added_to_the_list_that_was_asked(world: World) -> None:
    practitioner = at_page(world, "en", "person", CHILD, "child")

    practitioner.submit(**{"add-entry": "household", "other-children-1-name": "Cai"})

    assert {"household-2-name", "other-children-1-name"} <= set(practitioner.typed())
    assert "other-children-2-name" not in practitioner.typed()


def test_what_is_rare_is_folded_away_until_something_stands_in_it(world: World) -> None:
    practitioner = at_page(world, "en", "person")
    page = practitioner.path
    assert folded(practitioner, "person-nhs-number") is True
    assert folded(practitioner, "person-name") is False

    practitioner.fill_details(DETAILS["en"] | {"person-nhs-number": "999 123 4567"})
    assert practitioner.status == 200
    assert folded(practitioner.get(page), "person-nhs-number") is False


def test_the_grounds_are_ticked_from_the_answers_until_somebody_says_otherwise(
    world: World, lang: str
) -> None:
    practitioner = at_page(world, lang, "parents", CHILD, "child")
    page = practitioner.path
    assert practitioner.typed()["consent-child"] == ["section-47", "parents-agree"]

    practitioner.fill_details(DETAILS[lang] | {"consent-child": None})
    assert practitioner.status == 200

    assert "consent-child" not in practitioner.get(page).typed()


@pytest.mark.parametrize("procedure", ["adult", "child"])
def test_the_page_of_the_urgent_path_has_no_lists(procedure: str) -> None:
    asked = fields().of(procedure).urgent_fields(Facts())

    assert "concern-medication" in [each.id for each in asked]
    assert not [each.id for each in asked if each.parts]
