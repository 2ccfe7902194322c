"""The list of people for the chair to invite: a list, and nobody on it is contacted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.cases import SIMPLE
from tests.web.conftest import World, number_of
from tests.web.practitioner import WORDS, Practitioner


@pytest.fixture
def at_invitees(world: World, lang: str) -> Practitioner:
    practitioner = world.at_recommendation(lang, SIMPLE)
    path = practitioner.path.rsplit("/", 1)[0]
    return practitioner.get(f"{path}/{WORDS[lang]['details']}/{number_of('invitees')}?change=check")


def names_on(practitioner: Practitioner) -> set[str]:
    return set(practitioner.typed())


def test_everybody_recommended_has_a_row(at_invitees: Practitioner) -> None:
    assert {"invitees-lead-co-ordinator-name", "invitees-1-name"} <= names_on(at_invitees)


@pytest.mark.parametrize(
    "typed",
    [
        {"invitees-lead-co-ordinator-remove": "1"},
        {"invitees-1-title": "Nyrs"},
        {"invitees-1-reason": "Gwelodd hi’r clwyf"},
        {"invitees-1-name": "x" * 501, "invitees-1-reason": "Am"},
        {"invitees-1-agency": "Ysgol"},
        {"invitees-lead-co-ordinator-needs": "x" * 501},
    ],
)
def test_somebody_is_added_or_removed_only_with_a_reason(
    at_invitees: Practitioner, typed: dict[str, Any]
) -> None:
    at_invitees.submit(**typed)

    assert at_invitees.status == 422
    assert len(at_invitees.errors()) == 1
    for name, value in typed.items():
        assert at_invitees.typed()[name] == [value]


def test_what_was_given_is_there_when_one_comes_back(at_invitees: Practitioner) -> None:
    page = at_invitees.path
    typed = {
        "invitees-lead-co-ordinator-contact": "029 2018 0990",
        "invitees-lead-co-ordinator-contact-how": "Dim neges",
        "invitees-lead-co-ordinator-attendance": "video",
        "invitees-lead-co-ordinator-language": "welsh",
        "invitees-allocated-worker-remove": "1",
        "invitees-allocated-worker-reason": "Ar wyliau",
        "invitees-1-title": "Nyrs",
        "invitees-1-reason": "Gwelodd hi’r clwyf",
    }
    at_invitees.submit(**typed)
    assert at_invitees.status == 200

    at_invitees.get(page)
    for name, value in typed.items():
        assert at_invitees.typed()[name] == [value]
    assert "invitees-2-name" in names_on(at_invitees), "and an empty row for the next"


def test_somebody_left_out_on_the_recommendation_is_left_out_here(world: World) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    practitioner.get(practitioner.link("departure/1"))
    practitioner.submit(
        **{
            "person-1-role": "allocated-worker",
            "person-1-choice": "removed",
            "person-1-reason": "There is none",
        }
    )

    practitioner.get(
        practitioner.path.partition("/recommendation")[0] + f"/details/{number_of('invitees')}"
    )

    assert practitioner.typed()["invitees-allocated-worker-remove"] == ["1"]
    assert practitioner.typed()["invitees-allocated-worker-reason"] == ["There is none"]


def test_the_message_stands_at_the_person_it_is_about(at_invitees: Practitioner) -> None:
    at_invitees.submit(**{"invitees-allocated-worker-remove": "1"})

    reason = next(
        each
        for each in at_invitees.form().iter("input")
        if each.get("name") == "invitees-allocated-worker-reason"
    )
    assert reason.get("aria-describedby") == "invitees-allocated-worker-reason-error"
    assert at_invitees.link("#invitees-allocated-worker-reason")


def test_more_people_than_can_be_kept_stay_on_the_page(at_invitees: Practitioner) -> None:
    typed = {
        f"invitees-{number}-{part}": f"x{number}"
        for number in range(1, 46)
        for part in ("name", "contact", "title", "reason")
    }

    at_invitees.post(at_invitees.path, at_invitees.typed() | typed)

    assert at_invitees.status == 422
    assert at_invitees.typed()["invitees-45-name"] == ["x45"]


def test_nobody_is_dropped_after_a_gap_in_the_rows(at_invitees: Practitioner) -> None:
    page = at_invitees.path
    typed = {"invitees-1-name": "Un", "invitees-1-reason": "Am"}
    typed |= {"invitees-3-name": "Tri", "invitees-3-reason": "Am"}

    at_invitees.post(page, at_invitees.typed() | typed)
    at_invitees.get(page)

    assert at_invitees.typed()["invitees-2-name"] == ["Tri"]


def test_a_row_can_be_added_without_a_script_and_without_an_end(at_invitees: Practitioner) -> None:
    for _ in range(45):
        at_invitees.submit(**{"add-person": "1"})
        assert at_invitees.status == 200

    rows = [name for name in names_on(at_invitees) if name.endswith("-title")]
    assert len(rows) == 40
