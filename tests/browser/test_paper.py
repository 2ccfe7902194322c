"""The recommendation can be printed and filed: nothing that the screen says is missing."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.looking import OpenBrowser
from tests.browser.tours import Tour


def test_paper_keeps_all_of_the_recommendation(tour: Tour, open_browser: OpenBrowser) -> None:
    """Also what is folded on the screen: a page that is filed must hold every answer."""
    stop = tour.named("recommendation")
    page = open_browser(storage_state=stop.cookies).new_page()
    stop.open(page)
    without_controls(page)
    page.emulate_media(media="print")
    on_paper = lines_shown(page)
    page.emulate_media(media="screen")
    page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
    on_screen = lines_shown(page)
    lost = [line for line in on_screen if line not in on_paper]
    assert len(on_screen) > 50
    assert not lost, f"{len(lost)} lines of {len(on_screen)}:\n" + "\n".join(lost)
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_paper_leaves_out_what_cannot_be_pressed_there(
    tour: Tour, open_browser: OpenBrowser
) -> None:
    stop = tour.named("recommendation")
    page = open_browser(storage_state=stop.cookies).new_page()
    stop.open(page)
    page.emulate_media(media="print")
    assert page.locator(".govuk-button, .cyf-toggle, .govuk-back-link").count() > 2
    assert (
        not page.locator(".govuk-button, .cyf-toggle, .govuk-back-link")
        .filter(visible=True)
        .count()
    )


def without_controls(page: Page) -> None:
    """Take out what only a screen needs."""
    page.evaluate(
        """() => {
            const links = '.govuk-back-link, .govuk-summary-list__actions';
            document.querySelectorAll(`main :is(.cyf-no-print, button, ${links})`)
                .forEach(each => each.remove());
        }"""
    )


def lines_shown(page: Page) -> list[str]:
    text: str = page.locator("main").inner_text()
    return [line.strip() for line in text.splitlines() if line.strip()]
