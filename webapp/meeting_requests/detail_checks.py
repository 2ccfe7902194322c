"""What `decision_trees/details.yaml` must hold: every mistake with its line and a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from webapp.meeting_requests.contacts import PROCEDURES
from webapp.meeting_requests.data_files import Mistake, keys_of, line_of
from webapp.meeting_requests.detail_fields import OWN, RECORDS

KINDS = (
    "text", "long-text", "name", "email", "phone",
    "date", "date-of-birth", "one", "many", "person-list", "record-list",
)  # fmt: skip
MAILS = (*PROCEDURES, OWN)
PARTS = (
    "document", "version", "procedures", "carried_over", "carried_details", "receipt",
    "sections", "seen_by", "retention",
    "answers_in_linked_mail", "answers_never_in_mail", "flags_in_linked_mail", "urgent_flags",
    "first_screen",
)  # fmt: skip
NEEDED = ("id", "kind", "text", "purpose", "seen_by", "mail", "retention")
KNOWN = (
    *NEEDED, "hint", "optional", "not_known", "options", "when",
    "procedures", "for", "parts", "safe_contact_for", "short", "first", "urgent", "minimum",
    "autocomplete", "attached", "private",
)  # fmt: skip
WORDS = ("title", "hint", "decides", "link", "another", "hand_over", "again")
CARRIED = ("same-person", "another-person")
CARRIED_DETAILS = (*CARRIED, "another-alleged")
RECEIPT = ("to", "keep_off", "when")
SECTION = ("id", "title", "fields")
# What may not differ between the journeys of one procedure and the next.
FIXED = ("id", "kind", "procedures", "for", "safe_contact_for", "private")


def validate(data: Any, file: str) -> list[Mistake]:
    """Everything wrong with the marked document, with line and remedy."""
    mistakes = keys_of(data, file, "The file", PARTS)
    if mistakes:
        return mistakes
    mistakes = [*_about_procedures(data, file)]
    fields = [(section, field) for section in data["sections"] for field in section["fields"]]
    for section in data["sections"]:
        mistakes += keys_of(section, file, "A section", SECTION, ("hint", "leads", "for"))
    ids = [field.get("id") for _, field in fields]
    mistakes += _about_first_screen(data["first_screen"], ids, file)
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
        ("attached", field.get("attached", []), RECORDS),
        ("procedures", field.get("procedures", []), PROCEDURES),
        ("for", field.get("for", {}), PROCEDURES),
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
        yield (
            "is private, but enters more than one mail.",
            f"Write 'mail: [{OWN}]', 'attached: []'.",
        )
    if field.get("minimum") and not field.get("urgent"):
        yield "is needed at least but not asked.", "Add 'urgent: true'."


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
