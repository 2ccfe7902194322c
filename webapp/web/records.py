"""A list of entries with the same parts, such as one for each child.

There is always one empty entry at the end; an entry left empty is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from webapp.meeting_requests.cleaning import MOST_PEOPLE, clean_records, problem_in_entry
from webapp.meeting_requests.details import Field, Part
from webapp.web.fields import Asked
from webapp.web.languages import text

ADD_ENTRY = "add-entry"  # the buttons that ask for one more empty entry of the list they name
MOST_ENTRIES = 200  # read from one form, however it was tampered with


# The sentence on what is wrong with one part, of which cleaning gave (part id, problem).
SayWhatIsWrong = Callable[[Field, str, str], str]


@dataclass(frozen=True)
class PartShown:
    """One part of an entry as the page asks for it; `items` if there is a choice."""

    id: str
    text: str
    hint: str
    kind: str
    items: list[dict[str, str]]


def parts_shown(field: Field) -> list[PartShown]:
    """In the language of the page. A choice may be left open: its first option says so."""
    return [
        PartShown(part.id, text(part.text), text(part.hint), part.kind, _items(part))
        for part in field.parts
    ]


def _items(part: Part) -> list[dict[str, str]]:
    options = [{"value": each.id, "text": text(each.text)} for each in part.options]
    return [{"value": "", "text": _("Choose from the list")}, *options] if options else []


@dataclass
class Entry:
    """One entry as typed; `number` counts from 1. `wrong`: the part that `error` is about."""

    number: int
    values: Mapping[str, str]
    wrong: str = ""
    error: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(value.strip() for value in self.values.values())


class Records(Asked):
    """`data` is the list of entries as details keep it; `entries` are what the page shows."""

    kind = "records"

    def __init__(
        self,
        field: Field,
        check: Callable[[Any], str | None],
        say: SayWhatIsWrong,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.field = field
        self.check = check
        self.say = say
        self.parts = parts_shown(field)
        self.entries: list[Entry] = []
        self.adding = False  # whether one more entry was asked for
        self.anchor = f"{self.name}-1-{self.parts[0].id}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        if formdata is not None:
            self.adding = formdata.get(ADD_ENTRY) == self.name
            typed, asked = self._typed(formdata), self.adding
        else:
            typed, asked = list(data) if isinstance(data, list) else [], True
        if (asked or not typed) and len(typed) < MOST_PEOPLE:
            typed = [*typed, {}]
        full = [{part: each.get(part, "") for part in self._ids} for each in typed]
        self.entries = [Entry(number, each) for number, each in enumerate(full, 1)]
        self.data = clean_records(self.field, full)

    @property
    def _ids(self) -> list[str]:
        return [part.id for part in self.parts]

    def _typed(self, formdata: Any) -> list[Mapping[str, str]]:
        first = self._ids[0]
        numbers = [n for n in range(1, MOST_ENTRIES) if f"{self.name}-{n}-{first}" in formdata]
        return [
            {part: formdata.get(f"{self.name}-{number}-{part}", "") for part in self._ids}
            for number in numbers
        ]

    def pre_validate(self, form: BaseForm) -> None:
        for entry in self.entries:
            for cleaned in clean_records(self.field, [entry.values]):
                if found := problem_in_entry(self.field, cleaned):
                    self._refuse(entry, *found)
        if problem := self.check(self.data):
            raise StopValidation(problem)

    def _refuse(self, entry: Entry, part: str, problem: str) -> None:
        """The message stands at the part that is wrong, and the summary leads there."""
        entry.wrong, entry.error = part, self.say(self.field, part, problem)
        self.anchor = f"{self.name}-{entry.number}-{part}"
        raise StopValidation(entry.error)
