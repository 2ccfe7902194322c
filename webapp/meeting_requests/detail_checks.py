"""What `decision_trees/details.yaml` must hold: every mistake with its line and a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from webapp.meeting_requests.contacts import PROCEDURES
from webapp.meeting_requests.data_files import Mistake, keys_of, line_of
from webapp.meeting_requests.detail_fields import ATTACHMENTS, DOCX, OWN

PART_KINDS = ("text", "long-text", "name", "email", "phone", "one")
KINDS = (*PART_KINDS, "date", "date-of-birth", "many", "person-list", "record-list")
MAILS = (*PROCEDURES, OWN)
DOCUMENT = (
    "document", "version", "procedures", "carried_over", "carried_details", "receipt",
    "sections", "choices", "purposes", "seen_by", "retention",
    "answers_in_linked_mail", "answers_never_in_mail", "flags_in_linked_mail", "urgent_flags",
    "first_screen",
)  # fmt: skip
NEEDED = ("id", "kind", "text", "purpose", "seen_by", "mail", "retention")
KNOWN = (
    *NEEDED, "hint", "optional", "not_known", "options", "when",
    "procedures", "for", "parts", "safe_contact_for", "short", "first", "urgent", "minimum",
    "more", "autocomplete", "attached", "private", "filled_from", "age", "postcode",
)  # fmt: skip
PART_NEEDED = ("id", "text")
PART_KNOWN = ("kind", "hint", "options", "safe_contact_for", "mail", "attached")
WORDS = ("title", "hint", "decides", "link", "another", "hand_over", "again")
CARRIED = ("same-person", "another-person")
CARRIED_DETAILS = (*CARRIED, "another-alleged")
RECEIPT = ("to", "keep_off", "when")
SECTION = ("id", "title", "fields")
SECTION_KNOWN = ("hint", "leads", "for", "joins")
FILLED = ("when", "text", "question", "years")
AGE = ("least", "most")
# What may not differ between the journeys of one procedure and the next.
FIXED = ("id", "kind", "procedures", "for", "safe_contact_for", "private", "purpose", "retention")
SEEN_IN_RECORD = "invited"  # in `seen_by`: who gets the meeting record
CONTACT = "contact"  # what everybody on a `person-list` has, beside a name


def validate(data: Any, file: str) -> list[Mistake]:
    """Everything wrong with the marked document, with line and remedy."""
    mistakes = keys_of(data, file, "The file", DOCUMENT)
    if mistakes:
        return mistakes
    mistakes = [*_about_procedures(data, file), *_about_words(data, file)]
    fields = [field for section in data["sections"] for field in section["fields"]]
    mistakes += _about_joins(data["sections"], file)
    for section in data["sections"]:
        mistakes += keys_of(section, file, "A section", SECTION, SECTION_KNOWN)
    ids = [field.get("id") for field in fields]
    mistakes += _about_first_screen(data["first_screen"], ids, file)
    for field in fields:
        mistakes += keys_of(field, file, f"Field '{field.get('id', '?')}'", NEEDED, KNOWN)
        mistakes += _about_field(field, data, ids, file)
        mistakes += _about_parts(field, data, file)
        mistakes += _about_filling(field, file)
    return [*mistakes, *_unguarded(fields, "Phone field", file)]


def _about_field(field: Any, data: Any, ids: list[Any], file: str) -> Iterable[Mistake]:
    name, line = field.get("id", "?"), line_of(field)
    checks = [
        ("kind", [field.get("kind", "")], KINDS),
        ("mail", field.get("mail", []), MAILS),
        ("attached", field.get("attached", []), ATTACHMENTS),
        ("procedures", field.get("procedures", []), PROCEDURES),
        ("for", field.get("for", {}), PROCEDURES),
        ("purpose", [field.get("purpose", "")], tuple(data["purposes"])),
        ("seen_by", field.get("seen_by", []), tuple(data["seen_by"])),
        ("retention", [field.get("retention", "")], tuple(data["retention"])),
        ("safe_contact_for", [field.get("safe_contact_for", name)], ids),
        ("options", _named(field), tuple(data["choices"])),
    ]
    yield from _unknown(f"Field '{name}'", checks, line, file)
    if ids.count(name) > 1:
        yield Mistake(file, line, f"Field '{name}' is defined twice.", "Rename one of them.")
    for what, remedy in _at_odds(field):
        yield Mistake(file, line, f"Field '{name}' {what}", remedy)
    for changes in field.get("for", {}).values():
        for key in set(changes) & set(FIXED) or set(changes) - set(KNOWN):
            what = f"Field '{name}': '{key}' cannot differ between procedures."
            yield Mistake(file, line_of(changes), what, "Take it out, or make two fields.")


def _at_odds(field: Any) -> Iterator[tuple[str, str]]:
    """Keys of one field that do not go together: what is wrong, and the remedy."""
    if field.get("kind") in ("one", "many") and not field.get("options"):
        yield "has no options.", "Add 'options'."
    if field.get("kind") == "record-list" and not field.get("parts"):
        yield "has no parts.", "Add 'parts'."
    if field.get("private") and (field.get("mail") != [OWN] or field.get("attached") != []):
        yield "is private, but enters more.", f"Write 'mail: [{OWN}]' and 'attached: []'."
    if field.get("minimum") and not field.get("urgent"):
        yield "is needed at least but not asked.", "Add 'urgent: true'."
    if field.get("more") and not field.get("optional"):
        yield "is needed but folded away.", "Take 'more' out."
    if (DOCX in field.get("attached", ())) != (SEEN_IN_RECORD in field.get("seen_by", ())):
        yield "differs on who gets the meeting record.", f"Use '{SEEN_IN_RECORD}' with '{DOCX}'."


def _about_parts(field: Any, data: Any, file: str) -> Iterator[Mistake]:
    parts = [part for each in (field, *field.get("for", {}).values()) for part in _parts(each)]
    for part in parts:
        name = f"Field '{field.get('id', '?')}', part '{part.get('id', '?')}'"
        yield from keys_of(part, file, name, PART_NEEDED, PART_KNOWN)
        checks = [
            ("kind", [part.get("kind", "text")], PART_KINDS),
            ("mail", part.get("mail", []), field.get("mail", [])),
            ("attached", part.get("attached", []), field.get("attached", ATTACHMENTS[1:])),
            ("options", _named(part), tuple(data["choices"])),
        ]
        yield from _unknown(name, checks, line_of(part), file)
        if (part.get("kind") == "one") != bool(part.get("options")):
            what = f"{name}: 'options' belong to the kind 'one', and to no other."
            yield Mistake(file, line_of(part), what, "Add 'options', or change the kind.")
    everybody = [{"id": CONTACT, "kind": "phone"}] if field.get("kind") == "person-list" else []
    yield from _unguarded([*everybody, *parts], "Part", file)


def _parts(each: Mapping[str, Any]) -> Iterable[Any]:
    return each.get("parts", ())


def _named(asked: Mapping[str, Any]) -> list[str]:
    """The list of options that it shares with others, if it does."""
    options = asked.get("options")
    return [options] if isinstance(options, str) else []


def _unguarded(asked: list[Any], what: str, file: str) -> Iterator[Mistake]:
    """Phone numbers without words on when it is safe to ring."""
    guarded = {each.get("safe_contact_for") for each in asked}
    for each in asked:
        if each.get("kind") == "phone" and each.get("id") not in guarded:
            sentence = f"{what} '{each.get('id')}' has no field that says when it is safe to ring."
            yield Mistake(file, line_of(each), sentence, "Add one with 'safe_contact_for'.")


def _unknown(where: str, checks: Iterable[Any], line: int, file: str) -> Iterator[Mistake]:
    for key, values, known in checks:
        for value in values:
            if value not in known:
                what = f"{where}: '{value}' is not a known '{key}'."
                yield Mistake(file, line, what, "Use one of: " + ", ".join(map(str, known)) + ".")


def _about_first_screen(screen: Any, ids: list[Any], file: str) -> Iterator[Mistake]:
    yield from keys_of(screen, file, "'first_screen'", ("about", "linked", "caller", "phone"))
    yield from keys_of(screen.get("about"), file, "'about'", PROCEDURES)
    yield from keys_of(screen.get("linked"), file, "'linked'", (), PROCEDURES)
    by_procedure = [*(screen.get("about") or {}).values(), *(screen.get("linked") or {}).values()]
    rows = [row for rows in by_procedure for row in rows]
    for each in [*chain(*rows), *(screen.get("caller") or ()), screen.get("phone")]:
        if each not in ids:
            what = f"The first screen of the mail names '{each}', which is no field."
            yield Mistake(file, line_of(screen), what, "Write the id of a field.")


def _about_joins(sections: list[Any], file: str) -> Iterator[Mistake]:
    before: list[str] = []
    for section in sections:
        name = section.get("joins")
        if name is not None and name not in before:
            what = f"Section '{section.get('id')}' joins '{name}', which does not come before it."
            yield Mistake(file, line_of(section), what, "Name an earlier section.")
        before.append(section.get("id"))


def _about_filling(field: Any, file: str) -> Iterator[Mistake]:
    """What a field holds at first, and the age that is expected of a date of birth."""
    name = f"Field '{field.get('id', '?')}'"
    for each in (field, *field.get("for", {}).values()):
        for filled in each.get("filled_from", ()):
            yield from keys_of(filled, file, f"{name}, 'filled_from'", (), FILLED)
            if ("text" in filled) == ("question" in filled):
                what = f"{name}: 'filled_from' needs either a 'text' or a 'question'."
                yield Mistake(file, line_of(filled), what, "Give one of them.")
        if "age" in each:
            yield from keys_of(each["age"], file, f"{name}, 'age'", ("text",), AGE)


def _about_procedures(data: Any, file: str) -> Iterator[Mistake]:
    yield from keys_of(data["procedures"], file, "'procedures'", PROCEDURES)
    for procedure in PROCEDURES:
        words = data["procedures"].get(procedure)
        yield from keys_of(words, file, f"Procedure '{procedure}'", WORDS)
    yield from keys_of(data["carried_over"], file, "'carried_over'", CARRIED)
    yield from _about_lists(data, file)


def _about_lists(data: Any, file: str) -> Iterator[Mistake]:
    """Lists that name fields or whole sections, and the fields of the receipt."""
    carried, receipt = data["carried_details"], data["receipt"]
    wrong = [
        *keys_of(carried, file, "'carried_details'", CARRIED_DETAILS),
        *keys_of(receipt, file, "'receipt'", RECEIPT),
    ]
    yield from wrong
    if wrong:
        return
    known = {each.get("id") for each in data["sections"]}
    known |= {field.get("id") for each in data["sections"] for field in each["fields"]}
    named = [(listed, each) for listed in carried.values() for each in listed]
    named += [(receipt, each) for each in (receipt["to"], *receipt["keep_off"])]
    for place, each in named:
        if each not in known:
            what = f"'{each}' is neither a field nor a section."
            yield Mistake(file, line_of(place), what, "Take it out, or correct its name.")


def _about_words(data: Any, file: str) -> Iterator[Mistake]:
    """Every purpose, reader and time of keeping is a sentence, and every purpose is somebody's."""
    for key in ("purposes", "seen_by", "retention"):
        for name, each in data[key].items():
            yield from keys_of(each, file, f"'{key}', '{name}'", ("text",))
    used = {field.get("purpose") for section in data["sections"] for field in section["fields"]}
    for name in data["purposes"]:
        if name not in used:
            line = data["purposes"].lines.get(name, 1)
            yield Mistake(file, line, f"No field has the purpose '{name}'.", "Take it out.")
