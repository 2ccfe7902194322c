"""Where much is typed: how much is left, what day it was, and a page that nobody uses any more."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cases import DETAILS, SIMPLE
from tests.browser.looking import OpenBrowser
from tests.browser.people import follow
from tests.browser.practitioner import Practitioner
from tests.browser.tours import COUNCIL
from webapp.messages.language import Language
from webapp.procedures.library import Library

NewPractitioner = Callable[..., Practitioner]


@pytest.fixture
def details(lang: str, open_browser: OpenBrowser, new_practitioner: NewPractitioner) -> Page:
    """The first page of details, on a clock that the test moves."""
    person = new_practitioner(lang)
    person.decide(SIMPLE | {"area-of-concern": COUNCIL[lang]})
    draft = re.search(r"/([^/]+)/[^/]+$", person.responses[-1].path)
    assert draft
    page = open_browser(storage_state=person.cookies()).new_page()
    page.clock.install()
    page.goto(person.address("journey", draft[1], "details", "1"))
    return page


def test_a_page_that_nobody_uses_asks_and_then_covers_itself(
    details: Page, lang: str, speech: dict[str, Language]
) -> None:
    written = details.locator("[name=concern-what]")
    written.fill(DETAILS[lang]["concern-what"])
    warning = details.get_by_role("alertdialog")
    details.clock.fast_forward("24:00")
    expect(warning).to_have_count(0)
    details.clock.fast_forward("01:10")
    expect(warning).to_have_accessible_name(speech[lang].gettext("Are you still there?"))
    not_saved = speech[lang].gettext("What you typed on this page is not saved yet.")
    expect(warning).to_contain_text(not_saved)
    expect(warning.get_by_role("button").first).to_be_focused()

    details.keyboard.press("Escape")
    expect(warning).to_have_count(0)
    expect(written).to_have_value(DETAILS[lang]["concern-what"])
    details.clock.fast_forward("24:00")
    expect(warning).to_have_count(0)  # the time begins anew

    title = details.title()
    details.clock.fast_forward("06:10")
    expect(details).to_have_title("Cyfarfod")
    behind = "each => getComputedStyle(each, '::backdrop').backgroundColor"
    assert warning.evaluate(behind) == "rgb(255, 255, 255)"
    warning.get_by_role("button").last.click()
    expect(details).to_have_title(title)
    expect(written).to_have_value(DETAILS[lang]["concern-what"])


def test_the_warning_saves_with_one_press(details: Page, lang: str) -> None:
    details.locator("[name=concern-what]").fill(DETAILS[lang]["concern-what"])
    details.locator("[name=concern-last-incident]").fill(DETAILS[lang]["concern-last-incident"])
    first = details.url
    details.clock.fast_forward("25:10")
    follow(details.get_by_role("alertdialog").get_by_role("button").first)
    assert details.url != first
    details.goto(first)
    expect(details.locator("[name=concern-what]")).to_have_value(DETAILS[lang]["concern-what"])


def test_typing_keeps_the_warning_away(details: Page) -> None:
    for _minutes in range(3):
        details.clock.fast_forward("20:00")
        details.locator("[name=concern-what]").press("a")
    expect(details.get_by_role("alertdialog")).to_have_count(0)


def test_long_text_is_counted_near_its_end(
    details: Page, lang: str, speech: dict[str, Language]
) -> None:
    written = details.locator("[name=concern-what]")
    counted = details.locator(".govuk-character-count", has=written)
    said = counted.locator(".govuk-character-count__message:not(.govuk-visually-hidden)").last
    written.fill("a" * 100)
    expect(said).not_to_be_visible()
    for length, number in ((4_999, 1), (5_002, 2)):
        written.fill("a" * length)
        details.clock.run_for(2_000)
        one, many = (
            ("You have %(count)s character left", "You have %(count)s characters left")
            if number == 1
            else ("You have %(count)s character too many", "You have %(count)s characters too many")
        )
        wanted = speech[lang].ngettext(one, many, number) % {"count": number}
        expect(said).to_have_text(wanted)


def test_today_is_one_press(
    lang: str, open_browser: OpenBrowser, new_practitioner: NewPractitioner, library: Library
) -> None:
    question = library.procedures["adult"].questions["concern-identified"]
    person = new_practitioner(lang)
    person.decide(SIMPLE | {"area-of-concern": COUNCIL[lang]})
    before = next(each for each in person.responses if each.path.endswith(f"/{question.code}"))
    page = open_browser(storage_state=person.cookies()).new_page()
    page.goto(before.path)
    boxes = [page.locator(f"[id='{question.code}-{part}']") for part in ("day", "month", "year")]
    page.locator(f"[data-days-of='{question.code}'] button").first.click()
    today = page.evaluate("new Date().toLocaleDateString('en-GB', {timeZone: 'Europe/London'})")
    typed = [f"{int(box.input_value()):02}" for box in boxes]
    assert "/".join(typed) == today
