"""Drafts: two never mix, a fifth waits, a hidden one opens with its code only."""

from __future__ import annotations

import re

import pytest

from tests.browser.cases import DETAILS, MANY_SIDED, SIMPLE
from tests.web.conftest import World
from tests.web.page_checks import words
from tests.web.practitioner import Practitioner
from webapp.meeting_requests.codes import parse_code
from webapp.meeting_requests.drafts import COOKIE_LIMIT
from webapp.web.draft_cookies import MOST_DRAFTS
from webapp.web.languages import WORDS


def code_on(practitioner: Practitioner) -> str:
    found = next(e for e in practitioner.tree.iter("span") if e.get("class") == "cyf-reference")
    return words(found)


def press(practitioner: Practitioner, word: str) -> Practitioner:
    """Send the small form whose address ends in `word`."""
    form = next(f for f in practitioner.tree.iter("form") if f.get("action", "").endswith(word))
    fields = {i.get("name"): i.get("value") for i in form.iter("input")}
    return practitioner.post(form.get("action") or "", fields)


def test_two_drafts_in_two_tabs_never_mix(world: World) -> None:
    first = world.practitioner().start()
    second = world.practitioner()
    second.client = first.client  # the same browser
    second.start()

    first.answer(danger="no")
    second.answer(danger="yes")
    first.answer(user="other-agency")

    assert second.asked()[0].id == "danger-action"
    first.get(first.path)
    assert first.asked()[0].id != "danger-action"
    assert first.draft_id != second.draft_id


def test_the_token_of_one_draft_does_not_fit_another(world: World) -> None:
    first = world.practitioner().start()
    token = first.typed()["token"]
    first.start()

    first.submit(token=token)

    assert first.status == 403


def test_a_fifth_draft_waits_until_one_is_closed(practitioner: Practitioner) -> None:
    words_of = WORDS[practitioner.lang]
    for _ in range(MOST_DRAFTS):
        practitioner.start()

    practitioner.start()
    assert practitioner.path == f"/{practitioner.lang}/{words_of['drafts']}"
    assert len(list(practitioner.tree.iter("form"))) == MOST_DRAFTS

    press(practitioner, words_of["close"])
    assert len(list(practitioner.tree.iter("form"))) == MOST_DRAFTS - 1
    practitioner.start()
    assert practitioner.on_question


def test_a_draft_can_be_found_again_where_it_was_left(practitioner: Practitioner) -> None:
    practitioner.start().answer(danger="no")
    left = practitioner.path

    practitioner.get(f"/{practitioner.lang}/{WORDS[practitioner.lang]['drafts']}")
    practitioner.get(practitioner.link(left))

    assert practitioner.path == left


def test_a_hidden_page_gives_nothing_away_and_its_code_opens_it_again(
    practitioner: Practitioner,
) -> None:
    words_of = WORDS[practitioner.lang]
    practitioner.start().answer(danger="no")
    page, code = practitioner.path, code_on(practitioner)

    press(practitioner, words_of["hide"])
    assert code_on(practitioner) == code
    parts = [each.get("lang") for each in practitioner.tree.iter("div") if each.get("lang")]
    assert sorted(parts) == ["cy", "en"], "it cannot be loaded again, so it speaks both"
    for word in ("adult", "oedolyn", "danger", "safeguard", "diogelu", "999"):
        assert word not in practitioner.text.lower()

    practitioner.get(page)
    assert practitioner.status == 404, "the back button shows nothing"
    practitioner.get(f"/{practitioner.lang}/{words_of['resume']}")
    practitioner.submit(code=code.lower().replace("-", " "))
    assert practitioner.path == page


def test_a_hidden_draft_needs_no_store(world: World) -> None:
    practitioner = world.practitioner().start()
    world.store.broken = True
    page, code = practitioner.path, code_on(practitioner)
    press(practitioner, "hide")

    practitioner.get("/en/resume").submit(code=code)

    assert practitioner.path == page


def test_a_resume_code_opens_the_answers_and_details_on_another_device(world: World) -> None:
    practitioner = world.at_check("en")
    check = practitioner.path
    practitioner.get(practitioner.path.replace("check", "details/1"))
    code = code_on(practitioner)

    elsewhere = world.practitioner("cy").get("/cy/ailgydio").submit(code=code)
    assert elsewhere.path.endswith("/argymhelliad")
    elsewhere.get(check)
    assert DETAILS["en"]["person-name"] in elsewhere.text


@pytest.mark.parametrize(
    "code", ["", "7K3M", "7K3M-9PXA-7K3M-9PXA-7K3M", "x" * 400, "’; --", "O" * 20]
)
def test_a_wrong_resume_code_says_so_and_stays(practitioner: Practitioner, code: str) -> None:
    practitioner.get(f"/{practitioner.lang}/{WORDS[practitioner.lang]['resume']}")

    practitioner.submit(code=code)

    assert practitioner.status == 422
    assert practitioner.typed()["code"] == [code]


def test_the_longest_journey_fits_into_a_small_cookie(world: World) -> None:
    practitioner = world.at_recommendation("en", MANY_SIDED)

    cookie = practitioner.client.get_cookie(f"draft-{practitioner.draft_id}")

    assert cookie is not None
    assert len(cookie.value) <= 1_500


def a_long_reason(number: int) -> str:
    """Text that no compression makes shorter."""
    return "".join(chr(0x4E00 + (i * 7919 + number * 104729) % 20000) for i in range(200))


def everything_different() -> dict[str, str]:
    """Two parts and four people, each with the longest reason."""
    typed = {"type": "complex-meeting", "chair": "other", "chair-who": "x" * 80}
    roles = ("allocated-worker", "police", "health-board", "ciw")
    for number, role in enumerate(roles, 1):
        typed |= {f"person-{number}-role": role, f"person-{number}-choice": "removed"}
    keys = ["type", "chair", *(f"person-{number}" for number in range(1, 5))]
    return typed | {f"{key}-reason": a_long_reason(n) for n, key in enumerate(keys)}


def test_reasons_that_do_not_fit_are_refused_and_nothing_is_lost(world: World) -> None:
    practitioner = world.at_recommendation("en", MANY_SIDED)
    recommendation = practitioner.path
    practitioner.get(practitioner.link("departure/1"))
    typed = everything_different()

    practitioner.post(practitioner.path, practitioner.typed() | typed)

    assert practitioner.status == 422
    assert "no room" in practitioner.errors()[0]
    for name in ("type-reason", "person-4-reason"):
        assert practitioner.typed()[name] == [typed[name]]
    practitioner.get(recommendation)
    assert practitioner.status == 200
    assert "What you ask for differently" not in practitioner.text


@pytest.mark.parametrize("how_many", range(1, 4))
def test_reasons_leave_room_for_the_answers_that_may_still_come(
    world: World, how_many: int
) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    practitioner.get(practitioner.link("departure/1"))
    choices = {"mode": "face-to-face", "chair": "other", "type": "complex-meeting"}
    typed = {"chair-who": "Jo"} if how_many > 1 else {}
    for number, key in list(enumerate(choices))[:how_many]:
        typed |= {key: choices[key], f"{key}-reason": a_long_reason(number)}

    practitioner.post(practitioner.path, practitioner.typed() | typed)

    assert practitioner.status == (200 if how_many == 1 else 422)
    cookie = practitioner.client.get_cookie(f"draft-{practitioner.draft_id}")
    assert cookie is not None
    assert len(cookie.value) <= COOKIE_LIMIT


def test_an_answer_that_does_not_fit_is_kept_on_the_page(
    practitioner: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    practitioner.start()
    code = practitioner.asked()[0].code
    monkeypatch.setattr("webapp.meeting_requests.drafts.COOKIE_LIMIT", 10)

    practitioner.submit(**{code: "no"})

    assert practitioner.status == 422
    assert practitioner.typed()[code] == ["no"]
    assert len(practitioner.errors()) == 1


def test_cookies_are_for_this_site_and_no_script(world: World) -> None:
    response = world.app.test_client().post("/en/start", data={"procedure": "adult"})

    cookie = response.headers["Set-Cookie"]
    assert re.match(r"draft-[0-9a-z]{10}=", cookie)
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=86400"):
        assert flag in cookie
    assert "Secure" not in cookie, "plain HTTP on this machine"


def test_over_https_a_cookie_is_tied_to_the_host(make_world) -> None:  # type: ignore[no-untyped-def]
    world = make_world(ORIGIN="https://cyfarfod.example")

    response = world.app.test_client().post(
        "/en/start", data={"procedure": "adult"}, base_url="https://cyfarfod.example"
    )

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-draft-")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_a_cookie_name_that_is_no_draft_is_ignored(world: World) -> None:
    practitioner = world.practitioner()
    for name in ("draft-", "draft-../../x", "draft-AAAAAAAAAA", "draft-aaaaaaaaaa"):
        practitioner.client.set_cookie(name, "x")

    practitioner.get("/en/drafts")

    assert practitioner.status == 200
    assert not list(practitioner.tree.iter("form"))


def test_a_resume_code_on_the_page_is_one(practitioner: Practitioner) -> None:
    assert parse_code(code_on(practitioner.start()))
