"""Every page and state that there is to see in one language, and how a browser gets to each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.browser.cases import GWYNEDD, POWYS
from tests.browser.practitioner import Response

# Councils whose mails the test server writes in one language.
COUNCIL = {"cy": GWYNEDD, "en": POWYS}
# The whole parts of a page, by their classes.
PARTS = re.compile(r"(?:govuk|cyf)-[a-z]+(?:-[a-z]+)*(?=[ \"])")

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Stop:
    """A page in a state: open `path` with these `cookies`, then do `act` if there is one.

    A mail is shown from its `html`, as a mail program would: at its address the browser lets no
    script run, and so none that looks at it. `kind` is the same for pages that are built the same.
    """

    name: str
    path: str
    cookies: Any = field(repr=False, default=None)
    act: Act | None = field(repr=False, default=None)
    html: str | None = field(repr=False, default=None)
    kind: frozenset[str] = field(repr=False, default=frozenset())

    def open(self, page: Page) -> None:
        if self.html is not None:
            page.goto("about:blank")
            page.set_content(self.html)
            return
        page.goto(self.path)
        if self.act:
            self.act(page)


@dataclass
class Tour:
    """`asked` are procedure and ids of the questions per page; `mails` the addresses of those
    sent, and `sent` how many went out for each procedure."""

    lang: str
    stops: list[Stop] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, path: str, cookies: Any = None, act: Act | None = None) -> None:
        shown = [each.html for each in self.responses if each.path.partition("?")[0] == path]
        last = next(filter(None, reversed(shown)))
        kind = frozenset([name.partition(" ")[0], *PARTS.findall(last)])
        kind |= {act.__name__} if act else set()
        self.stops.append(Stop(name, path, cookies, act, kind=kind))

    @property
    def one_of_each(self) -> list[Stop]:
        """One page per template and state: what is built the same scrolls and breaks the same."""
        kinds: dict[frozenset[str], Stop] = {}
        for each in self.stops:
            kinds.setdefault(each.kind or frozenset([each.name]), each)
        return list(kinds.values())

    @property
    def questions(self) -> list[Stop]:
        return [each for each in self.stops if each.name.startswith("question ") and not each.act]

    def named(self, name: str) -> Stop:
        return next(each for each in self.stops if each.name == name)
