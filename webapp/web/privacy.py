"""What is asked, why, who sees it and how long it is kept: the table of the privacy page.

Made of `decision_trees/details.yaml`, so that it cannot differ from what is asked and sent.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from webapp.meeting_requests.details import OWN, DetailFields, Field, Section
from webapp.web.languages import text


@dataclass(frozen=True)
class Kept:
    """Details that are asked for the same reason and go to the same places."""

    why: str
    seen_by: tuple[str, ...]
    goes_in: tuple[str, ...]
    how_long: str


@dataclass(frozen=True)
class Asked:
    """The name of one detail; `parts`: what is asked of each entry, if it is a list."""

    name: str
    parts: str


@dataclass(frozen=True)
class KeptOnPage:
    """One page of details: its heading, and the names of what it asks by what becomes of them."""

    heading: str
    rows: list[tuple[list[Asked], Kept]]


def kept_details(fields: DetailFields) -> list[KeptOnPage]:
    return [_page(section, fields) for section in fields.sections]


def _page(section: Section, fields: DetailFields) -> KeptOnPage:
    rows: dict[Kept, list[Asked]] = {}
    for field in section.fields:
        rows.setdefault(_kept(field, fields), []).append(_asked(field))
    heading = text(section.title)
    return KeptOnPage(heading, [(names, kept) for kept, names in rows.items()])


def _asked(field: Field) -> Asked:
    return Asked(text(field.short), "; ".join(text(each.text) for each in field.parts))


def _kept(field: Field, fields: DetailFields) -> Kept:
    return Kept(
        why=text(fields.purposes[field.purpose]),
        seen_by=tuple(text(fields.seen_by[each]) for each in field.seen_by),
        goes_in=(*_mails(field, fields), *_attachments(field)),
        how_long=text(fields.retention[field.retention]),
    )


def _mails(field: Field, fields: DetailFields) -> list[str]:
    """In any journey: what goes in fewer mails in one of them is named with the most."""
    variants = [field, *field.instead.values()]
    mails = {each for variant in variants for each in variant.mail}
    if mails >= set(fields.procedures):
        return [_("Every mail of the request")]
    if mails == {OWN}:
        return [_("Only the mail about whoever the request is for")]
    words = [_("The mail about whoever the request is for")] if OWN in mails else []
    return words + [text(each.who) for key, each in fields.procedures.items() if key in mails]


def _attachments(field: Field) -> list[str]:
    words = []
    if field.in_record:
        words.append(_("The record of the meeting (Word)"))
    if field.in_json:
        words.append(_("The request as data (JSON)"))
    return words
