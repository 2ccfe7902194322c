"""A duty officer confirms, passes on or cannot act; everybody who must know it is told."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest

from tests.browser.cases import DETAILS, MANY_SIDED
from tests.web.after_sending import open_words
from tests.web.conftest import World
from tests.web.duty_officer import (
    NAMES,
    answer,
    body,
    dispatches,
    links_in,
    mails,
    officer,
    page_of,
    sent,
)
from tests.web.page_checks import words
from tests.web.practitioner import Practitioner
from tests.web.test_languages import toggle
from webapp.meeting_requests.acknowledgement import CANNOT_ACT, HAVE_IT, WRONG_TEAM
from webapp.meeting_requests.model import Dispatch

GWYNEDD_ADULT = "W06000002.adult"


def status_of(practitioner: Practitioner) -> list[str]:
    return [
        words(each)
        for each in practitioner.tree.iter("p")
        if "cyf-status" in (each.get("class") or "")
    ]


def said(world: World) -> list[tuple[str, str]]:
    return [
        (each.choice, each.name)
        for dispatch in dispatches(world)
        for each in dispatch.acknowledgements
    ]


def test_the_page_shows_what_it_is_about_and_nothing_personal(world: World, lang: str) -> None:
    requester = sent(world, lang)
    dispatch = dispatches(world)[0]

    page = officer(world, lang)

    assert page.status == 200
    assert dispatch.reference in page.text
    shown = page.client.get(page.path).get_data(as_text=True)
    for value in requester.personal | set(map(str, DETAILS[lang].values())):
        assert value not in shown
    assert "<script" not in shown
    assert "mailto:" not in shown


def test_confirming_is_shown_to_the_next_officer_and_to_the_requester(
    world: World, lang: str
) -> None:
    requester = sent(world, lang)
    status_page = requester.path

    answer(officer(world, lang), role="Senior")

    assert said(world) == [(HAVE_IT, NAMES[lang])]
    later = officer(world, lang)
    (shown,) = status_of(later)
    assert NAMES[lang] in shown
    assert "Senior" in shown
    requester.get(status_page)
    assert NAMES[lang] in status_of(requester)[0]
    assert "confirmed" in requester.heading
    assert requester.client.get(status_page).get_data(as_text=True).count("<b>Lloyd") == 0


def test_the_officer_sees_that_it_was_recorded(world: World, lang: str) -> None:
    sent(world, lang)
    page = officer(world, lang)
    path = page.path

    answer(page)

    assert page.path == path
    assert page.status == 200
    assert NAMES[lang] in page.text


def test_the_first_counts_and_the_second_is_kept_and_shown(world: World) -> None:
    requester = sent(world)
    first, second = officer(world), officer(world)
    answer(first, name="First Officer")
    world.clock.forward(minutes=5)
    answer(second, name="Second Officer", choice=CANNOT_ACT)

    assert said(world) == [(HAVE_IT, "First Officer"), (CANNOT_ACT, "Second Officer")]
    for page in (officer(world), requester.get(requester.path)):
        assert "Confirmed by First Officer" in status_of(page)[0]
        assert "Second Officer cannot act on this" in page.text


def test_pressing_twice_and_going_back_count_once(world: World) -> None:
    sent(world)
    page = officer(world)
    path, typed = page.path, page.typed() | {"officer-name": ["Ann"], "choice": ["have-it"]}

    for _press in range(3):
        page.post(path, typed)

    assert page.status == 200
    assert said(world) == [(HAVE_IT, "Ann")]


def test_who_cannot_act_sends_the_requester_to_the_telephone(world: World, lang: str) -> None:
    requester = sent(world, lang)

    answer(officer(world, lang), choice=CANNOT_ACT)

    requester.get(requester.path)
    assert "must ring" in requester.heading
    assert "cyf-status--failed" in [
        (each.get("class") or "").split()[-1]
        for each in requester.tree.iter("p")
        if "cyf-status" in (each.get("class") or "")
    ]
    assert "Ring this team now" in requester.text
    assert "029 2018 0130" in requester.text
    assert len(dispatches(world)[0].open_escalations) == 3


def test_the_wrong_team_passes_it_on_with_one_press(world: World, lang: str) -> None:
    requester = sent(world, lang)
    before = len(mails(world))
    page = answer(officer(world, lang), choice=WRONG_TEAM, team=GWYNEDD_ADULT)

    first, passed = dispatches(world)
    assert len(mails(world)) == before + 2, "the team, and news for the requester"
    newest = next(each for each in mails(world) if each["To"] == "adults.duty@gwynedd.example")
    assert passed.reference in newest["Subject"]
    assert f"who had it as {first.reference}" in body(newest).replace("\n", " ")
    assert NAMES[lang] not in newest.as_string()
    assert "passed on" in page.heading
    requester.get(requester.path)
    assert "Gwynedd" in requester.text
    assert (
        len([each for each in requester.tree.iter("h2") if "cyf-meeting" in str(each.attrib)]) == 2
    )
    next_officer = officer(world, lang, passed)
    assert first.reference in next_officer.text
    answer(next_officer)
    assert "confirmed" in requester.get(requester.path).heading


def test_the_wrong_team_must_say_which_is_the_right_one(world: World, lang: str) -> None:
    sent(world, lang)
    page = officer(world, lang)

    answer(page, choice=WRONG_TEAM)

    assert page.status == 422
    assert page.errors()
    assert page.typed()["officer-name"] == [NAMES[lang]]
    answer(page, choice=WRONG_TEAM, team="W06000015.adult")
    assert page.status == 422, "not to the same team"
    assert said(world) == []
    answer(page, choice=WRONG_TEAM, team=GWYNEDD_ADULT)
    assert said(world) == [(WRONG_TEAM, NAMES[lang])]


def test_a_team_chosen_beside_another_answer_changes_nothing(world: World) -> None:
    sent(world)

    answer(officer(world), choice=HAVE_IT, team=GWYNEDD_ADULT)

    assert said(world) == [(HAVE_IT, NAMES["en"])]
    assert len(dispatches(world)) == 1


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"name": ""}, 1),
        ({"name": " \u200b\u202e "}, 1),
        ({"name": "x" * 201}, 1),
        ({"role": "x" * 501}, 1),
        ({"choice": None}, 1),
        ({"choice": "yes"}, 1),
        ({"name": "", "choice": None, "role": "x"}, 2),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_recorded(
    world: World, lang: str, typed: dict[str, Any], errors: int
) -> None:
    sent(world, lang)
    page = officer(world, lang)

    answer(page, **typed)

    assert page.status == 422
    assert len(page.errors()) == errors
    assert said(world) == []


def test_a_name_is_cleaned_and_kept_as_it_was_written(world: World) -> None:
    sent(world)

    answer(officer(world), name="  Sia\u0302n\u202e \u0007O’Brien\r\n(محمد) ")

    assert said(world) == [(HAVE_IT, "Siân O’Brien (محمد)")]


def test_the_toggle_keeps_what_is_half_typed(world: World) -> None:
    sent(world)
    page = officer(world)

    page.switch(**{"officer-name": "Llŷr ", "choice": CANNOT_ACT})

    assert page.status == 200
    assert page.tree.get("lang") == "cy"
    assert page.typed()["officer-name"] == ["Llŷr "]
    assert page.typed()["choice"] == [CANNOT_ACT]
    assert said(world) == []
    page.submit()
    assert said(world) == [(CANNOT_ACT, "Llŷr")]


def test_a_confirmed_page_has_its_twin(world: World) -> None:
    sent(world)
    page = answer(officer(world))

    assert toggle(page) == page_of(world, dispatches(world)[0], "cy")


def test_the_requester_is_told_by_mail_without_a_name(world: World, lang: str) -> None:
    sent(world, lang)

    answer(officer(world, lang), choice=CANNOT_ACT)

    told = mails(world)[-1]
    reference = dispatches(world)[0].reference
    assert told["To"] == DETAILS[lang]["requester-email"]
    assert told["Importance"] == "high"
    for text in (body(told), body(told, "html")):
        assert reference in text
        assert "029 2018 0130" in text
        assert f"http://localhost/{lang}/" in text
    for value in (*NAMES.values(), *DETAILS[lang].values()):
        assert str(value) not in told["Subject"] + body(told) + body(told, "html")
    links = [line.strip() for line in body(told).split("\n") if "http" in line]
    assert links == [
        f"http://localhost/{lang}/{'statws' if lang == 'cy' else 'status'}/{reference[:-2]}"
    ]


def test_the_number_that_the_requester_is_told_is_the_one_of_that_hour(world: World) -> None:
    sent(world)
    world.clock.forward(hours=12)

    answer(officer(world), choice=CANNOT_ACT)

    directory, calendar = world.services.directory, world.services.library.calendar
    team = directory.team_for("W06000015", "adult", (), world.clock.now, calendar)
    assert not team.open_now
    assert f"Ring {team.ring.phone} now" in body(mails(world)[-1])


def test_each_team_confirms_its_own_part(world: World) -> None:
    requester = sent(world, case=MANY_SIDED)
    first, second = (each for each in dispatches(world) if each.for_team)

    answer(officer(world, dispatch=first))

    assert "confirmed" not in requester.get(requester.path).heading
    answer(officer(world, dispatch=second), name="Another")
    assert "confirmed" in requester.get(requester.path).heading


def test_without_the_store_nothing_is_recorded_and_the_officer_is_told_so(
    world: World, lang: str, caplog: pytest.LogCaptureFixture
) -> None:
    sent(world, lang)
    page = officer(world, lang)
    world.store.broken = True

    answer(page)

    assert page.status == 503
    assert "Nothing was recorded" in page.text
    page.get(page.path)
    assert page.status == 503
    world.store.broken = False
    assert said(world) == []
    assert page.path.rsplit("/", 1)[1] not in caplog.text


def test_an_officer_who_is_offered_no_team_still_has_two_answers(world: World) -> None:
    sent(world)
    ((reference, (submitted, key, content)),) = world.store.requests.items()
    request = replace(submitted.request, journey=())
    world.store.requests[reference] = (replace(submitted, request=request), key, content)

    page = officer(world)

    choices = [
        each.get("value") for each in page.form().iter("input") if each.get("type") == "radio"
    ]
    assert choices == [HAVE_IT, CANNOT_ACT]
    answer(page, choice=WRONG_TEAM, team=GWYNEDD_ADULT)
    assert page.status == 422


def test_nothing_that_an_officer_types_reaches_a_log_an_address_or_a_header(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    requester = sent(world)
    page = answer(officer(world), name="Canary Officer", role="Canary Role")

    assert "Canary" not in caplog.text
    assert "Canary" not in page.path
    for path in (page.path, requester.path):
        assert "Canary" not in str(page.client.get(path).headers)
    token = page.path.rsplit(".", 1)[1]
    assert token not in caplog.text


def test_who_answers_late_is_told_what_the_requester_has_sent_since(world: World) -> None:
    requester = sent(world, case=MANY_SIDED)
    first = dispatches(world)[0]
    status_page = requester.path
    open_words(requester, "withdraw").submit(message="It was another person.")
    withdrawal = next(
        each
        for submitted, _key, _content in world.store.requests.values()
        for each in submitted.dispatches
        if each.corrects == first.reference
    )

    page = officer(world, dispatch=first)

    assert "withdrew this request at 10.30am on Thursday 11 June 2026" in page.text
    assert f"Read that mail: {withdrawal.reference}" in page.text
    assert page.text.count("withdrew") == 1, "only the mail to this team"
    assert "another person" not in page.text
    answer(page)
    assert page.status == 200, "it can still be answered"
    assert "Confirmed by" in requester.get(status_page).text
    assert "withdrew" not in officer(world, dispatch=withdrawal).text


def test_a_correction_in_free_words_has_a_link_of_its_own(world: World, lang: str) -> None:
    requester = sent(world, lang)
    first = dispatches(world)[0]
    open_words(requester, "add").submit(message="He also drives the school bus.")
    correction = next(
        each
        for submitted, _key, _content in world.store.requests.values()
        for each in submitted.dispatches
        if each.corrects == first.reference and each.for_team
    )
    mail = next(each for each in mails(world) if correction.reference in str(each["Message-ID"]))
    own = page_of(world, correction, lang)

    for kind in ("plain", "html"):
        assert links_in(body(mail, kind)).count(own) == 1

    answer(officer(world, lang, correction))
    assert len(correction.open_escalations) == 3
    assert now_of(world, correction).open_escalations == ()
    assert now_of(world, first).open_escalations, "the request itself waits on"


def now_of(world: World, dispatch: Dispatch) -> Dispatch:
    found = world.store.find(dispatch.family)
    assert found
    return next(each for each in found.dispatches if each.reference == dispatch.reference)
