"""A scanner with a real browser acknowledges nothing; a person does, and the requester sees it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cases import DETAILS, SIMPLE
from tests.browser.duty_officer import NAME, READING, link_in
from tests.browser.looking import OpenBrowser
from tests.browser.people import follow
from tests.browser.practitioner import Practitioner, draft_of
from tests.browser.tours import COUNCIL
from webapp.messages.language import Language

# What link scanners have been seen to do, and what they might do next.
SCRIPTS = {
    "presses the button": "() => document.querySelector('#page button:not([name])').click()",
    "submits the form": "() => document.getElementById('page').requestSubmit()",
    "submits it unseen": "() => HTMLFormElement.prototype.submit.call(page)",
    "fills in everything and submits": """() => {
        for (const each of document.querySelectorAll('#page input[type=text]')) each.value = 'x';
        document.querySelector('#page input[type=radio]').checked = true;
        HTMLFormElement.prototype.submit.call(page);
    }""",
}


@pytest.fixture
def requester(lang: str, new_practitioner: Callable[[str], Practitioner]) -> Practitioner:
    person = new_practitioner(lang)
    arrived = person.decide(SIMPLE | {"area-of-concern": COUNCIL[lang]})
    # never the same content twice, or it is asked about
    details = DETAILS[lang] | {"concern-what": f"{DETAILS[lang]['concern-what']} {uuid4()}"}
    person.send(person.describe(draft_of(arrived.path), details))
    return person


@pytest.fixture
def link(requester: Practitioner) -> str:
    """The link of the mail that has just come."""
    reference = requester.responses[-1].path.rpartition("/")[2]
    listing = requester.get("/mailbox").html
    for path in re.findall(rf'href="(/mailbox/[^"]+)">[^<]*{reference}', listing):
        if found := link_in(requester.get(f"{path}/html").html):
            return found
    raise AssertionError("no mail with a link")


def heading(page: Page, path: str) -> str:
    page.goto(path)
    return page.locator("h1").inner_text()


def test_a_scanner_with_a_browser_acknowledges_nothing(
    lang: str, link: str, open_browser: OpenBrowser, speech: dict[str, Language]
) -> None:
    page = open_browser().new_page()
    unanswered = speech[lang].gettext("Confirm that you have this request")
    assert heading(page, link) == unanswered

    for what, script in SCRIPTS.items():
        page.goto(link)
        with page.expect_navigation():
            page.evaluate(script)
        assert heading(page, link) == unanswered, what


def test_a_script_that_got_into_the_page_would_not_run(
    link: str, open_browser: OpenBrowser
) -> None:
    page = open_browser().new_page()
    page.goto(link)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
        }"""
    )

    assert page.evaluate("() => window.ran === undefined && document.scripts.length === 1")


@pytest.mark.parametrize("with_script", [True, False])
def test_a_person_confirms_and_the_requester_sees_who(
    lang: str,
    requester: Practitioner,
    link: str,
    open_browser: OpenBrowser,
    speech: dict[str, Language],
    with_script: bool,
) -> None:
    status_page = next(
        each.path
        for each in reversed(requester.responses)
        if f"/{requester.words['status']}/" in each.path
    )
    say = speech[lang].gettext
    page = open_browser(java_script_enabled=with_script).new_page()
    page.goto(link)
    page.get_by_label(say("Your name"), exact=True).fill(NAME[lang])
    page.get_by_label(say("I have it and will act")).check()
    time.sleep(READING)
    follow(page.get_by_role("button", name=say("Send this answer")))

    expect(page.locator("h1")).to_have_text(say("This request is confirmed"))
    expect(page.locator(".cyf-status")).to_contain_text(NAME[lang])
    shown = open_browser(storage_state=requester.cookies()).new_page()
    shown.goto(status_page)
    expect(shown.locator("h1")).to_have_text(say("Your request is confirmed"))
    expect(shown.locator(".cyf-status")).to_contain_text(NAME[lang])
