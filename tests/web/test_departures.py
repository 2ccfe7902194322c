"""Asking for something else than is recommended: what can be asked for, and what never can."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.cases import DETAILS, SIMPLE, Answers, case
from tests.web.conftest import World, number_of
from tests.web.practitioner import WORDS, Practitioner
from tests.web.procedure_cases import CHILD, CHILD_MANY, SECTION_5
from tests.web.procedure_cases import DETAILS as OTHER_DETAILS
from webapp.meeting_requests.model import Dispatch

PLACES = {"cy": "gwahanol", "en": "departure"}
DETAILS_OF = {"adult": DETAILS, "child": OTHER_DETAILS, "section-5": OTHER_DETAILS}
TRUST = case(crime="yes", position_of_trust="yes", setting=["care-home"], implicated=["manager"])


def asking(
    world: World, lang: str, answers: Answers, procedure: str = "adult", number: int = 1
) -> Practitioner:
    practitioner = world.at_recommendation(lang, answers, procedure)
    return practitioner.get(practitioner.link(f"/{PLACES[lang]}/{number}"))


def ask(practitioner: Practitioner, **typed: str) -> Practitioner:
    """The form with some of it filled in; names with underscores."""
    values = {name.replace("_", "-"): value for name, value in typed.items()}
    return practitioner.post(practitioner.path, practitioner.typed() | values)


def person(number: int, role: str, choice: str, reason: str) -> dict[str, str]:
    key = f"person_{number}"
    return {f"{key}_role": role, f"{key}_choice": choice, f"{key}_reason": reason}


def on_page(practitioner: Practitioner, *words: str) -> None:
    for each in words:
        assert each in practitioner.text, each


def sent(world: World, practitioner: Practitioner) -> tuple[Dispatch, ...]:
    """The dispatches after sending from the check page."""
    practitioner.submit("send")
    (submitted,) = world.store.requests.values()
    return submitted[0].dispatches


# -- each kind -----------------------------------------------------------------------------


KINDS: list[tuple[str, Answers, dict[str, str], str]] = [
    ("adult", SIMPLE, {"type": "meeting", "type_reason": "Aros yn hir"}, "Strategy meeting ("),
    ("adult", SIMPLE, {"mode": "face-to-face", "mode_reason": "Yn fyddar"}, "Face to face ("),
    (
        "adult",
        SIMPLE,
        {"chair": "other", "chair_who": "Jo Dychmygol", "chair_reason": "Annibynnol"},
        "Jo Dychmygol",
    ),
    ("adult", SIMPLE, person(1, "police", "required", "Cyllell"), "Required (recommended: Exp"),
    ("adult", SIMPLE, person(1, "housing", "expected", "Y tŷ"), "Expected (not in the rec"),
    ("child", CHILD, person(1, "health", "removed", "Wedi dweud"), "Do not invite them (rec"),
    ("child", CHILD, person(1, "note-taker", "expected", "Cymhleth"), "Expected (not in the rec"),
    ("child", CHILD, {"type": "meeting", "type_reason": "Cymhleth"}, "Strategy meeting (rec"),
    ("section-5", SECTION_5, {"mode": "video", "mode_reason": "Yfory"}, "By video conf"),
    ("section-5", SECTION_5, person(1, "police", "removed", "Gwybod"), "Do not invite them (rec"),
]


@pytest.mark.parametrize(("procedure", "answers", "typed", "said"), KINDS)
def test_each_kind_is_listed_on_each_page_and_first_in_the_mail(
    world: World, lang: str, procedure: str, answers: Answers, typed: dict[str, str], said: str
) -> None:
    reason = next(value for name, value in typed.items() if name.endswith("reason"))
    practitioner = ask(asking(world, lang, answers, procedure), **typed)

    on_page(practitioner, "What you ask for differently", reason)
    practitioner.fill_all(DETAILS_OF[procedure][lang])
    on_page(practitioner, "What you ask for differently", reason)
    mail = sent(world, practitioner)[0].mail.text
    assert "(not as recommended)" in mail.splitlines()[0]
    start = mail.index("ASKED FOR DIFFERENTLY")
    asked = " ".join(mail[start : start + 300].split())
    assert said in asked
    assert reason in asked


def test_several_things_are_asked_for_in_one_visit(world: World, lang: str) -> None:
    practitioner = asking(world, lang, SIMPLE)
    typed = {"type": "meeting", "type_reason": "Un", "mode": "video", "mode_reason": "Dau"}

    ask(practitioner, **typed, **person(1, "police", "required", "Tri"))

    on_page(practitioner, "Un", "Dau", "Tri")


# -- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"mode": "face-to-face"},
        {"mode_reason": "Dim ond rheswm"},
        {"mode": "gone", "mode_reason": "Am"},
        {"mode": "face-to-face", "mode_reason": "x" * 201},
        {"type": "discussion", "type_reason": "that is what is recommended"},
        {"chair": "other", "chair_reason": "Am"},
        {"chair": "other", "chair_who": "x" * 81, "chair_reason": "Am"},
        {"chair": "police", "chair_reason": "never chairs"},
        person(1, "police", "", "Am"),
        person(1, "police", "required", ""),
        person(1, "", "required", "Am"),
        person(1, "police", "expected", "that is what is recommended"),
        person(1, "police", "not-invited", "not a choice"),
        person(1, "gone", "required", "Am"),
        person(1, "youth-justice", "required", "of no adult meeting"),
        person(1, "police", "required", "Am") | person(2, "police", "removed", "Am"),
    ],
)
def test_what_says_too_little_or_cannot_be_is_refused_and_kept(
    world: World, lang: str, typed: dict[str, str]
) -> None:
    practitioner = asking(world, lang, SIMPLE)
    if "person_2_role" in typed:
        practitioner.submit(**{"add-person": "1"})

    ask(practitioner, **typed)

    assert practitioner.status == 422
    assert len(practitioner.errors()) == 1
    shown = practitioner.typed()
    for name, value in typed.items():
        field = name.replace("_", "-")
        offered = "role" not in name and not name.endswith(("choice", "mode", "chair", "type"))
        if offered:
            assert shown[field] == [value]


@pytest.mark.parametrize("choice", ["required", "expected", "where-appropriate", "removed"])
@pytest.mark.parametrize("role", ["provider", "family", "adult", "employer"])
def test_somebody_kept_away_is_not_quietly_invited(
    world: World, lang: str, role: str, choice: str
) -> None:
    practitioner = asking(world, lang, TRUST)

    ask(practitioner, **person(1, role, choice, "Maen nhw’n gwybod"))

    assert practitioner.status == 422
    ask(practitioner, **person(1, role, "ask-chair", "Maen nhw’n gwybod"))
    on_page(practitioner, "The chair is asked to invite them", "it may warn the person of concern")


@pytest.mark.parametrize(
    ("answers", "role"),
    [
        (TRUST, "person-of-concern"),
        (TRUST, "registered-manager"),
        (SIMPLE, "person-of-concern"),
        (SIMPLE, "public-referrer"),
        (case(representative="attorney-of-concern", capacity="lacks"), "representative"),
        (TRUST | {"conflict-of-interest": ["designated-officer"]}, "designated-officer"),
    ],
)
@pytest.mark.parametrize("choice", ["required", "ask-chair"])
def test_not_even_the_chair_is_asked_about_the_person_of_concern(
    world: World, answers: Answers, role: str, choice: str
) -> None:
    practitioner = asking(world, "en", answers)
    offered = {each.get("value") for each in practitioner.form().iter("option")}

    ask(practitioner, **person(1, role, choice, "They should hear it"))

    assert role not in offered
    assert practitioner.status == 422


# -- back again ----------------------------------------------------------------------------


def test_the_form_begins_with_what_is_asked_for_and_takes_it_back(world: World, lang: str) -> None:
    practitioner = asking(world, lang, SIMPLE)
    page = practitioner.path
    typed = {"mode": "face-to-face", "mode_reason": "Yn fyddar"}
    ask(practitioner, **typed, **person(1, "police", "required", "Cyllell"))

    practitioner.get(page)
    assert practitioner.typed()["mode"] == ["face-to-face"]
    assert practitioner.typed()["person-1-role"] == ["police"]
    assert practitioner.typed()["person-2-role"] == [""]

    ask(practitioner, mode="", mode_reason="")
    assert "Yn fyddar" not in practitioner.text
    on_page(practitioner, "Cyllell")


def test_what_another_answer_has_made_the_recommendation_is_no_departure(world: World) -> None:
    practitioner = asking(world, "en", SIMPLE)
    recommendation = practitioner.path.replace("departure/1", "recommendation")
    ask(practitioner, **person(1, "police", "required", "There was a knife"))
    crime = practitioner.procedure.questions["crime"]

    practitioner.get(
        recommendation.replace("recommendation", f"{crime.code}?change=recommendation")
    )
    practitioner.answer(crime="yes")

    assert "There was a knife" not in practitioner.text


def test_an_invitation_of_somebody_kept_away_since_becomes_a_question(world: World) -> None:
    practitioner = asking(world, "en", SIMPLE | {"agencies-involved": ["provider"]})
    recommendation = practitioner.path.replace("departure/1", "recommendation")
    ask(practitioner, **person(1, "provider", "required", "They know her"))
    on_page(practitioner, "Recommended: Expected")
    trust = practitioner.procedure.questions["position-of-trust"]

    practitioner.get(
        recommendation.replace("recommendation", f"{trust.code}?change=recommendation")
    )
    practitioner.answer(position_of_trust="yes")
    practitioner.get(recommendation)

    on_page(practitioner, "The chair is asked to invite them", "They know her")


def test_a_list_of_invitees_that_invites_somebody_again_takes_the_departure_back(
    world: World, lang: str
) -> None:
    practitioner = asking(world, lang, SIMPLE)
    recommendation = practitioner.path.replace(f"{PLACES[lang]}/1", "")
    ask(practitioner, **person(1, "police", "removed", "Gwybod yn barod"))
    shown = practitioner.path
    invitees = f"{recommendation}{WORDS[lang]['details']}/{number_of('invitees')}"

    practitioner.get(invitees)
    assert practitioner.typed()["invitees-police-remove"] == ["1"]
    practitioner.submit(**{"invitees-police-remove": None, "invitees-police-name": "PC 1234"})

    practitioner.get(shown)
    assert "Gwybod yn barod" not in practitioner.text


def test_whom_the_page_invites_again_is_not_left_out_of_the_list(world: World, lang: str) -> None:
    practitioner = asking(world, lang, SIMPLE)
    page = practitioner.path
    base = page.replace(f"{PLACES[lang]}/1", "")
    ask(practitioner, **person(1, "police", "removed", "Gwybod yn barod"))
    shown = practitioner.path
    invitees = f"{base}{WORDS[lang]['details']}/{number_of('invitees')}"
    practitioner.get(invitees).submit()
    practitioner.get(shown)
    assert practitioner.text.count("Gwybod yn barod") == 1, "one list, once"

    practitioner.get(page)
    ask(practitioner, person_1_role="", person_1_choice="", person_1_reason="")

    assert "Gwybod yn barod" not in practitioner.text
    practitioner.get(invitees)
    assert "invitees-police-remove" not in practitioner.typed()


# -- invitees, and what is missing -----------------------------------------------------------


def invitee(role: str = "", **changes: str) -> dict[str, str]:
    empty = dict.fromkeys(("role", "title", "name", "contact", "change", "reason"), "")
    return empty | {"role": role} | changes


def test_the_list_of_invitees_is_listed_with_the_rest(world: World, lang: str) -> None:
    people: list[Any] = [
        invitee("police", change="removed", reason="Gwybod yn barod"),
        invitee(title="Nyrs", name="Ann Dychmygol", change="added", reason="Gwelodd hi’r clwyf"),
    ]
    practitioner = world.at_check(lang, SIMPLE, invitees=people)

    asked = practitioner.text.index("What you ask for differently")
    for words in ("Gwybod yn barod", "Nyrs, Ann Dychmygol", "Gwelodd hi’r clwyf"):
        assert practitioner.text.index(words) > asked
    practitioner.get(practitioner.link("change=check"))
    assert practitioner.status == 200


def test_three_people_named_and_no_police_still_says_so(world: World, lang: str) -> None:
    people: list[Any] = [
        invitee("social-services-manager", name="A"),
        invitee("social-worker", name="B"),
        invitee("health", name="C"),
    ]
    practitioner = world.at_check(lang, CHILD, "child", invitees=people)

    on_page(practitioner, "Needed, and still missing", "There is no name or contact yet.")
    (child,) = sent(world, practitioner)
    words = " ".join(child.mail.text.split())
    assert "Ask the police for an officer with child protection responsibility" in words
    assert "Ask the health board" not in words


def test_nothing_is_missing_where_everybody_is_named(world: World) -> None:
    people: list[Any] = [invitee("police", contact="029 2018 0994"), invitee("health", name="C")]

    practitioner = world.at_check("en", CHILD, "child", invitees=people)

    assert "still missing" not in practitioner.text


def test_each_team_sees_what_is_asked_of_its_own_meeting(world: World) -> None:
    practitioner = world.at_check("en", CHILD_MANY, "child")
    base = practitioner.path.rsplit("/", 1)[0]
    practitioner.get(f"{base}/recommendation")
    numbers = [
        number
        for number in range(1, 9)
        if any(f"departure/{number}" in (a.get("href") or "") for a in practitioner.tree.iter("a"))
    ]
    for number in numbers:
        practitioner.get(f"{base}/departure/{number}")
        chair = {"chair": "other", "chair_who": "Jo Sample"}
        ask(practitioner, **chair, chair_reason=f"Reason of meeting {number}.")

    practitioner.get(f"{base}/check")
    dispatches = sent(world, practitioner)

    assert len(dispatches) > 1
    (submitted,) = world.store.requests.values()
    meetings = [each["id"] for each in submitted[0].request.recommendation["en"]["meetings"]]
    for each in dispatches:
        for number, meeting in enumerate(meetings, 1):
            inside = f"Reason of meeting {number}." in " ".join(each.mail.text.split())
            assert inside == (meeting in each.meetings), (each.procedure, meeting)
