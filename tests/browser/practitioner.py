"""A practitioner without a browser: walks through the service over HTTP and keeps every response.

The browser tests start from where this practitioner has got to, which is many times quicker than
clicking there, and the tests that only read pages read the responses kept here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import APIRequestContext

from tests.browser.cases import DETAILS, Answers, Details
from tests.browser.form_reader import Form, FormReader
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
        "procedures": "gweithdrefnau",
        "table": "tabl",
        "sources": "ffynonellau",
        "privacy": "preifatrwydd",
        "cookies": "cwcis",
        "add": "ychwanegu",
        "withdraw": "tynnu-yn-ol",
        "copy": "copi",
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
        "procedures": "procedures",
        "table": "table",
        "sources": "sources",
        "privacy": "privacy",
        "cookies": "cookies",
        "add": "add",
        "withdraw": "withdraw",
        "copy": "copy",
    },
}
ERRORS = re.compile(r'href="#([^"]*)">[^<]*</a>\s*</li>')  # the fields that a page complains of
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
        reader = FormReader(form_id)
        reader.feed(self.html)
        assert reader.form, f"{self.method} {self.path} ({self.status}) has no form #{form_id}"
        reader.form.path = reader.form.path or self.path
        return reader.form


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
    plain = plainest(list(question.choices))
    return [plain] if question.kind is Kind.MANY else plain


def plainest(options: list[str]) -> str:
    return next((each for each in PLAIN_ANSWERS if each in options), options[0])


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
        return self.post(self.address("start"), {"procedure": [self.procedure.id]})

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
            page = self.fill(page, DETAILS[self.lang] if details is None else details)
        raise AssertionError("The details have no end")

    def fill(self, page: Response, details: Details) -> Response:
        """Fill in one page of details, the plainest answers too where it wants more."""
        page = self.post(page.path, filled_in(page.form(), details))
        if page.status == 422:
            page = self.post(page.path, self._with_what_is_missed(page))
        assert page.status == 200, f"{page.path}: {page.status} {ERRORS.findall(page.html)}"
        return page

    def _with_what_is_missed(self, page: Response) -> dict[str, list[str]]:
        """The form with the plainest answer wherever it complains: forms grow."""
        form = page.form()
        for name in ERRORS.findall(page.html):
            if name in form.offered:
                form.values[name] = [plainest(form.offered[name])]
            else:
                form.values[f"{name.removesuffix('-day')}-known"] = ["not-known"]
        return form.values

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
