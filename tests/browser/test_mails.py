"""The golden mails as a duty officer opens them: on a phone, in the dark, enlarged, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.looking import sideways
from tests.messages.golden.cases import mails, short_mails
from tests.messages.golden.files import FOLDER, sender
from webapp.meeting_requests.model import CALENDAR, DATA, RECORD, Attached

PHONE = {"width": 375, "height": 667}
SMALL = {"width": 320, "height": 568}
NAMES = sorted(file.stem for file in FOLDER.glob("*.html"))
# The last thing on the first screen of each half, and the things before it.
BOTTOMS = """() => [...document.querySelectorAll('table[lang]')].map(half => {
    const top = half.getBoundingClientRect().top;
    const link = half.querySelector('table a').getBoundingClientRect();
    return Math.round(link.bottom - top);
})"""
COLOURS = """() => [...document.querySelectorAll('h1, h2, p, li, a')]
    .map(each => getComputedStyle(each).color)"""


@pytest.fixture(scope="module")
def mail(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport=PHONE)
    yield page
    page.context.close()


def opened(page: Page, name: str, size: Any = PHONE, scheme: Any = "light") -> Page:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, media="screen")
    page.set_content((FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    return page


@pytest.mark.parametrize("name", NAMES)
def test_everything_needed_at_once_is_on_the_first_screen_of_a_phone(mail: Page, name: str) -> None:
    """Down to the link that confirms; of a second language, within one screen of its beginning."""
    bottoms = opened(mail, name).evaluate(BOTTOMS)

    assert len(bottoms) == 2
    assert max(bottoms) <= PHONE["height"], bottoms
    shown = mail.locator("h1").first.bounding_box()
    assert shown
    assert shown["y"] < 120


@pytest.mark.parametrize("name", NAMES)
def test_on_the_smallest_phone_nothing_goes_sideways_and_little_is_below(
    mail: Page, name: str
) -> None:
    bottoms = opened(mail, name, SMALL).evaluate(BOTTOMS)

    assert sideways(mail) == []
    assert max(bottoms) <= SMALL["height"] * 1.15, bottoms


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_can_be_read_at_twice_its_size(mail: Page, name: str) -> None:
    opened(mail, name, {"width": 640, "height": 900})
    mail.evaluate("() => { document.documentElement.style.zoom = 2 }")

    assert sideways(mail) == []


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_in_a_mail(mail: Page, name: str) -> None:
    assert violations(opened(mail, name)) == []


@pytest.mark.parametrize("name", ["child-1-child", "adult-1-adult"])
def test_in_the_dark_a_mail_is_dark_and_its_colours_have_contrast(mail: Page, name: str) -> None:
    opened(mail, name, scheme="dark")

    assert mail.evaluate("() => getComputedStyle(document.body).color") == "rgb(255, 255, 255)"
    # axe takes what has no background for white: it is told what the browser paints
    mail.evaluate("() => { document.documentElement.style.backgroundColor = 'Canvas' }")
    assert violations(mail) == []


def test_on_paper_no_word_depends_on_a_background(mail: Page) -> None:
    """Printers leave backgrounds out: white words on a colour would be gone."""
    opened(mail, "child-1-child").emulate_media(media="print", color_scheme="light")

    assert "rgb(255, 255, 255)" not in mail.evaluate(COLOURS)
    assert mail.pdf(format="A4").startswith(b"%PDF")


def test_a_copy_with_something_missing_is_as_accessible_as_the_first(mail: Page) -> None:
    missing = Attached(missing=(DATA, CALENDAR, RECORD))
    page = sender().assemble(mails("child")[0], 2, missing).get_body(("html",))
    assert page
    mail.set_content(str(page.get_content()))

    assert violations(mail) == []
    assert mail.locator("main p, [role=main] > p").count() == 8


@pytest.mark.parametrize("kind", ["receipt", "correction", "withdrawal"])
def test_a_short_mail_is_accessible_and_fits_the_smallest_phone(mail: Page, kind: str) -> None:
    mail.set_viewport_size(SMALL)
    mail.emulate_media(color_scheme="light", media="screen")
    mail.set_content(short_mails("child")[kind].html)

    assert sideways(mail) == []
    assert violations(mail) == []


def test_what_was_typed_is_no_link_and_is_copied_as_it_was_typed(mail: Page) -> None:
    opened(mail, "adult-1-adult")

    assert mail.locator("a", has_text="hafod-rota").count() == 0
    typed = mail.locator("span[dir=auto]", has_text="hafod-rota.example").first
    assert typed.evaluate("each => each.textContent").endswith("hafod-rota.example for the rota.")
    assert typed.locator("span").count() == 1
    phone = mail.locator("span[dir=auto]", has_text="029 2018 0990").first
    assert phone.evaluate("each => each.textContent") == "029 2018 0990"
