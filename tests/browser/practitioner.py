"""A practitioner without a browser: walks through the service over HTTP and keeps every response.

The browser tests start from where this practitioner has got to, which is many times quicker than
clicking there, and the tests that only read pages read the responses kept here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import APIRequestContext

from tests.browser.cases import DETAILS, Answers, Details
from webapp.procedures.model import Kind, Procedure, Question

# The addresses, written out: what people have bookmarked must go on working.
WORDS = {
    "cy": {
        "start": "dechrau",
        "journey": "taith",
        "recommendation": "argymhelliad",
        "anyway": "gofyn-er-hynny",
        "departure": "gwahanol",
        "details": "manylion",
        "check": "gwirio",
        "status": "statws",
        "resume": "ailgydio",
        "drafts": "drafftiau",
        "phone": "ffonio",
        "accessibility": "hygyrchedd",
        "privacy": "preifatrwydd",
        "cookies": "cwcis",
    },
    "en": {
        "start": "start",
        "journey": "journey",
        "recommendation": "recommendation",
        "anyway": "ask-anyway",
        "departure": "departure",
        "details": "details",
        "check": "check",
        "status": "status",
        "resume": "resume",
        "drafts": "drafts",
        "phone": "phone",
        "accessibility": "accessibility",
        "privacy": "privacy",
        "cookies": "cookies",
    },
}
MOST_PAGES = 80  # a journey that is longer goes round in circles


@dataclass(frozen=True)
class Response:
    """One response as it was served, before any redirect is followed."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    html: str

    def form(self, form_id: str = "page") -> Form:
        reader = _FormReader(form_id)
        reader.feed(self.html)
        assert reader.form, f"{self.method} {self.path} ({self.status}) has no form #{form_id}"
        reader.form.path = reader.form.path or self.path
        return reader.form


@dataclass
class Form:
    """A form as a browser would post it: what is filled in by now, and the names of the rest."""

    path: str
    values: dict[str, list[str]] = field(default_factory=dict)

    def blank(self) -> dict[str, list[str]]:
        """Nothing chosen, nothing written; what ties the form to its draft stays."""
        return {"token": self.values["token"]}


class _FormReader(HTMLParser):
    """Finds one form by its id. Much quicker than a real parser, and our forms are well formed."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.wanted = form_id
        self.form: Form | None = None
        self.inside = False
        self.writing: str | None = None  # the name of the text area that is open
        self.choosing: str | None = None  # the name of the select that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form" and given.get("id") == self.wanted:
            self.inside, self.form = True, Form(given.get("action") or "")
        elif self.inside and tag == "input":
            ticks = given.get("type") in ("radio", "checkbox")
            self._note(name, given.get("value") if "checked" in given or not ticks else None)
        elif self.inside and tag == "textarea":
            self._note(name, "")
            self.writing = name
        elif self.inside and tag == "select":
            self._note(name, None)
            self.choosing = name
        elif self.choosing and tag == "option" and "selected" in given:
            self._note(self.choosing, given.get("value"))

    def handle_data(self, data: str) -> None:
        if self.writing and self.form:
            self.form.values[self.writing] = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"
        self.writing = None if tag == "textarea" else self.writing
        self.choosing = None if tag == "select" else self.choosing

    def _note(self, name: str, value: str | None) -> None:
        if name and self.form:
            self.form.values.setdefault(name, []).extend([] if value is None else [value])


def in_parts(name: str, value: str) -> dict[str, list[str]]:
    """A date as its three inputs; `value` is as the cases write it, or ISO 8601."""
    if value == "not-known":
        return {f"{name}-known": [value]}
    day = day_of(value)
    parts = zip(("day", "month", "year"), (day.day, day.month, day.year), strict=True)
    return {f"{name}-{part}": [str(number)] for part, number in parts}


def day_of(value: str) -> date:
    words = {"today": 0, "yesterday": -1}
    if value.count("-") == 2:
        return date.fromisoformat(value)
    today = datetime.now(ZoneInfo("Europe/London")).date()
    return today + timedelta(days=words[value] if value in words else int(value))


# What a case does not answer is answered in the least remarkable way there is: trees grow.
PLAIN_ANSWERS = ("none", "not-known", "no", "nobody", "not-sure")


def answer_to(question: Question, answers: Answers) -> str | list[str]:
    if question.id in answers:
        return answers[question.id]
    if question.kind.is_date and "not-known" not in question.choices:
        return "yesterday"
    options = list(question.choices)
    plain = next((each for each in PLAIN_ANSWERS if each in options), options[0])
    return [plain] if question.kind is Kind.MANY else plain


def answer_fields(question: Question, answer: str | list[str]) -> dict[str, list[str]]:
    if question.kind.is_date:
        return in_parts(question.code, str(answer))
    return {question.code: [answer] if isinstance(answer, str) else answer}


class Practitioner:
    """`request` holds the cookies of this practitioner's browser."""

    def __init__(self, request: APIRequestContext, lang: str, procedure: Procedure) -> None:
        self.request = request
        self.lang = lang
        self.words = WORDS[lang]
        self.procedure = procedure
        self.responses: list[Response] = []

    def address(self, *parts: str) -> str:
        return "/".join((f"/{self.lang}", *(self.words.get(each, each) for each in parts)))

    # -- one request at a time -----------------------------------------------------

    def get(self, path: str) -> Response:
        return self._follow("GET", path, None)

    def post(self, path: str, values: Mapping[str, Iterable[str]]) -> Response:
        pairs = [(name, value) for name, listed in values.items() for value in listed]
        return self._follow("POST", path, urlencode(pairs))

    def _follow(self, method: str, path: str, body: str | None) -> Response:
        response = self._once(method, path, body)
        for _hop in range(5):
            if response.status not in (301, 302, 303, 307, 308):
                return response
            target = urlsplit(urljoin(response.path, response.headers["location"]))
            response = self._once("GET", f"{target.path}?{target.query}".rstrip("?"), None)
        raise AssertionError(f"{path} redirects without an end")

    def _once(self, method: str, path: str, body: str | None) -> Response:
        headers = {"content-type": "application/x-www-form-urlencoded"} if body is not None else {}
        got = self.request.fetch(path, method=method, data=body, headers=headers, max_redirects=0)
        text = got.text() if got.headers.get("content-type", "").startswith("text/") else ""
        kept = Response(method, path, got.status, got.headers, text)
        self.responses.append(kept)
        return kept

    # -- a whole journey ------------------------------------------------------------

    def start(self) -> Response:
        return self.post(self.address("start"), {"procedure": ["adult"]})

    def answer(self, page: Response, answers: Answers) -> Response:
        values = {"token": page.form().values["token"]}
        for question in self.asked(page):
            values |= answer_fields(question, answer_to(question, answers))
        return self.post(page.path, values)

    def asked(self, page: Response) -> list[Question]:
        """The questions on a page, in its order; none on a page of another kind."""
        names = page.form().values
        codes = dict.fromkeys(name.partition("-")[0] for name in names)
        known = self.procedure.question_by_code
        return [known[code] for code in codes if code in known]

    def decide(self, answers: Answers, until: str | None = None, blank: bool = False) -> Response:
        """Begin a draft and answer until the recommendation, or the page that asks `until`.

        `blank`: post each page empty first, to see what it says then.
        """
        return self._go_on(self.start(), answers, until, blank)

    def change(self, draft: str, changes: Answers, answers: Answers) -> Response:
        """Go back to the questions in `changes`, then answer whatever that has opened."""
        page = None
        for question_id in changes:
            code = self.procedure.questions[question_id].code
            asked = self.get(self.address("journey", draft, code))
            page = self.answer(asked, {**answers, **changes})
        assert page, "nothing to change"
        return self._go_on(page, {**answers, **changes})

    def _go_on(
        self, page: Response, answers: Answers, until: str | None = None, blank: bool = False
    ) -> Response:
        for _page in range(MOST_PAGES):
            if page.path.endswith(self.words["recommendation"]):
                return page
            questions = self.asked(page)
            if until in {each.id for each in questions}:
                return page
            if blank:
                self.post(page.path, page.form().blank())
            page = self.answer(page, answers)
            assert page.status == 200, f"{[each.id for each in questions]}: {page.status}"
        raise AssertionError(f"No end after {MOST_PAGES} pages: {page.path}")

    def describe(self, draft: str, details: Details | None = None) -> Response:
        """Fill in the details pages until the check page."""
        page = self.get(self.address("journey", draft, "details"))
        for _page in range(MOST_PAGES):
            if page.path.endswith(self.words["check"]):
                return page
            written = DETAILS[self.lang] if details is None else details
            page = self.post(page.path, filled_in(page.form(), written))
            assert page.status == 200, f"{page.path}: {page.status}"
        raise AssertionError("The details have no end")

    def send(self, check: Response) -> Response:
        form = check.form("send")
        return self.post(form.path, form.values)

    def cookies(self) -> Any:
        """What a browser needs to take over from here."""
        return self.request.storage_state()


def filled_in(form: Form, details: Details) -> dict[str, list[str]]:
    """The form with everything that `details` knows about filled in."""
    values = dict(form.values)
    for name, value in details.items():
        if f"{name}-day" in values:
            values |= in_parts(name, value)
        elif name in values:
            values[name] = [value]
    return values


def draft_of(path: str) -> str:
    """The id of the draft that a path is about."""
    return path.split("/")[3]
