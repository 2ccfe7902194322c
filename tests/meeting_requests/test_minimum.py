"""Who of the least that must take part is missing, and what is said about it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.meeting_requests.fakes import TRUST_ANSWERS, library, recommended
from webapp.meeting_requests.departing import Advised, standing
from webapp.meeting_requests.minimum import (
    IN_CONFLICT,
    LOWERED,
    NOT_NAMED,
    REMOVED,
    Missing,
    missing_minimum,
)
from webapp.meeting_requests.model import Departure

TERMS = library().terms
ADULT = {"lead-co-ordinator": "required", "police": "required", "health-board": "expected"}
CHILD = {"social-services-manager": "required", "social-worker": "required"} | {
    "police": "required",
    "health": "expected",
    "education": "expected",
}
SECTION_5 = {"designated-officer": "required", "police": "required"}


def advised(procedure: str, attendees: dict[str, str]) -> Advised:
    return Advised(procedure, "", procedure, "meeting", "video", "chair", attendees)


def missing(
    procedure: str,
    attendees: dict[str, str],
    departures: tuple[Departure, ...] = (),
    people: list[dict[str, str]] | None = None,
) -> list[Missing]:
    """`people` None: for these meetings nobody is asked for names."""
    meeting = advised(procedure, attendees)
    named_for = () if people is None else (procedure,)
    return missing_minimum([meeting], {procedure: departures}, people or [], named_for, TERMS)


def told(*arguments: Any) -> dict[str, str]:
    return {each.role: each.why for each in missing(*arguments)}


def person(role: str, **changes: str) -> dict[str, str]:
    empty = dict.fromkeys(("role", "title", "name", "contact", "change", "reason"), "")
    return empty | {"role": role} | changes


def asked(role: str, choice: str) -> Departure:
    return Departure(f"attendee:{role}", choice, "Because")


@pytest.mark.parametrize(
    ("procedure", "attendees", "departures", "people", "expected"),
    [
        # three people named, and neither the police nor health among them
        (
            "child",
            CHILD,
            (),
            [person(each, name="A") for each in ("social-worker", "education", "gp")],
            {"police": NOT_NAMED, "health": NOT_NAMED},
        ),
        ("child", CHILD, (), [person("police", contact="1"), person("health", name="H")], {}),
        (
            "child",
            CHILD,
            (asked("police", "removed"),),
            [person("health", name="H")],
            {"police": REMOVED},
        ),
        (
            "child",
            CHILD,
            (asked("health", "removed"), asked("police", "expected")),
            None,
            {"health": REMOVED, "police": LOWERED},
        ),
        ("child", CHILD, (asked("health", "required"),), None, {}),
        ("child", CHILD, (asked("social-worker", "removed"),), None, {"social-worker": REMOVED}),
        ("child", CHILD, (asked("education", "removed"),), None, {}),
        (
            "child",
            CHILD,
            (),
            [person("police", name="P", change="removed"), person("health", name="H")],
            {"police": REMOVED},
        ),
        (
            "child",
            CHILD | {"note-taker": "required"},
            (asked("note-taker", "removed"),),
            None,
            {"note-taker": REMOVED},
        ),
        ("adult", ADULT, (), [], {"police": NOT_NAMED, "health-board": NOT_NAMED}),
        ("adult", ADULT | {"police": "expected"}, (), [person("health-board", name="H")], {}),
        (
            "adult",
            ADULT | {"police": "expected"},
            (asked("police", "required"),),
            [person("health-board", name="H")],
            {"police": NOT_NAMED},
        ),
        (
            "adult",
            ADULT,
            (asked("lead-co-ordinator", "chair-decides"),),
            None,
            {"lead-co-ordinator": LOWERED},
        ),
        (
            "adult",
            ADULT | {"ipa": "required"},
            (),
            [person("police", name="P"), person("health-board", name="H")],
            {"ipa": NOT_NAMED},
        ),
        # of a linked meeting nobody is asked for names
        ("section-5", SECTION_5, (), None, {}),
        ("section-5", SECTION_5, (asked("police", "removed"),), None, {"police": REMOVED}),
        # in conflict: only through their professional standards department
        (
            "section-5",
            SECTION_5 | {"professional-standards": "required"},
            (),
            None,
            {"police": IN_CONFLICT},
        ),
        (
            "section-5",
            SECTION_5 | {"professional-standards": "required"},
            (),
            [person("police", name="PC 1234")],
            {"police": IN_CONFLICT, "professional-standards": NOT_NAMED},
        ),
        (
            "section-5",
            SECTION_5 | {"professional-standards": "required"},
            (),
            [person("professional-standards", contact="1")],
            {},
        ),
        # a chair or somebody added whom the conflict keeps away
        (
            "adult",
            {"lead-co-ordinator-outside": "required"},
            (Departure("chair", "lead-co-ordinator", "Knows her"),),
            None,
            {"lead-co-ordinator": IN_CONFLICT},
        ),
        (
            "adult",
            {"lead-co-ordinator-outside": "required"},
            (Departure("chair", "other", "Knows her", "Jo"),),
            None,
            {},
        ),
    ],
)
def test_who_is_missing_and_why(
    procedure: str,
    attendees: dict[str, str],
    departures: tuple[Departure, ...],
    people: list[dict[str, str]] | None,
    expected: dict[str, str],
) -> None:
    assert told(procedure, attendees, departures, people) == expected


def test_what_to_do_is_that_of_the_procedure_and_of_the_conflict() -> None:
    conflict = SECTION_5 | {"professional-standards": "required"}

    (child,) = missing("child", CHILD, (asked("police", "removed"),))
    (adult,) = missing("adult", ADULT, (asked("police", "removed"),))
    (close,) = missing("section-5", conflict)

    assert "child protection responsibility" in child.action.english
    assert "commit them" in adult.action.english
    assert "professional standards department" in close.action.english
    assert child.least.basis.strength == "good-practice"


def test_a_change_of_status_that_still_requires_them_leaves_nobody_missing() -> None:
    answers = TRUST_ANSWERS
    recommendation = recommended(answers)
    asked_for = standing({"adult": (asked("allocated-worker", "required"),)}, recommendation)
    meetings = [Advised.of(each) for each in recommendation.meetings]

    found = missing_minimum(meetings, asked_for, [], (), TERMS)

    assert found == []


def test_everybody_whom_a_rule_requires_can_be_told_to_be_missing() -> None:
    for procedure in library().procedures.values():
        kinds = {each.id: each.procedure for each in procedure.meetings}
        for rule in procedure.rules:
            if rule.status == "required" and rule.role:
                kind = kinds[rule.meeting or ""]
                removed = (asked(rule.role, "removed"),)
                assert told(kind, {rule.role: "required"}, removed) == {rule.role: REMOVED}
