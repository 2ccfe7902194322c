"""The forms of the details pages, from the fields of `decision_trees/details.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from flask_babel import gettext as _

from webapp.meeting_requests.cleaning import LIMITS, MOST_PEOPLE, problem_with
from webapp.meeting_requests.details import Field
from webapp.meeting_requests.usual_forms import usual_phone, usual_postcodes
from webapp.procedures.conditions import holds
from webapp.procedures.timescales import day_of
from webapp.web.dates import When
from webapp.web.fields import AnyOf, Choice, OneOf, PageForm, Words
from webapp.web.languages import text
from webapp.web.people import People, Role
from webapp.web.records import Records
from webapp.web.visits import Visit


def details_form(
    fields: Iterable[Field],
    visit: Visit,
    roles: list[Role],
    urgent: bool,
    kept: Mapping[str, Any],
    typed: Any = None,
) -> PageForm:
    """One field per detail, under its id. `roles`: who is recommended, for the invitees."""
    fields = list(fields)
    today = day_of(visit.context.now)
    form = PageForm({each.id: _field(each, roles, urgent, today) for each in fields})
    first = {each.id: _first(each, visit) for each in fields}
    form.process(typed, data=first | {key: kept[key] for key in first if key in kept})
    for asked in form.asked():
        asked.filled = typed is None and asked.name not in kept and bool(first[asked.name])
    return form


def _first(field: Field, visit: Visit) -> Any:
    """What the answers of the journey say already: nobody is asked twice."""
    facts = visit.journey.facts
    if chosen := field.prefilled(facts):
        return chosen if field.kind == "many" else chosen[0]
    filled = next((each for each in field.filled_from if holds(each.when, facts)), None)
    if filled is None:
        return None
    if filled.text:
        return text(filled.text)
    moment = visit.journey.moment(filled.question)
    with suppress(ValueError):  # the 29th of February
        return moment and day_of(moment).replace(year=moment.year + filled.years).isoformat()
    return None


def details_of(form: PageForm, fields: Iterable[Field]) -> dict[str, Any]:
    """The values of a valid form; a field left empty is empty here too, to overwrite."""
    return {each.id: form[each.id].data or "" for each in fields}


def _field(field: Field, roles: list[Role], urgent: bool, today: date) -> Any:
    required = field.required(urgent)
    common: dict[str, Any] = {
        "label": label_of(field, required),
        "description": text(field.hint),
        "missing": _missing(field) if required else None,
    }
    if field.kind == "one":
        return OneOf(_choices(field), **common)
    if field.kind == "many":
        return AnyOf(_choices(field), **common)
    if field.kind in ("date", "date-of-birth"):
        return _when(field, today, common)
    if field.kind == "person-list":
        return People(field, roles, _check(field, today), _say_of_part, **common)
    if field.kind == "record-list":
        return Records(field, _check(field, today), _say_of_part, **common)
    return _words(field, today, common)


def _when(field: Field, today: date, common: dict[str, Any]) -> When:
    return When(
        today=today,
        born=field.kind == "date-of-birth",
        not_known=_("I do not know this") if field.not_known else "",
        accepts=lambda iso: problem_with(field, iso, today) is None,
        **common,
    )


def _words(field: Field, today: date, common: dict[str, Any]) -> Words:
    return Words(
        field.kind,
        _check(field, today),
        field.not_known,
        field.autocomplete,
        LIMITS.get(field.kind),
        _usual_form(field),
        **common,
    )


def _usual_form(field: Field) -> Callable[[str], str]:
    if field.kind == "phone":
        return usual_phone
    return usual_postcodes if field.postcode else str


def label_of(field: Field, required: bool) -> str:
    if required:
        return text(field.text)
    return _("%(label)s (optional)", label=text(field.text))


def _choices(field: Field) -> list[Choice]:
    return [Choice(each.id, text(each.text)) for each in field.options]


def _check(field: Field, today: date) -> Callable[[Any], str | None]:
    def problem(value: Any) -> str | None:
        found = problem_with(field, value, today)
        return _sentence(found, field.kind) if found else None

    return problem


def _say_of_part(field: Field, part_id: str, problem: str) -> str:
    """What is wrong with one part of an entry of a list."""
    kinds = {each.id: each.kind for each in field.parts}
    return _sentence(problem, kinds.get(part_id, "text"))


def _sentence(problem: str, kind: str) -> str:
    """What a person has to change, in words."""
    if problem == "too-long":
        limit = LIMITS.get(kind, LIMITS["text"])
        return _("Shorten your text to %(limit)d characters or fewer", limit=limit)
    if problem == "not-an-email":
        return _("Enter an email address like name@service.example")
    if problem == "not-a-phone":
        return _("Enter a phone number like 01632 960 001")
    if problem == "too-many":
        if kind == "record-list":
            return _("Keep the list to %(limit)d entries", limit=MOST_PEOPLE)
        return _("Keep the list to %(limit)d people, with those we recommend", limit=MOST_PEOPLE)
    if problem == "needs-reason":
        return _("Say why you add or remove each person")
    return _("Check what you wrote here")


def _missing(field: Field) -> str:
    """What is said when a required field was left empty."""
    name = text(field.text)
    if field.kind in ("one", "many"):
        return _("Choose an answer: %(question)s", question=name)
    if field.not_known:
        return _("Fill this in, or say that you do not know: %(question)s", question=name)
    return _("Fill this in: %(question)s", question=name)
