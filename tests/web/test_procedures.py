"""Child and Section 5 journeys, from the first page to the duty officer's mail."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.cases import CARDIFF, GWYNEDD
from tests.meeting_requests.fakes import fields, library
from tests.web.conftest import World
from tests.web.practitioner import WORDS, Practitioner
from tests.web.procedure_cases import (
    CASES,
    CHILD,
    CHILD_MANY,
    DETAILS,
    SECTION_5_MANY,
)
from tests.web.test_linking import start_linked
from webapp.meeting_requests.model import REQUEST, Dispatch

URGENT_PAGES = 6
SECRET = {  # what only the Designated Officer may read of a child's request
    "alleged-post": "Gofalwr maeth cyfrinachol",
    "alleged-employer": "Asiantaeth gyfrinachol",
}
PUBLIC = {"raised-public": "Cymydog Dienw", "raised-public-phone": "01632 960 107"}


def dispatches(world: World) -> dict[str, Dispatch]:
    """The mails of the request that was sent last, by the procedure of their team."""
    sent = list(world.store.requests.values())[-1][0]
    return {each.procedure: each for each in sent.dispatches if each.kind == REQUEST}


@pytest.mark.parametrize("procedure", CASES)
@pytest.mark.parametrize("name", ["simple", "many-sided"])
def test_a_case_goes_from_the_first_page_to_the_duty_officers_mail(
    world: World, lang: str, procedure: str, name: str
) -> None:
    practitioner = world.practitioner(lang, procedure)

    practitioner.start().answer_all(CASES[procedure][name])
    assert practitioner.path.endswith(("/recommendation", "/argymhelliad"))
    practitioner.fill_all(DETAILS[lang])
    assert practitioner.path.endswith(("/check", "/gwirio"))
    practitioner.submit("send")

    assert re.search(r"CFD-\w{4}-\w{4}", practitioner.text)
    mails = dispatches(world)
    assert procedure in mails
    for mail in mails.values():
        assert DETAILS[lang]["concern-what"].split("\n")[0] in mail.mail.text
        assert not [each for each in DETAILS[lang].values() if each in mail.mail.subject]


@pytest.mark.parametrize("procedure", CASES)
def test_the_urgent_path_is_short_in_every_procedure(
    world: World, lang: str, procedure: str
) -> None:
    practitioner, pages = world.practitioner(lang, procedure).start(), 1
    case = CASES[procedure]["urgent"]
    while practitioner.on_question:
        practitioner.submit(**practitioner._values(case))
        pages += 1
    assert "999" in practitioner.text
    practitioner.get(practitioner.link(f"/{WORDS[lang]['details']}"))
    practitioner.fill_details(DETAILS[lang])
    practitioner.submit("send")

    assert pages + 2 <= URGENT_PAGES
    assert "URGENT" in dispatches(world)[procedure].mail.subject


def test_several_meetings_each_have_a_chair_people_a_limit_and_a_pack(
    world: World, lang: str
) -> None:
    practitioner = world.at_recommendation(lang, CHILD_MANY, "child")

    found = [each.get("id") or "" for each in practitioner.tree.iter("h3")]
    assert [each for each in found if each.startswith("who-")] == [
        "who-1",
        "who-2",
        "who-3",
        "who-4",
    ]
    word = {"cy": "pecyn-y-cadeirydd", "en": "chairs-pack"}[lang]
    base = practitioner.path.rsplit("/", 1)[0]
    for number in range(1, 5):
        assert practitioner.get(f"{base}/{word}/{number}").status == 200


def test_two_meetings_of_one_duty_team_go_in_one_mail(world: World) -> None:
    world.at_check("en", CHILD_MANY, "child").submit("send")

    mails = dispatches(world)
    assert {each: mail.meetings for each, mail in mails.items()} == {
        "child": ("child", "second-child"),
        "section-5": ("section-5",),
        "adult": ("adult",),
    }
    family = next(iter(mails.values())).family
    assert sorted(mail.reference for mail in mails.values()) == [
        f"{family}-{number}" for number in (1, 2, 3)
    ]
    for meeting in world.services.library.procedures["child"].meetings:
        if meeting.id in ("child", "second-child"):
            assert meeting.title.english.upper() in _flat(mails["child"].mail.text).upper()


def test_each_meeting_goes_to_its_own_authority(world: World) -> None:
    case = CHILD_MANY | {"person-place": "another-area", "area-of-concern": CARDIFF}
    practitioner = world.at_check("en", case, "child")
    assert "Each duty team decides about its own meeting." in practitioner.text
    practitioner.submit("send")

    sent = {each: mail.authority for each, mail in dispatches(world).items()}
    assert sent == {"child": GWYNEDD, "section-5": CARDIFF, "adult": CARDIFF}


def test_a_linked_mail_repeats_only_the_advice_about_its_own_meeting(world: World) -> None:
    world.at_check("en", CHILD_MANY, "child").submit("send")

    mails = {each: mail.mail.text for each, mail in dispatches(world).items()}
    parents = "Do not contact the parents or carers before the discussion"
    assert [each for each, text in mails.items() if parents in _flat(text)] == ["child"]
    trust = "Wait until the Designated Officer and the police agree"
    assert [each for each, text in mails.items() if _flat(trust) in _flat(text)] == [
        "child",
        "section-5",
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_each_team_of_a_childs_request_gets_only_what_it_needs(world: World) -> None:
    world.at_check("en", CHILD_MANY, "child", **SECRET, **PUBLIC).submit("send")

    mails = {each: mail.mail.text for each, mail in dispatches(world).items()}
    for value in SECRET.values():
        assert [each for each, text in mails.items() if value in text] == ["section-5"]
    for value in PUBLIC.values():
        assert [each for each, text in mails.items() if value in text] == ["child"]


def test_a_section_5_request_runs_beside_the_childs_and_the_adults(world: World) -> None:
    typed = {"alleged-interim": "Dim ond y Swyddog", "alleged-who-knows": "Neb arall o gwbl"}
    case = SECTION_5_MANY | {"safeguards": ["kept-apart"]}
    world.at_check("en", case, "section-5", **typed, **PUBLIC).submit("send")

    mails = {each: _flat(mail.mail.text) for each, mail in dispatches(world).items()}
    assert set(mails) == {"section-5", "child", "adult"}
    for value in (*typed.values(), *PUBLIC.values()):
        assert [each for each, text in mails.items() if value in text] == ["section-5"]


def test_every_child_has_an_entry_of_its_own(world: World, lang: str) -> None:
    practitioner = world.at_recommendation(lang, CHILD, "child")
    number = [section.id for section in fields().sections].index("person") + 1
    page = f"{practitioner.path.rsplit('/', 1)[0]}/{WORDS[lang]['details']}/{number}"
    typed: dict[str, Any] = {
        "other-children-1-name": "Cai Dychmygol",
        "other-children-1-born": "6 oed",
    }

    practitioner.get(page).submit(**typed, **{"add-entry": "other-children"})
    assert practitioner.typed()["other-children-1-name"] == ["Cai Dychmygol"]
    typed["other-children-2-name"] = "Non Dychmygol"
    practitioner.fill_details(DETAILS[lang] | typed)
    practitioner.get(page)

    shown = practitioner.typed()
    assert shown["other-children-2-name"] == ["Non Dychmygol"]
    assert shown["other-children-3-name"] == [""]


def test_an_entry_that_is_too_long_is_kept_on_the_page(world: World, lang: str) -> None:
    practitioner = world.at_recommendation(lang, CHILD, "child")
    number = [section.id for section in fields().sections].index("person") + 1
    practitioner.get(f"{practitioner.path.rsplit('/', 1)[0]}/{WORDS[lang]['details']}/{number}")

    practitioner.fill_details(DETAILS[lang] | {"other-children-1-name": "x" * 501})

    assert practitioner.status == 422
    assert practitioner.typed()["other-children-1-name"] == ["x" * 501]


def test_the_pages_of_a_child_speak_of_the_child(world: World) -> None:
    practitioner = world.at_recommendation("en", CHILD, "child")
    practitioner.get(practitioner.link("/details"))
    texts = []
    while "/details/" in practitioner.path:
        texts.append(practitioner.text)
        practitioner.fill_details(DETAILS["en"])
    text = " ".join(texts)

    assert "Where is the child now?" in text
    assert "Who has parental responsibility?" in text
    assert "Where is the person now?" not in text
    assert "person at risk" not in text


@pytest.mark.parametrize(
    ("begin", "to", "asked_again"),
    [
        ("child", "child", {"child-age", "harm", "significant-harm"}),
        ("child", "section-5", {"identified", "criteria"}),
        ("section-5", "adult", {"age", "consent", "capacity"}),
    ],
)
def test_crossing_keeps_what_both_ask_and_asks_about_the_person_again(
    world: World, lang: str, begin: str, to: str, asked_again: set[str]
) -> None:
    practitioner = world.at_recommendation(lang, CASES[begin]["simple"], begin)
    start_linked(practitioner, to)
    practitioner.procedure = library().procedures[to]
    met: list[str] = []
    for _ in range(60):
        if not practitioner.on_question:
            break
        met += [question.id for question in practitioner.asked()]
        practitioner.submit(
            **practitioner._values(CASES[to]["simple"] if to in CASES else _adult())
        )
        assert practitioner.status == 200, practitioner.errors()

    # a page of several questions shows the answers that were carried over too
    assert not {"danger", "user"} & set(met)
    assert asked_again <= set(met)


def _adult() -> Any:
    from tests.browser.cases import ORDINARY

    return ORDINARY


def test_a_person_of_the_wrong_age_goes_on_in_the_other_procedure(world: World, lang: str) -> None:
    case = CHILD | {"child-age": "over-18"}
    practitioner = world.at_recommendation(lang, case, "child")

    start_linked(practitioner, "adult", form="hand-over")
    practitioner.procedure = library().procedures["adult"]

    assert not {"danger", "user", "others-at-risk"} & {each.id for each in practitioner.asked()}


def test_the_first_page_offers_every_procedure_in_plain_words(practitioner: Practitioner) -> None:
    practitioner.get(f"/{practitioner.lang}/")

    offered = [
        each.get("value")
        for each in practitioner.tree.iter("button")
        if each.get("name") == "procedure"
    ]
    assert offered == ["adult", "child", "section-5"]
    for words in fields().procedures.values():
        assert words.who.english in practitioner.text
        assert words.hint.english in practitioner.text
