"""Corrections in free words and withdrawals, from the status page."""

from __future__ import annotations

import pytest

from tests.browser.cases import MANY_SIDED, ORDINARY
from tests.web.after_sending import (
    has_form,
    open_words,
    sent_by,
    stored,
    words_of,
)
from tests.web.conftest import World
from tests.web.page_checks import words
from webapp.meeting_requests.model import CORRECTION, WITHDRAWAL


def test_words_go_to_the_team_that_is_chosen_and_to_no_other(world: World, lang: str) -> None:
    practitioner = sent_by(world, lang, MANY_SIDED)
    first, page = stored(world)[0], practitioner.path
    teams = [each for each in first.dispatches if each.for_team]
    assert len(teams) == 2
    section_5 = next(each for each in teams if each.procedure == "section-5")
    practitioner.personal.add("He also drives the school bus.")

    open_words(practitioner, "add")
    chosen = f"{section_5.authority}.{section_5.inbox}"
    practitioner.submit(message="He also drives the school bus.", to=chosen)

    assert practitioner.path == page
    added = stored(world)[-1]
    (mail,) = added.dispatches
    assert (mail.kind, mail.to, mail.corrects) == (CORRECTION, section_5.to, section_5.reference)
    assert "He also drives the school bus." in mail.mail.text
    assert mail.escalations
    assert added.request.reference in practitioner.text
    assert "school bus" not in practitioner.text


def test_several_teams_are_asked_about_and_none_is_chosen_for_you(world: World) -> None:
    practitioner = open_words(sent_by(world, "en", MANY_SIDED), "add")

    practitioner.submit(message="He also drives the school bus.")

    assert practitioner.status == 422
    assert practitioner.errors() == ["Error: Choose which team it is for"]
    assert "He also drives the school bus." in practitioner.text
    assert len(stored(world)) == 1


def test_a_withdrawal_needs_a_reason_goes_to_every_team_and_closes_nothing(
    world: World, lang: str
) -> None:
    practitioner = sent_by(world, lang, MANY_SIDED)
    open_words(practitioner, "withdraw")
    assert "closes nothing by itself" in practitioner.text
    practitioner.submit()
    assert practitioner.status == 422

    practitioner.personal.add("It was another person.")
    practitioner.submit(message="It was another person.")

    mails = stored(world)[-1].dispatches
    assert [each.kind for each in mails] == [WITHDRAWAL, WITHDRAWAL]
    assert all("It was another person." in each.mail.text for each in mails)
    assert all(each.escalations == () for each in mails)
    assert not any("another" in each.mail.subject for each in mails)
    assert "You have withdrawn this request" in practitioner.text
    first = stored(world)[0]
    assert all(each.escalations for each in first.dispatches if each.for_team)
    assert all(each.handed_over_at for each in mails)


def test_words_pressed_twice_are_sent_once(world: World) -> None:
    practitioner = open_words(sent_by(world, "en"), "withdraw")
    page = practitioner.path
    typed = practitioner.typed() | {"message": ["A mistake"]}

    practitioner.post(page, typed)
    practitioner.post(page, typed)
    assert len(stored(world)) == 2

    practitioner.post(page, typed | {"message": ["Another reason"]})
    assert practitioner.status == 409
    assert "Another reason" in practitioner.text
    assert len(stored(world)) == 2
    practitioner.submit()
    assert len(stored(world)) == 3


def test_when_nothing_can_be_saved_the_text_and_the_number_stay_on_the_page(
    world: World, lang: str
) -> None:
    practitioner = open_words(sent_by(world, lang, MANY_SIDED), "add")
    links = [each.get("href") or "" for each in practitioner.tree.iter("a")]
    phones = {each for each in links if each.startswith("tel:0")}
    to = next(
        each.get("value") for each in practitioner.tree.iter("input") if each.get("name") == "to"
    )
    world.store.broken = True

    practitioner.submit(message="Mae o’n gyrru’r bws.", to=to)

    assert practitioner.status == 503
    assert "Mae o’n gyrru’r bws." in practitioner.text
    still = {each.get("href") for each in practitioner.tree.iter("a")}
    assert len(phones & still) >= 2
    world.store.broken = False
    practitioner.submit()
    assert practitioner.status == 200
    assert len(stored(world)[-1].dispatches) == 1


def test_a_conflict_of_interest_keeps_its_numbers_off_the_page_that_cannot_look_them_up(
    world: World,
) -> None:
    case = {**ORDINARY, "conflict-of-interest": ["duty-team"]}
    practitioner = open_words(sent_by(world, "en", case), "add")
    assert "029 2018 0130" not in practitioner.text
    world.store.broken = True

    practitioner.submit(message="More")

    assert practitioner.status == 503
    assert "029 2018 0130" not in words(practitioner.tree)


@pytest.mark.parametrize("page", ["add", "withdraw", "correct", "copy", "link", "forget"])
def test_the_reference_alone_opens_nothing(world: World, lang: str, page: str) -> None:
    practitioner = sent_by(world, lang)
    where = f"{practitioner.path}/{words_of(practitioner, page)}"
    stranger = world.practitioner(lang)

    if page in ("add", "withdraw", "copy"):
        assert stranger.get(where).status == 403
    if page != "copy":
        assert stranger.post(where, {"message": "x", "token": "x"}).status == 403
    assert len(stored(world)) == 1


@pytest.mark.parametrize("page", ["add", "withdraw", "correct", "link", "forget"])
def test_a_form_that_is_not_ours_does_nothing(world: World, page: str) -> None:
    practitioner = sent_by(world, "en")

    practitioner.post(f"{practitioner.path}/{page}", {"message": "x", "token": "forged"})

    assert practitioner.status == 403
    assert len(stored(world)) == 1


def test_the_status_code_opens_words_but_not_the_draft(world: World) -> None:
    practitioner = sent_by(world, "en")
    codes = [words(e) for e in practitioner.tree.iter("span") if e.get("class") == "cyf-reference"]
    stranger = world.practitioner("en").get(practitioner.path)

    stranger.submit(reference=codes[0], code=codes[1])

    assert stranger.status == 200
    assert not has_form(stranger, "correct")
    assert "cannot be opened from here" in stranger.text
    open_words(stranger, "withdraw").submit(message="A mistake")
    assert stored(world)[-1].dispatches[0].kind == WITHDRAWAL
