"""The other language is one press away on every page, and costs nothing that was typed.

Without JavaScript; our pages ask the browser to send no Referer, and it sends none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from tests.browser.looking import OpenBrowser, visit
from tests.browser.people import open_what_is_folded
from tests.browser.practitioner import WORDS, Practitioner
from tests.browser.tours import Stop, Tour

NAMES = {"cy": "Cymraeg", "en": "English"}
CHOICE = "check, council not known"  # the one check page on which something is chosen
HALF = "Hanner gair â ŵ & <b>"
# Every control of the page's form with what it holds, and what the page says.
LOOK = """() => {
    const ticks = each => ['radio', 'checkbox'].includes(each.type);
    const controls = [...document.querySelectorAll('form#page :is(input, select, textarea)')];
    const values = controls.filter(each => each.type !== 'hidden').map(each => ticks(each)
        ? [`${each.name}=${each.value}`, each.checked] : [each.name, each.value]);
    return {
        values: Object.fromEntries(values),
        lang: document.documentElement.lang,
        heading: document.querySelector('h1').innerText,
        wrong: document.querySelectorAll('.govuk-error-summary, .govuk-error-message').length
            + /Error|Gwall/.test(document.title),
    };
}"""
# Half a text in every field, and another choice in every group: what typing leaves behind.
TYPE = """half => {
    const form = document.querySelector('form#page');
    for (const each of form.querySelectorAll('textarea, input:not([type=hidden])')) {
        if (each.type === 'checkbox') each.checked = !each.checked;
        else if (each.type === 'radio') each.checked = each.checked || !each.defaultChecked;
        else each.value = /-(day|month|year)$/.test(each.name) ? '3' : half;
    }
    for (const each of form.querySelectorAll('select')) each.selectedIndex = 5;
}"""


def other(lang: str) -> str:
    return "en" if lang == "cy" else "cy"


def twin_of(path: str, lang: str) -> str:
    """The address of the same page in the other language, word by word."""
    swapped = {word: WORDS[other(lang)][name] for name, word in WORDS[lang].items()}
    parts = path.split("/")
    return "/".join(["", other(lang), *(swapped.get(each, each) for each in parts[2:])])


def with_a_form(tour: Tour) -> list[Stop]:
    """Every page of the tour on which something can be typed or chosen."""
    names = ("question ", "details ", "departure", "anyway", "resume", "status", CHOICE)
    return [each for each in tour.stops if each.name.startswith(names) and not each.act]


def with_a_short_field(tour: Tour) -> str:
    """A page of details with a field of one line; on the first and on people's, some are folded."""
    pages = [each for each in tour.stops if re.fullmatch(r"details [1-9]\d*", each.name)]
    short = [each for each in pages if "govuk-input" in each.kind and "cyf-person" not in each.kind]
    return short[0].name


def cookies(context: BrowserContext) -> dict[str, str]:
    return {each["name"]: each["value"] for each in context.cookies()}


def look(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(LOOK)
    return found


def press_toggle(page: Page, lang: str) -> None:
    toggle = page.locator("header").get_by_role("button", name=NAMES[other(lang)], exact=True)
    with page.expect_navigation():
        toggle.click()


@pytest.mark.full  # every form of the tour, in both languages
def test_switching_keeps_what_is_typed_and_stores_nothing(
    tour: Tour, open_browser: OpenBrowser
) -> None:
    stops, sent = with_a_form(tour), []
    assert len(stops) > 50

    def watch(page: Page) -> None:
        page.on("request", lambda request: sent.extend(_referer(request)))

    for stop, page in visit(open_browser, stops, watch, java_script_enabled=False):
        saved, before = look(page), cookies(page.context)
        page.evaluate(TYPE, HALF)
        typed = look(page)
        assert typed["values"] != saved["values"], stop

        press_toggle(page, tour.lang)
        switched = look(page)
        assert page.url.endswith(twin_of(stop.path, tour.lang)), stop
        assert switched["lang"] == other(tour.lang), stop
        assert switched["heading"] != saved["heading"], stop
        assert switched["values"] == typed["values"], stop
        assert not switched["wrong"], stop
        assert cookies(page.context) == before, stop
        if stop.name.startswith("details"):  # what is not kept in the cookie
            stop.open(page)
            assert look(page) == saved, f"{stop}: something was stored"
    assert not sent


def _referer(request: Request) -> list[str]:
    said = request.headers.get("referer")
    return [said] if said else []


@pytest.mark.full
def test_a_page_without_a_form_has_a_link_to_its_twin(
    tour: Tour, new_practitioner: Callable[..., Practitioner]
) -> None:
    typed = with_a_form(tour)
    both = ("choice of language", "mailbox", "mail ")
    stops = [each for each in tour.stops if not each.act and each not in typed]
    stops = [each for each in stops if not each.name.startswith(both)]
    assert len(stops) > 25
    for stop in stops:
        person = new_practitioner(tour.lang, stop.cookies)
        page = person.get(stop.path)
        link = re.search(
            r'<a class="cyf-toggle" href="([^"]+)" lang="(..)" hreflang="(..)">', page.html
        )
        assert link, stop
        assert link.groups() == (twin_of(stop.path, tour.lang), other(tour.lang), other(tour.lang))
        twin = person.get(link[1])
        assert twin.status == page.status, stop
        assert f'<html lang="{other(tour.lang)}"' in twin.html, stop


def test_enter_in_a_field_continues_and_does_not_switch(
    tour: Tour, open_browser: OpenBrowser
) -> None:
    """The toggle stands before the form: the browser must not take it for the form's button."""
    for name, field in (
        ("question concern-identified", "input[name$=-day]"),
        ("question mappa-release", "input[name$=-year]"),
        ("question same-day", "input[type=checkbox]"),
        ("question crime", "input[type=radio]"),
        (with_a_short_field(tour), "input[type=text]"),
        ("resume", "input[type=text]"),
        ("status", "input[type=text]"),
    ):
        stop = tour.named(name)
        page = open_browser(storage_state=stop.cookies, java_script_enabled=False).new_page()
        stop.open(page)
        open_what_is_folded(page)
        page.locator(f"form#page {field}:visible").first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert f"/{tour.lang}/" in page.url, stop
        assert page.locator("html").get_attribute("lang") == tour.lang, stop
        # the answers were complete, so it goes on; the two codes were not, so it says so
        went_on = not page.url.endswith(stop.path)
        said_why = page.locator(".govuk-error-summary").count() == 1
        assert went_on != said_why, stop
