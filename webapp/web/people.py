"""The list of people for the chair to invite: the recommended ones, and any that are added.

Only roles that the recommendation invites are offered. A role that must not come, and whatever
a tampered form claims about one, never gets a row and so never gets a contact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from webapp.meeting_requests.cleaning import MOST_PEOPLE, clean_people, problem_in_entry
from webapp.meeting_requests.details import Field
from webapp.web.fields import Asked
from webapp.web.records import SayWhatIsWrong, parts_shown

ADD = "add-person"  # the button that asks for one more empty row
ADDED, REMOVED = "added", "removed"
MOST_ROWS = 200  # read from one form, however it was tampered with
PARTS = ("title", "name", "contact", "reason")


@dataclass(frozen=True)
class Role:
    """Who is recommended. `reason` is set where they were taken out already."""

    id: str
    name: str
    status: str
    reason: str = ""


@dataclass
class Row:
    """One person as typed. `role` is None for somebody added. `key` is unique on the page.

    `parts`: what the field asks beside what every person has.
    """

    key: str
    role: Role | None
    title: str = ""
    name: str = ""
    contact: str = ""
    reason: str = ""
    removed: bool = False
    parts: dict[str, str] = field(default_factory=dict)
    wrong: str = ""  # the part that `error` is about
    error: str = ""

    @property
    def is_empty(self) -> bool:
        typed = (self.title, self.name, self.contact, self.reason, *self.parts.values())
        return self.role is None and not any(typed)

    @property
    def given(self) -> bool:
        """Whether anything was said of this person, so that they are not folded away."""
        said = (self.name, self.contact, self.reason, self.error, *self.parts.values())
        return self.removed or bool(self.title) or any(said)

    def as_person(self) -> dict[str, str]:
        change = REMOVED if self.removed else ""
        return self.parts | {
            "role": self.role.id if self.role else "",
            "title": self.title,
            "name": self.name,
            "contact": self.contact,
            "change": change if self.role else ADDED,
            "reason": self.reason if self.removed or not self.role else "",
        }


class People(Asked):
    """`data` is the list of people as details keep it; `rows` are what the page shows."""

    kind = "people"

    def __init__(
        self,
        field: Field,
        roles: list[Role],
        check: Callable[[Any], str | None],
        say: SayWhatIsWrong,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.field = field
        self.roles = roles
        self.check = check
        self.say = say
        self.parts = parts_shown(field)
        self.rows: list[Row] = []
        self.adding = False  # whether one more row was asked for

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.adding = formdata is not None and ADD in formdata
        if formdata is not None:
            self.rows = self._typed(formdata)
        else:
            self.rows = self._kept(data if isinstance(data, list) else [])
        people = [row.as_person() for row in self.rows if not row.is_empty]
        self.data = clean_people(self.field, people)
        if self.rows:
            self.anchor = f"{self.rows[0].key}-name"

    def pre_validate(self, form: BaseForm) -> None:
        for row in self.rows:
            if row.is_empty:
                continue
            if row.role is None and not (row.title.strip() or row.name.strip()):
                self._refuse(row, "title", _("Give a role or a name for each person you add"))
            if row.as_person()["change"] and not row.reason.strip():
                self._refuse(row, "reason", _reason_wanted(row))
            for person in clean_people(self.field, [row.as_person()]):
                if found := problem_in_entry(self.field, person):
                    self._refuse(row, found[0], self.say(self.field, *found))
        if problem := self.check(self.data):
            raise StopValidation(problem)

    def _refuse(self, row: Row, part: str, message: str) -> None:
        """The message stands at the part of the row that is wrong, and the summary leads there."""
        row.wrong, row.error = part, message
        self.anchor = f"{row.key}-{part}"
        raise StopValidation(message)

    def _kept(self, people: list[Mapping[str, str]]) -> list[Row]:
        """A row per recommended role, as it was left, then those added, then an empty one."""
        by_role = {each["role"]: each for each in people if each.get("role")}
        rows = []
        for role in self.roles:
            row = Row(f"{self.name}-{role.id}", role, reason=role.reason, removed=bool(role.reason))
            if role.id in by_role:
                self._fill(row, by_role[role.id])
            if role.reason:  # left out on the recommendation page, since or before
                row.removed, row.reason = True, row.reason or role.reason
            rows.append(row)
        added = [each for each in people if not each.get("role")]
        for number, each in enumerate(added, 1):
            row = Row(f"{self.name}-{number}", None)
            self._fill(row, each)
            rows.append(row)
        return [*rows, Row(f"{self.name}-{len(added) + 1}", None)]

    def _fill(self, row: Row, person: Mapping[str, str]) -> None:
        for part in PARTS:
            setattr(row, part, person.get(part, ""))
        row.parts = {each.id: person.get(each.id, "") for each in self.parts}
        row.removed = person.get("change") == REMOVED

    def _typed(self, formdata: Any) -> list[Row]:
        keys: list[tuple[str, Role | None]] = [(role.id, role) for role in self.roles]
        numbers = [n for n in range(1, MOST_ROWS) if f"{self.name}-{n}-name" in formdata]
        keys += [(str(number), None) for number in numbers]
        rows = []
        for key, role in keys:
            name = f"{self.name}-{key}"
            given = {part: formdata.get(f"{name}-{part}", "") for part in PARTS}
            row = Row(name, role, **given, removed=bool(formdata.get(f"{name}-remove")))
            row.parts = {each.id: formdata.get(f"{name}-{each.id}", "") for each in self.parts}
            rows.append(row)
        if ADD in formdata and len(numbers) < MOST_PEOPLE:
            rows.append(Row(f"{self.name}-{max(numbers, default=0) + 1}", None))
        return rows


def _reason_wanted(row: Row) -> str:
    if row.role:
        return _("Say why this person should not be invited: %(name)s", name=row.role.name)
    return _("Say why this person should come: %(name)s", name=row.title.strip() or row.name)
