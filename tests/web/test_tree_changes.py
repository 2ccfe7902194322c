"""The trees change in mid-draft: the same recommendation goes on, another is told first."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.browser.cases import DETAILS, SIMPLE, Answers
from tests.meeting_requests.fakes import library
from tests.web.conftest import World, number_of
from tests.web.practitioner import Practitioner
from webapp.procedures.library import Library
from webapp.web.languages import WORDS

Tree = dict[str, Any]


def change(world: World, mutate: Callable[[Tree], object]) -> None:
    """Deploy other trees under the drafts that are open."""
    data = copy.deepcopy(dict(library().data))
    mutate(next(each for each in data["procedures"] if each["procedure"] == "adult"))
    services = replace(world.services, library=Library.from_data(data))
    world.app.extensions["services"] = services


def place_of(tree: Tree, question: str) -> int:
    ids = [each.get("question") for each in tree["sequence"]]
    return ids.index(question)


def other_details(tree: Tree) -> None:
    """Another source and another order of rules: nothing that a recommendation consists of."""
    tree["sequence"][place_of(tree, "crime")]["source"] = ["P4"]
    tree["version"] = "2099-01-01"


def without_question(question: str) -> Callable[[Tree], None]:
    def mutate(tree: Tree) -> None:
        del tree["sequence"][place_of(tree, question)]

    return mutate


def another_option(tree: Tree) -> None:
    """The option chosen for the risk has another id now."""
    options = tree["sequence"][place_of(tree, "risk")]["options"]
    tree["sequence"][place_of(tree, "risk")]["options"] = [
        {**each, "id": "middling"} if each["id"] == "medium" else each for each in options
    ]


def another_chair(tree: Tree) -> None:
    for chair in tree["meetings"]["adult"]["chairs"]:
        chair["chair"] = "adults-manager"


def no_longer_met(tree: Tree) -> None:
    tree["sequence"][place_of(tree, "domestic-abuse")]["when"] = {"crime": "yes"}


def after(world: World, lang: str, case: Answers = SIMPLE) -> Practitioner:
    """Somebody who has come to the recommendation page by page, as far as the cookie knows."""
    practitioner = world.at_recommendation(lang, case)
    there = practitioner.path
    danger = practitioner.procedure.questions["danger"].code
    practitioner.get(there.rsplit("/", 1)[0] + f"/{danger}").submit()
    return practitioner.get(there)


def told(practitioner: Practitioner) -> bool:
    return practitioner.path.endswith("/" + WORDS[practitioner.lang]["changed"])


def go_on(practitioner: Practitioner) -> Practitioner:
    return practitioner.submit()


def test_the_same_recommendation_goes_on_without_a_word(world: World, lang: str) -> None:
    practitioner = after(world, lang)
    there = practitioner.path

    change(world, other_details)

    assert practitioner.get(there).path == there
    assert practitioner.status == 200


def test_a_new_question_is_the_only_one_that_is_asked(world: World, lang: str) -> None:
    change(world, without_question("complexity"))
    practitioner = after(world, lang)
    there, asked = practitioner.path, practitioner.procedure.questions["complexity"]

    change(world, lambda tree: None)
    practitioner.get(there)
    assert told(practitioner)
    assert asked.text.english in practitioner.text
    assert "It has to wait until you have answered" in practitioner.text
    assert practitioner.link("tel:")

    go_on(practitioner)
    assert practitioner.asked() == [asked]
    practitioner.answer(complexity="none")
    assert practitioner.path == there


def test_an_answer_that_no_longer_fits_is_asked_again(world: World) -> None:
    practitioner = after(world, lang := "en")  # the option's own text is not in the catalogue

    change(world, another_option)
    practitioner.get(practitioner.path)

    assert told(practitioner)
    assert "Asked again, because your answer no longer fits" in practitioner.text
    assert "How high is the risk to the adult?" in practitioner.text
    go_on(practitioner)
    assert [each.id for each in practitioner.asked()] == ["risk"]
    practitioner.answer(risk="middling")
    assert practitioner.path.endswith("/" + WORDS[lang]["recommendation"])


def test_answers_that_no_longer_count_are_named(world: World, lang: str) -> None:
    practitioner = after(world, lang)

    def mutate(tree: Tree) -> None:
        no_longer_met(tree)
        another_chair(tree)

    change(world, mutate)
    practitioner.get(practitioner.path)

    assert told(practitioner)
    assert "Answers that no longer count" in practitioner.text
    assert "Domestic abuse" in practitioner.text
    assert "What is recommended has changed" in practitioner.text
    assert go_on(practitioner).path.endswith("/" + WORDS[lang]["recommendation"])


def test_a_question_that_is_gone_is_counted(world: World, lang: str) -> None:
    practitioner = after(world, lang)

    def mutate(tree: Tree) -> None:
        without_question("report-how")(tree)
        another_chair(tree)

    change(world, mutate)
    practitioner.get(practitioner.path)

    assert told(practitioner)
    assert "question" in practitioner.text
    assert "no longer asked" in practitioner.text


def test_it_is_told_once_and_every_page_leads_to_it_first(world: World, lang: str) -> None:
    practitioner = after(world, lang)
    there = practitioner.path
    change(world, another_chair)

    base, words = there.rsplit("/", 1)[0], WORDS[lang]
    for page in ("recommendation", "check", "details", "anyway"):
        assert told(practitioner.get(f"{base}/{words[page]}")), page
    go_on(practitioner)

    assert practitioner.path == there
    assert not told(practitioner.get(there))
    assert not told(practitioner.get(f"{base}/{words['changed']}")), "there is nothing to tell"


def test_what_lay_ahead_anyway_is_not_new(world: World, lang: str) -> None:
    change(world, without_question("capacity"))
    practitioner = world.practitioner(lang).start().answer(danger="no")
    there = practitioner.path

    change(world, lambda tree: None)

    assert practitioner.get(there).path == there


def test_what_was_typed_on_a_details_page_is_saved_and_then_it_is_told(
    world: World, lang: str
) -> None:
    practitioner = after(world, lang)
    base, number = practitioner.path.rsplit("/", 1)[0], number_of("concern")
    page = f"{base}/{WORDS[lang]['details']}/{number}"
    practitioner.get(page)
    change(world, another_chair)

    practitioner.fill_details(DETAILS[lang])

    assert told(practitioner)
    go_on(practitioner)
    practitioner.get(page)
    assert DETAILS[lang]["concern-what"] in practitioner.typed()["concern-what"][0]


def test_sending_what_was_shown_before_the_change_sends_nothing(world: World, lang: str) -> None:
    practitioner = world.at_check(lang)
    practitioner.get(practitioner.path)
    change(world, another_chair)

    practitioner.submit("send")

    assert practitioner.status == 422
    assert not world.store.requests


def test_a_draft_resumed_after_the_change_is_told_too(world: World, lang: str) -> None:
    practitioner = world.at_check(lang)
    practitioner.get(practitioner.path)
    base, number = practitioner.path.rsplit("/", 1)[0], number_of("concern")
    practitioner.get(f"{base}/{WORDS[lang]['details']}/{number}").fill_details(DETAILS[lang])
    code = practitioner.get(f"{base}/{WORDS[lang]['details']}/{number}")
    words = next(e for e in code.tree.iter("span") if e.get("class") == "cyf-reference")
    change(world, another_chair)

    elsewhere = world.practitioner(lang).get(f"/{lang}/{WORDS[lang]['resume']}")
    elsewhere.submit(code="".join(words.itertext()))

    assert told(elsewhere)


def test_hiding_and_closing_do_not_wait_for_it(world: World, lang: str) -> None:
    practitioner = after(world, lang)
    hide = next(
        f
        for f in practitioner.tree.iter("form")
        if f.get("action", "").endswith(WORDS[lang]["hide"])
    )
    fields = {i.get("name"): i.get("value") for i in hide.iter("input")}
    change(world, another_chair)

    practitioner.post(hide.get("action") or "", fields)

    assert practitioner.status == 200
    assert not told(practitioner)


def test_the_page_asks_for_its_own_token(world: World) -> None:
    practitioner = after(world, "en")
    change(world, another_chair)
    practitioner.get(practitioner.path)

    practitioner.submit(token="x")

    assert practitioner.status == 403
