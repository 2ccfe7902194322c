"""The fields of the details pages, from `decision_trees/details.yaml` through compiled JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from webapp.meeting_requests.contacts import PROCEDURES
from webapp.meeting_requests.model import Details
from webapp.procedures.conditions import ALWAYS, Condition, Facts, from_data, holds
from webapp.procedures.model import Text
from webapp.procedures.texts import prefix_of, with_texts

OWN = "own"  # in `mail`: the mail of the journey's own procedure


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
    retention: str
    instead: Mapping[str, Field]  # as it is in the journeys of one procedure

    def required(self, urgent: bool) -> bool:
        """Whether it must be filled in, on the urgent path or the full one."""
        return self.minimum if urgent else not self.optional

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


@dataclass(frozen=True)
class ProcedureWords:
    """What the pages and mails say of one procedure: `who` it is for, who `decides`.

    `link` leads from another journey to a new one, `another` from one of its own, and `hand_over`
    to a new one about the same person. `suggested`: when a linked journey is a good idea.
    """

    who: Text
    hint: Text
    decides: Text
    link: Text
    another: Text
    hand_over: Text
    suggested: Condition


@dataclass(frozen=True)
class DetailFields:
    """All fields; `of` gives those of one procedure's journeys, in its own words.

    `carried_over`: the questions whose answers a linked journey begins with.
    """

    version: str
    procedures: dict[str, ProcedureWords]
    carried_over: dict[str, tuple[str, ...]]
    sections: tuple[Section, ...]
    retention: dict[str, str]
    seen_by: dict[str, str]
    answers_in_linked_mail: dict[str, tuple[str, ...]]
    answers_never_in_mail: dict[str, tuple[str, ...]]
    flags_in_linked_mail: dict[str, tuple[str, ...]]
    urgent_flags: tuple[str, ...]
    journey: str = ""  # the procedure that these are the fields of

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DetailFields:
        """From the compiled document; its texts become `Text`s with their context here."""
        texts = with_texts(data, (prefix_of(data),))
        return cls(
            version=str(data["version"]),
            procedures={each: _words(texts["procedures"][each]) for each in PROCEDURES},
            carried_over=_lists(data["carried_over"]),
            sections=tuple(_section(section) for section in texts["sections"]),
            retention=dict(data["retention"]),
            seen_by=dict(data["seen_by"]),
            answers_in_linked_mail=_lists(data["answers_in_linked_mail"]),
            answers_never_in_mail=_lists(data["answers_never_in_mail"]),
            flags_in_linked_mail=_lists(data["flags_in_linked_mail"]),
            urgent_flags=tuple(data["urgent_flags"]),
        )

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {field.id: field for section in self.sections for field in section.fields}

    def of(self, procedure: str) -> DetailFields:
        """What is asked in the journeys of one procedure."""
        return self._by_procedure[procedure]

    @cached_property
    def _by_procedure(self) -> dict[str, DetailFields]:
        return {
            procedure: replace(
                self,
                sections=tuple(section.of(procedure) for section in self.sections),
                journey=procedure,
            )
            for procedure in PROCEDURES
        }

    def mails_answer(self, question_id: str, procedure: str) -> bool:
        """Whether the answer to a question of the journey goes in a mail about `procedure`.

        The journey's own mail shows all but a few; a linked one only what it needs.
        """
        if question_id in self.answers_never_in_mail.get(procedure, ()):
            return False
        if procedure == self.journey:
            return True
        return question_id in self.answers_in_linked_mail.get(procedure, ())

    def mails_flag(self, flag_id: str, procedure: str) -> bool:
        if procedure == self.journey:
            return True
        return flag_id in self.flags_in_linked_mail.get(procedure, ())

    def is_urgent(self, facts: Facts) -> bool:
        """Whether mails say URGENT: less often than the telephone is asked for first."""
        return not facts.flags.isdisjoint(self.urgent_flags)

    def section(self, section_id: str) -> Section | None:
        return next((each for each in self.sections if each.id == section_id), None)

    def shown(self, section: Section, facts: Facts) -> tuple[Field, ...]:
        """The fields of a section that the journey calls for."""
        return tuple(field for field in section.fields if holds(field.when, facts))

    def urgent_fields(self, facts: Facts) -> tuple[Field, ...]:
        """The fields of the urgent path's one page, in order."""
        return tuple(
            field for field in self.fields.values() if field.urgent and holds(field.when, facts)
        )

    def kept(self, details: Details, facts: Facts) -> Details:
        """The details that the journey still calls for: no others are sent or stored."""
        return {
            field.id: details[field.id]
            for field in self.fields.values()
            if details.get(field.id) and holds(field.when, facts)
        }

    def missing(self, details: Details, facts: Facts, urgent: bool) -> tuple[Field, ...]:
        """The required fields that are still empty, in order.

        On the full path a phone number also needs its answer on whether it is safe to ring.
        """
        return tuple(
            field
            for field in self.fields.values()
            if holds(field.when, facts)
            and not details.get(field.id)
            and (field.required(urgent) or (not urgent and _guards(field, details)))
        )


def _lists(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(ids) for key, ids in data.items()}


def _guards(field: Field, details: Details) -> bool:
    """Whether the field says how safe a number is that was given."""
    return field.kind == "one" and bool(details.get(field.safe_contact_for or ""))


def _words(data: Mapping[str, Any]) -> ProcedureWords:
    return ProcedureWords(
        data["title"],
        data["hint"],
        data["decides"]["text"],
        data["link"]["text"],
        data["another"]["text"],
        data["hand_over"]["text"],
        from_data(data["link"]["when"]),
    )


def _section(data: Mapping[str, Any]) -> Section:
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
        retention=data["retention"],
        instead={
            procedure: _field({**data, "for": {}, **changes})
            for procedure, changes in data.get("for", {}).items()
        },
    )


def _options(data: Iterable[Mapping[str, Any]]) -> tuple[FieldOption, ...]:
    return tuple(FieldOption(each["id"], each["text"]) for each in data)
