"""Axe on many pages quickly: it is loaded once, and each page's HTML is put in front of it.

Nine tenths of the time that a browser test takes goes into opening pages. The tour has already
fetched every page, so here only the body changes, in a document that has the style sheet and axe.
What a script does to a page is looked at where pages are opened: in test_every_page.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Page

from tests.browser.practitioner import Response

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": RULES},
    "resultTypes": ["violations"],
    "iframes": False,  # the one frame there is shows a mail, which is looked at by itself
    "preload": False,
}
DESK = {"width": 1280, "height": 900}
RUN = "options => axe.run(document, options).then(found => found.violations)"
SHOW = """([html, options]) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    return axe.run(document, options).then(found => found.violations);
}"""
# What differs between two drafts that look the same.
CHANGING = re.compile(r'value="[^"]*"|/(?:taith|journey)/\w+|[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}')


class AxeReader:
    """Reads pages as they were served; `origin` is where their style sheet is."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.page = browser.new_page(base_url=origin, viewport=DESK)
        self.page.goto("/cy/")
        self.page.evaluate(SCRIPT)
        self.plain = browser.new_page(viewport=DESK)

    def close(self) -> None:
        self.page.context.close()
        self.plain.context.close()

    def violations(self, response: Response) -> list[str]:
        if is_mail(response.path):  # brings its own styles, and gets no others
            self.plain.set_content(response.html)
            return violations(self.plain)
        found = self.page.evaluate(SHOW, [response.html, OPTIONS])
        return [described(each) for each in found]


def violations(page: Page) -> list[str]:
    """What axe finds in the page that is open."""
    page.evaluate(SCRIPT)
    return [described(each) for each in page.evaluate(RUN, OPTIONS)]


def described(violation: dict[str, Any]) -> str:
    where = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} ({where})"


def is_mail(path: str) -> bool:
    """A mail's own part: its styles are inline, because mail programs drop all others."""
    return path.startswith("/mailbox/") and path.endswith("/html")


def different(responses: Iterable[Response]) -> list[Response]:
    """Every page that was served, once: those of another draft with the same content are left."""
    pages = {}
    for each in responses:
        if each.html and not 300 <= each.status < 400:
            pages.setdefault(CHANGING.sub("", each.html), each)
    return list(pages.values())
