"""What a request costs to make: pages, fields, presses of keys and buttons, and scrolls.

Somebody new, with only the address, in a real browser:

    nice .venv/bin/python -m tests.browser.counting

A press is a click, or a key. A field is gone to with one press; a date has three. A scroll is one
press of Page Down. What is filled in already and right is left alone.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser.cases import CARDIFF, Answers
from tests.browser.conftest import ARGUMENTS, browser_path, serving
from tests.browser.people import follow
from tests.browser.practitioner import answer_fields, answer_to, day_of, plainest
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure

DESKTOP = {"width": 1280, "height": 720}
MOST_PAGES = 60
FIELDS = """() => {
    const fields = new Map();
    for (const each of document.querySelectorAll(
            'form#page :is(input, select, textarea):not([type=hidden])')) {
        const part = each.name.match(/^(.+)-(day|month|year|time|known)$/);
        const name = part ? part[1] : each.name;
        const known = fields.get(name) || {name, parts: {}, kind: each.type, value: '', label: ''};
        known.parts[each.name] = each.type;
        known.folded = !!each.closest('details:not([open])');
        if (['radio', 'checkbox'].includes(each.type)) {
            if (each.checked) known.value += `${each.value} `;
            known.options = [...(known.options || []), each.value];
            if (part) known.known = each.name;
            const legend = each.closest('fieldset')?.querySelector('legend');
            if (legend && !known.label) known.label = legend.textContent;
        } else {
            known.value += each.value;
            if (!known.label && each.labels[0]) known.label = each.labels[0].textContent;
        }
        fields.set(name, known);
    }
    return [...fields.values()];
}"""


@dataclass
class Count:
    """`shown` leaves out what is folded away. `keys` are letters typed."""

    pages: int = 0
    shown: int = 0
    folded: int = 0
    filled: int = 0
    clicks: int = 0
    keys: int = 0
    scrolls: int = 0

    @property
    def presses(self) -> int:
        return self.clicks + self.keys + self.scrolls


@dataclass(frozen=True)
class Story:
    """What somebody has to say: answers by question id, details by field id, who should come."""

    answers: Answers
    details: Mapping[str, str]
    people: tuple[tuple[str, str], ...] = ()
    procedure: str = "child"


CHILD_AT_SCHOOL = Story(
    answers={
        "danger": "no",
        "user": "other-agency",
        "area-of-person": CARDIFF,
        "area-of-concern": CARDIFF,
        "person-place": "same-area",
        "child-age": "under-18",
        "others-at-risk": ["none"],
        "crime": "not-sure",
        "position-of-trust": "no",
        "conflict-of-interest": ["none"],
        "concern-identified": "today",
        "reported": "yes",
        "report-received": "today",
        "report-how": "telephone",
        "harm": "yes",
        "care-and-support": "appears",
        "significant-harm": "yes",
        "suspected": ["physical-abuse"],
        "risk": "high",
        "alleged-abuser": ["adult", "at-home"],
        "hospital": ["none"],
        "medical": "not-sure",
        "child-voice": ["has-told"],
        "parents": ["not-told-risk"],
        "agencies-involved": ["education", "health-visitor"],
        "raised-by": "me",
        "preferred-language": "english",
        "communication": ["none"],
        "police-told": "no",
    },
    details={
        "concern-what": "She has bruises on both arms and says that a man at home did it.",
        "concern-last-incident": "Last night",
        "person-name": "Alice Invented",
        "person-born": "2016-03-02",
        "person-address": "1 Invented Road, Cardiff",
        "child-school": "Invented Primary School",
        "person-where-now": "At school, with her teacher",
        "person-safe-until": "3.30pm today",
        "person-wishes": "She does not want to go home today",
        "parents-names": "Her mother, Beth Invented, at work",
        "parents-responsibility": "Her mother",
        "parents-told-what": "Nothing",
        "alleged-name": "Bob Invented",
        "alleged-relationship": "Her mother’s partner",
        "meeting-language": "english",
        "requester-name": "Carol Pseudonym",
        "requester-role": "Head teacher",
        "requester-agency": "Invented Primary School",
        "requester-phone": "029 2018 0990",
        "requester-phone-safe": "ring-and-message",
        "requester-email": "carol@school.example",
    },
    people=(
        ("Dai Invented", "029 2018 0991"),
        ("Eira Invented", "029 2018 0992"),
        ("Fred Invented", "029 2018 0993"),
    ),
)
CHILD_IN_DANGER = Story(
    answers=CHILD_AT_SCHOOL.answers | {"danger": "yes", "danger-action": "called"},
    details={
        key: CHILD_AT_SCHOOL.details[key]
        for key in (
            "concern-what",
            "person-name",
            "person-where-now",
            "person-safe-until",
            "requester-name",
            "requester-phone",
            "requester-phone-safe",
        )
    },
)
STORIES = {"a child, three attendees": CHILD_AT_SCHOOL, "a child in danger": CHILD_IN_DANGER}


@dataclass
class Newcomer:
    """Works through the service in English and keeps count."""

    page: Page
    story: Story
    procedure: Procedure
    count: Count = field(default_factory=Count)
    steps: list[str] = field(default_factory=list)

    def make_the_request(self) -> Count:
        self.page.goto("/")
        self._go(self.page.get_by_role("button", name="Continue in English"))
        self._go(self.page.locator(f"button[name=procedure][value={self.story.procedure}]"))
        for _page in range(MOST_PAGES):
            if "/status/" in self.page.url:
                self._seen()
                return self.count
            self._one_page()
        raise AssertionError(f"No end: {self.page.url}")

    def _one_page(self) -> None:
        path = self.page.url
        if self.page.locator("form#send").count():
            self._go(self.page.locator("form#send button"))
        elif self.page.locator("form#page").count():
            for each in self._fields():
                self._fill(each, "/details/" in path)
            self._go(self.page.locator("form#page button.govuk-button:not([name])"))
            assert self.page.url != path, self.page.locator("main").inner_text()
        else:
            self._go(self.page.get_by_role("button", name="Go on to the details"))

    # -- one field --------------------------------------------------------------------

    def _fields(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(FIELDS)
        if "/details/" in self.page.url:
            self._name_people(found)
        return found

    def _name_people(self, found: list[dict[str, Any]]) -> None:
        """The first recommended people get the names and numbers of the story."""
        names = [each for each in found if each["name"].startswith("invitees-")]
        recommended = [
            each["name"].removesuffix("-name")
            for each in names
            if each["name"].endswith("-name") and not each["name"].split("-")[1].isdigit()
        ]
        wanted = dict(zip(recommended, self.story.people, strict=False))
        for each in names:
            person = wanted.get(each["name"].rpartition("-")[0])
            if person and each["name"].endswith(("-name", "-contact")):
                each["wanted"] = person[each["name"].endswith("-contact")]

    def _fill(self, each: dict[str, Any], of_details: bool) -> None:
        question = self.procedure.question_by_code.get(each["name"])
        if question:
            answer = answer_to(question, self.story.answers)
            self.count.filled += 1
            if answer in ("today", "yesterday") and self._press_the_day(each["name"], str(answer)):
                return
            given = answer_fields(question, answer)
            for name, values in given.items():
                for value in values:
                    self._enter(each, name, value)
            return
        wanted = each.get("wanted") or self.story.details.get(each["name"])
        needed = of_details and "(optional)" not in each["label"] and "wanted" not in each
        if wanted is None and needed and not each["name"].startswith(("invitees-", "other-")):
            wanted = self._plainest(each)
        if not wanted or self._is_right(each, wanted):
            return
        self.count.filled += 1
        if wanted == "not-known" and each.get("known"):
            self._tick(each["known"], "not-known")
        elif f"{each['name']}-day" in each["parts"]:
            day = day_of(wanted)
            for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
                self._enter(each, f"{each['name']}-{part}", str(number))
        else:
            self._enter(each, each["name"], wanted)

    def _is_right(self, each: dict[str, Any], wanted: str) -> bool:
        return bool(each["value"].strip()) and (each["value"].strip() == wanted or "-day" in wanted)

    def _plainest(self, each: dict[str, Any]) -> str | None:
        if each["value"].strip():
            return None
        if each.get("known"):
            return "not-known"
        return plainest(each["options"]) if each["kind"] == "radio" else None

    def _press_the_day(self, name: str, answer: str) -> bool:
        """Whether one press of “Today” or “Yesterday” was enough."""
        days = self.page.locator(f"[data-days-of='{name}'] [data-day='{day_of(answer)}']")
        if not days.count():
            return False
        self._reach(days).click()
        self.count.clicks += 1
        return True

    def _enter(self, each: dict[str, Any], name: str, value: str) -> None:
        kind = each["parts"].get(name, "text")
        if kind in ("radio", "checkbox"):
            self._tick(name, value)
            return
        control = self._reach(self.page.locator(f'form#page [name="{name}"]'))
        self.count.clicks += 1
        if kind == "select-one":
            control.select_option(value)
            self.count.keys += len(control.locator(f'option[value="{value}"]').inner_text()[:3])
        elif control.input_value() != value:
            control.fill(value)
            self.count.keys += len(value)

    def _tick(self, name: str, value: str) -> None:
        control = self.page.locator(f'form#page [name="{name}"][value="{value}"]')
        if not control.is_checked():
            self._reach(control).check()
            self.count.clicks += 1

    # -- getting about ----------------------------------------------------------------

    def _reach(self, control: Locator) -> Locator:
        """Open what the control is folded into, and scroll to it."""
        while control.locator("xpath=ancestor::details[not(@open)]").count():
            folded = control.locator("xpath=ancestor::details[not(@open)]").first
            self._scroll_to(folded.locator("summary").first).click()
            self.count.clicks += 1
        return self._scroll_to(control)

    def _scroll_to(self, control: Locator) -> Locator:
        for _press in range(50):
            box = control.bounding_box()
            assert box, control
            if box["y"] >= 0 and box["y"] + min(box["height"], 60) <= DESKTOP["height"]:
                return control
            self.page.mouse.wheel(0, DESKTOP["height"] * 0.9 * (1 if box["y"] > 0 else -1))
            self.page.wait_for_timeout(60)
            self.count.scrolls += 1
        raise AssertionError(f"{control} cannot be scrolled to")

    def _go(self, control: Locator) -> None:
        self._seen()
        self._reach(control)
        self.count.clicks += 1
        follow(control)

    def _seen(self) -> None:
        fields = self.page.evaluate(FIELDS)
        self.count.pages += 1
        self.count.shown += sum(not each["folded"] for each in fields)
        self.count.folded += sum(each["folded"] for each in fields)
        self.steps.append(f"{self.page.locator('h1').inner_text()}: {self.count.presses}")


def count_all(origin: str, library: Library) -> dict[str, Newcomer]:
    counted = {}
    with sync_playwright() as playwright:
        path = browser_path()
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for name, story in STORIES.items():
            context = chromium.new_context(base_url=origin, viewport=DESKTOP)
            context.set_default_timeout(10_000)
            person = Newcomer(context.new_page(), story, library.procedures[story.procedure])
            person.make_the_request()
            counted[name] = person
            context.close()
        chromium.close()
    return counted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", action="store_true", help="presses so far, page by page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        counted = count_all(server.origin, Library.load(server.compiled))
    for name, person in counted.items():
        said = ", ".join(f"{value} {key}" for key, value in asdict(person.count).items())
        print(f"{name}: {said}: {person.count.presses} presses")
        if options.steps:
            print("".join(f"  {step}\n" for step in person.steps))


if __name__ == "__main__":
    main()
