"""What a page points out and lets pass: a date of birth that does not fit the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from webapp.meeting_requests.model import Details
from webapp.procedures.timescales import day_of
from webapp.web.languages import address, text
from webapp.web.sheets import parts_of
from webapp.web.visits import Visit


@dataclass(frozen=True)
class Notice:
    """`href` leads to the field that it is about; a change there comes back to the check page."""

    text: str
    href: str


def notices_of(visit: Visit, details: Details) -> list[Notice]:
    """One for each date of birth that gives an age which the procedure does not expect."""
    today = day_of(visit.context.now)
    return [
        Notice(text(field.age.text), _place(visit, part.number, field.id))
        for part in parts_of(visit)
        for field in part.fields
        if field.age and (born := _born(details.get(field.id)))
        if not field.age.is_given_by(born, today)
    ]


def _born(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _place(visit: Visit, number: int, field_id: str) -> str:
    path = address("details.section", draft_id=visit.draft.id, number=number, change="check")
    return f"{path}#{field_id}-day"
