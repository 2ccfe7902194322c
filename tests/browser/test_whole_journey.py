"""From the first page to the duty officer's mail, as two people would do it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.cases import DETAILS, GWYNEDD, MANY_SIDED, POWYS, SIMPLE
from tests.browser.keyboard import Keyboard, KeyboardPractitioner
from tests.browser.looking import OpenBrowser
from tests.browser.people import MousePractitioner, follow
from webapp.messages.language import Language
from webapp.procedures.library import Library

REFERENCE = re.compile(r"CFD-\w{4}-\w{4}")
MOST_PAGES = 60
PHONE = {"width": 320, "height": 568}
# Another practitioner of these tests sends the like: the same twice in a day would be asked about.
OWN = {"person-phone": "01632 960 109"}


def test_in_welsh_without_javascript_and_with_the_keyboard_alone(
    open_browser: OpenBrowser, library: Library, speech: dict[str, Language]
) -> None:
    """Mair has no mouse and a small screen: to the mail with Tab, Space, the arrows and Enter."""
    page = open_browser(java_script_enabled=False, viewport=PHONE).new_page()
    keys = Keyboard(page)
    person = KeyboardPractitioner(keys, library.procedures["adult"], speech["cy"])

    page.goto("/")
    keys.follow("/cy/")
    keys.skip_to_content()
    keys.go_to(lambda here: here["name"] == "procedure" and here["value"] == "adult")
    keys.enter()
    for _page in range(MOST_PAGES):
        if keys.path.endswith("/argymhelliad"):
            break
        person.answer(MANY_SIDED | {"area-of-concern": GWYNEDD})
    assert page.locator("h1").inner_text() == speech["cy"].text(
        library.procedures["adult"].results["strategy"].title
    )

    keys.skip_to_content()
    keys.follow("/manylion")
    for _page in range(MOST_PAGES):
        if keys.path.endswith("/gwirio"):
            break
        person.describe(DETAILS["cy"] | OWN)
    keys.skip_to_content()
    keys.push(speech["cy"].gettext("Send the meeting request"))
    assert keys.path.startswith("/cy/statws/")
    reference = keys.path.rpartition("/")[2]
    assert reference in page.locator("main").inner_text()

    page.goto("/mailbox")
    _reads_the_mail(page, keys, reference)
    assert not keys.invisible, "\n".join(keys.invisible)


def _reads_the_mail(page: Page, keys: Keyboard, reference: str) -> None:
    """The duty officer's mail is there under its reference, in Welsh, with what they need."""
    keys.go_to(lambda here: here["tag"] == "A" and f"{reference}-1" in here["text"])
    keys.enter()
    assert reference in page.title()
    assert "Lowri" not in page.title()
    mail = page.locator("pre").text_content() or ""
    for each in (reference, "Lowri Dychmygol", "Mair Ffugenw", "01632 960 102", "Gwynedd"):
        assert each in mail


def test_in_english_with_javascript_and_a_mouse(
    open_browser: OpenBrowser, library: Library, speech: dict[str, Language]
) -> None:
    """Carol finds everything by what it is called."""
    page = open_browser().new_page()
    person = MousePractitioner(page, library.procedures["adult"], speech["en"])
    page.goto("/")
    follow(page.get_by_role("button", name="Continue in English"))
    follow(page.locator("button[name=procedure][value=adult]"))
    person.decide(SIMPLE | {"area-of-concern": POWYS})
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "A strategy discussion or meeting should be held"
    )
    follow(page.get_by_role("button", name="Go on to the details"))
    person.describe(DETAILS["en"] | OWN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before you send")
    follow(page.get_by_role("button", name="Send the meeting request"))
    page.wait_for_url("**/en/status/*")
    reference = page.url.rpartition("/")[2]
    assert REFERENCE.fullmatch(reference)
    expect(page.get_by_role("main")).to_contain_text(reference)

    page.goto("/mailbox")
    follow(page.get_by_role("link", name=f"{reference}-1"))
    mail = page.locator("pre").text_content() or ""
    for each in (reference, "Alice Invented", "Carol Pseudonym", "01632 960 102", "Powys"):
        assert each in mail
    html = page.frame_locator("iframe")
    expect(html.get_by_role("heading", level=1)).to_be_visible()
    expect(html.locator("body")).to_contain_text("Alice Invented")
