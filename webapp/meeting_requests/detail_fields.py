"""One thing asked on the details pages, and the pages they stand on, as the data describe them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from webapp.meeting_requests.contacts import PROCEDURES
from webapp.procedures.conditions import ALWAYS, Condition, Facts, from_data, holds
from webapp.procedures.model import Text

OWN = "own"  # in `mail`: the mail of the journey's own procedure
# Where else a detail may go, in `attached`: the meeting record that those invited get, and the
# attached data that only the duty team gets.
DOCX, JSON = "docx", "json"
ATTACHMENTS = (DOCX, JSON)
LISTS = ("person-list", "record-list")


@dataclass(frozen=True)
class FieldOption:
    """`prefill`: chosen at first if the journey says so; None if it never is."""

    id: str
    text: Text
    prefill: Condition | None = None


@dataclass(frozen=True)
class Asked:
    """What a field and a part of an entry share.

    `safe_contact_for`: the phone field or part that this one stands beside.
    `mail`: the procedures of the meetings whose mails show it, or OWN.
    `in_record`: in the meeting record, which those invited get; `in_json`: in the attached data.
    Both only where `mail` allows it too.
    """

    id: str
    kind: str
    text: Text
    hint: Text | None
    options: tuple[FieldOption, ...]
    safe_contact_for: str | None
    mail: tuple[str, ...]
    attached: tuple[str, ...]

    @property
    def in_record(self) -> bool:
        return DOCX in self.attached

    @property
    def in_json(self) -> bool:
        return JSON in self.attached

    @cached_property
    def option_texts(self) -> dict[str, Text]:
        return {option.id: option.text for option in self.options}

    def _in_mails_of(self, procedure: str) -> tuple[str, ...]:
        return tuple(procedure if each == OWN else each for each in self.mail)


@dataclass(frozen=True)
class Part(Asked):
    """What is asked of each entry of a list. Its purpose, readers and retention are the field's."""


@dataclass(frozen=True)
class Filled:
    """What a field holds at first where `when` is true of the journey: a text, or the date that
    answers `question`, `years` later."""

    when: Condition
    text: Text | None
    question: str
    years: int


@dataclass(frozen=True)
class AgeExpected:
    """The ages, both included, that a date of birth is expected to give; `text` is said if it
    gives another, and stops nobody."""

    least: int
    most: int
    text: Text

    def is_given_by(self, born: date, today: date) -> bool:
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return self.least <= age <= self.most


@dataclass(frozen=True)
class Field(Asked):
    """One thing asked. `not_known`: "not known" is an answer (the value NOT_KNOWN).

    `when` looks at the journey; `procedures` are those in whose journeys it is asked.
    `parts`: what is asked of each entry of a `record-list`, and of each person of a `person-list`
    beside what every person has.
    `urgent`: on the one page of the urgent path; `minimum`: required even there; `more`: folded
    away on the full path, because it is rarely needed.
    `first`: on the first screen of the mails; `private`: in one mail and nowhere else at all.
    `short` names the field in a list of answers. `purpose`, `seen_by` and `retention` are ids.
    `postcode`: holds an address, whose postcode gets its usual form.
    """

    short: Text
    optional: bool
    not_known: bool
    parts: tuple[Part, ...]
    procedures: tuple[str, ...]
    when: Condition
    urgent: bool
    minimum: bool
    more: bool
    first: bool
    autocomplete: str | None
    purpose: str
    seen_by: tuple[str, ...]
    private: bool
    retention: str
    filled_from: tuple[Filled, ...]
    age: AgeExpected | None
    postcode: bool
    instead: Mapping[str, Field]  # as it is in the journeys of one procedure

    def required(self, urgent: bool) -> bool:
        """Whether it must be filled in, on the urgent path or the full one."""
        return self.minimum if urgent else not self.optional

    def fits(self, value: object) -> bool:
        """Whether a value has the shape of its kind, which may have changed since it was kept."""
        if self.kind in LISTS:
            return isinstance(value, list) and all(isinstance(each, dict) for each in value)
        return isinstance(value, list if self.kind == "many" else str)

    def prefilled(self, facts: Facts) -> list[str]:
        """The options that the answers of the journey speak for."""
        return [each.id for each in self.options if each.prefill and holds(each.prefill, facts)]

    def parts_for(self, procedure: str) -> tuple[Part, ...]:
        """What a mail about `procedure` shows of each entry."""
        return tuple(part for part in self.parts if procedure in part.mail)

    def for_mail(self, procedure: str) -> Field:
        """With those parts only that a mail about `procedure` shows."""
        return replace(self, parts=self.parts_for(procedure))

    def of(self, procedure: str) -> Field:
        """As it is in the journeys of one procedure, in its words."""
        here = self.instead.get(procedure, self)
        parts = tuple(replace(part, mail=part._in_mails_of(procedure)) for part in here.parts)
        return replace(here, mail=here._in_mails_of(procedure), parts=parts)


@dataclass(frozen=True)
class Section:
    """Details that belong together. `joins`: the section on whose page it stands, if not alone."""

    id: str
    title: Text
    hint: Text | None
    fields: tuple[Field, ...]
    joins: str | None
    leads: bool  # the person it is about comes first on the first screen of the mail
    instead: Mapping[str, Section]

    def of(self, procedure: str) -> Section:
        asked = [each for each in self.fields if procedure in each.procedures]
        here = self.instead.get(procedure, self)
        return replace(here, fields=tuple(each.of(procedure) for each in asked))


def with_choices(data: Any, choices: Mapping[str, Any]) -> Any:
    """A copy of `data` in which the name of a list of options is the list."""
    if isinstance(data, list):
        return [with_choices(each, choices) for each in data]
    if not isinstance(data, Mapping):
        return data
    copy = {key: with_choices(value, choices) for key, value in data.items()}
    named = copy.get("options")
    return copy | {"options": choices[named]} if isinstance(named, str) else copy


def section_from(data: Mapping[str, Any]) -> Section:
    fields = tuple(_field(field) for field in data["fields"])
    leads = bool(data.get("leads"))
    joins = data.get("joins")
    plain = Section(data["id"], data["title"], data.get("hint"), fields, joins, leads, {})
    return replace(
        plain,
        instead={
            procedure: replace(plain, **changes)
            for procedure, changes in data.get("for", {}).items()
        },
    )


def _field(data: Mapping[str, Any]) -> Field:
    return Field(
        **_asked(data),
        short=data.get("short", data["text"]),
        optional=bool(data.get("optional")),
        not_known=bool(data.get("not_known")),
        parts=tuple(_part(part, data) for part in data.get("parts", ())),
        procedures=tuple(data.get("procedures", PROCEDURES)),
        when=from_data(data["when"]) if "when" in data else ALWAYS,
        urgent=bool(data.get("urgent")),
        minimum=bool(data.get("minimum")),
        more=bool(data.get("more")),
        first=bool(data.get("first")),
        autocomplete=data.get("autocomplete"),
        purpose=data["purpose"],
        seen_by=tuple(data["seen_by"]),
        private=bool(data.get("private")),
        retention=data["retention"],
        filled_from=tuple(_filled(each) for each in data.get("filled_from", ())),
        age=_age(data["age"]) if "age" in data else None,
        postcode=bool(data.get("postcode")),
        instead={
            procedure: _field({**data, "for": {}, **changes})
            for procedure, changes in data.get("for", {}).items()
        },
    )


def _filled(data: Mapping[str, Any]) -> Filled:
    when = from_data(data.get("when"))
    return Filled(when, data.get("text"), data.get("question", ""), data.get("years", 0))


def _age(data: Mapping[str, Any]) -> AgeExpected:
    return AgeExpected(data.get("least", 0), data.get("most", 200), data["text"])


def _part(data: Mapping[str, Any], field: Mapping[str, Any]) -> Part:
    """A part goes where its field goes, unless it says that it goes to fewer places."""
    inherited = {key: field[key] for key in ("mail", "attached") if key in field}
    return Part(**_asked({"kind": "text", **inherited, **data}))


def _asked(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": data["id"],
        "kind": data["kind"],
        "text": data["text"],
        "hint": data.get("hint"),
        "options": tuple(_options(data.get("options", ()))),
        "safe_contact_for": data.get("safe_contact_for"),
        "mail": tuple(data["mail"]),
        "attached": tuple(data.get("attached", (JSON,))),
    }


def _options(data: Iterable[Mapping[str, Any]]) -> Iterable[FieldOption]:
    for each in data:
        prefill = from_data(each["prefill"]) if "prefill" in each else None
        yield FieldOption(each["id"], each["text"], prefill)
