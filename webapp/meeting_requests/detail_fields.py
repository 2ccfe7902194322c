"""One thing asked on the details pages, and the pages they stand on, as the data describe them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from webapp.meeting_requests.contacts import PROCEDURES
from webapp.procedures.conditions import ALWAYS, Condition, from_data
from webapp.procedures.model import Text

OWN = "own"  # in `mail`: the mail of the journey's own procedure
# Where else a detail may go, in `attached`: the meeting record that those invited get, and the
# attached data that only the duty team gets.
DOCX, JSON = "docx", "json"
RECORDS = (DOCX, JSON)


@dataclass(frozen=True)
class FieldOption:
    id: str
    text: Text


@dataclass(frozen=True)
class Field:
    """One thing asked. `not_known`: "not known" is an answer (the value NOT_KNOWN).

    `when` looks at the journey; `procedures` are those in whose journeys it is asked.
    `parts`: what is asked of each entry of a `record-list`.
    `urgent`: on the one page of the urgent path; `minimum`: required even there.
    `safe_contact_for`: the phone field that this one stands beside.
    `mail`: the procedures of the meetings whose mails show it, or OWN; `first`: on their first
    screen.
    `in_record`: in the meeting record, which those invited get; `in_json`: in the attached data.
    Both only where `mail` allows it too. `private`: in one mail and nowhere else at all.
    `short` names the field in a list of answers.
    """

    id: str
    kind: str
    text: Text
    short: Text
    hint: Text | None
    optional: bool
    not_known: bool
    options: tuple[FieldOption, ...]
    parts: tuple[FieldOption, ...]
    procedures: tuple[str, ...]
    when: Condition
    safe_contact_for: str | None
    urgent: bool
    minimum: bool
    first: bool
    autocomplete: str | None
    purpose: str
    seen_by: tuple[str, ...]
    mail: tuple[str, ...]
    attached: tuple[str, ...]
    private: bool
    retention: str
    instead: Mapping[str, Field]  # as it is in the journeys of one procedure

    def required(self, urgent: bool) -> bool:
        """Whether it must be filled in, on the urgent path or the full one."""
        return self.minimum if urgent else not self.optional

    @property
    def in_record(self) -> bool:
        return DOCX in self.attached

    @property
    def in_json(self) -> bool:
        return JSON in self.attached

    @cached_property
    def option_texts(self) -> dict[str, Text]:
        return {option.id: option.text for option in self.options}


@dataclass(frozen=True)
class Section:
    """One page of details."""

    id: str
    title: Text
    hint: Text | None
    fields: tuple[Field, ...]
    leads: bool  # the person it is about comes first on the first screen of the mail
    instead: Mapping[str, Section]

    def of(self, procedure: str) -> Section:
        here = self.instead.get(procedure, self)
        fields = [each.instead.get(procedure, each) for each in self.fields]
        return replace(
            here,
            fields=tuple(
                replace(each, mail=tuple(procedure if to == OWN else to for to in each.mail))
                for each in fields
                if procedure in each.procedures
            ),
        )


def section_from(data: Mapping[str, Any]) -> Section:
    fields = tuple(_field(field) for field in data["fields"])
    leads = bool(data.get("leads"))
    plain = Section(data["id"], data["title"], data.get("hint"), fields, leads, {})
    return replace(
        plain,
        instead={
            procedure: replace(plain, **changes)
            for procedure, changes in data.get("for", {}).items()
        },
    )


def _field(data: Mapping[str, Any]) -> Field:
    return Field(
        id=data["id"],
        kind=data["kind"],
        text=data["text"],
        short=data.get("short", data["text"]),
        hint=data.get("hint"),
        optional=bool(data.get("optional")),
        not_known=bool(data.get("not_known")),
        options=_options(data.get("options", ())),
        parts=_options(data.get("parts", ())),
        procedures=tuple(data.get("procedures", PROCEDURES)),
        when=from_data(data["when"]) if "when" in data else ALWAYS,
        safe_contact_for=data.get("safe_contact_for"),
        urgent=bool(data.get("urgent")),
        minimum=bool(data.get("minimum")),
        first=bool(data.get("first")),
        autocomplete=data.get("autocomplete"),
        purpose=data["purpose"],
        seen_by=tuple(data["seen_by"]),
        mail=tuple(data["mail"]),
        attached=tuple(data.get("attached", (JSON,))),
        private=bool(data.get("private")),
        retention=data["retention"],
        instead={
            procedure: _field({**data, "for": {}, **changes})
            for procedure, changes in data.get("for", {}).items()
        },
    )


def _options(data: Iterable[Mapping[str, Any]]) -> tuple[FieldOption, ...]:
    return tuple(FieldOption(each["id"], each["text"]) for each in data)
