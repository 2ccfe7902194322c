"""A Word document to fill in: headings, tables with headers, one language. No content here.

Everything a screen reader needs is set: styles of headings, header rows that repeat, a caption of
each table, the language of the document and of words in another one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from webapp.messages.word_parts import Cell as Cell
from webapp.messages.word_parts import Words as Words
from webapp.messages.word_parts import field, filled, run, table
from webapp.messages.word_styles import LANGUAGES, set_up_styles

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH = 16.8  # cm of a table between the margins of A4


class WordDocument:
    """Written from top to bottom; `content` gives the file."""

    def __init__(self, language: str, title: str, made_at: datetime) -> None:
        import docx

        self._language = language
        self._document = docx.Document()
        properties = self._document.core_properties
        properties.title, properties.language = title, LANGUAGES[language]
        properties.author = properties.last_modified_by = "Cyfarfod"
        properties.comments = properties.keywords = properties.subject = ""
        properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)
        set_up_styles(self._document, LANGUAGES[language])
        self.paragraph(Words(title), "Title")

    def heading(self, text: str, level: int = 1, new_page: bool = False) -> None:
        self._add(filled(f"Heading{level}", Words(text), self._language, new_page=new_page))

    def paragraph(self, words: Words, style: str = "Normal") -> None:
        """`style`: the name of one."""
        self._add(filled(style.replace(" ", ""), words, self._language))

    def bullets(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.paragraph(Words(line), "List Bullet")

    def table(
        self,
        caption: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[float],
        height: float = 0,
    ) -> None:
        """`caption`: what the table holds, for screen readers. `widths` and the least `height` of
        a row in cm. A row stays on one page unless it is very long."""
        self._add(table(caption, heads, rows, widths, height, self._language))
        self.paragraph(Words(""), "No Spacing")

    def footer(self, left: str, page: str) -> None:
        """`page` is a message with %(page)s and %(pages)s in it."""
        paragraph = self._document.sections[0].footer.paragraphs[0]._p
        paragraph.append(run(Words(left + "\t"), self._language))
        for part in split_fields(page):
            is_field = part in ("PAGE", "NUMPAGES")
            paragraph.append(field(part) if is_field else run(Words(part), self._language))

    @property
    def content(self) -> bytes:
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _add(self, made: Any) -> None:
        self._document.element.body.sectPr.addprevious(made)


def split_fields(message: str) -> list[str]:
    """A message cut where the page numbers go."""
    cut = message % {"page": "\0PAGE\0", "pages": "\0NUMPAGES\0"}
    return [part for part in cut.split("\0") if part]
