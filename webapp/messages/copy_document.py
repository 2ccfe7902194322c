"""The requester's copy as a Word document, from the sections of `request_copy`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from webapp.messages.language import Language
from webapp.messages.parts import Row, Section
from webapp.messages.word_document import WordDocument, Words

WIDTHS = (5.6, 11.2)


def copy_document(
    language: Language, title: str, typed_in: str, made_at: datetime, sections: Iterable[Section]
) -> bytes:
    """`typed_in`: the language in which the requester wrote."""
    document = WordDocument(language.code, title, made_at)
    for section in sections:
        _write(document, language, typed_in, section)
    document.footer(title, language.gettext("Page %(page)s of %(pages)s"))
    return document.content


def _write(document: WordDocument, language: Language, typed_in: str, section: Section) -> None:
    document.heading(section.title)
    for paragraph in section.paragraphs:
        document.paragraph(Words(paragraph, quiet=True))
    if section.rows:
        heads = (language.gettext("What was asked"), language.gettext("What it says"))
        rows = [([Words(row.label, bold=True)], _value(row, typed_in)) for row in section.rows]
        document.table(section.title, heads, rows, WIDTHS)
    for group in section.groups:
        if group.title:
            document.heading(group.title, level=2)
        for item in group.items:
            document.paragraph(Words(item.text), "List Bullet")
            for note in item.notes:
                words = f"{note.label}: {note.text}" if note.label else note.text
                document.paragraph(Words(words, typed_in if note.typed else "", quiet=True))


def _value(row: Row, typed_in: str) -> list[Words]:
    lang = typed_in if row.typed else ""
    return [Words(line, lang) for line in row.value.split("\n")]
