"""Every page and state in both languages: accessible, fit for a small phone, and silent.

Axe looks at every page; it is the floor, and finds about a third of what is wrong. What costs
more, because a page has to be opened for it, looks at one page of each kind, and at all of them
in both languages in `./test --full`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.axe import DESK, AxeReader, different, violations
from tests.browser.conftest import Server
from tests.browser.looking import (
    OpenBrowser,
    clipped,
    sideways,
    small_targets,
    space_text_out,
    unseen_in_own_colours,
    visit,
)
from tests.browser.tours import Stop, Tour

PHONE = {"width": 320, "height": 568}
KINDS = ("axe", "sideways scroll", "small targets", "text spacing", "own colours")
PARTS = 2  # of each language: so that two workers share the pages


def test_axe_finds_nothing_on_any_page(
    tour: Tour, chromium: Browser, server: Server, record_property: Callable[[str, object], None]
) -> None:
    reader, pages = AxeReader(chromium, server.origin), different(tour.responses)
    found = [f"{each.path}: {what}" for each in pages for what in reader.violations(each)]
    reader.close()
    record_property("measured", f"axe: {len(pages)} pages in {tour.lang}, {len(found)} violations")
    assert len(pages) > 150
    assert not found, "\n".join(found)


def test_one_page_of_each_kind_fits_a_small_phone_and_breaks_no_policy(
    tour: Tour, open_browser: OpenBrowser, subtests: pytest.Subtests
) -> None:
    """Each kind in one of the languages, turn and turn about; `--full` takes each in both.

    Axe has looked at every page above; with its scripts run, it does so in `--full`.
    """
    stops = tour.one_of_each[tour.lang == "en" :: 2]
    _look_at(stops, tour.lang, open_browser, subtests, with_axe=False)


@pytest.mark.full  # some two minutes in each language
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_fits_a_small_phone_and_breaks_no_policy(
    part: int, tour: Tour, open_browser: OpenBrowser, subtests: pytest.Subtests
) -> None:
    _look_at(share(tour.stops, part), tour.lang, open_browser, subtests)


def _look_at(
    stops: list[Stop],
    lang: str,
    open_browser: OpenBrowser,
    subtests: pytest.Subtests,
    with_axe: bool = True,
) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    said: list[str] = []

    def watch(page: Page) -> None:
        page.on("console", lambda message: said.extend(in_console(message)))
        page.on("pageerror", lambda error: said.append(str(error)))

    for stop, page in visit(open_browser, stops, watch, viewport=PHONE):
        for kind, what in complaints(page, lang, with_axe):
            found[kind].append(f"{stop.name}: {what}")
        found["console"] += [f"{stop.name}: {each}" for each in said]
        said.clear()
    print(f"opened at 320 px: {len(stops)} pages in {lang}")
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


def complaints(page: Page, lang: str, with_axe: bool = True) -> Iterator[tuple[str, str]]:
    for each in sideways(page):
        yield "sideways scroll", each
    for each in small_targets(page):
        yield "small targets", each
    if with_axe:
        # one language on a phone and one at a desk: the rules are the same for both
        page.set_viewport_size(DESK if lang == "en" else PHONE)
        for violation in violations(page):
            yield "axe", violation
        page.set_viewport_size(PHONE)
    page.emulate_media(forced_colors="active")
    for each in unseen_in_own_colours(page):
        yield "own colours", each
    page.emulate_media(forced_colors="none")
    space_text_out(page)
    for each in (*sideways(page), *clipped(page)):
        yield "text spacing", each


def test_these_checks_find_what_is_wrong(chromium: Browser) -> None:
    """A page with one fault for each check, so that none of them passes whatever it sees."""
    page = chromium.new_page(viewport=PHONE)
    page.set_content(
        '<html lang="cy"><title>Cyfarfod</title><main><h1>Prawf</h1><img src="">'
        '<div style="width: 400px">Rhy lydan</div>'
        '<p><a href="#a" style="display:block;font-size:9px">Bach</a>'
        '<a href="#b" style="display:block;font-size:9px">Bach</a></p>'
        '<button style="border:0;background:#00f;color:#fff">Dim ond lliw</button>'
        '<p style="overflow:hidden;height:1em;line-height:1em;font-size:16px">Cyfyng</p></main>'
    )
    kinds = {kind for kind, _what in complaints(page, "cy")}
    page.context.close()
    assert kinds == set(KINDS)
