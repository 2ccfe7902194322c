"""The fields of the details pages, from `decision_trees/details.yaml` through compiled JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from webapp.meeting_requests.contacts import PROCEDURES
from webapp.meeting_requests.detail_fields import OWN as OWN
from webapp.meeting_requests.detail_fields import Field as Field
from webapp.meeting_requests.detail_fields import Part as Part
from webapp.meeting_requests.detail_fields import Section as Section
from webapp.meeting_requests.detail_fields import section_from, with_choices
from webapp.meeting_requests.model import Details
from webapp.meeting_requests.receipts import ReceiptRule
from webapp.procedures.conditions import Condition, Facts, from_data, holds
from webapp.procedures.model import Text
from webapp.procedures.texts import prefix_of, with_texts


@dataclass(frozen=True)
class ProcedureWords:
    """What the pages and mails say of one procedure: `who` it is for, who `decides`.

    `link` leads from another journey to a new one, `another` from one of its own, `hand_over` to
    a new one about the same person, and `again` to one more meeting about them. `suggested`: when
    a linked journey is a good idea. `another_carries`: the list of details that come along.
    """

    who: Text
    hint: Text
    decides: Text
    link: Text
    another: Text
    hand_over: Text
    again: Text
    suggested: Condition
    another_carries: str


@dataclass(frozen=True)
class FirstScreen:
    """What a mail begins with. `about`: the fields of each row, by the procedure of the mail;
    `linked`: the rows before them where the journey was another procedure's; then the fields
    that name the caller, and the one with their number."""

    about: dict[str, tuple[tuple[str, ...], ...]]
    linked: dict[str, tuple[tuple[str, ...], ...]]
    caller: tuple[str, ...]
    phone: str


@dataclass(frozen=True)
class DetailFields:
    """All fields; `of` gives those of one procedure's journeys, in its own words.

    `carried_over`: the questions whose answers a linked journey begins with; `carried_details`:
    the fields or sections.
    """

    version: str
    procedures: dict[str, ProcedureWords]
    carried_over: dict[str, tuple[str, ...]]
    carried_details: dict[str, tuple[str, ...]]
    receipt: ReceiptRule
    sections: tuple[Section, ...]
    purposes: dict[str, Text]
    seen_by: dict[str, Text]
    retention: dict[str, Text]
    answers_in_linked_mail: dict[str, tuple[str, ...]]
    answers_never_in_mail: dict[str, tuple[str, ...]]
    flags_in_linked_mail: dict[str, tuple[str, ...]]
    urgent_flags: tuple[str, ...]
    first_screen: FirstScreen
    journey: str = ""  # the procedure that these are the fields of

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DetailFields:
        """From the compiled document; its texts become `Text`s with their context here."""
        texts = with_texts(data, (prefix_of(data),))
        sections = with_choices(texts["sections"], texts["choices"])
        return cls(
            version=str(data["version"]),
            procedures={each: _words(texts["procedures"][each]) for each in PROCEDURES},
            carried_over=_lists(data["carried_over"]),
            carried_details=_lists(data["carried_details"]),
            receipt=ReceiptRule.from_data(data["receipt"]),
            sections=tuple(section_from(section) for section in sections),
            purposes=_texts(texts["purposes"]),
            seen_by=_texts(texts["seen_by"]),
            retention=_texts(texts["retention"]),
            answers_in_linked_mail=_lists(data["answers_in_linked_mail"]),
            answers_never_in_mail=_lists(data["answers_never_in_mail"]),
            flags_in_linked_mail=_lists(data["flags_in_linked_mail"]),
            urgent_flags=tuple(data["urgent_flags"]),
            first_screen=_first_screen(data["first_screen"]),
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
            if details.get(field.id) and holds(field.when, facts) and field.fits(details[field.id])
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


def _texts(data: Mapping[str, Any]) -> dict[str, Text]:
    return {key: each["text"] for key, each in data.items()}


def _guards(field: Field, details: Details) -> bool:
    """Whether the field says how safe a number is that was given."""
    return field.kind == "one" and bool(details.get(field.safe_contact_for or ""))


def _first_screen(data: Mapping[str, Any]) -> FirstScreen:
    about, linked = (
        {procedure: tuple(map(tuple, rows)) for procedure, rows in data[key].items()}
        for key in ("about", "linked")
    )
    return FirstScreen(about, linked, tuple(data["caller"]), str(data["phone"]))


def _words(data: Mapping[str, Any]) -> ProcedureWords:
    return ProcedureWords(
        data["title"],
        data["hint"],
        data["decides"]["text"],
        data["link"]["text"],
        data["another"]["text"],
        data["hand_over"]["text"],
        data["again"]["text"],
        from_data(data["link"]["when"]),
        data["another"]["details"],
    )
