"""What the questions have asked, the form knows: it is filled in, or not asked at all."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.cases import CHILD, MANY_SIDED, SECTION_5, SIMPLE, Answers
from tests.browser.practitioner import answer_to
from tests.meeting_requests.fakes import context, library
from tests.web.conftest import World, answers_of, number_of
from tests.web.practitioner import WORDS, Practitioner
from webapp.procedures.walking import walk

CASES = {"adult": MANY_SIDED, "child": CHILD, "section-5": SECTION_5}


def complete(world: World, case: Answers, procedure: str) -> Answers:
    """The case with every other question answered in the least remarkable way."""
    tree, now = library().procedures[procedure], world.clock.now
    answers: Answers = {}
    while True:
        given = answers_of(answers, now.date(), procedure)
        question = walk(tree, given, context(now)).next
        if question is None:
            return answers
        answers[question.id] = answer_to(question, case)


def at(world: World, lang: str, section: str, case: Answers, procedure: str) -> Practitioner:
    """On the page of details with this section."""
    practitioner = world.at_recommendation(lang, complete(world, case, procedure), procedure)
    path = practitioner.path.rsplit("/", 1)[0]
    return practitioner.get(f"{path}/{WORDS[lang]['details']}/{number_of(section)}")


# Which answer fills which field, and with what. What is filled in can be seen and changed.
FILLED: list[tuple[str, str, Answers, str, str]] = [
    ("adult", "meeting", {"preferred-language": "welsh"}, "meeting-language", "welsh"),
    ("child", "meeting", {"preferred-language": "welsh"}, "meeting-language", "welsh"),
    ("adult", "person", {"unable-to-protect": "coercion"}, "person-pressure", "pressure"),
    ("child", "person", {"child-voice": ["coercion"]}, "person-pressure", "pressure"),
    ("adult", "requester", {"user": "social-services"}, "requester-agency", "Social services"),
]


@pytest.mark.parametrize(("procedure", "section", "answers", "field", "value"), FILLED)
def test_an_answer_fills_the_field(
    world: World, procedure: str, section: str, answers: Answers, field: str, value: str
) -> None:
    practitioner = at(world, "en", section, CASES[procedure] | answers, procedure)

    assert practitioner.typed()[field] == [value]
    assert practitioner.text.count("Filled in from your answers") >= 1


def test_what_was_filled_in_and_emptied_stays_empty(world: World) -> None:
    case = SIMPLE | {"user": "social-services"}
    practitioner = at(world, "en", "requester", case, "adult")
    page = practitioner.path
    needed = {"requester-name": "A", "requester-role": "B", "requester-phone": "029 2018 0990"}

    practitioner.submit(**needed, **{"requester-agency": "", "requester-phone-safe": "ring-only"})

    assert practitioner.status == 200
    assert practitioner.get(page).typed()["requester-agency"] == [""]


def test_the_eighteenth_birthday_gives_the_date_of_birth(world: World) -> None:
    soon = CHILD | {"child-age": "turning-18", "eighteenth-birthday": "20"}
    practitioner = at(world, "en", "person", soon, "child")
    birthday = practitioner.today.replace(year=practitioner.today.year - 18)

    typed = practitioner.typed()

    assert int(typed["person-born-year"][0]) in (birthday.year, birthday.year + 1)
    assert typed["person-born-day"][0]


# Which answer makes which field needless, and one that does not.
NEEDLESS: list[tuple[str, str, str, Answers, Answers]] = [
    ("adult", "concern", "concern-others-1-name",
     {"others-at-risk": ["none"]}, {"others-at-risk": ["adults"]}),
    ("adult", "concern", "concern-police-log",
     {"crime": "yes", "police-told": "no"}, {"crime": "yes", "police-told": "yes"}),
    ("child", "person", "child-due-day", {"child-age": "under-18"}, {"child-age": "unborn"}),
    ("child", "parents", "parents-told-what",
     {"parents": ["not-told-risk"]}, {"parents": ["told-agree", "not-yet"]}),
    ("child", "parents", "parents-not-told", {"parents": ["told-agree"]}, {"parents": ["not-yet"]}),
    ("adult", "person", "representative-name",
     {"help-to-take-part": "yes", "appropriate-person": "no", "representative": "nobody"},
     {"help-to-take-part": "yes", "appropriate-person": "no",
      "representative": "family-or-friend"}),
    ("adult", "person", "person-language-other",
     {"preferred-language": "other", "communication": ["interpreter"]},
     {"preferred-language": "other", "communication": ["none"]}),
    ("section-5", "alleged", "alleged-earlier",
     {"earlier-concerns": "no"}, {"earlier-concerns": "yes"}),
    ("section-5", "alleged", "alleged-registration",
     {"registered-with": ["none"]}, {"registered-with": ["social-care-wales"]}),
    ("section-5", "alleged", "alleged-interim",
     {"safeguards": ["none"]}, {"safeguards": ["kept-apart"]}),
]  # fmt: skip


@pytest.mark.parametrize(("procedure", "section", "name", "answered", "open_"), NEEDLESS)
def test_what_was_answered_is_not_asked_again(
    world: World, procedure: str, section: str, name: str, answered: Answers, open_: Answers
) -> None:
    case = CASES[procedure]

    assert name not in at(world, "en", section, case | answered, procedure).typed()
    assert name in at(world, "en", section, case | open_, procedure).typed()


BORN: list[tuple[str, str, bool]] = [
    ("child", "1941-03-02", True),
    ("child", "2016-03-02", False),
    ("adult", "2016-03-02", True),
    ("adult", "1941-03-02", False),
]


@pytest.mark.parametrize(("procedure", "born", "said"), BORN)
def test_an_age_that_does_not_fit_is_pointed_out_and_stops_nobody(
    world: World, procedure: str, born: str, said: bool
) -> None:
    details: dict[str, Any] = {"person-born": born}
    case = complete(world, CASES[procedure], procedure)
    practitioner = world.at_check("en", case, procedure, **details)

    assert ("Check the date of birth" in practitioner.text) is said
    assert practitioner.status == 200
    place = practitioner.path.rsplit("/", 1)[0]
    practitioner.get(f"{place}/{WORDS['en']['details']}/{number_of('person')}")
    assert ("Check the date of birth" in practitioner.text) is said


def test_phone_numbers_and_postcodes_are_kept_in_their_usual_form(world: World) -> None:
    practitioner = at(world, "cy", "person", SIMPLE, "adult")
    page, known = practitioner.path, {"-known": "not-known"}
    unknown = {
        f"{name}{part}": value
        for name in ("person-name", "person-born", "person-safe-until", "person-wishes")
        for part, value in known.items()
    }

    practitioner.submit(
        **unknown,
        **{
            "person-address": "1 Heol Ddychmygol\ncf101aa",
            "person-where-now": "Gartref",
            "person-phone": "+44 (0)29 2018 0990",
        },
    )

    assert practitioner.status == 200
    typed = practitioner.get(page).typed()
    assert typed["person-address"] == ["1 Heol Ddychmygol\nCF10 1AA"]
    assert typed["person-phone"] == ["029 2018 0990"]
