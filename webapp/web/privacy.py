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
class KeptOnPage:
    """One page of details: its heading, and the names of what it asks by what becomes of them."""

    heading: str
    rows: list[tuple[list[str], Kept]]


def kept_details(fields: DetailFields) -> list[KeptOnPage]:
    return [_page(section, fields) for section in fields.sections]


def _page(section: Section, fields: DetailFields) -> KeptOnPage:
    rows: dict[Kept, list[str]] = {}
    for field in section.fields:
        rows.setdefault(_kept(field, fields), []).append(_name(field))
    heading = text(section.title)
    return KeptOnPage(heading, [(names, kept) for kept, names in rows.items()])


def _name(field: Field) -> str:
    """With what is asked of each entry, if it is a list."""
    if not field.parts:
        return text(field.short)
    words = {"list": text(field.short), "parts": "; ".join(text(each.text) for each in field.parts)}
    return _("%(list)s (%(parts)s)", **words)


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
    mails = list(dict.fromkeys(each for variant in variants for each in variant.mail))
    words = []
    if OWN in mails:
        words.append(_("Only the mail about whoever the request is for"))
    for procedure, about in fields.procedures.items():
        if procedure in mails:
            words.append(_("Mail: %(about)s", about=text(about.who)))
    return words


def _attachments(field: Field) -> list[str]:
    words = []
    if field.in_record:
        words.append(_("Attached: the record of the meeting (Word)"))
    if field.in_json:
        words.append(_("Attached: the request as data (JSON)"))
    return words
