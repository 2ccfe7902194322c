"""A practitioner at the test client: reads pages, fills forms as a browser would, checks all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.browser.cases import ORDINARY
from tests.web.page_checks import check_page, path_of, words
from webapp.procedures.model import NOT_KNOWN, Procedure, Question

Typed = dict[str, list[str]]
WORDS = {
    "cy": {"start": "dechrau", "journey": "taith", "details": "manylion", "check": "gwirio"},
    "en": {"start": "start", "journey": "journey", "details": "details", "check": "check"},
}


@dataclass(repr=False)
class Practitioner:
    """`lang` is the language that pages are asked for in. `personal`: values typed so far."""

    client: FlaskClient
    procedure: Procedure
    today: date
    lang: str = "en"
    status: int = 0
    path: str = "/"
    tree: Element = field(default_factory=lambda: Element("html"))
    personal: set[str] = field(default_factory=set)

    # -- reading -----------------------------------------------------------------

    def get(self, path: str) -> Practitioner:
        return self._follow(self.client.get(path))

    def post(self, path: str, typed: Mapping[str, Any], **options: Any) -> Practitioner:
        return self._follow(self.client.post(path, data=dict(typed), **options))

    def _follow(self, response: Any) -> Practitioner:
        for _ in range(5):
            if response.status_code not in (302, 303, 307, 308):
                break
            self.path = path_of(response.headers["Location"])
            response = self.client.get(self.path)
        else:
            raise AssertionError(f"redirected in circles at {self.path}")
        self.path = path_of(response.request.url)
        self.status = response.status_code
        html = response.get_data(as_text=True)
        self.tree = check_page(self.path, html, dict(response.headers), self.personal)
        return self

    @property
    def heading(self) -> str:
        return words(next(self.tree.iter("h1")))

    @property
    def text(self) -> str:
        return words(next(each for each in self.tree.iter("main")))

    def link(self, part: str) -> str:
        """The address of the first link whose address or words hold `part`."""
        for each in self.tree.iter("a"):
            if part in (each.get("href") or "") or part in words(each):
                return each.get("href") or ""
        raise AssertionError(f"no link with {part} on {self.path}")

    def errors(self) -> list[str]:
        """The errors as they stand at the fields."""
        return [
            words(each)
            for each in self.tree.iter("p")
            if each.get("class") == "govuk-error-message"
        ]

    # -- forms -------------------------------------------------------------------

    def form(self, form_id: str = "page") -> Element:
        for each in self.tree.iter("form"):
            if each.get("id") == form_id:
                return each
        raise AssertionError(f"no form {form_id} on {self.path} ({self.status})")

    def typed(self, form_id: str = "page") -> Typed:
        """What the form would send now, without any button."""
        values: Typed = {}
        for each in self.form(form_id).iter():
            name, kind = each.get("name"), each.get("type")
            if not name or each.tag == "button":
                continue
            if kind in ("radio", "checkbox"):
                if each.get("checked") is not None:
                    values.setdefault(name, []).append(each.get("value") or "on")
            elif each.tag == "select":
                chosen = [
                    o.get("value") or "" for o in each.iter("option") if "selected" in o.attrib
                ]
                values[name] = chosen or [""]
            elif each.tag == "textarea":
                values[name] = ["".join(each.itertext())]
            else:
                values[name] = [each.get("value") or ""]
        return values

    def submit(self, form_id: str = "page", at: str | None = None, **typed: Any) -> Practitioner:
        """Send the form with some fields changed; None takes a field out."""
        values: dict[str, Any] = dict(self.typed(form_id))
        for name, value in typed.items():
            values.pop(name, None) if value is None else values.update({name: value})
        action = at or self.form(form_id).get("action") or self.path
        return self.post(action, values)

    def switch(self, **typed: Any) -> Practitioner:
        """Press the language toggle of a page with a form."""
        button = next(b for b in self.tree.iter("button") if b.get("name") == "switch-language")
        other = button.get("value") or ""
        self.lang = other
        return self.submit(at=button.get("formaction"), **{"switch-language": other}, **typed)

    # -- the journey -------------------------------------------------------------

    def start(self) -> Practitioner:
        self.get(f"/{self.lang}/")
        return self.post(
            f"/{self.lang}/{WORDS[self.lang]['start']}", {"procedure": self.procedure.id}
        )

    @property
    def draft_id(self) -> str:
        return self.path.split("/")[3]

    def asked(self) -> list[Question]:
        """The questions of this page."""
        names = {each.get("name") for each in self.form().iter() if each.get("name")}
        return [
            question
            for question in self.procedure.questions.values()
            if question.code in names or f"{question.code}-day" in names
        ]

    @property
    def on_question(self) -> bool:
        last = self.path.partition("?")[0].rsplit("/", 1)[-1]
        return last in self.procedure.question_by_code

    def answer(self, **answers: Any) -> Practitioner:
        """Answer this page by question id (with underscores)."""
        return self.submit(**self._values(_by_id(answers)))

    def answer_all(self, case: Mapping[str, Any] = ORDINARY) -> Practitioner:
        """Answer every page by `case` until there is no question."""
        for _ in range(80):
            if not self.on_question:
                return self
            self.submit(**self._values(case))
            assert self.status == 200, (self.path, self.errors())
        raise AssertionError("the journey does not end")

    def _values(self, case: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for question in self.asked():
            answer = case.get(question.id)
            if question.kind.is_date:
                values |= self._date(question, answer)
            else:
                values[question.code] = answer or question.options[0].id
        return values

    def _date(self, question: Question, answer: Any) -> dict[str, str]:
        iso = iso_day(answer, self.today)
        if iso == NOT_KNOWN:
            return {f"{question.code}-known": NOT_KNOWN}
        year, month, day = iso.split("-")
        parts = {"day": day, "month": month, "year": year}
        return {f"{question.code}-{part}": value for part, value in parts.items()}

    def fill_details(self, details: Mapping[str, Any]) -> Practitioner:
        """Fill one page of details: what `details` gives, else something that will do."""
        values: dict[str, Any] = {}
        for each in self.form().iter():
            name = each.get("name") or ""
            stem = name.removesuffix("-day")
            if name in details:
                values |= _as_typed(name, details[name])
            elif stem != name and stem in details:
                year, month, day = details[stem].split("-")
                values |= {f"{stem}-day": day, f"{stem}-month": month, f"{stem}-year": year}
            elif each.get("type") == "radio" and name not in values:
                values[name] = each.get("value")
        self.personal |= {str(each) for each in details.values() if isinstance(each, str)}
        return self.submit(**values)

    def fill_all(self, details: Mapping[str, Any]) -> Practitioner:
        """From the recommendation through every page of details to the check page."""
        self.get(self.link(f"/{WORDS[self.lang]['details']}"))
        for _ in range(20):
            if f"/{WORDS[self.lang]['details']}/" not in self.path:
                return self
            self.fill_details(details)
            assert self.status == 200, (self.path, self.errors())
        raise AssertionError("the details do not end")


def iso_day(answer: str | None, today: date) -> str:
    """today, yesterday or a number of days from today as an ISO date."""
    if answer in (None, NOT_KNOWN):
        return NOT_KNOWN
    days = {"today": 0, "yesterday": -1}.get(answer or "")
    return (today + timedelta(days=int(answer or 0) if days is None else days)).isoformat()


def _by_id(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "-"): value for name, value in answers.items()}


def _as_typed(name: str, value: Any) -> dict[str, Any]:
    if value == NOT_KNOWN:
        return {f"{name}-known": NOT_KNOWN}
    return {name: value}
