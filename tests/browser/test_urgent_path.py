"""Somebody is in danger: six screens from the first question to the Send button."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.cases import DETAILS, URGENT
from tests.browser.looking import OpenBrowser
from tests.browser.people import MousePractitioner, follow
from tests.browser.practitioner import answer_to
from tests.browser.tours import COUNCIL
from webapp.messages.language import Language
from webapp.procedures.library import Library

MOST_SCREENS = 6
# What is needed at the least: the mail must say what, where, who asks and how to ring back.
LEAST = (
    "concern-what",
    "person-where-now",
    "requester-name",
    "requester-phone",
)


def test_the_send_button_is_on_the_sixth_screen_at_the_latest(
    lang: str,
    open_browser: OpenBrowser,
    library: Library,
    speech: dict[str, Language],
    record_property: Callable[[str, object], None],
) -> None:
    page, language = open_browser().new_page(), speech[lang]
    person = MousePractitioner(page, library.procedures["adult"], language)
    page.goto(f"/{lang}/")
    follow(page.locator("button[name=procedure][value=adult]"))

    screens = ["danger"]
    _answer(person, ["danger"], lang)
    screens.append("999")
    expect(page.locator("main").get_by_role("link", name="999").first).to_be_visible()
    _answer(person, ["danger-action"], lang)
    screens.append("essentials")
    _answer(person, [each.id for each in person.asked()], lang)
    screens.append("recommendation")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        language.text(library.procedures["adult"].results["urgent"].title)
    )
    follow(page.get_by_role("button", name=language.gettext("Go on to the details")))
    screens.append("details")
    for each in LEAST:
        page.locator(f'[name="{each}"]').fill(str(DETAILS[lang][each]))
    person.press("Save and continue")
    screens.append("check")
    send = page.get_by_role("button", name=language.gettext("Send the meeting request"))
    expect(send).to_be_visible()
    record_property("measured", f"urgent path in {lang}: {len(screens)} screens")
    assert len(screens) <= MOST_SCREENS

    follow(send)
    expect(page).to_have_url(re.compile(r"/CFD-\w{4}-\w{4}$"))
    page.goto("/mailbox")
    subject = page.get_by_role("link").filter(has_text="CFD-").first.inner_text()
    assert {"cy": "BRYS", "en": "URGENT"}[lang] in subject.upper()


def _answer(person: MousePractitioner, questions: list[str], lang: str) -> None:
    answers = URGENT | {"area-of-concern": COUNCIL[lang]}
    assert [each.id for each in person.asked()] == questions
    for question_id in questions:
        question = person.procedure.questions[question_id]
        person.answer(question, answer_to(question, answers))
    person.press("Continue")


def test_the_numbers_to_ring_are_on_each_of_the_six_screens(
    lang: str, open_browser: OpenBrowser, library: Library, speech: dict[str, Language]
) -> None:
    page = open_browser(java_script_enabled=False).new_page()
    person = MousePractitioner(page, library.procedures["adult"], speech[lang])
    page.goto(f"/{lang}/")
    follow(page.locator("button[name=procedure][value=adult]"))
    for questions in (["danger"], ["danger-action"], None):
        assert page.locator("aside a[href='tel:999']").is_visible()
        _answer(person, questions or [each.id for each in person.asked()], lang)
    numbers = page.locator("aside a[href^='tel:']").all_inner_texts()
    assert numbers[0] == "999"
    assert len(numbers) == 3, "999, the duty team and the team out of hours"
