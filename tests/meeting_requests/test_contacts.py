"""Who has a meeting request, who comes next, and who never may: the shipped contacts."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from tests.meeting_requests.contact_files import at
from tests.meeting_requests.fakes import (
    CARDIFF,
    GWYNEDD,
    NOW,
    POWYS,
    ROOT,
    directory,
    library,
)
from webapp.meeting_requests.contacts import PROCEDURES, Team
from webapp.procedures.conditions import Facts

CALENDAR = library().calendar
NOWHERE = "W06000099"


def team(inbox: str, conflicts: tuple[str, ...] = (), moment: datetime = NOW) -> Team:
    return directory().team_for(CARDIFF, inbox, conflicts, moment, CALENDAR)


# -- the shipped file -----------------------------------------------------------------


def test_all_22_authorities_have_contacts_and_every_contact_is_invented() -> None:
    text = (ROOT / "infra" / "contacts.yaml").read_text(encoding="utf-8")

    assert set(directory().authorities) == set(library().authorities)
    assert all(each.endswith(".example") for each in re.findall(r"@(\S+)", text))
    phones = set(re.findall(r'phone: "([^"]+)"', text)) - {"101"}
    assert all(re.fullmatch(r"01632 960\d{3}|029 2018 0\d{3}", each) for each in phones)
    assert len(phones) > 22 * 13


def test_names_and_brands_are_in_both_languages() -> None:
    for code in directory().authorities:
        for inbox in directory().rules.inboxes:
            found = directory().team_for(code, inbox, (), NOW, CALENDAR)

            assert found.contact.name.welsh
            assert found.contact.name.welsh != found.contact.name.english
            assert found.brand_name.welsh
            assert re.fullmatch("#[0-9a-f]{6}", found.brand_colour)


def test_each_inbox_has_its_own_mailbox_and_every_procedure_an_inbox() -> None:
    inboxes = directory().rules.inboxes.values()

    assert len({team(each.id).contact.mail for each in inboxes}) == len(inboxes) == 4
    assert {each.procedure for each in inboxes} == set(PROCEDURES)


# -- which Designated Officer ---------------------------------------------------------

CHILDREN, ADULTS = "designated-officer-children", "designated-officer-adults"


@pytest.mark.parametrize(
    ("answers", "flags", "expected"),
    [
        ({"identified": ("child",)}, (), [CHILDREN]),
        ({"identified": ("adult",)}, (), [ADULTS]),
        ({"identified": ("child", "adult")}, (), [CHILDREN, ADULTS]),
        ({"identified": ("none",), "setting": ("care-home",)}, (), [ADULTS]),
        ({"identified": ("none",), "setting": ("school",)}, (), [CHILDREN]),
        ({"identified": ("child",), "setting": ("care-home",)}, (), [CHILDREN, ADULTS]),
        ({"identified": ("not-known",)}, (), [CHILDREN]),
        ({"identified": ("none",), "setting": ("not-known",)}, (), [CHILDREN]),
        ({"identified": ("none",)}, ("adults-at-risk",), [ADULTS]),
        ({"age": ("yes",)}, (), [ADULTS]),
        ({"age": ("yes",)}, ("children-at-risk",), [CHILDREN, ADULTS]),
        ({"age": ("not-known",)}, (), [CHILDREN]),
        ({"child-age": ("unborn",)}, (), [CHILDREN]),
        ({"child-age": ("under-18",)}, ("adults-at-risk",), [CHILDREN, ADULTS]),
        ({}, (), [CHILDREN]),
    ],
)
def test_the_designated_officer_follows_from_who_is_at_risk(
    answers: dict[str, tuple[str, ...]], flags: tuple[str, ...], expected: list[str]
) -> None:
    facts = Facts(answers, set(flags))

    assert list(directory().inboxes_for("section-5", facts)) == expected
    assert directory().inboxes_for("adult", facts) == ("adult",)
    assert directory().inboxes_for("child", facts) == ("child",)


def test_one_designated_officer_for_both_has_one_mailbox_and_one_short_name() -> None:
    both = [
        directory().team_for(GWYNEDD, each, (), NOW, CALENDAR).reached_at
        for each in (CHILDREN, ADULTS)
    ]
    labels = {
        code: directory().phones_for(code, CHILDREN)[0].label.english for code in (GWYNEDD, CARDIFF)
    }

    assert len(set(both)) == 1
    assert team(CHILDREN).reached_at != team(ADULTS).reached_at
    assert labels[GWYNEDD] == "Designated Officer"
    assert labels[CARDIFF] == "Designated Officer (children)"
    assert len(directory().phones_of(GWYNEDD, [CHILDREN, ADULTS])) == 2
    assert len(directory().phones_of(CARDIFF, [CHILDREN, ADULTS])) == 3


# -- never round a conflict -----------------------------------------------------------


def test_a_conflict_takes_the_request_away_from_the_duty_team_and_whoever_is_over_it() -> None:
    conflicted = team("adult", ("duty-team",))

    assert conflicted.alternative
    assert conflicted.contact.name.english == "Cardiff Head of Adult Services"
    assert conflicted.escalation is conflicted.fallback is None
    assert team("section-5", ("duty-team",)) == team("section-5")


def test_a_conflict_with_the_designated_officer_touches_only_section_5() -> None:
    for inbox in (CHILDREN, ADULTS):
        assert team(inbox, ("designated-officer",)).alternative
    assert team("adult", ("designated-officer",)) == team("adult")


@pytest.mark.parametrize(
    ("answers", "closed"),
    [
        ({"conflict-of-interest": ("duty-team",)}, {"duty-team"}),
        ({"conflict-of-interest": ("designated-officer",)}, {"designated-officer"}),
        (
            {"conflict-of-interest": ("duty-team", "designated-officer")},
            {"duty-team", "designated-officer"},
        ),
        ({"conflict-of-interest": ("own-team",), "user": ("social-services",)}, {"duty-team"}),
        (
            {"conflict-of-interest": ("own-team",), "user": ("designated-officer",)},
            {"designated-officer"},
        ),
        ({"conflict-of-interest": ("own-team",), "user": ("other-agency",)}, set()),
        ({"conflict-of-interest": ("police",)}, set()),
        ({"conflict-of-interest": ("none",), "user": ("social-services",)}, set()),
        ({"conflict-of-interest": ("not-known",)}, set()),
        ({}, set()),
    ],
)
def test_the_answers_say_which_offices_are_closed(
    answers: dict[str, tuple[str, ...]], closed: set[str]
) -> None:
    assert directory().conflicts_in(Facts(answers)) == closed


@pytest.mark.parametrize("code", list(library().authorities))
@pytest.mark.parametrize("conflicts", [("duty-team",), ("designated-officer",)])
def test_at_no_step_and_no_hour_does_anybody_closed_get_it(
    code: str, conflicts: tuple[str, ...]
) -> None:
    council, rules = directory().authorities[code], directory().rules
    closed = [
        contact
        for each in rules.inboxes.values()
        if each.office in conflicts
        for contact in council.duty(each).own
    ]
    for inbox in rules.inboxes:
        for moment in ("2026-06-11T10:30:00", "2026-06-11T23:30:00"):
            for step in range(5):
                found = directory().contact_at(code, inbox, conflicts, at(moment), CALENDAR, step)
                assert found.mail not in closed
                assert found.ring.phone not in [each.phone for each in closed]


def test_an_alternative_without_a_mailbox_is_for_the_telephone_only() -> None:
    conflicted = directory().team_for(POWYS, "adult", ("duty-team",), NOW, CALENDAR)

    assert conflicted.contact.mail is None
    assert conflicted.ring == conflicted.contact


def test_the_numbers_to_show_follow_the_conflict() -> None:
    usual = directory().phones_for(CARDIFF, "adult")
    conflicted = directory().phones_for(CARDIFF, "adult", ("duty-team",))

    assert [each.when for each in usual] == ["office-hours", "out-of-hours"]
    assert usual[0].hours
    assert usual[0].phone not in [each.phone for each in conflicted]
    assert conflicted[0].diverted
    assert not usual[0].diverted


def test_a_council_that_is_not_in_the_file_is_for_the_telephone_and_has_a_number() -> None:
    nowhere = directory().team_for(NOWHERE, "adult", (), NOW, CALENDAR)

    assert nowhere.contact.mail is None
    assert nowhere.ring.phone == "101"
    assert [each.when for each in directory().phones_for(NOWHERE, "adult")] == ["always"]
