"""Somebody who has only a keyboard: Tab, Shift+Tab, Space, the arrows, Enter and letters.

Looking at the page is allowed; touching it in any other way is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.cases import Answers, Details
from tests.browser.practitioner import answer_fields, answer_to, in_parts
from webapp.messages.language import Language
from webapp.procedures.model import Kind, Procedure, Question

MOST_TABS = 250
FOCUSED = """() => {
    const each = document.activeElement;
    const style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    const label = each.labels && each.labels[0];
    const drawn = [style, label && getComputedStyle(label, '::before')].filter(Boolean)
        .some(one => one.outlineStyle !== 'none' || one.boxShadow !== 'none');
    return {
        tag: each.tagName, type: each.type || '', name: each.name || '', value: each.value || '',
        href: each.getAttribute('href') || '', text: each.textContent.trim(), id: each.id,
        checked: !!each.checked, drawn, open: !!each.parentNode.open,
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""

Focus = dict[str, Any]


class Keyboard:
    """`invisible` collects every place where the focus could not be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.invisible: list[str] = []

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def focus(self) -> Focus:
        found: Focus = self.page.evaluate(FOCUSED)
        return found

    def go_to(self, wanted: Callable[[Focus], bool], key: str = "Tab") -> Focus:
        """Tab on until `wanted` has the focus; it must be possible to see it on the way."""
        seen: list[str] = []
        for _press in range(MOST_TABS):
            here = self.focus()
            if wanted(here):
                return here
            self.press(key)
            self._note(self.focus(), seen)
        raise AssertionError(f"{self.page.url}: not reached; met {seen[-40:]}")

    def _note(self, here: Focus, seen: list[str]) -> None:
        name = f"{here['tag']} {here['name']} {here['text'][:30]}"
        seen.append(name)
        if here["tag"] not in ("BODY", "HTML") and not (here["drawn"] and here["inView"]):
            self.invisible.append(f"{self.page.url}: {name}")

    # -- what a person does -----------------------------------------------------------

    def skip_to_content(self) -> None:
        """The first thing on a page is a link past its head."""
        if urlsplit(self.page.url).fragment:
            return  # the browser has carried the jump over from the page before
        self.press("Tab")
        here = self.focus()
        assert here["href"] == "#main", here
        self.press("Enter")
        expect(self.page).to_have_url(re.compile("#main$"))

    def follow(self, href: str, key: str = "Tab") -> None:
        self.go_to(lambda here: here["href"].endswith(href), key)
        self._press_and_wait("Enter")

    def push(self, name: str, key: str = "Enter") -> None:
        """Press the button that says `name`."""
        self.go_to(lambda here: here["tag"] == "BUTTON" and here["text"] == name)
        self._press_and_wait(key)

    def enter(self) -> None:
        """Enter in the field that has the focus."""
        self._press_and_wait("Enter")

    def _press_and_wait(self, key: str) -> None:
        with self.page.expect_navigation():
            self.press(key)

    def choose(self, name: str, value: str) -> None:
        """One of several radio buttons: Tab to the group, then the arrows."""
        here = self.go_to(lambda here: here["type"] == "radio" and here["name"] == name)
        if here["value"] == value:
            self.press("Space")
        for _press in range(30):
            here = self.focus()
            if here["checked"] and here["value"] == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: {name} has no {value}")

    def tick(self, name: str, values: list[str]) -> None:
        """Leaves exactly `values` ticked, in whichever order they stand."""
        boxes = f'input[type=checkbox][name="{name}"]'
        on_page = self.page.eval_on_selector_all(boxes, "all => all.map(each => each.value)")
        for value in on_page:
            here = self.go_to(lambda here: here["name"] == name and here["value"] == value)  # noqa: B023
            if here["checked"] != (value in values):
                self.press("Space")
            assert self.focus()["checked"] == (value in values)

    def pick(self, name: str, value: str, label: str) -> None:
        """One of a long list: type what it begins with, as everybody does."""
        self.go_to(lambda here: here["tag"] == "SELECT" and here["name"] == name)
        self.page.keyboard.type(label)
        assert self.focus()["value"] == value, f"{label}: {self.focus()['value']}"

    def write(self, name: str, text: str) -> None:
        """Write `text` over whatever is in the field."""
        self.go_to(lambda here: here["name"] == name)
        self.press("Control+A")
        self.page.keyboard.type(text)


class KeyboardPractitioner:
    """Answers questions and fills in details with a keyboard."""

    def __init__(self, keys: Keyboard, procedure: Procedure, language: Language) -> None:
        self.keys = keys
        self.procedure = procedure
        self.language = language

    @property
    def continue_(self) -> str:
        return self.language.gettext("Continue")

    def asked(self) -> list[Question]:
        names = self.keys.page.eval_on_selector_all(
            "form#page input, form#page select", "all => all.map(each => each.name)"
        )
        codes = dict.fromkeys(name.partition("-")[0] for name in names)
        known = self.procedure.question_by_code
        return [known[code] for code in codes if code in known]

    def answer(self, answers: Answers) -> None:
        """Answer the page and continue."""
        self.keys.skip_to_content()
        for question in self.asked():
            self._answer_one(question, answer_to(question, answers))
        self.keys.push(self.continue_)

    def _answer_one(self, question: Question, answer: str | list[str]) -> None:
        if question.kind.is_date:
            for name, values in answer_fields(question, answer).items():
                self._write_or_tick(name, values[0])
        elif question.kind is Kind.MANY:
            self.keys.tick(question.code, list(answer))
        elif question.is_long_list:
            label = self.language.text(question.choices[str(answer)].text)
            self.keys.pick(question.code, str(answer), label)
        else:
            self.keys.choose(question.code, str(answer))

    def _write_or_tick(self, name: str, value: str) -> None:
        if name.endswith("-known"):
            self.keys.tick(name, [value])
        else:
            self.keys.write(name, value)

    def describe(self, details: Details) -> None:
        """Fill in one page of details and continue; what is folded is opened first."""
        controls = self.keys.page.eval_on_selector_all(
            "form#page :is(input, textarea, summary)",
            "all => all.map(each => [each.tagName, each.name || '', each.type || ''])",
        )
        self.keys.skip_to_content()
        done = set()
        for tag, name, kind in controls:
            base, _dash, part = name.rpartition("-")
            if tag == "SUMMARY":
                self.keys.go_to(lambda here: here["tag"] == "SUMMARY" and not here["open"])
                self.keys.press("Enter")
            elif name in done or kind == "hidden":
                continue
            elif kind == "radio" and name in details:
                self.keys.choose(name, details[name])
            elif name in details:
                self.keys.write(name, details[name])
            elif part in ("day", "month", "year") and base in details:
                self.keys.write(name, in_parts(base, details[base])[name][0])
            done.add(name)
        self.keys.push(self.language.gettext("Save and continue"), "Space")
