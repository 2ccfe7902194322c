"""Details in words, for the check page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from webapp.meeting_requests.details import Field
from webapp.meeting_requests.model import Details
from webapp.procedures.model import NOT_KNOWN
from webapp.web.fields import Choice
from webapp.web.languages import address, language, text
from webapp.web.presenting import AnswerRow
from webapp.web.visits import Visit, services

if TYPE_CHECKING:
    from webapp.web.sheets import Part


@dataclass(frozen=True)
class PartRows:
    """One section: what was given, and the names of what was not, with where to give it."""

    heading: str
    rows: list[AnswerRow]
    not_given: list[str]
    href: str


def detail_parts(visit: Visit, details: Details, parts: list[Part]) -> list[PartRows]:
    """Every detail, section by section, each with its change link; what is empty in one line."""
    return [_part(visit, part, details) for part in parts]


def _part(visit: Visit, part: Part, details: Details) -> PartRows:
    given = [field for field in part.fields if details.get(field.id)]
    return PartRows(
        heading=part.heading,
        rows=[_row(visit, part, field, details) for field in given],
        not_given=[text(field.short) for field in part.fields if field not in given],
        href=address(
            "details.section", draft_id=visit.draft.id, number=part.number, change="check"
        ),
    )


def _row(visit: Visit, part: Part, field: Field, details: Details) -> AnswerRow:
    words = detail_words(field, details.get(field.id))
    return AnswerRow(text(field.text), words, _place_of(visit, field, part.number))


def detail_words(field: Field, value: object) -> list[str]:
    """A detail as it is read; what was left empty says so."""
    if not value:
        return [_("Not given")]
    if value == NOT_KNOWN and NOT_KNOWN not in field.option_texts:
        return [_("Not known")]
    if field.kind in ("one", "many"):
        chosen = value if isinstance(value, list) else [value]
        return [text(field.option_texts.get(str(each))) for each in chosen]
    if field.kind in ("date", "date-of-birth"):
        return [language().standing(date.fromisoformat(str(value)))]
    if isinstance(value, list):
        people = field.kind == "person-list"
        return [_person(field, each) if people else _entry(field, each) for each in value]
    return str(value).split("\n")


def _entry(field: Field, entry: dict[str, str]) -> str:
    return ", ".join(_parts(field, entry))


def _parts(field: Field, entry: dict[str, str]) -> Iterator[str]:
    """Each part that was given, choices in words."""
    for part in field.parts:
        value = entry.get(part.id, "")
        words = text(part.option_texts.get(value)) if part.options else value
        if words:
            yield " ".join(words.split())


def _person(field: Field, person: dict[str, str]) -> str:
    roles = services().library.terms.roles
    who = text(roles.get(person["role"])) or person["title"]
    given = (who, person["name"], person["contact"], *_parts(field, person))
    known = ", ".join(each for each in given if each)
    if person["change"] == "removed":
        return _("Do not invite: %(who)s. Reason: %(reason)s", who=known, reason=person["reason"])
    if person["change"] == "added":
        return _("Added: %(who)s. Reason: %(reason)s", who=known, reason=person["reason"])
    return known


@dataclass(frozen=True)
class Missing:
    name: str
    href: str


def missing_fields(visit: Visit, details: Details) -> list[Missing]:
    """What must still be filled in before sending; on the urgent path very little."""
    catalogue, urgent = visit.fields, visit.urgent
    missing = catalogue.missing(details, visit.journey.facts, urgent)
    return [
        Missing(text(each.text), _place_of(visit, each, 0 if urgent else _section_of(visit, each)))
        for each in missing
    ]


def _section_of(visit: Visit, field: Field) -> int:
    sections = visit.fields.sections
    return next(number for number, each in enumerate(sections, 1) if field in each.fields)


def _place_of(visit: Visit, field: Field, number: int) -> str:
    """The field's own place on its page; a change there leads back here."""
    path = address("details.section", draft_id=visit.draft.id, number=number, change="check")
    if field.kind in ("person-list", "record-list"):
        return path
    is_date = field.kind in ("date", "date-of-birth")
    return f"{path}#{field.id}-day" if is_date else f"{path}#{field.id}"


def authority_choices() -> list[Choice]:
    """The 22 authorities in the alphabet of the page."""
    authorities = services().library.authorities.values()
    choices = [Choice(each.code, text(each.name)) for each in authorities]
    return language().alphabetical(choices, lambda choice: choice.text)
