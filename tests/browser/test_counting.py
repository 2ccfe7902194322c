"""What a request costs to make does not grow again: see counting.py for what is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.counting import DESKTOP, STORIES, Newcomer
from tests.browser.looking import OpenBrowser
from webapp.procedures.library import Library

# Pages, fields shown, and presses that are no letters. Before they were cut on 22 November 2026:
# 29, 102 and 144 for the child at school, 9, 32 and 44 for the child in danger.
MOST = {"a child, three attendees": (22, 90, 132), "a child in danger": (9, 33, 44)}


@pytest.mark.parametrize("name", STORIES)
def test_somebody_new_needs_no_more_than_this(
    name: str,
    open_browser: OpenBrowser,
    library: Library,
    record_property: Callable[[str, object], None],
) -> None:
    story = STORIES[name]
    page = open_browser(viewport=DESKTOP).new_page()
    count = Newcomer(page, story, library.procedures[story.procedure]).make_the_request()
    record_property("measured", f"{name}: {count}")
    pages, shown, presses = MOST[name]
    assert count.pages <= pages
    assert count.shown <= shown
    assert count.clicks + count.scrolls <= presses
