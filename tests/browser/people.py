"""Somebody with a mouse who finds every control by its label, as it is read on the page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from tests.browser.cases import Answers, Details
from tests.browser.practitioner import answer_to, day_of, plainest
from webapp.messages.language import Language
from webapp.procedures.model import Kind, Procedure, Question

MOST_PAGES = 60


def follow(control: Locator) -> None:
    """Press what leads to another page, and wait for that page.

    A click does not wait, and neither does counting: a page half loaded looks like one
    without a form.
    """
    with control.page.expect_navigation(wait_until="domcontentloaded"):
        control.click()


def open_what_is_folded(page: Page) -> None:
    folded = page.locator("form#page details:not([open]) > summary")
    while folded.count():
        folded.first.click()


class MousePractitioner:
    def __init__(self, page: Page, procedure: Procedure, language: Language) -> None:
        self.page = page
        self.procedure = procedure
        self.language = language
        self.screens = 0  # how many pages have been worked through

    def press(self, name: str) -> None:
        follow(self.page.get_by_role("button", name=self.language.gettext(name), exact=True))
        self.screens += 1

    # -- questions --------------------------------------------------------------------

    def decide(self, answers: Answers) -> None:
        """Answer page after page until the recommendation is there."""
        for _page in range(MOST_PAGES):
            questions = self.asked()
            if not questions:
                return
            for question in questions:
                self.answer(question, answer_to(question, answers))
            self.press("Continue")
        raise AssertionError(f"No end: {self.page.url}")

    def asked(self) -> list[Question]:
        """The questions whose text the page shows as a legend or a label."""
        shown = self.page.locator("form#page legend, form#page label").all_inner_texts()
        texts = {each.strip() for each in shown}
        known = self.procedure.questions.values()
        return [each for each in known if self.language.text(each.text) in texts]

    def answer(self, question: Question, answer: str | list[str]) -> None:
        name = self.language.text(question.text)
        if question.is_long_list and question.kind is Kind.ONE:
            option = self.language.text(question.choices[str(answer)].text)
            self.page.get_by_label(name, exact=True).select_option(label=option)
            return
        group = self.page.get_by_role("group", name=name, exact=True)
        if question.kind.is_date:
            self._answer_date(question, group, str(answer))
        elif question.kind is Kind.MANY:
            for each in answer:
                self._option(group, "checkbox", question, each).check()
        else:
            self._option(group, "radio", question, str(answer)).check()

    def _option(self, group: Locator, role: str, question: Question, option: str) -> Locator:
        text = self.language.text(question.choices[option].text)
        return group.get_by_role(role, name=text, exact=True)  # type: ignore[arg-type]

    def _answer_date(self, question: Question, group: Locator, answer: str) -> None:
        if answer == "not-known":
            text = self.language.text(question.choices[answer].text)
            group.get_by_role("checkbox", name=re.compile(re.escape(text))).check()
            return
        self.write_date(group, answer)

    def write_date(self, group: Locator, value: str) -> None:
        day = day_of(value)
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(self.language.gettext(label), exact=True).fill(str(number))

    # -- details ----------------------------------------------------------------------

    def describe(self, details: Details) -> None:
        """Fill in page after page of details until there are no more."""
        for _page in range(MOST_PAGES):
            if not self.page.locator("form#page").count():
                return
            self.describe_page(details)
            self.press("Save and continue")
            self._do_what_is_asked()
        raise AssertionError(f"No end: {self.page.url}")

    def describe_page(self, details: Details) -> None:
        """Fill in what `details` knows; what is folded is opened first."""
        open_what_is_folded(self.page)
        for name, value in details.items():
            control = self.page.locator(f'form#page [name="{name}"]')
            if self.page.locator(f'form#page [name="{name}-day"]').count():
                first = self.page.locator(f'form#page [name="{name}-day"]')
                self.write_date(first.locator("xpath=ancestor::fieldset[1]"), value)
            elif control.count() and control.first.get_attribute("type") == "radio":
                self.page.locator(f'form#page [name="{name}"][value="{value}"]').check()
            elif control.count():
                self._labelled(name).fill(value)

    def _do_what_is_asked(self) -> None:
        """Give the plainest answer wherever the page complains, and go on."""
        said = self.page.locator(".govuk-error-summary__list a").all()
        for field in [(each.get_attribute("href") or "")[1:] for each in said]:
            control = self.page.locator(f"[id='{field}']")
            if control.get_attribute("type") == "radio":
                group = self.page.locator(f"form#page input[name='{field}']")
                plain = plainest([each.get_attribute("value") or "" for each in group.all()])
                self.page.locator(f"form#page input[name='{field}'][value='{plain}']").check()
            else:
                self.page.locator(f"[name='{field.removesuffix('-day')}-known']").check()
        if said:
            self.press("Save and continue")

    def _labelled(self, name: str) -> Locator:
        """The field through its label: without one it is not found."""
        label = self.page.locator(f'label[for="{name}"]').inner_text()
        return self.page.get_by_label(label.strip(), exact=True)
