"""Every error is a page in the right language that says what happened and whom to ring."""

from __future__ import annotations

import pytest
from flask import abort
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    ServiceUnavailable,
    TooManyRequests,
    UnprocessableEntity,
)

from tests.browser.cases import SIMPLE
from tests.web.conftest import World
from tests.web.page_checks import words
from tests.web.practitioner import WORDS, Practitioner
from webapp.meeting_requests.references import new_reference
from webapp.web.errors import LAST_RESORT, PAGES
from webapp.web.languages import WORDS as PATHS

RAISED: list[type[HTTPException]] = [
    BadRequest,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    RequestEntityTooLarge,
    UnprocessableEntity,
    TooManyRequests,
    InternalServerError,
    ServiceUnavailable,
]


@pytest.fixture
def failing(world: World) -> World:
    """The app with a page under each address that fails as asked."""

    def fail(status: int, **_where: str) -> None:
        abort(status)

    def explode(**_where: str) -> None:
        raise RuntimeError("Mair Ffugenw, 1 Heol Ddychmygol")

    for prefix in ("", "/cy", "/en"):
        world.app.add_url_rule(f"{prefix}/fail/<int:status>", f"fail{prefix}", fail)
        world.app.add_url_rule(f"{prefix}/explode", f"explode{prefix}", explode)
    world.app.add_url_rule("/cy/taith/<draft_id>/fail/<int:status>", "fail-draft", fail)
    world.app.add_url_rule("/cy/taith/<draft_id>/explode", "explode-draft", explode)
    return world


@pytest.mark.parametrize("error", RAISED)
def test_each_error_has_a_page_in_the_language_of_its_address(
    failing: World, error: type[HTTPException], lang: str
) -> None:
    practitioner = failing.practitioner(lang).get(f"/{lang}/fail/{error.code}")

    assert practitioner.status == error.code
    assert practitioner.link("tel:999")
    assert practitioner.link("ffonio" if lang == "cy" else "phone")
    assert error.code in PAGES


@pytest.mark.parametrize("error", RAISED)
def test_an_error_whose_language_is_unknown_speaks_both(
    failing: World, error: type[HTTPException]
) -> None:
    practitioner = failing.practitioner().get(f"/fail/{error.code}")

    parts = [
        each.get("lang")
        for each in practitioner.tree.iter("div")
        if each.get("class") == "cyf-language-part"
    ]
    assert practitioner.status == error.code
    assert parts == ["cy", "en"]


@pytest.mark.parametrize("error", RAISED)
def test_an_error_in_a_draft_shows_the_duty_teams_numbers(
    failing: World, error: type[HTTPException]
) -> None:
    practitioner = failing.at_recommendation("cy", SIMPLE)

    practitioner.get(f"/cy/taith/{practitioner.draft_id}/fail/{error.code}")

    numbers = [a.get("href") for a in practitioner.tree.iter("a") if "tel:" in a.get("href", "")]
    assert numbers == ["tel:999", "tel:02920180130", "tel:02920180139"]


def test_an_unexpected_fault_is_a_page_and_its_words_reach_no_log(
    failing: World, caplog: pytest.LogCaptureFixture
) -> None:
    practitioner = failing.practitioner("cy").get("/cy/explode")

    assert practitioner.status == 500
    assert "RuntimeError" in caplog.text
    assert "Ffugenw" not in caplog.text
    assert "Ffugenw" not in practitioner.text


def test_the_last_resort_stands_when_even_the_error_page_fails(
    failing: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("webapp.web.errors.render_template", broken)

    response = failing.app.test_client().get("/cy/explode")

    assert response.status_code == 500
    assert response.get_data(as_text=True) == LAST_RESORT


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_only_reading_and_posting_are_known(world: World, method: str) -> None:
    response = world.app.test_client().open("/cy/", method=method)

    assert response.status_code == 405
    assert 'lang="cy"' in response.get_data(as_text=True)


def test_a_wrong_method_names_the_right_ones(world: World) -> None:
    response = world.app.test_client().get("/en/start")

    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["/cy/dim", "/cy/taith/aaaaaaaaaa/zzz", "/cy/%00", "/cy/taith//x"])
def test_an_address_that_is_not_there_is_a_page(world: World, path: str) -> None:
    practitioner = world.practitioner().get(path)

    assert practitioner.status == 404
    assert practitioner.tree.get("lang") == "cy"


def test_an_asset_under_a_personal_address_is_not_found(world: World) -> None:
    practitioner = world.practitioner().start()

    assert world.app.test_client().get(f"{practitioner.path}/x.css").status_code == 404


@pytest.fixture
def with_details(world: World, lang: str) -> Practitioner:
    return world.at_check(lang)


def test_what_cannot_be_saved_stays_on_the_page(world: World, lang: str) -> None:
    practitioner = world.at_recommendation(lang, SIMPLE)
    practitioner.get(practitioner.link(f"/{WORDS[lang]['details']}"))
    world.store.broken = True

    practitioner.fill_details({"concern-what": "Clywyd gweiddi", "concern-last-incident": "Ddoe"})

    assert practitioner.status == 503
    assert practitioner.typed()["concern-what"] == ["Clywyd gweiddi"]
    assert "029 2018 0130" in practitioner.text
    world.store.broken = False
    practitioner.submit()
    assert practitioner.status == 200
    assert practitioner.path.endswith("/2")


def test_what_cannot_be_sent_says_so_and_can_be_sent_again(
    world: World, with_details: Practitioner
) -> None:
    world.store.broken = True

    with_details.submit("send")
    assert with_details.status == 503
    assert "029 2018 0130" in with_details.text
    assert not world.store.requests

    world.store.broken = False
    form = [
        each for each in with_details.tree.iter("form") if each.get("action", "").count("/") > 3
    ]
    fields = {i.get("name"): i.get("value") for i in form[-1].iter("input")}
    with_details.post(form[-1].get("action") or "", fields)
    assert with_details.status == 200
    assert len(world.store.requests) == 1


def test_a_lost_answer_is_never_called_nothing_sent(
    world: World, with_details: Practitioner
) -> None:
    """The first press was committed and its answer lost; then the store went."""
    page, typed = with_details.path, with_details.typed("send")
    draft = with_details.client.get_cookie(f"draft-{with_details.draft_id}")
    with_details.client.post(page, data=typed)
    assert draft is not None
    with_details.client.set_cookie(draft.key, draft.value)
    world.store.broken = True

    with_details.post(page, typed)
    assert with_details.status == 503
    assert "Nothing has been sent" not in with_details.text
    with_details.get(page)
    assert with_details.status == 503
    assert "Nothing has been sent" not in with_details.text
    assert "Nothing has been sent" not in LAST_RESORT

    world.store.broken = False
    with_details.post(page, typed)
    assert len(world.store.requests) == 1


@pytest.mark.parametrize("word", ["resume", "status"])
def test_a_typed_code_is_kept_while_the_store_is_gone(world: World, lang: str, word: str) -> None:
    practitioner = world.practitioner(lang).get(f"/{lang}/{PATHS[lang][word]}")
    world.store.broken = True
    typed = {"code": "7K3M-9PXA-7K3M-9PXA-7K3M"}
    typed |= {"reference": new_reference()} if word == "status" else {}

    practitioner.submit(**typed)

    assert practitioner.status == 503
    for name, value in typed.items():
        assert practitioner.typed()[name] == [value]


@pytest.mark.parametrize(("method", "rest"), [("PUT", "/gwirio"), ("GET", "/a/b/c")])
def test_a_wrong_address_of_a_draft_still_shows_its_duty_team(
    world: World, method: str, rest: str
) -> None:
    practitioner = world.at_recommendation("cy", SIMPLE)
    path = f"/cy/taith/{practitioner.draft_id}{rest}"

    practitioner._follow(practitioner.client.open(path, method=method))

    assert practitioner.status == (405 if method == "PUT" else 404)
    assert practitioner.link("tel:02920180130")


def test_a_later_page_asked_for_too_early_leads_to_the_open_question(world: World) -> None:
    practitioner = world.practitioner().start().answer(danger="no")

    practitioner.get(f"/en/journey/{practitioner.draft_id}/departure/1")

    assert practitioner.status == 200
    assert practitioner.on_question


def test_a_redirect_says_nothing_in_any_language(world: World) -> None:
    client = world.app.test_client()

    for response in (client.post("/cy/dechrau", data={"procedure": "adult"}), client.get("/cy")):
        assert response.status_code in (303, 308)
        assert response.data == b""
        assert response.headers["Location"].removeprefix("http://localhost").startswith("/cy/")


def test_a_page_that_needs_the_store_is_an_error_page_when_it_is_gone(
    world: World, with_details: Practitioner
) -> None:
    world.store.broken = True

    with_details.get(with_details.path)

    assert with_details.status == 503
    headings = [words(each) for each in with_details.tree.iter("h1")]
    assert len(headings) == 1


def test_deciding_needs_no_store_at_all(world: World, lang: str) -> None:
    world.store.broken = True

    practitioner = world.at_recommendation(lang, SIMPLE)

    assert practitioner.status == 200
