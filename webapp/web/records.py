"""A list of entries with the same parts, such as one for each child; written, never chosen.

There is always one empty entry at the end; an entry left empty is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from webapp.meeting_requests.cleaning import MOST_PEOPLE, clean_records
from webapp.meeting_requests.details import Field
from webapp.web.fields import Asked, Choice
from webapp.web.languages import text

ADD_ENTRY = "add-entry"  # the button that asks for one more empty entry
MOST_ENTRIES = 200  # read from one form, however it was tampered with


@dataclass(frozen=True)
class Entry:
    """One entry as typed; `number` counts from 1."""

    number: int
    values: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        return not any(value.strip() for value in self.values.values())


class Records(Asked):
    """`data` is the list of entries as details keep it; `entries` are what the page shows."""

    kind = "records"

    def __init__(self, field: Field, check: Callable[[Any], str | None], **options: Any) -> None:
        super().__init__(**options)
        self.field = field
        self.check = check
        self.parts = [Choice(each.id, text(each.text)) for each in field.parts]
        self.entries: list[Entry] = []
        self.adding = False  # whether one more entry was asked for
        self.anchor = f"{self.name}-1-{self.parts[0].id}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        if formdata is not None:
            self.adding = ADD_ENTRY in formdata
            typed, asked = self._typed(formdata), self.adding
        else:
            typed, asked = list(data) if isinstance(data, list) else [], True
        if (asked or not typed) and len(typed) < MOST_PEOPLE:
            typed = [*typed, dict.fromkeys(self._ids, "")]
        self.entries = [Entry(number, each) for number, each in enumerate(typed, 1)]
        self.data = clean_records(self.field, [each.values for each in self.entries])

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
        if problem := self.check(self.data):
            raise StopValidation(problem)
