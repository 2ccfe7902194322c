"""Every gap and mistake of the contacts is named at once; the published schema agrees."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.meeting_requests.contact_files import Change, contacts_with, directory_with
from tests.meeting_requests.fakes import CARDIFF, NOW, ROOT, library
from webapp.building import _vocabulary
from webapp.meeting_requests.contact_checks import (
    contrast_with_white,
    stops_the_build,
    validate,
)
from webapp.meeting_requests.data_files import Mistake
from webapp.procedures.marked_yaml import parse

OFFICER, OTHER_OFFICER = "designated-officer-children", "designated-officer-adults"
SCHEMA = json.loads((ROOT / "infra" / "contacts.schema.json").read_text(encoding="utf-8"))
KNOWN = _vocabulary(library())


def found(*changes: Change) -> list[Mistake]:
    data = contacts_with(*changes)
    return validate(data, "contacts.yaml", list(library().authorities), KNOWN)


def refused_by_the_schema(*changes: Change) -> bool:
    plain = json.loads(json.dumps(contacts_with(*changes)))
    for inbox in plain.get("inboxes", {}).values():
        if isinstance(inbox, dict) and "default" in inbox:
            inbox["default"] = bool(inbox["default"])  # JSON of a marked value is a number
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    return not validator.is_valid(plain)


def put(*path: str, value: Any) -> Change:
    """In the entry of Cardiff."""
    return put_in("authorities", CARDIFF, *path, value=value)


def put_in(*path: str, value: Any) -> Change:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return change


def drop(*path: str) -> Change:
    def change(data: Any) -> None:
        data = data["authorities"][CARDIFF]
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return change


def as_in(*path: str, other: tuple[str, ...], key: str = "mail") -> Change:
    """The same address or number at two places of Cardiff's entry."""

    def change(data: Any) -> None:
        here, there = data["authorities"][CARDIFF], data["authorities"][CARDIFF]
        for each in path:
            here = here[each]
        for each in other:
            there = there[each]
        here[key] = there[key]

    return change


def test_the_shipped_file_is_right_by_the_check_and_by_the_schema() -> None:
    assert found() == []
    assert not refused_by_the_schema()
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_knows_every_inbox_and_every_key_of_a_council() -> None:
    data, council = contacts_with(), SCHEMA["$defs"]["authority"]

    assert set(council["required"]) == set(council["properties"])
    assert set(council["properties"]) == set(data["authorities"][CARDIFF])
    assert set(SCHEMA["properties"]["inboxes"]["required"]) == set(data["inboxes"])
    assert set(SCHEMA["$defs"]["duty"]["required"]) == set(data["authorities"][CARDIFF]["adult"])


# What is missing or of no use: named, but the service starts.
GAPS: list[tuple[Change, str]] = [
    (lambda data: data["authorities"].pop(CARDIFF), f"Authority '{CARDIFF}' is missing"),
    (drop("child"), "has no 'child'"),
    (drop("adult", "mail"), "adult has no 'mail'"),
    (drop("adult", "phone"), "adult has no 'phone'"),
    (drop("adult", "escalation"), "adult has no 'escalation'"),
    (drop("adult", "fallback"), "adult has no 'fallback'"),
    (drop("adult", "alternative"), "adult has no 'alternative'"),
    (drop("adult", "fallback", "mail"), "fallback has no 'mail'"),
    (drop("out_of_hours"), "has no 'out_of_hours'"),
    (drop("out_of_hours", "phone"), "out_of_hours has no 'phone'"),
    (put("adult", "mail", value="duty@cardiff"), "not usable as mail"),
    (put("adult", "mail", value="a@x.example,b@x.example"), "not usable as mail"),
    (put("adult", "mail", value="a..b@x.example"), "not usable as mail"),
    (put("adult", "mail", value="Duty <a@x.example>"), "not usable as mail"),
    (put("adult", "mail", value="é@x.example"), "not usable as mail"),
    (put("adult", "mail", value="a@-x.example"), "not usable as mail"),
    (put("adult", "mail", value=f"{'a' * 250}@x.example"), "not usable as mail"),
    (put("adult", "phone", value="call us"), "not usable as phone"),
    (put("adult", "phone", value="0         "), "not usable as phone"),
    (put("out_of_hours", "phone", value="029 2018 01"), "not usable as phone"),
]
# What the file cannot be read with.
MISTAKES: list[tuple[Change, str]] = [
    (lambda data: data["authorities"].update(E09000001={}), "not one of the 22"),
    (drop("brand"), "has no 'brand'"),
    (put("brand", "colour", value="red"), "'red' is not a colour"),
    (put("brand", "colour", value="#12345"), "is not a colour"),
    (put("brand", "name", "cy", value=""), "name has no 'cy'"),
    (put("adult", "team", value={"en": "Duty"}), "team has no 'cy'"),
    (put("adult", "alternative", "team", "cy", value=""), "team has no 'cy'"),
    (put("adult", "fallback", value="none"), "must have keys"),
    (put("adult", value="none"), "must have keys"),
    (put("adult", "moblie", value="1"), "unknown key 'moblie'"),
    (put("hours", "opens", value="9am"), "'9am' is not a time"),
    (put("hours", "opens", value="24:00"), "'24:00' is not a time"),
    (put("hours", "closed_on", value=["Christmas"]), "'Christmas' is not a date"),
    (put("mail_language", value="fr"), "not a mail language"),
    (put_in("version", value="June"), "'June' is not a date"),
    (put_in("inboxes", "adult", "procedure", value="adults"), "'adults' is no procedure"),
    (put_in("offices", "duty-team", "purpose", value=""), "has no 'purpose'"),
    (put_in("offices", "duty-team", "source", value=[]), "has no 'source'"),
    (put_in("offices", "duty-team", "closed_when", value="always"), "is not a condition"),
    (put_in("otherwise", "ring", value="101"), "must have keys"),
    (put_in("otherwise", "ring", "phone", value=""), "ring has no 'phone'"),
    (put_in("otherwise", "ring", "phone", value="police"), "not usable as phone"),
    (put_in("inboxes", "adult", "label", value={"en": "Adults"}), "label has no 'cy'"),
]
# What a schema cannot say.
BEYOND_THE_SCHEMA: list[tuple[Change, str]] = [
    (put("brand", "colour", value="#ffdd00"), "contrast of 1.35 to 1, and 4.5 to 1 is the least"),
    (put("brand", "colour", value="#777777"), "contrast of 4.48 to 1"),
    (put("hours", "closes", value="08:45"), "closes at 08:45, but opens at 08:45"),
    (put("hours", "friday_closes", value="08:00"), "friday_closes at 08:00, but opens at 08:45"),
    (put("child", "hours", value={"opens": "17:00", "closes": "09:00"}), "child: hours: closes"),
    (put_in("inboxes", "adult", "office", value="duty"), "'duty' is no office"),
    (put_in("inboxes", OFFICER, "default", value=False), "Nothing says which inbox"),
    (put_in("inboxes", OFFICER, "when", value={"identifed": "child"}), "'identified'"),
    (put_in("inboxes", OFFICER, "when", value={"identified": "kid"}), "no option of 'identified'"),
    (put_in("inboxes", OFFICER, "when", value={"flag": "child-risk"}), "no flag 'child-risk'"),
    (put_in("inboxes", OFFICER, "when", value={"result": "strategy"}), "answers and flags only"),
    (put_in("offices", "duty-team", "source", value=["RULING"]), "'RULING' is no source"),
]
# Where a conflict of interest would not be avoided, or nobody new would be asked.
SHARED: list[tuple[Change, str]] = [
    (as_in("adult", "alternative", other=("adult",)), "has the same mail as adult: team"),
    (
        as_in("adult", "alternative", other=("adult", "escalation")),
        "has the same mail as adult: escalation",
    ),
    (
        as_in("adult", "alternative", other=("adult", "fallback")),
        "has the same mail as adult: fallback",
    ),
    (
        as_in("adult", "alternative", other=("adult",), key="phone"),
        "has the same phone as adult: team",
    ),
    (as_in("adult", "alternative", other=("child",)), "has the same mail as child: team"),
    (as_in("adult", "escalation", other=("adult",)), "is asked again"),
    (as_in("adult", "fallback", other=("adult", "escalation")), "is asked again"),
    (as_in(OFFICER, other=("child",)), "two offices read it"),
    (as_in("adult", "fallback", other=(OFFICER,)), "two offices read it"),
    (as_in("out_of_hours", other=("adult",)), "out_of_hours has the same mail as adult: team"),
    (
        as_in("out_of_hours", other=("child",), key="phone"),
        "out_of_hours has the same phone as child: team",
    ),
]


@pytest.mark.parametrize(("change", "expected"), GAPS + MISTAKES)
def test_what_is_wrong_is_named_and_the_schema_refuses_it_too(
    change: Change, expected: str
) -> None:
    assert any(expected in str(each) for each in found(change)), found(change)
    assert refused_by_the_schema(change)


@pytest.mark.parametrize(("change", "expected"), BEYOND_THE_SCHEMA + SHARED)
def test_what_no_schema_can_say_is_named(change: Change, expected: str) -> None:
    assert any(expected in str(each) for each in found(change)), found(change)


@pytest.mark.parametrize(("change", "_expected"), GAPS + SHARED)
def test_a_gap_does_not_stop_the_service(change: Change, _expected: str) -> None:
    assert stops_the_build(found(change)) == []
    whole = directory_with(change)
    for inbox in whole.rules.inboxes:
        for conflicts in ((), tuple(whole.rules.offices)):
            team = whole.team_for(CARDIFF, inbox, conflicts, NOW, library().calendar)
            assert team.ring.phone
            assert whole.phones_for(CARDIFF, inbox, conflicts)


@pytest.mark.parametrize(("change", "_expected"), MISTAKES + BEYOND_THE_SCHEMA)
def test_a_mistake_stops_the_build(change: Change, _expected: str) -> None:
    assert stops_the_build(found(change))


def test_everything_is_named_at_once_with_its_line_and_what_to_do() -> None:
    named = found(*[change for change, _ in GAPS[1:3]], MISTAKES[1][0], SHARED[3][0])

    assert len(named) == 4
    assert all(str(each).startswith(f"contacts.yaml:{each.line}: ") for each in named)
    assert all(each.line > 1 and each.remedy for each in named)


def test_a_key_given_twice_is_named() -> None:
    text = (ROOT / "infra" / "contacts.yaml").read_text(encoding="utf-8")
    twice = text.replace('      phone: "029 2018 0130"\n', '      phone: "029 2018 0130"\n' * 2)

    (problem,) = parse(twice, "contacts.yaml").problems
    assert problem.what == f"'phone' is given twice (first on line {problem.line - 1})."


def test_a_closed_office_is_avoided_even_where_the_file_does_not() -> None:
    """A fallback with the address of the conflicted team is skipped."""
    whole = directory_with(as_in("adult", "fallback", other=(OFFICER,)))
    team = whole.team_for(CARDIFF, "adult", ("designated-officer",), NOW, library().calendar)
    shared = directory_with(as_in("adult", other=(OFFICER,)))

    assert team.fallback is None
    assert team.escalation
    assert not team.alternative
    assert shared.team_for(
        CARDIFF, "adult", ("designated-officer",), NOW, library().calendar
    ).alternative


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)]
)
def test_contrast_is_that_of_the_guidelines(colour: str, ratio: float) -> None:
    assert contrast_with_white(colour) == pytest.approx(ratio, abs=0.01)
