"""Which pages of details a journey has, and which sections stand on each."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from webapp.meeting_requests.details import Field
from webapp.web.languages import text
from webapp.web.visits import Visit


@dataclass(frozen=True)
class Part:
    """One section of details; the section of the urgent path has the number 0.

    `joins`: the number of the section on whose page it stands, if that page is there.
    """

    number: int
    heading: str
    hint: str
    fields: tuple[Field, ...]
    urgent: bool
    joins: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One page of details. Its address is the number of its first part."""

    parts: tuple[Part, ...]

    @property
    def number(self) -> int:
        return self.parts[0].number

    @property
    def urgent(self) -> bool:
        return self.parts[0].urgent

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for part in self.parts for field in part.fields)


def parts_of(visit: Visit) -> list[Part]:
    """The sections that this journey calls for, in order."""
    catalogue, facts = visit.fields, visit.journey.facts
    numbers = {each.id: number for number, each in enumerate(catalogue.sections, 1)}
    parts = [
        Part(
            numbers[each.id],
            text(each.title),
            text(each.hint),
            catalogue.shown(each, facts),
            False,
            numbers.get(each.joins or ""),
        )
        for each in catalogue.sections
    ]
    return [part for part in parts if part.fields]


def sheets_of(visit: Visit) -> list[Sheet]:
    """The pages of details, in order: a section that joins another stands on its page."""
    sheets: dict[int, tuple[Part, ...]] = {}
    host: dict[int | None, int] = {}
    for part in parts_of(visit):
        number = host.get(part.joins, part.number)
        host[part.number] = number
        sheets[number] = (*sheets.get(number, ()), part)
    return [Sheet(parts) for parts in sheets.values()]


def urgent_sheet(visit: Visit) -> Sheet:
    part = Part(
        number=0,
        heading=_("What the duty officer needs now"),
        hint=_("Fill in what you can. You can add the rest before or after you send."),
        fields=visit.fields.urgent_fields(visit.journey.facts),
        urgent=True,
    )
    return Sheet((part,))
