"""What is done on a page before it is looked at: a press, a mistake, a page left empty."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.people import follow


def empty_and_continue(page: Page) -> None:
    """Press Continue with nothing chosen and nothing written."""
    page.evaluate(
        """() => {
            for (const each of document.querySelectorAll('#page :checked')) each.checked = false;
            for (const each of document.querySelectorAll('#page select')) each.value = '';
            const written = '#page input:not([type=hidden]):not([type=radio]):not([type=checkbox])';
            for (const each of document.querySelectorAll(`${written}, #page textarea`))
                each.value = '';
        }"""
    )
    press_continue(page)


def press_continue(page: Page) -> None:
    follow(page.locator("form#page button.govuk-button:not([name])"))


def write_nonsense(page: Page) -> None:
    """A date that does not exist."""
    for part, text in (("day", "31"), ("month", "2"), ("year", "2026")):
        page.locator(f"form#page input[name$=-{part}]").first.fill(text)
    press_continue(page)


def write_a_wrong_code(page: Page) -> None:
    for each in page.locator("form#page input[type=text]").all():
        each.fill("AAAA-BBBB")
    press_continue(page)


def add_nobody(page: Page) -> None:
    """Take somebody off the list of people without a reason."""
    page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
    page.locator("input[name$=-remove]").first.check()
    press_continue(page)


def hide(page: Page) -> None:
    follow(page.locator("form[action$=cuddio] button, form[action$=hide] button"))


def send(page: Page) -> None:
    follow(page.locator("form#send button"))
