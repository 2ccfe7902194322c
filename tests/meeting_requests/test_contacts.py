from __future__ import annotations

import copy
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.meeting_requests.fakes import CARDIFF, NOW, POWYS, ROOT, directory, document, library
from webapp.meeting_requests.contacts import PROCEDURES, Team, validate

NIGHT = datetime(2026, 6, 11, 23, 30, tzinfo=UTC)
FRIDAY_LATE = datetime(2026, 6, 12, 15, 45, tzinfo=UTC)  # 16.45 in London
BANK_HOLIDAY = datetime(2026, 8, 31, 10, 0, tzinfo=UTC)
CALENDAR = library().calendar


def team(procedure: str, conflicts: tuple[str, ...] = (), at: datetime = NOW) -> Team:
    return directory().team_for(CARDIFF, procedure, conflicts, at, CALENDAR)


def mistakes(change: Any) -> list[str]:
    data = copy.deepcopy(document("infra/contacts.yaml"))
    change(data)
    return [str(each) for each in validate(data, "contacts.yaml", list(library().authorities))]


def test_all_22_authorities_have_contacts_and_every_contact_is_invented() -> None:
    text = (ROOT / "infra" / "contacts.yaml").read_text(encoding="utf-8")

    assert set(directory().authorities) == set(library().authorities)
    assert mistakes(lambda data: None) == []
    assert all(each.endswith(".example") for each in re.findall(r"@(\S+)", text))
    phones = re.findall(r'phone: "([^"]+)"', text)
    assert all(re.fullmatch(r"01632 960\d{3}|029 2018 0\d{3}", each) for each in phones)
    assert len(phones) == len(set(phones)) == 22 * 13


def test_names_are_in_both_languages() -> None:
    for code in directory().authorities:
        for procedure in PROCEDURES:
            name = directory().team_for(code, procedure, (), NOW, CALENDAR).contact.name

            assert name.welsh
            assert name.welsh != name.english


def test_each_procedure_has_its_own_mailbox() -> None:
    assert len({team(procedure).contact.mail for procedure in PROCEDURES}) == 3


@pytest.mark.parametrize("at", [NIGHT, FRIDAY_LATE, BANK_HOLIDAY])
def test_outside_office_hours_the_emergency_team_is_rung_and_the_mail_stays(at: datetime) -> None:
    at_night = team("adult", at=at)

    assert not at_night.open_now
    assert at_night.ring.name.english == "Cardiff Emergency Duty Team"
    assert at_night.contact.mail == team("adult").contact.mail
    assert team("adult").ring == team("adult").contact


def test_a_conflict_takes_the_request_away_from_the_duty_team_and_its_fallback() -> None:
    conflicted = team("adult", ("duty-team",))

    assert conflicted.alternative
    assert conflicted.contact.name.english == "Cardiff Head of Adult Services"
    assert conflicted.contact.mail != team("adult").contact.mail
    assert conflicted.fallback is None
    assert team("section-5", ("duty-team",)) == team("section-5")


def test_a_conflict_with_the_designated_officer_touches_only_section_5() -> None:
    assert team("section-5", ("designated-officer",)).alternative
    assert team("adult", ("designated-officer",)) == team("adult")
    for elsewhere in ("own-team", "police", "none", "not-known"):
        assert not team("section-5", (elsewhere,)).alternative


def test_an_alternative_without_a_mailbox_is_for_the_telephone_only() -> None:
    conflicted = directory().team_for(POWYS, "adult", ("duty-team",), NOW, CALENDAR)

    assert conflicted.contact.mail is None
    assert conflicted.ring.phone


def test_the_numbers_to_show_follow_the_conflict() -> None:
    usual = directory().phones_for(CARDIFF, "adult")
    conflicted = directory().phones_for(CARDIFF, "adult", ("duty-team",))

    assert usual[0].hours
    assert usual[1].hours is None
    assert usual[0].phone not in [each.phone for each in conflicted]


def test_an_unknown_authority_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        directory().phones_for("W06000099", "adult")


def drop(key: str) -> Any:
    return lambda data: data["authorities"][CARDIFF].pop(key)


def put(*path: str, value: Any) -> Any:
    def change(data: Any) -> None:
        at = data["authorities"][CARDIFF]
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data["authorities"].pop(CARDIFF), f"Authority '{CARDIFF}' is missing"),
        (lambda data: data["authorities"].update(E09000001={}), "not one of the 22"),
        (drop("child"), "has no 'child'"),
        (drop("out_of_hours"), "has no 'out_of_hours'"),
        (put("adult", "mail", value="duty@cardiff"), "not usable as mail"),
        (put("adult", "mail", value="a@x.example,b@x.example"), "not usable as mail"),
        (put("adult", "phone", value="call us"), "not usable as phone"),
        (put("adult", "team", value={"en": "Duty"}), "has no 'cy'"),
        (put("adult", "fallback", value="none"), "must have keys"),
        (put("adult", "moblie", value="1"), "unknown key 'moblie'"),
        (put("adult", value="none"), "must have keys"),
        (put("hours", "opens", value="9am"), "'9am' is not a time"),
        (put("mail_language", value="fr"), "not a mail language"),
        (
            lambda data: data["authorities"][CARDIFF]["adult"]["alternative"].update(
                mail=data["authorities"][CARDIFF]["adult"]["mail"]
            ),
            "same address as the duty team",
        ),
    ],
)
def test_mistakes_are_named(change: Any, expected: str) -> None:
    assert any(expected in each for each in mistakes(change))


def test_the_published_schema_asks_for_what_the_check_asks_for() -> None:
    schema = json.loads((ROOT / "infra" / "contacts.schema.json").read_text(encoding="utf-8"))

    authority = schema["$defs"]["authority"]
    entry = document("infra/contacts.yaml")["authorities"][CARDIFF]
    assert set(authority["required"]) == set(entry)
    assert set(schema["$defs"]["duty"]["required"]) == set(entry["adult"])
    assert set(schema["required"]) == set(document("infra/contacts.yaml"))
