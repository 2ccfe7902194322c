"""Whole journeys, in both languages, through the checking client."""

from __future__ import annotations

import re

import pytest

from tests.browser.cases import DETAILS, MANY_SIDED, OTHER_RESULTS, SIMPLE, URGENT, case
from tests.web.conftest import World, number_of
from tests.web.practitioner import WORDS, Practitioner


@pytest.mark.parametrize("name", ["simple", "many-sided"])
def test_a_case_goes_from_the_first_question_to_the_duty_officers_mail(
    practitioner: Practitioner, name: str
) -> None:
    answers = {"simple": SIMPLE, "many-sided": MANY_SIDED}[name]
    details = DETAILS[practitioner.lang]

    practitioner.start().answer_all(answers)
    assert practitioner.path.endswith(("/recommendation", "/argymhelliad"))
    practitioner.fill_all(details)
    assert details["concern-what"].split("\n")[0] in practitioner.text
    practitioner.submit("send")

    assert re.search(r"CFD-\w{4}-\w{4}", practitioner.text)
    practitioner.get("/mailbox")
    # the receipt came last: the duty team's mail is under the first reference
    practitioner.get(practitioner.link("-1.1.eml"))
    assert details["person-name"] in practitioner.text
    subject = practitioner.heading
    assert not [value for value in details.values() if value in subject]


def test_the_urgent_path_reaches_a_request_that_can_be_sent_in_six_screens(
    practitioner: Practitioner,
) -> None:
    screens = [practitioner.start().heading]
    practitioner.answer(danger="yes")
    screens.append(practitioner.heading)
    assert "999" in practitioner.text
    practitioner.answer(**{"danger-action": "called"})
    screens.append(practitioner.heading)
    practitioner.submit(**practitioner._values(URGENT))
    screens.append(practitioner.heading)
    practitioner.get(practitioner.link(f"/{WORDS[practitioner.lang]['details']}"))
    screens.append(practitioner.heading)
    practitioner.fill_details(DETAILS[practitioner.lang])
    screens.append(practitioner.heading)

    assert len(screens) == 6
    practitioner.submit("send")
    assert re.search(r"CFD-\w{4}-\w{4}", practitioner.text)


@pytest.mark.parametrize("result", OTHER_RESULTS)
def test_every_other_result_has_a_page_with_next_steps_and_a_number(
    world: World, lang: str, result: str
) -> None:
    practitioner = world.at_recommendation(lang, {**SIMPLE, **OTHER_RESULTS[result]})

    assert practitioner.status == 200
    assert any((each.get("href") or "").startswith("tel:") for each in practitioner.tree.iter("a"))
    found = practitioner.procedure.results
    titles = [each.title.english for each in found.values()]
    assert practitioner.heading.strip("⟦⟧") in titles


def test_a_discussion_can_be_asked_for_against_the_result(world: World, lang: str) -> None:
    practitioner = world.at_recommendation(lang, case(care_needs="no"))
    practitioner.get(practitioner.link(_("ask-anyway", practitioner)))
    practitioner.submit(reason="Mae’r teulu’n poeni")

    assert "Mae’r teulu’n poeni" in practitioner.text
    practitioner.fill_all(DETAILS[practitioner.lang])
    practitioner.submit("send")
    assert re.search(r"CFD-\w{4}-\w{4}", practitioner.text)


def test_a_part_can_be_departed_from_with_a_reason_and_taken_back(world: World, lang: str) -> None:
    practitioner = world.at_recommendation(lang, SIMPLE)
    recommendation = practitioner.path
    departure = practitioner.link(_("departure", practitioner))

    practitioner.get(departure).submit(mode="face-to-face")
    assert practitioner.status == 422
    practitioner.submit(**{"mode": "face-to-face", "mode-reason": "Mae angen wyneb yn wyneb"})
    assert practitioner.path.startswith(recommendation)
    assert "Mae angen wyneb yn wyneb" in practitioner.text

    form = next(f for f in practitioner.tree.iter("form") if "take-back" in (f.get("class") or ""))
    hidden = {i.get("name"): i.get("value") for i in form.iter("input")}
    practitioner.post(form.get("action") or "", hidden)
    assert "Mae angen wyneb yn wyneb" not in practitioner.text


def test_a_later_question_is_not_shown_before_its_turn(practitioner: Practitioner) -> None:
    practitioner.start()
    first = practitioner.path
    journey = first.rsplit("/", 1)[0]

    for question in list(practitioner.procedure.questions.values())[2:]:
        practitioner.get(f"{journey}/{question.code}")
        assert practitioner.path.partition("?")[0] == first
    for word in ("recommendation", "argymhelliad", "check", "gwirio"):
        if practitioner.client.get(f"{journey}/{word}").status_code == 303:
            practitioner.get(f"{journey}/{word}")
            assert practitioner.path == f"{first}?from=later"


def test_posting_to_a_later_question_changes_nothing(world: World) -> None:
    practitioner = world.practitioner().start()
    first, token = practitioner.path, practitioner.typed()["token"][0]
    later = practitioner.procedure.questions["risk"]

    practitioner.post(
        f"{first.rsplit('/', 1)[0]}/{later.code}", {"token": token, later.code: "low"}
    )

    assert practitioner.path == f"{first}?from=later"


def test_a_changed_answer_leads_back_to_where_the_change_began(world: World) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    back = practitioner.path

    practitioner.get(practitioner.link("change=recommendation")).answer(danger="no")

    assert practitioner.path == back


def test_a_change_that_opens_a_question_asks_it_and_then_goes_back(world: World) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    back = practitioner.path
    crime = practitioner.procedure.questions["crime"].code

    practitioner.get(f"{back.rsplit('/', 1)[0]}/{crime}?change=recommendation")
    practitioner.answer(crime="yes")
    assert practitioner.asked()[0].id == "police-told"
    practitioner.answer(police_told="yes")

    assert practitioner.path == back


def test_a_stale_answer_leaves_the_recommendation(world: World) -> None:
    practitioner = world.at_recommendation("en", case(crime="yes"))
    back = practitioner.path
    assert "Police told" in practitioner.text

    crime = practitioner.procedure.questions["crime"].code
    practitioner.get(f"{back.rsplit('/', 1)[0]}/{crime}?change=recommendation")
    practitioner.answer(crime="no")

    assert practitioner.path == back
    assert "Police told" not in practitioner.text


def test_back_leads_page_by_page_to_the_start(practitioner: Practitioner) -> None:
    practitioner.start()
    seen = []
    while practitioner.on_question:
        seen.append(practitioner.path)
        practitioner.submit(**practitioner._values(SIMPLE))
    for expected in reversed(seen):
        back = next(a for a in practitioner.tree.iter("a") if a.get("class") == "govuk-back-link")
        practitioner.get(back.get("href") or "")
        assert practitioner.path == expected
        assert practitioner.typed(), "the answers given are still there"


def test_what_can_wait_can_be_left_for_later_and_is_listed_then(practitioner: Practitioner) -> None:
    practitioner.start()
    left = 0
    while practitioner.on_question:
        if all(question.can_wait for question in practitioner.asked()):
            practitioner.submit(later="1")
            left += 1
        else:
            practitioner.submit(**practitioner._values(SIMPLE))

    assert left > 5
    assert practitioner.path.endswith(("/recommendation", "/argymhelliad"))
    links = [a.get("href") or "" for a in practitioner.tree.iter("a")]
    assert len([each for each in links if "change=recommendation" in each]) > left


def test_a_person_who_must_not_come_is_never_offered_for_contact(world: World) -> None:
    practitioner = world.at_recommendation("en", MANY_SIDED)
    assert "Not invited" in practitioner.text

    practitioner.get(practitioner.link("/details"))
    practitioner.get(practitioner.path.rsplit("/", 1)[0] + f"/{number_of('invitees')}")
    names = set(practitioner.typed())

    assert "invitees-police-name" in names
    assert not [name for name in names if name.startswith("invitees-person-of-concern")]
    practitioner.submit(**{"invitees-person-of-concern-name": "Dychmygol Cudd"})
    practitioner.get(practitioner.path.rsplit("/details", 1)[0] + "/check")
    assert "Dychmygol Cudd" not in practitioner.text


def test_an_authority_that_no_answer_names_is_asked_for_before_sending(world: World) -> None:
    answers = case(
        area_of_concern="not-known", person_place="not-known", area_of_person="not-known"
    )
    practitioner = world.at_check("en", answers)

    assert not [form for form in practitioner.tree.iter("form") if form.get("id") == "send"]
    form = next(f for f in practitioner.tree.iter("form") if list(f.iter("select")))
    token = next(i.get("value") for i in form.iter("input"))
    practitioner.post(form.get("action") or "", {"token": token, "send-to": "W06000023"})
    assert "Powys" in practitioner.text
    practitioner.submit("send")
    assert re.search(r"CFD-\w{4}-\w{4}", practitioner.text)


def _(word: str, practitioner: Practitioner) -> str:
    welsh = {"ask-anyway": "gofyn-er-hynny", "departure": "gwahanol/1"}
    english = {"ask-anyway": "ask-anyway", "departure": "departure/1"}
    return (welsh if practitioner.lang == "cy" else english)[word]
