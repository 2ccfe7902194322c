"""Two languages, one page: the toggle keeps the page, the answers and what is half typed."""

from __future__ import annotations

import pytest

from tests.browser.cases import DETAILS, SIMPLE, case
from tests.web.conftest import World, number_of
from tests.web.page_checks import words
from tests.web.practitioner import Practitioner
from webapp.web.languages import WORDS

PUBLIC = ["phone", "accessibility", "privacy", "cookies", "resume", "drafts", "status"]


def toggle(practitioner: Practitioner) -> str:
    """The address of this page in the other language."""
    for each in practitioner.tree.iter():
        if each.get("class") == "cyf-toggle" and words(each) in ("Cymraeg", "English"):
            return each.get("href") or each.get("formaction") or ""
    raise AssertionError(f"no toggle on {practitioner.path}")


@pytest.mark.parametrize("word", PUBLIC)
def test_a_public_page_leads_to_its_twin_and_back(world: World, word: str) -> None:
    practitioner = world.practitioner().get(f"/en/{WORDS['en'][word]}")

    practitioner.get(toggle(practitioner))
    assert practitioner.path == f"/cy/{WORDS['cy'][word]}"
    assert toggle(practitioner) == f"/en/{WORDS['en'][word]}"


def test_the_first_page_offers_both_languages_equally(world: World) -> None:
    practitioner = world.practitioner().get("/")
    choices = [
        each
        for each in practitioner.tree.iter("div")
        if each.get("class") == "cyf-languages__choice"
    ]

    assert [each.get("lang") for each in choices] == ["cy", "en"]
    shapes = [[child.tag for child in each.iter()] for each in choices]
    assert shapes[0] == shapes[1]


def test_no_page_depends_on_what_the_browser_says_it_prefers(world: World) -> None:
    for preferred in ("cy", "en", "fr"):
        response = world.app.test_client().get("/cy/", headers={"Accept-Language": preferred})
        assert '<html lang="cy"' in response.get_data(as_text=True)


def test_every_page_of_a_journey_has_its_twin(world: World) -> None:
    practitioner = world.practitioner("en").start()
    pages = []
    while practitioner.on_question:
        pages.append(practitioner.path)
        practitioner.submit(**practitioner._values(SIMPLE))
    pages.append(practitioner.path)
    practitioner.fill_all(DETAILS["cy"])
    base = pages[0].rsplit("/", 1)[0]
    pages += [f"{base}/check", f"{base}/departure/1", *(f"{base}/details/{n}" for n in (0, 1, 2))]

    for path in pages:
        practitioner.get(path)
        there = toggle(practitioner)
        practitioner.get(there)
        assert practitioner.path == there
        assert practitioner.status == 200
        assert toggle(practitioner) == path


def test_the_toggle_keeps_a_choice_that_was_not_saved(practitioner: Practitioner) -> None:
    practitioner.start()
    code = practitioner.asked()[0].code

    practitioner.switch(**{code: "no"})

    assert practitioner.status == 200
    assert practitioner.tree.get("lang") == practitioner.lang
    assert practitioner.typed()[code] == ["no"]
    assert not practitioner.errors()
    practitioner.get(practitioner.path)
    assert code not in practitioner.typed(), "the toggle stores nothing"


def test_the_toggle_keeps_half_a_date_to_the_letter(world: World) -> None:
    practitioner = world.at_question("en", "concern-identified")
    code = practitioner.asked()[0].code

    practitioner.switch(**{f"{code}-day": "31 ", f"{code}-month": "Cho", f"{code}-time": "ha"})

    assert practitioner.status == 200
    kept = practitioner.typed()
    assert [kept[f"{code}-{part}"][0] for part in ("day", "month", "year", "time")] == [
        "31 ", "Cho", "", "ha",
    ]  # fmt: skip


def test_the_toggle_keeps_half_a_sentence_in_details(world: World, lang: str) -> None:
    practitioner = world.at_recommendation(lang, SIMPLE)
    words_of = WORDS[lang]
    practitioner.get(practitioner.link(f"/{words_of['details']}"))
    half = "\n  Roedd hi’n gweiddi “help\n\n ŵŷ <b>"

    practitioner.switch(**{"concern-what": half, "concern-last-incident-known": "not-known"})

    assert practitioner.status == 200
    assert practitioner.typed()["concern-what"] == [half]
    assert practitioner.typed()["concern-last-incident-known"] == ["not-known"]
    assert not practitioner.errors()
    assert not world.store.drafts, "nothing was stored"


def test_the_toggle_keeps_a_reason_that_was_not_sent(world: World) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    practitioner.get(practitioner.link("departure/1"))

    typed = {"mode": "face-to-face", "mode-reason": "Achos", "person-1-role": "police"}
    practitioner.switch(**typed)

    assert {name: practitioner.typed()[name][0] for name in typed} == typed


def test_the_toggle_keeps_a_row_that_was_added(world: World) -> None:
    practitioner = world.at_check("en", SIMPLE)
    practitioner.get(practitioner.path.rsplit("/", 1)[0] + f"/details/{number_of('invitees')}")
    practitioner.submit(**{"add-person": "1", "invitees-1-name": "Ann Ychwanegol"})

    practitioner.switch(**{"invitees-2-title": "Nyrs"})

    assert practitioner.typed()["invitees-1-name"] == ["Ann Ychwanegol"]
    assert practitioner.typed()["invitees-2-title"] == ["Nyrs"]


def test_enter_continues_although_the_toggle_is_a_button(practitioner: Practitioner) -> None:
    """The first submit button of a form in the order of the document is what Enter presses."""
    practitioner.start()
    buttons = [
        each
        for each in practitioner.tree.iter("button")
        if each.get("form") == "page" or each in list(practitioner.form().iter())
    ]

    assert buttons[0].get("class") == "cyf-first-submit"
    assert buttons[0].get("name") is None
    assert buttons[1].get("name") == "switch-language"


def test_the_toggle_needs_no_referrer(practitioner: Practitioner) -> None:
    practitioner.start()

    response = practitioner.client.get(practitioner.path)

    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_saved_answers_are_the_same_in_both_languages(world: World) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    english = len(list(practitioner.tree.iter("dt")))

    practitioner.get(toggle(practitioner))

    assert practitioner.tree.get("lang") == "cy"
    assert len(list(practitioner.tree.iter("dt"))) == english


def test_councils_stand_in_the_alphabet_of_the_page(world: World) -> None:
    lists = {}
    for lang in ("cy", "en"):
        practitioner = world.practitioner(lang).get(f"/{lang}/{WORDS[lang]['phone']}")
        lists[lang] = [words(each) for each in practitioner.tree.iter("h2")]

    assert len(lists["cy"]) == len(lists["en"]) == 22
    assert lists["en"][:2] == ["Blaenau Gwent", "Bridgend"]
    assert lists["cy"][:3] == ["Abertawe", "Blaenau Gwent", "Bro Morgannwg"]


def test_half_the_page_is_in_the_language_of_its_status_page(world: World, lang: str) -> None:
    practitioner = world.at_check(lang, SIMPLE)
    practitioner.submit("send")

    practitioner.get(toggle(practitioner))

    assert practitioner.status == 200
    assert practitioner.tree.get("lang") != lang


def test_the_toggle_keeps_a_council_that_was_not_chosen_yet(world: World) -> None:
    answers = case(area_of_concern="not-known", person_place="not-known")
    practitioner = world.at_check("cy", answers)

    practitioner.switch(**{"send-to": "W06000023"})

    assert practitioner.status == 200
    assert practitioner.tree.get("lang") == "en"
    assert practitioner.typed()["send-to"] == ["W06000023"]


@pytest.mark.parametrize(
    ("method", "path", "there"),
    [
        ("GET", "/cy/dechrau", "/en/start"),
        ("GET", "/en/start", "/cy/dechrau"),
        ("PUT", "/en/phone", "/cy/ffonio"),
        ("DELETE", "/cy/taith/aaaaaaaaaa/gwirio", "/en/journey/aaaaaaaaaa/check"),
    ],
)
def test_a_page_asked_for_in_the_wrong_way_has_its_twin(
    world: World, method: str, path: str, there: str
) -> None:
    practitioner = world.practitioner()

    practitioner._follow(practitioner.client.open(path, method=method))

    assert practitioner.status == 405
    assert toggle(practitioner) == there


def test_every_form_names_its_own_address_so_that_no_fragment_follows(world: World) -> None:
    practitioner = world.at_question("en", "concern-identified")
    path = practitioner.path + "?change=check"

    practitioner.get(path)

    assert practitioner.form().get("action") == path
    practitioner.get("/cy/ailgydio")
    assert practitioner.form().get("action") == "/cy/ailgydio"


def test_an_error_after_posting_leads_to_the_other_language_too(world: World) -> None:
    practitioner = world.practitioner().post("/en/start", {"procedure": "none"})

    assert practitioner.status == 422
    assert toggle(practitioner) == "/cy/"


def test_a_link_to_a_document_in_the_other_language_says_so(world: World) -> None:
    practitioner = world.at_recommendation("cy", SIMPLE)
    links = [each for each in practitioner.tree.iter("a") if each.get("hreflang") == "en"]
    documents = [each for each in links if (each.get("href") or "").startswith("http")]

    assert documents
    assert practitioner.text.count("This document is in English.") == len(documents)
