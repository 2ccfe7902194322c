"""Every page and state that there is to see in one language, and how a browser gets to each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.browser.cases import (
    DETAILS,
    GWYNEDD,
    MANY_SIDED,
    MERTHYR,
    OTHER_RESULTS,
    POWYS,
    SIMPLE,
    URGENT,
    Answers,
)
from tests.browser.people import follow
from tests.browser.practitioner import Practitioner, Response, draft_of, filled_in

# Councils whose mails the test server writes in one language.
COUNCIL = {"cy": GWYNEDD, "en": POWYS}
# Councils where nobody but the duty team reads mail: a conflict of interest leaves the telephone.
TELEPHONE_ONLY = {"cy": MERTHYR, "en": POWYS}
# Of the pages with one question, those whose wrong state is looked at: one of each kind.
WRONG = ("danger", "same-day", "concern-identified")

SOME_DETAILS = ("concern-what", "concern-last-incident")

MOST_SECTIONS = 20

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Stop:
    """A page in a state: open `path` with these `cookies`, then do `act` if there is one.

    A mail is shown from its `html`, as a mail program would: at its address the browser lets no
    script run, and so none that looks at it.
    """

    name: str
    path: str
    cookies: Any = field(repr=False, default=None)
    act: Act | None = field(repr=False, default=None)
    html: str | None = field(repr=False, default=None)

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
    """`asked` are the ids of the questions per page; `mails` the addresses of those sent."""

    lang: str
    stops: list[Stop] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    reference: str = ""
    mails: list[str] = field(default_factory=list)

    def add(self, name: str, path: str, cookies: Any = None, act: Act | None = None) -> None:
        self.stops.append(Stop(name, path, cookies, act))

    @property
    def questions(self) -> list[Stop]:
        return [each for each in self.stops if each.name.startswith("question ") and not each.act]

    def named(self, name: str) -> Stop:
        return next(each for each in self.stops if each.name == name)


# -- what is done on a page before it is looked at ---------------------------------------------


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


# -- the tour --------------------------------------------------------------------------------


def tour_of(lang: str, new: Callable[[str], Practitioner]) -> Tour:
    guide = _Guide(lang, new)
    for part in (
        guide.see_public_pages,
        guide.see_a_long_journey,
        guide.see_an_urgent_journey,
        guide.see_other_results,
        guide.see_an_incomplete_check_page,
        guide.see_drafts,
    ):
        part()
    return guide.tour


class _Guide:
    def __init__(self, lang: str, new: Callable[[str], Practitioner]) -> None:
        self.tour = Tour(lang)
        self.new = lambda cookies=None: self._met(new(lang, cookies))
        self.council: Answers = {"area-of-concern": COUNCIL[lang]}
        self.simple: Answers = SIMPLE | self.council

    def _met(self, person: Practitioner) -> Practitioner:
        """A new practitioner whose responses are all part of the tour."""
        person.responses = self.tour.responses
        return person

    def see_public_pages(self) -> None:
        person = self.new()
        for name in ("phone", "accessibility", "privacy", "cookies", "drafts", "status", "resume"):
            self._see(person, name, person.address(name))
        self._see(person, "choice of language", "/")
        self._see(person, "home", f"/{self.tour.lang}/")
        self._see(person, "error 404", person.address("nowhere"))
        self._see(person, "error 405", person.address("start"))
        self._see(person, "error 404 of a draft", person.address("journey", "00000", "check"))
        for name in ("status", "resume"):
            self.tour.add(f"{name}, wrong code", person.address(name), act=write_a_wrong_code)

    def _see(self, person: Practitioner, name: str, path: str, act: Act | None = None) -> None:
        person.get(path)
        self.tour.add(name, path, person.cookies(), act)

    def _see_questions(self, person: Practitioner, pages: list[Response]) -> None:
        """Every question page not seen yet, as it is after the whole journey."""
        for page in pages:
            if page.status != 200 or page.method != "GET" or 'id="page"' not in page.html:
                continue
            asked = [each.id for each in person.asked(page)]
            path = page.path.partition("?")[0]
            if asked and asked not in self.tour.asked:
                self.tour.asked.append(asked)
                name = f"question {' + '.join(asked)}"
                self.tour.add(name, path, person.cookies())
                if asked[0] in WRONG or len(asked) > 1:
                    act = write_nonsense if "-day" in page.html else empty_and_continue
                    self.tour.add(f"{name}, wrong", path, person.cookies(), act)

    def see_a_long_journey(self) -> None:
        person, first = self.new(), len(self.tour.responses)
        arrived = person.decide(MANY_SIDED | self.council, blank=True)
        draft = draft_of(arrived.path)
        met = self.tour.responses[first:]
        self._see(person, "recommendation", arrived.path)
        self._see_questions(person, met)
        self._see_details(person, draft)
        check = person.describe(draft)
        self._see(person, "departure", person.address("journey", draft, "departure", "1"))
        self.tour.add(
            "departure, wrong", self.tour.stops[-1].path, person.cookies(), empty_and_continue
        )
        self._see(person, "check", check.path)
        self.tour.add("hidden", arrived.path, person.cookies(), hide)
        self._see_sent(person, person.send(check))

    def _see_details(self, person: Practitioner, draft: str) -> None:
        """Each page of details, and how it looks when it is refused, where it can be."""
        for number in range(MOST_SECTIONS):
            path = person.address("journey", draft, "details", str(number))
            page = person.get(path)
            if page.status == 404:
                return
            people = "add-person" in page.html
            refused = person.post(path, page.form().blank()).status == 422
            filled = person.post(path, filled_in(page.form(), DETAILS[self.tour.lang]))
            assert filled.status == 200, path
            self.tour.add(f"details {number}", path, person.cookies())
            if people or refused:
                act = add_nobody if people else empty_and_continue
                self.tour.add(f"details {number}, wrong", path, person.cookies(), act)
        raise AssertionError("the details have no end")

    def _see_sent(self, person: Practitioner, sent: Response) -> None:
        self.tour.reference = sent.path.rpartition("/")[2]
        self.tour.add("sent", sent.path, person.cookies())
        self._see(person, "mailbox", "/mailbox")
        link = rf'href="(/mailbox/[^"]+)">[^<]*{self.tour.reference}'
        self.tour.mails = re.findall(link, self.tour.responses[-1].html)
        for number, path in enumerate(self.tour.mails, 1):
            self._see(person, f"mail {number}", path)
            html = person.get(f"{path}/html").html
            self.tour.stops.append(Stop(f"mail {number}, HTML", path, None, html=html))

    def see_an_urgent_journey(self) -> None:
        person, first = self.new(), len(self.tour.responses)
        arrived = person.decide(URGENT | self.council, blank=True)
        self._see_questions(person, self.tour.responses[first:])
        draft = draft_of(arrived.path)
        self._see(person, "urgent recommendation", arrived.path)
        self._see(person, "urgent check", person.describe(draft).path)

    def see_other_results(self) -> None:
        """The results that are not a meeting, each by changing answers of the simple case."""
        person, first = self.new(), len(self.tour.responses)
        draft = draft_of(person.decide(self.simple).path)
        self._see_questions(person, self.tour.responses[first:])
        begun = person.cookies()
        for name, changes in OTHER_RESULTS.items():
            person, first = self.new(begun), len(self.tour.responses)
            arrived = person.change(draft, changes, self.simple)
            self._see_questions(person, self.tour.responses[first:])
            self._see(person, f"result {name}", arrived.path)
            if name == "report-first":
                anyway = person.address("journey", draft, "anyway")
                self._see(person, "anyway", anyway)
                self.tour.add("anyway, wrong", anyway, person.cookies(), empty_and_continue)
        self._see_rarer_check_pages(draft, begun)

    def _see_rarer_check_pages(self, draft: str, begun: Any) -> None:
        person = self.new(begun)
        check = person.describe(draft)
        conflict: Answers = {"conflict-of-interest": ["duty-team"]}
        area: Answers = {"area-of-concern": TELEPHONE_ONLY[self.tour.lang]}
        for name, changes in (
            ("council not known", {"area-of-concern": "not-known", "person-place": "not-known"}),
            ("telephone only", {**area, **conflict}),
        ):
            other = self.new(begun)
            other.change(draft, changes, self.simple)
            self._see(other, f"check, {name}", check.path)
        before = person.cookies()
        person.send(check)
        self.tour.add("looks the same", check.path, before, send)

    def see_an_incomplete_check_page(self) -> None:
        """A check page of which only the first details are filled in."""
        person = self.new()
        draft = draft_of(person.decide(URGENT | self.council).path)
        first = person.get(person.address("journey", draft, "details", "1"))
        written = {each: DETAILS[self.tour.lang][each] for each in SOME_DETAILS}
        person.post(first.path, filled_in(first.form(), written))
        self._see(person, "check, incomplete", person.address("journey", draft, "check"))

    def see_drafts(self) -> None:
        person = self.new()
        for _draft in range(4):
            person.start()
        self._see(person, "four drafts", person.address("drafts"))
