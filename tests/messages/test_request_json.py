"""The attached data: what the schema says, and no more than the mail may show."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from tests.messages.attached_cases import (
    CHILD_DETAILS,
    ORIGIN,
    cases,
    sent,
    shown_in,
    submission,
)
from tests.scenarios.conftest import TREES, ordinary_of
from webapp.meeting_requests.cleaning import PERSON
from webapp.meeting_requests.model import CORRECTION, Submitted
from webapp.messages.request_json import request_data, request_json, schema

SCENARIOS = TREES.parent / "tests" / "scenarios"
VALIDATOR = Draft202012Validator(schema(ORIGIN), format_checker=FormatChecker())


def data_of(found: Submitted, number: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(request_json(shown_in(found, number), ORIGIN).content)
    return data


def faults(data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def details_of(data: dict[str, Any]) -> dict[str, Any]:
    return {each["id"]: each for each in data["details"]}


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(schema(ORIGIN))


@pytest.mark.parametrize("name", cases())
def test_every_kind_of_request_validates_for_every_team(name: str) -> None:
    found = cases()[name]
    for number in range(len(found.dispatches)):
        assert not faults(data_of(found, number))


@pytest.mark.parametrize("procedure", ["adult", "child", "section-5"])
def test_every_scenario_that_leads_to_a_meeting_validates(procedure: str) -> None:
    ordinary = ordinary_of(procedure)
    document = yaml.safe_load((SCENARIOS / f"{procedure}.yaml").read_text(encoding="utf-8"))
    checked = 0
    for case in document["scenarios"]:
        answers = case.get("only") or {**ordinary, **case.get("answers", {})}
        one = submission(answers, CHILD_DETAILS, procedure)
        if not one.recommendation.meetings:
            continue
        found = sent(one)
        for number in range(len(found.dispatches)):
            assert not faults(request_data(shown_in(found, number), ORIGIN)), case["scenario"]
            checked += 1
    assert checked > 10


FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a key that nobody knows": lambda data: data.update(note="x"),
    "a key that nobody knows in a meeting": lambda data: data["meetings"][0].update(note="x"),
    "a moment without its offset": lambda data: data.update(sent_at="2026-06-11T10:30:00"),
    "a day that does not exist": lambda data: details_of(data)["person-born"].update(
        date="2018-02-30"
    ),
    "no reference": lambda data: data.pop("reference"),
    "a reference without its number": lambda data: data.update(reference=data["family"]),
    "a language of neither kind": lambda data: data.update(language="cy-GB"),
    "no meeting": lambda data: data.update(meetings=[]),
    "a meeting without a chair": lambda data: data["meetings"][0].pop("chair"),
    "an id with a space": lambda data: data["meetings"][0].update(id="a b"),
    "a detail with two values": lambda data: data["details"][0].update(not_known=True),
    "a detail without a value": lambda data: data["details"][0].pop("text"),
    "an empty text": lambda data: data["details"][0].update(text=""),
    "an answer with two values": lambda data: data["answers"][0].update(moment="2026-06-11"),
    "an attendee without a status": lambda data: data["meetings"][0]["attendees"][0].pop("status"),
    "overdue in words": lambda data: data["meetings"][0]["deadline"].update(overdue="no"),
    "an authority of another country": lambda data: data["authority"].update(code="E06000001"),
    "a relative address": lambda data: data.update({"$schema": "not an address"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_refused(fault: str) -> None:
    data = copy.deepcopy(data_of(cases()["several children"]))
    FAULTS[fault](data)

    assert faults(data)


def test_the_schema_knows_everything_that_is_kept_of_a_person() -> None:
    known = schema(ORIGIN)["$defs"]["person"]["properties"]

    assert set(known) == {*PERSON, "more"}


def test_who_raised_the_concern_as_a_member_of_the_public_is_nowhere() -> None:
    found = cases()["adult and section 5"]
    assert found.request.details["raised-public"] == "Neighbour Nia Sample"
    for number in range(2):
        content = request_json(shown_in(found, number), ORIGIN).content.decode()
        assert "Nia Sample" not in content
        assert "029 2018 0992" not in content


def test_each_team_gets_its_own_meeting_and_what_its_mail_shows() -> None:
    adult, trust = (data_of(cases()["adult and section 5"], number) for number in range(2))

    assert [each["id"] for each in adult["meetings"]] == ["adult"]
    assert [each["id"] for each in trust["meetings"]] == ["section-5"]
    assert details_of(adult)["person-address"]["text"] == "Room 12, Hafod Example"
    assert "person-address" not in details_of(trust)
    assert details_of(trust)["alleged-post"]["text"] == "Night care assistant"
    assert "alleged-post" not in details_of(adult)
    assert "capacity" in {each["id"] for each in adult["answers"]}
    assert "capacity" not in {each["id"] for each in trust["answers"]}
    assert "employer-knows" not in {each["id"] for each in adult["answers"]}
    assert "neglect-in-service" not in {each["id"] for each in trust["flags"]}


def test_people_stand_with_their_role_and_never_with_one_who_is_kept_away() -> None:
    data = data_of(cases()["adult and section 5"])
    named = {
        each["role"]["id"]: [person["name"] for person in each["people"]]
        for each in data["meetings"][0]["attendees"]
        if each["people"]
    }

    assert named == {"police": ["PC 1234"]}
    assert [each["title"] for each in data["added_people"]] == ["Tissue viability nurse"]
    assert data_of(cases()["adult and section 5"], 1)["added_people"] == []


def test_what_was_asked_for_differently_travels_with_its_reason() -> None:
    (meeting,) = data_of(cases()["departures"])["meetings"]

    assert meeting["departures"][0] == {
        "part": "type",
        "choice": "discussion",
        "reason": "The lift is broken",
        "who": "",
    }


def test_a_correction_names_what_it_corrects() -> None:
    found = cases()["urgent adult"]
    corrected = replace(
        found,
        request=replace(found.request, corrects="CFD-KM7R-T4XP"),
        dispatches=(replace(found.dispatches[0], kind=CORRECTION),),
    )
    data = data_of(corrected)

    assert not faults(data)
    assert (data["kind"], data["corrects"]) == ("correction", "CFD-KM7R-T4XP")


def test_each_child_has_an_entry() -> None:
    entries = details_of(data_of(cases()["several children"]))["other-children"]["entries"]

    assert [each[0]["text"] for each in entries] == ["Ifan Example", "Llŷr D’Arcy-Ŵyn"]
    assert [part["id"] for part in entries[1]] == ["name", "link"]
    assert entries[0][-1]["option"] == "welsh"


def test_a_person_comes_with_all_that_was_said_of_them() -> None:
    (meeting,) = data_of(cases()["several children"])["meetings"]
    police = next(each for each in meeting["attendees"] if each["role"]["id"] == "police")
    more = {each["id"]: each for each in police["people"][0]["more"]}

    assert more["contact-how"]["text"] == "Before 3pm"
    assert more["attendance"]["option"] == "video"
    assert more["attendance"]["text"] == "Would join by video"


def test_texts_are_in_the_first_language_of_the_mail() -> None:
    found = cases()["urgent adult"]  # Gwynedd reads Welsh first
    data = data_of(found)

    assert data["language"] == found.dispatches[0].languages[0] == "cy"
    assert data["meetings"][0]["title"].startswith("¦")
    assert data["typed_in"] == "en"
