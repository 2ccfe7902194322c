"""Asking for something else than is recommended: what can be asked for, and what never can."""

from __future__ import annotations

import re

import pytest

from tests.browser.cases import SIMPLE, Answers, case
from tests.web.conftest import World
from tests.web.departing import DETAILS_OF, TRUST, ask, asking, on_page, person, sent
from tests.web.procedure_cases import CHILD, SECTION_5

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


# -- although the result is no meeting ---------------------------------------------------------

NO_MEETING: list[tuple[str, Answers]] = [
    ("adult", case(care_needs="no")),
    ("child", CHILD | {"significant-harm": "no"}),
    ("section-5", SECTION_5 | {"position-of-trust": "no"}),
]
ANYWAY = {"cy": "gofyn-er-hynny", "en": "ask-anyway"}


@pytest.mark.parametrize(("procedure", "answers"), NO_MEETING)
def test_a_meeting_asked_for_anyway_says_so_first_and_why(
    world: World, lang: str, procedure: str, answers: Answers
) -> None:
    practitioner = world.at_recommendation(lang, answers, procedure)
    practitioner.get(practitioner.link(ANYWAY[lang])).submit(reason="")
    assert practitioner.status == 422
    practitioner.submit(reason="Mae’r teulu’n poeni")
    on_page(practitioner, "although the procedures do not point to one", "Mae’r teulu’n poeni")

    practitioner.fill_all(DETAILS_OF[procedure][lang])
    mail = sent(world, practitioner)[0].mail.text

    assert "(not as recommended)" in mail.splitlines()[0]
    first = re.search(r"\n-+\n(.*)\n", mail)
    assert first, "a heading"
    assert "A meeting is asked for" in first[1] + mail[first.end() : first.end() + 80]
    assert "Mae’r teulu’n poeni" in " ".join(mail.split())


@pytest.mark.parametrize(("procedure", "answers"), NO_MEETING)
def test_a_meeting_asked_for_anyway_can_be_taken_back(
    world: World, procedure: str, answers: Answers
) -> None:
    practitioner = world.at_recommendation("en", answers, procedure)
    practitioner.get(practitioner.link(ANYWAY["en"])).submit(reason="The family worries")

    form = next(f for f in practitioner.tree.iter("form") if "take-back" in (f.get("class") or ""))
    hidden = {each.get("name") or "": each.get("value") for each in form.iter("input")}
    practitioner.post(form.get("action") or "", hidden)

    assert "What you ask for differently" not in practitioner.text
    assert practitioner.link(ANYWAY["en"])


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
