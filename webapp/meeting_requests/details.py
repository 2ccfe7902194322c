"""The fields of the details pages, from `decision_trees/details.yaml` through compiled JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webapp.meeting_requests.data_files import Mistake, keys_of, line_of
from webapp.meeting_requests.model import Details
from webapp.procedures.conditions import ALWAYS, Condition, Facts, from_data, holds
from webapp.procedures.model import Text
from webapp.procedures.texts import prefix_of, with_texts

KINDS = (
    "text", "long-text", "name", "email", "phone",
    "date", "date-of-birth", "one", "many", "person-list",
)  # fmt: skip
MAILS = ("adult", "child", "section-5")
PARTS = (
    "document", "version", "sections", "seen_by", "retention",
    "answers_in_mail", "answers_never_in_mail", "flags_in_mail", "urgent_flags",
)  # fmt: skip
NEEDED = ("id", "kind", "text", "purpose", "seen_by", "mail", "retention")
KNOWN = (
    *NEEDED, "hint", "optional", "not_known", "options", "when",
    "safe_contact_for", "short", "first", "urgent", "minimum", "autocomplete",
)  # fmt: skip


@dataclass(frozen=True)
class FieldOption:
    id: str
    text: Text


@dataclass(frozen=True)
class Field:
    """One thing asked. `not_known`: "not known" is an answer (the value NOT_KNOWN).

    `when` looks at the journey.
    `urgent`: on the one page of the urgent path; `minimum`: required even there.
    `safe_contact_for`: the phone field that this one stands beside.
    `mail`: the procedures of the meetings whose mails show it; `first`: on their first screen.
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


@dataclass(frozen=True)
class DetailFields:
    version: str
    sections: tuple[Section, ...]
    retention: dict[str, str]
    seen_by: dict[str, str]
    answers_in_mail: dict[str, tuple[str, ...]]
    answers_never_in_mail: dict[str, tuple[str, ...]]
    flags_in_mail: dict[str, tuple[str, ...]]
    urgent_flags: tuple[str, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DetailFields:
        """From the compiled document; its texts become `Text`s with their context here."""
        texts = with_texts(data, (prefix_of(data),))
        return cls(
            version=str(data["version"]),
            sections=tuple(_section(section) for section in texts["sections"]),
            retention=dict(data["retention"]),
            seen_by=dict(data["seen_by"]),
            answers_in_mail=_lists(data["answers_in_mail"]),
            answers_never_in_mail=_lists(data["answers_never_in_mail"]),
            flags_in_mail=_lists(data["flags_in_mail"]),
            urgent_flags=tuple(data["urgent_flags"]),
        )

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {field.id: field for section in self.sections for field in section.fields}

    def mails_answer(self, question_id: str, procedure: str) -> bool:
        """Whether the answer to a question of the journey goes in a mail about `procedure`."""
        if question_id in self.answers_never_in_mail.get(procedure, ()):
            return False
        listed = self.answers_in_mail.get(procedure)
        return listed is None or question_id in listed

    def mails_flag(self, flag_id: str, procedure: str) -> bool:
        listed = self.flags_in_mail.get(procedure)
        return listed is None or flag_id in listed

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


def _section(data: Mapping[str, Any]) -> Section:
    fields = tuple(_field(field) for field in data["fields"])
    return Section(data["id"], data["title"], data.get("hint"), fields)


def _field(data: Mapping[str, Any]) -> Field:
    return Field(
        id=data["id"],
        kind=data["kind"],
        text=data["text"],
        short=data.get("short", data["text"]),
        hint=data.get("hint"),
        optional=bool(data.get("optional")),
        not_known=bool(data.get("not_known")),
        options=tuple(FieldOption(each["id"], each["text"]) for each in data.get("options", ())),
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
    )


def validate(data: Any, file: str) -> list[Mistake]:
    """Everything wrong with the marked document, with line and remedy."""
    mistakes = keys_of(data, file, "The file", PARTS)
    if mistakes:
        return mistakes
    fields = [(section, field) for section in data["sections"] for field in section["fields"]]
    ids = [field.get("id") for _, field in fields]
    for _, field in fields:
        mistakes += keys_of(field, file, f"Field '{field.get('id', '?')}'", NEEDED, KNOWN)
        mistakes += _about_field(field, data, ids, file)
    phones = {field.get("id") for _, field in fields if field.get("kind") == "phone"}
    guarded = {field.get("safe_contact_for") for _, field in fields}
    for _, field in fields:
        if field.get("id") in phones - guarded:
            what = f"Phone field '{field['id']}' has no field that says when it is safe to ring."
            mistakes.append(Mistake(file, line_of(field), what, "Add one with 'safe_contact_for'."))
    return mistakes


def _about_field(field: Any, data: Any, ids: list[Any], file: str) -> Iterable[Mistake]:
    name, line = field.get("id", "?"), line_of(field)
    checks = [
        ("kind", [field.get("kind", "")], KINDS),
        ("mail", field.get("mail", []), MAILS),
        ("seen_by", field.get("seen_by", []), tuple(data["seen_by"])),
        ("retention", [field.get("retention", "")], tuple(data["retention"])),
        ("safe_contact_for", [field.get("safe_contact_for", name)], ids),
    ]
    for key, values, known in checks:
        for value in values:
            if value not in known:
                what = f"Field '{name}': '{value}' is not a known '{key}'."
                yield Mistake(file, line, what, "Use one of: " + ", ".join(map(str, known)) + ".")
    if ids.count(name) > 1:
        yield Mistake(file, line, f"Field '{name}' is defined twice.", "Rename one of them.")
    if field.get("kind") in ("one", "many") and not field.get("options"):
        yield Mistake(file, line, f"Field '{name}' has no options.", "Add 'options'.")
    if field.get("minimum") and not field.get("urgent"):
        yield Mistake(
            file, line, f"Field '{name}' is needed at least but not asked.", "Add 'urgent: true'."
        )
