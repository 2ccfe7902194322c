"""Every page and state in both languages: accessible, fit for a small phone, and silent.

Opening a page costs more than looking at it, so that each is opened once and looked at for
everything. Axe is the floor: it finds about a third of what is wrong with a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.looking import (
    OpenBrowser,
    clipped,
    sideways,
    small_targets,
    space_text_out,
    visit,
)
from tests.browser.tours import Stop, Tour

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
PHONE = {"width": 320, "height": 568}
DESK = {"width": 1280, "height": 900}
KINDS = ("axe", "sideways scroll", "small targets", "text spacing")
PARTS = 2  # of each language: so that two workers share the pages


@pytest.mark.full  # some five minutes in each language
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_fits_a_small_phone_and_breaks_no_policy(
    part: int,
    tour: Tour,
    open_browser: OpenBrowser,
    subtests: pytest.Subtests,
    record_property: Callable[[str, object], None],
) -> None:
    stops = share(tour.stops, part)
    found: dict[str, list[str]] = defaultdict(list)
    said: list[str] = []

    def watch(page: Page) -> None:
        page.on("console", lambda message: said.extend(in_console(message)))
        page.on("pageerror", lambda error: said.append(str(error)))

    for stop, page in visit(open_browser, stops, watch, viewport=PHONE):
        for kind, what in complaints(page, tour.lang):
            found[kind].append(f"{stop.name}: {what}")
        found["console"] += [f"{stop.name}: {each}" for each in said]
        said.clear()
    print(f"axe: {len(stops)} pages in {tour.lang}: {len(found['axe'])} violations")
    record_property(f"axe_pages_{tour.lang}_{part}", len(stops))
    for kind in (*KINDS, "console"):
        with subtests.test(kind):
            assert not found[kind], "\n".join(found[kind])


def share(stops: list[Stop], part: int) -> list[Stop]:
    """A half of the stops; those of one draft stay together, so that they share a profile."""
    middle = len(stops) // PARTS
    return stops[part * middle : (part + 1) * middle if part + 1 < PARTS else None]


def in_console(message: ConsoleMessage) -> list[str]:
    """A policy that is broken, a script that fails and a file that is missing all end there."""
    # the browser itself reports a status of 4xx, which is what those pages are for
    wrong = message.type in ("error", "warning") and "status of 4" not in message.text
    return [message.text] if wrong else []


def complaints(page: Page, lang: str) -> Iterator[tuple[str, str]]:
    for each in sideways(page):
        yield "sideways scroll", each
    for each in small_targets(page):
        yield "small targets", each
    # one language on a phone and one at a desk: the rules are the same for both
    if lang == "en":
        page.set_viewport_size(DESK)
    for violation in violations(page):
        yield "axe", violation
    page.set_viewport_size(PHONE)
    space_text_out(page)
    for each in (*sideways(page), *clipped(page)):
        yield "text spacing", each


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [described(each) for each in found]


def described(violation: dict[str, Any]) -> str:
    where = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} ({where})"


def test_these_checks_find_what_is_wrong(chromium: Browser) -> None:
    """A page with one fault for each check, so that none of them passes whatever it sees."""
    page = chromium.new_page(viewport=PHONE)
    page.set_content(
        '<html lang="cy"><title>Cyfarfod</title><main><h1>Prawf</h1><img src="">'
        '<div style="width: 400px">Rhy lydan</div>'
        '<p><a href="#a" style="display:block;font-size:9px">Bach</a>'
        '<a href="#b" style="display:block;font-size:9px">Bach</a></p>'
        '<p style="overflow:hidden;height:1em;line-height:1em;font-size:16px">Cyfyng</p></main>'
    )
    kinds = {kind for kind, _what in complaints(page, "cy")}
    page.context.close()
    assert kinds == set(KINDS)
