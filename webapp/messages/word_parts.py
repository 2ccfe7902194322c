"""Paragraphs and tables of a Word document, as the elements that the file is made of.

Made by hand, because python-docx looks up each cell and style by walking the whole document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.messages.word_styles import (
    LANGUAGES,
    LINE,
    QUIET,
    SHADE,
    TABLE_TEXT,
    element,
    language_of,
)

LONG = 800  # characters
CENTIMETRE = 567  # twentieths of a point


@dataclass(frozen=True)
class Words:
    """One paragraph. `lang`: the language that it was typed in, where it was typed. `label`: what
    it is about, in our words."""

    text: str
    lang: str = ""
    bold: bool = False
    quiet: bool = False
    label: str = ""


Cell = Sequence[Words]


def filled(
    style: str, words: Words, language: str, new_page: bool = False, with_next: bool = False
) -> Any:
    """A paragraph in the style with this id; `language` is that of the document."""
    paragraph, properties = element("w:p"), element("w:pPr")
    properties.append(element("w:pStyle", val=style))
    if with_next:
        properties.append(element("w:keepNext"))
    if new_page:
        properties.append(element("w:pageBreakBefore"))
    paragraph.append(properties)
    if words.label:
        paragraph.append(run(Words(f"{words.label}: ", quiet=True), language))
    if words.text:
        paragraph.append(run(words, language))
    return paragraph


def run(words: Words, language: str) -> Any:
    made, properties = element("w:r"), element("w:rPr")
    if words.bold:
        properties.append(element("w:b"))
    if words.quiet:
        properties.append(element("w:color", val=QUIET))
    if words.lang and words.lang != language:
        properties.append(language_of(LANGUAGES[words.lang]))
    made.text = words.text  # line breaks and tabs become elements
    made.insert(0, properties)
    return made


def field(name: str) -> Any:
    """A field that Word works out, with a number in its place until it does."""
    made = element("w:fldSimple", instr=name)
    made.append(run(Words("1"), ""))
    return made


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[float],
    height: float,
    language: str,
) -> Any:
    """A table whose first row holds the headers and repeats on each page."""
    sizes = [str(round(width * CENTIMETRE)) for width in widths]
    made = element("w:tbl")
    made.append(_properties(caption, sizes))
    grid = element("w:tblGrid")
    for size in sizes:
        grid.append(element("w:gridCol", w=size))
    made.append(grid)
    top = [[Words(head, bold=True)] for head in heads]
    made.append(_row(top, sizes, 0, language, header=True))
    for row in rows:
        made.append(_row(row, sizes, height, language))
    return made


def _properties(caption: str, sizes: Sequence[str]) -> Any:
    made = element("w:tblPr")
    made.append(element("w:tblStyle", val="TableGrid"))
    made.append(element("w:tblW", w=str(sum(map(int, sizes))), type="dxa"))
    made.append(element("w:tblInd", w="110", type="dxa"))
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    made.append(borders)
    made.append(element("w:tblLayout", type="fixed"))
    cells = element("w:tblCellMar")
    for side, width in (("top", "60"), ("left", "110"), ("bottom", "60"), ("right", "110")):
        cells.append(element(f"w:{side}", w=width, type="dxa"))
    made.append(cells)
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0"}
    made.append(element("w:tblLook", val="0020", noHBand="1", noVBand="1", **look))
    made.append(element("w:tblCaption", val=caption))
    return made


def _row(
    row: Sequence[Cell], sizes: Sequence[str], height: float, language: str, header: bool = False
) -> Any:
    made, properties = element("w:tr"), element("w:trPr")
    if sum(len(words.text) for content in row for words in content) < LONG:
        properties.append(element("w:cantSplit"))
    if height:
        size = str(round(height * CENTIMETRE))
        least = "atLeast"  # codespell:ignore
        properties.append(element("w:trHeight", val=size, hRule=least))
    if header:
        properties.append(element("w:tblHeader"))
    made.append(properties)
    for content, size in zip(row, sizes, strict=True):
        made.append(_cell(content, size, language, header))
    return made


def _cell(content: Cell, size: str, language: str, header: bool) -> Any:
    made, properties = element("w:tc"), element("w:tcPr")
    properties.append(element("w:tcW", w=size, type="dxa"))
    if header:
        properties.append(element("w:shd", val="clear", color="auto", fill=SHADE))
    made.append(properties)
    for words in content or (Words(""),):
        made.append(filled(TABLE_TEXT, words, language, with_next=header))
    return made
