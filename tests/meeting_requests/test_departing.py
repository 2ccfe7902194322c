"""What may be asked for against a recommendation, and what of it still counts."""

from __future__ import annotations

import pytest

from tests.meeting_requests.fakes import CARDIFF, TRUST_ANSWERS, a_draft, library, recommended
from webapp.meeting_requests.departing import (
    ASK_CHAIR,
    Advised,
    invited_again,
    not_left_out,
    other_roles,
    role_choices,
    standing,
)
from webapp.meeting_requests.draft_data import draft_as_data, draft_from_data
from webapp.meeting_requests.model import Departure
from webapp.messages.snapshot import recommendation_data
from webapp.procedures.recommending import KEPT_AWAY

PLAIN = TRUST_ANSWERS | {"position-of-trust": "no", "circumstances": ["neglect"]}


def of_adult(choice: str, part: str = "attendee:ciw") -> dict[str, tuple[Departure, ...]]:
    return {"adult": (Departure(part, choice, "Because"),)}


@pytest.mark.parametrize(
    ("part", "choice", "kept"),
    [
        ("attendee:ciw", "removed", "removed"),
        ("attendee:ciw", "required", "required"),
        ("attendee:ciw", "chair-decides", "chair-decides"),
        ("attendee:ciw", "expected", None),  # that is what is recommended
        ("attendee:ciw", "gone", None),
        ("attendee:gone", "required", None),
        ("attendee:housing", "expected", "expected"),
        ("attendee:housing", "removed", None),  # nobody recommends them
        ("attendee:provider", "ask-chair", "ask-chair"),
        ("attendee:provider", "required", "ask-chair"),
        ("attendee:provider", "removed", None),
        ("attendee:registered-manager", "required", "ask-chair"),  # not implicated here
        ("attendee:person-of-concern", "required", None),
        ("attendee:person-of-concern", "ask-chair", None),
        ("attendee:public-referrer", "ask-chair", None),
        ("type", "discussion", "discussion"),
        ("type", "meeting", None),
        ("type", "gone", None),
        ("mode", "video", "video"),
        ("chair", "other", "other"),
        ("chair", "police", None),
        ("anyway", "", None),
    ],
)
def test_what_is_kept_of_a_departure(part: str, choice: str, kept: str | None) -> None:
    found = standing(of_adult(choice, part), recommended(TRUST_ANSWERS))

    assert [each.choice for each in found.get("adult", ())] == ([kept] if kept is not None else [])


def test_departures_of_a_meeting_that_is_not_recommended_any_more_are_dropped() -> None:
    asked = {"child": (Departure("mode", "video", "Because"),)}

    assert standing(asked, recommended(TRUST_ANSWERS)) == {}


def test_nobody_is_invited_whom_any_answers_keep_away_without_the_chair() -> None:
    """For every tree and meeting: whoever a rule may keep away is only asked of the chair."""
    for procedure in library().procedures.values():
        for meeting in procedure.meetings:
            bare = Advised(meeting.id, "", meeting.procedure, "", "", "", {})
            for role in other_roles(procedure, bare):
                given = {
                    rule.status
                    for rule in procedure.rules
                    for held in procedure.meetings
                    if rule.role == role
                    and rule.meeting == held.id
                    and held.procedure == meeting.procedure
                }
                away = not given.isdisjoint(KEPT_AWAY)
                assert (role_choices(procedure, bare, role) == (ASK_CHAIR,)) == away
            for never in ("person-of-concern", "public-referrer"):
                assert role_choices(procedure, bare, never) == ()


@pytest.mark.parametrize(
    "role",
    ["registered-manager", "responsible-individual", "representative", "designated-officer"],
)
def test_who_may_be_the_person_of_concern_is_not_even_asked_of_the_chair(role: str) -> None:
    procedure = library().procedures["adult"]
    away = Advised("adult", "", "adult", "", "", "", {role: "not-invited"})

    assert role_choices(procedure, away, role) == ()


def test_a_kept_snapshot_says_what_the_live_meeting_says() -> None:
    from tests.meeting_requests.fakes import LANGUAGES

    recommendation = recommended(TRUST_ANSWERS)
    data = recommendation_data(recommendation, LANGUAGES["en"])

    for meeting, kept in zip(recommendation.meetings, data["meetings"], strict=True):
        assert Advised.of_data(kept) == Advised.of(meeting, meeting.rule.title.english)


def test_a_named_chair_survives_in_the_cookie_and_a_broken_one_does_not_open() -> None:
    from dataclasses import replace

    procedures = library().procedures
    asked = {
        "adult": (
            Departure("mode", "video", "Far"),
            Departure("chair", "other", "Known", "Jo Sample"),
        )
    }
    draft = replace(a_draft({"area-of-concern": CARDIFF}), departures=asked)
    data = draft_as_data(draft, procedures["adult"])

    assert draft_from_data(data, procedures).departures == asked
    assert data["d"]["adult"][0] == ["mode", "video", "Far"], "no longer than before"
    data["d"]["adult"][0] = ["mode", "video"]
    with pytest.raises(ValueError, match="departure"):
        draft_from_data(data, procedures)


def test_the_two_lists_take_back_from_each_other() -> None:
    asked = of_adult("removed") | {"section-5": of_adult("removed")["adult"]}
    people = [
        {"role": "ciw", "change": "removed", "reason": "Told"},
        {"role": "police", "change": "removed", "reason": "Told"},
        {"role": "", "change": "added", "reason": "Knows"},
    ]

    assert set(not_left_out(asked, ["adult"], {"ciw"})) == {"section-5"}
    assert not_left_out(asked, ["adult"], {"police"}) == asked
    assert [each["change"] for each in invited_again(people, {"ciw"})] == ["", "removed", "added"]
