"""How long a cookie opens its draft, and what hiding it does to copies of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.cases import DETAILS, MANY_SIDED
from tests.web.conftest import World, number_of
from tests.web.practitioner import Practitioner
from tests.web.test_drafts import code_on, press
from webapp.web.draft_cookies import MOST_DRAFTS
from webapp.web.languages import WORDS
from webapp.web.sent import MOST_REMEMBERED


def cookies_of(practitioner: Practitioner) -> dict[str, str]:
    found = practitioner.client._cookies or {}
    return {cookie.key: cookie.value for cookie in found.values()}


def copy_of(world: World, practitioner: Practitioner, cookies: dict[str, str]) -> Practitioner:
    """Another browser that has got hold of cookies."""
    other = world.practitioner(practitioner.lang)
    for name, value in cookies.items():
        other.client.set_cookie(name, value)
    return other


def test_a_copied_cookie_opens_nothing_a_day_after_the_last_change(world: World) -> None:
    practitioner = world.practitioner().start().answer(danger="no")
    page, cookies = practitioner.path, cookies_of(practitioner)

    world.clock.forward(hours=23)
    assert copy_of(world, practitioner, cookies).get(page).status == 200
    practitioner.answer(user="other-agency")
    world.clock.forward(hours=2)

    assert copy_of(world, practitioner, cookies).get(page).status == 404
    assert practitioner.get(practitioner.path).status == 200, "it was changed two hours ago"


def test_a_draft_is_asked_for_its_code_after_a_week(world: World) -> None:
    practitioner = world.practitioner().start()
    code = practitioner.asked()[0].code
    page = practitioner.path
    for _day in range(7):
        world.clock.forward(hours=23)
        practitioner.get(page).submit(**{code: "no"})
        assert practitioner.status == 200
    world.clock.forward(hours=22)

    assert practitioner.get(page).status == 404


def test_the_settings_say_how_long(make_world: Callable[..., World]) -> None:
    world = make_world(DRAFT_HOURS="2")
    practitioner = world.practitioner().start()

    world.clock.forward(hours=2, minutes=1)

    assert practitioner.get(practitioner.path).status == 404


def with_details(world: World, lang: str = "en") -> Practitioner:
    """Somebody who has just saved a page of details, and stands on the next."""
    practitioner = world.at_recommendation(lang, MANY_SIDED)
    base = practitioner.path.rsplit("/", 1)[0]
    practitioner.get(f"{base}/{WORDS[lang]['details']}/{number_of('concern')}")
    return practitioner.fill_details(DETAILS[lang])


@pytest.mark.parametrize("page", ["recommendation", "details/2", "check", ""])
def test_a_cookie_copied_before_the_page_was_hidden_opens_it_no_more(
    world: World, page: str
) -> None:
    practitioner = with_details(world)
    base, cookies = practitioner.path.rpartition("/details")[0], cookies_of(practitioner)
    address = f"{base}/{page}".rstrip("/")
    assert copy_of(world, practitioner, cookies).get(address).status == 200

    practitioner.get(f"{base}/details/2")
    code = code_on(practitioner)
    press(practitioner, "hide")

    assert copy_of(world, practitioner, cookies).get(address).status == 404
    practitioner.get("/en/resume").submit(code=code)
    assert practitioner.status == 200
    assert practitioner.get(f"{base}/details/{number_of('concern')}").status == 200
    assert practitioner.typed()["concern-what"][0]
    assert copy_of(world, practitioner, cookies).get(address).status == 404


def test_a_hidden_cookie_under_the_name_of_an_open_one_opens_nothing(world: World) -> None:
    practitioner = world.practitioner().start()
    page = practitioner.path
    press(practitioner, "hide")
    ((name, value),) = cookies_of(practitioner).items()

    renamed = copy_of(world, practitioner, {name.replace("hidden-", "draft-"): value})

    assert renamed.get(page).status == 404


def test_a_copy_from_before_the_details_opens_none_of_them(world: World) -> None:
    practitioner = world.at_recommendation("en", MANY_SIDED)
    base, cookies = practitioner.path.rsplit("/", 1)[0], cookies_of(practitioner)
    practitioner.get(f"{base}/details/{number_of('concern')}").fill_details(DETAILS["en"])
    press(practitioner, "hide")

    copied = copy_of(world, practitioner, cookies)

    assert copied.get(f"{base}/details/2").status == 404
    assert copied.get(f"{base}/check").status == 404


def test_a_draft_hidden_while_the_store_is_away_is_still_hidden_here(world: World) -> None:
    practitioner = with_details(world)
    page, code = practitioner.path, code_on(practitioner)
    world.store.broken = True

    press(practitioner, "hide")

    assert practitioner.status == 200
    assert practitioner.get(page).status == 404
    practitioner.get("/en/resume").submit(code=code)
    assert practitioner.status == 200


def test_a_closed_draft_opens_by_its_code_only(world: World) -> None:
    practitioner = with_details(world)
    page, cookies = practitioner.path, cookies_of(practitioner)
    code = code_on(practitioner)
    press(practitioner.get("/en/drafts"), "close")

    assert copy_of(world, practitioner, cookies).get(page).status == 404
    assert practitioner.get("/en/resume").submit(code=code).status == 200


def test_no_more_than_three_sent_requests_are_remembered(world: World) -> None:
    practitioner = world.at_check("en")
    seen: list[str] = []
    for number in range(5):
        one = world.at_check("en", **{"person-name": f"Person {number}"})
        draft = {k: v for k, v in cookies_of(one).items() if k.startswith("draft-")}
        path = one.path
        for name, value in draft.items():
            practitioner.client.set_cookie(name, value)
        practitioner.get(path).submit("send")
        seen.append(practitioner.path.rsplit("/", 1)[1])
        world.clock.forward(minutes=1)

    kept = [name for name in cookies_of(practitioner) if name.startswith("status-")]
    assert sorted(kept) == sorted(f"status-{each}" for each in seen[-MOST_REMEMBERED:])


def test_a_status_cookie_opens_nothing_after_a_day(world: World) -> None:
    practitioner = world.at_check("en")
    practitioner.get(practitioner.path).submit("send")
    page, cookies = practitioner.path, cookies_of(practitioner)

    world.clock.forward(hours=24, minutes=1)

    assert copy_of(world, practitioner, cookies).get(page).status == 403


def test_hidden_drafts_make_room_for_new_ones_the_oldest_first(world: World) -> None:
    practitioner = world.practitioner()
    codes: list[Any] = []
    for _number in range(MOST_DRAFTS + 2):
        codes.append(code_on(practitioner.start()))
        press(practitioner, "hide")
        world.clock.forward(minutes=1)

    kept = [name for name in cookies_of(practitioner) if name.startswith("hidden-")]
    assert len(kept) == MOST_DRAFTS
    assert practitioner.get("/en/resume").submit(code=codes[0]).status == 422
    assert practitioner.get("/en/resume").submit(code=codes[-1]).status == 200


def test_cookies_that_open_nothing_are_cleared_away(world: World) -> None:
    practitioner = world.practitioner()
    for number in range(9):
        practitioner.client.set_cookie(f"draft-aaaaaaaaa{number}", "k1:junk")

    practitioner.start()

    assert len(cookies_of(practitioner)) == 1
