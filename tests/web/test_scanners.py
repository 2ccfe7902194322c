"""What opens a link is not a person: mail programs and scanners acknowledge nothing.

Fault rows 54 to 56 of the trust reference. What a real browser does, with the page's script, is
in tests/browser/test_acknowledge.py.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest

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
from tests.web.practitioner import Practitioner
from webapp.meeting_requests.acknowledge_links import FORM_LIFE
from webapp.web.acknowledge import TOO_FAST

ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
]


def untouched(world: World) -> bool:
    every = dispatches(world)
    return len(every) == 1 and every[0].standing is None


@pytest.fixture
def link(world: World) -> str:
    """The link of a mail that has just been sent, as a scanner finds it."""
    sent(world)
    return links_in(body(mails(world)[0]))[0]


def test_the_mail_leads_each_reader_to_a_page_in_their_language(world: World, lang: str) -> None:
    requester = sent(world, lang)
    mail = mails(world)[0]
    in_text, in_html = links_in(body(mail)), links_in(body(mail, "html"))
    own = page_of(world, dispatches(world)[0], lang)
    assert (
        set(in_text)
        == set(in_html)
        == {page_of(world, dispatches(world)[0], each) for each in ("cy", "en")}
    )

    page = world.practitioner(lang).get(own)
    assert page.status == 200
    world.clock.now += TOO_FAST
    answer(page)

    assert "confirmed" in requester.get(requester.path).heading
    assert NAMES[lang] in requester.text


def test_opening_a_link_acknowledges_nothing_however_often(world: World, link: str) -> None:
    client = world.app.test_client()

    for _time in range(5):
        assert client.head(link).status_code == 200
        assert client.get(link).status_code == 200
    assert client.head(link).get_data() == b""

    assert untouched(world)


def test_a_head_tells_no_more_than_a_get(world: World, link: str) -> None:
    client = world.app.test_client()

    head, get = client.head(link), client.get(link)

    assert head.headers["Content-Security-Policy"] == get.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in get.headers
    assert get.headers["Cache-Control"] == "no-store"


def test_the_page_brings_no_script_and_lets_none_run(world: World, link: str) -> None:
    response = world.app.test_client().get(link)

    assert "<script" not in response.get_data(as_text=True)
    assert "script-src 'none'" in response.headers["Content-Security-Policy"]


def fields_of(world: World, link: str) -> dict[str, list[str]]:
    return world.practitioner().get(link).typed()


@pytest.mark.parametrize("wait", [timedelta(0), timedelta(minutes=1)])
def test_the_form_as_it_stands_acknowledges_nothing(
    world: World, link: str, wait: timedelta
) -> None:
    """As a script that presses the button does."""
    fields = fields_of(world, link)
    world.clock.now += wait

    pressed = world.practitioner().post(link, fields)

    assert pressed.status == 422
    assert untouched(world)


def test_a_robot_that_fills_every_field_at_once_is_too_fast(world: World, link: str) -> None:
    fields: dict[str, Any] = fields_of(world, link)
    filled = fields | {"officer-name": "robot", "choice": "have-it"}

    pressed = world.practitioner().post(link, filled)
    assert pressed.status == 422
    assert untouched(world)

    world.clock.now += TOO_FAST
    pressed.submit()
    assert dispatches(world)[0].standing, "a quick person presses once more"


@pytest.mark.parametrize("form", [None, "", "x", "\x00", "a" * 5000])
def test_without_the_form_of_the_page_nothing_is_recorded_and_a_person_can_go_on(
    world: World, link: str, form: str | None
) -> None:
    typed = {"officer-name": "Ann", "choice": "have-it"}

    page = world.practitioner().post(link, typed | ({} if form is None else {"form": form}))

    assert page.status == 403
    assert untouched(world)
    assert page.typed()["officer-name"] == ["Ann"]
    world.clock.now += TOO_FAST
    page.submit()
    assert dispatches(world)[0].standing


def test_a_blank_post_records_nothing(world: World, link: str) -> None:
    for data in ({}, b"", {"switch-language": "cy"}, {"officer-name": ""}):
        response = world.app.test_client().post(link, data=data)
        assert response.status_code == 403
    assert untouched(world)


def test_a_page_left_open_for_too_long_asks_again(world: World) -> None:
    sent(world)
    page = officer(world)
    world.clock.now += FORM_LIFE

    answer(page)

    assert page.status == 403
    assert untouched(world)
    world.clock.now += TOO_FAST
    page.submit()
    assert dispatches(world)[0].standing


def test_the_form_of_another_request_records_nothing(world: World) -> None:
    sent(world)
    first = dispatches(world)[0]
    other = officer(world, dispatch=first)
    world.store.requests.clear()
    sent(world, **{"concern-what": "Rhywbeth arall"})
    page = officer(world)

    answer(page, form=other.typed()["form"][0])

    assert page.status == 403
    assert untouched(world)


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_a_form_posted_by_another_site_records_nothing(
    world: World, link: str, headers: dict[str, str]
) -> None:
    fields: dict[str, Any] = fields_of(world, link)
    world.clock.now += TOO_FAST
    filled = fields | {"officer-name": "Ann", "choice": "have-it"}

    response = world.app.test_client().post(link, data=filled, headers=headers)

    assert response.status_code == 403
    assert untouched(world)


def test_an_old_browser_that_hides_where_the_form_came_from_can_answer(
    world: World, link: str
) -> None:
    fields: dict[str, Any] = fields_of(world, link)
    world.clock.now += TOO_FAST
    filled = fields | {"officer-name": "Ann", "choice": "have-it"}

    response = world.app.test_client().post(link, data=filled, headers={"Origin": "null"})

    assert response.status_code == 303
    assert dispatches(world)[0].standing


# -- tokens --------------------------------------------------------------------------------------


def wrong_links(world: World, link: str) -> list[str]:
    """Guessed, cut short, changed, and of a request that is not there."""
    start, _, _proof = link.rpartition(".")
    reference = dispatches(world)[0].reference
    return [
        f"{start}.{'a' * 26}",
        link[:-1],
        link[: len(link) // 2],
        start,
        f"{link}a",
        link.replace(reference, f"{reference[:-1]}2"),
        link.replace(reference, "CFD-KM7R-T4XP-1"),
        f"{link.rpartition('/')[0]}/xyzzy",
    ]


def body_of(world: World, path: str) -> tuple[int, str]:
    response = world.app.test_client().get(path)
    token = path.rpartition("/")[2]
    # the toggle leads to the twin of the address that was asked for
    return response.status_code, response.get_data(as_text=True).replace(token, "TOKEN")


def test_every_wrong_link_gets_the_same_page_with_a_way_to_ring(world: World, lang: str) -> None:
    sent(world, lang)
    link = page_of(world, dispatches(world)[0], lang)
    pages = {body_of(world, each) for each in wrong_links(world, link)}

    ((status, _html),) = pages
    assert status == 404
    page = Practitioner(
        world.app.test_client(), world.practitioner().procedure, world.clock.now.date(), lang
    )
    page.get(f"{link[:-1]}")
    assert page.status == 404
    assert page.link("/ffonio" if lang == "cy" else "/phone")
    assert dispatches(world)[0].reference not in page.text


def test_a_wrong_link_posted_to_is_the_same_and_records_nothing(world: World, link: str) -> None:
    fields: dict[str, Any] = fields_of(world, link) | {"officer-name": "Ann", "choice": "have-it"}
    world.clock.now += TOO_FAST

    for each in wrong_links(world, link):
        assert world.app.test_client().post(each, data=fields).status_code == 404
    assert untouched(world)


def test_a_link_of_a_request_that_is_kept_no_longer_is_a_wrong_link(
    world: World, link: str
) -> None:
    wrong = body_of(world, link[:-1])
    world.store.requests.clear()

    assert body_of(world, link) == wrong


def test_a_wrong_link_is_logged_without_the_token(
    world: World, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    for each in (link, *wrong_links(world, link)):
        world.app.test_client().get(each)

    assert caplog.text.count("opened nothing") == len(wrong_links(world, link))
    assert dispatches(world)[0].reference in caplog.text, "opened, by whoever or whatever"
    assert not re.search(r"\.[a-z2-7]{5}\.", caplog.text)
    for each in wrong_links(world, link):
        assert each.rpartition("/")[2] not in caplog.text.replace(
            dispatches(world)[0].reference, ""
        )
