"""A Word document to fill in: headings, tables with headers, one language. No content here.

Everything a screen reader needs is set: styles of headings, header rows that repeat, a caption of
each table, the language of the document and of words in another one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"
INK, QUIET, NAVY = "0B0C0C", "505A5F", "1D3B5C"
SHADE, LINE = "E8EEF4", "8C9BAB"
LONG = 800  # characters
WIDTH = 16.8  # cm of a table between the margins of A4
_LANGUAGES = {"cy": "cy-GB", "en": "en-GB"}


@dataclass(frozen=True)
class Words:
    """One paragraph. `lang`: the language that it was typed in, where it was typed."""

    text: str
    lang: str = ""
    bold: bool = False
    quiet: bool = False


Cell = Sequence[Words]
TABLE_TEXT, NOTICE = "Table Text", "Notice"


class WordDocument:
    """Written from top to bottom; `content` gives the file."""

    def __init__(self, language: str, title: str, made_at: datetime) -> None:
        import docx

        self._language = language
        self._document = docx.Document()
        properties = self._document.core_properties
        properties.title, properties.language = title, _LANGUAGES[language]
        properties.author = properties.last_modified_by = "Cyfarfod"
        properties.comments = properties.keywords = properties.subject = ""
        properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)
        set_up_styles(self._document, _LANGUAGES[language])
        self._document.add_paragraph(title, style="Title")

    def heading(self, text: str, level: int = 1, new_page: bool = False) -> None:
        paragraph = self._document.add_heading(level=level)
        paragraph.paragraph_format.page_break_before = new_page
        self._write(paragraph, Words(text))

    def paragraph(self, words: Words, style: str = "Normal") -> None:
        self._write(self._document.add_paragraph(style=style), words)

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
        table = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        describe(table, caption)
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            self._fill(cell, [Words(head, bold=True)])
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            shade(cell)
        mark_row(table, "w:cantSplit", "w:tblHeader")
        for row in rows:
            self._row(table, row, height)
        set_widths(table, widths)
        self._document.add_paragraph(style="No Spacing")

    def _row(self, table: Table, row: Sequence[Cell], height: float) -> None:
        from docx.shared import Cm

        added: _Row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, content in zip(added.cells, row, strict=True):
            self._fill(cell, content)
        if height:
            added.height = Cm(height)
        if sum(len(words.text) for content in row for words in content) < LONG:
            mark_row(table, "w:cantSplit")

    def footer(self, left: str, page: str) -> None:
        """`page` is a message with %(page)s and %(pages)s in it."""
        paragraph = self._document.sections[0].footer.paragraphs[0]
        self._write(paragraph, Words(left + "\t"))
        for part in split_fields(page):
            add_field(paragraph, part) if part in ("PAGE", "NUMPAGES") else paragraph.add_run(part)

    @property
    def content(self) -> bytes:
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _fill(self, cell: _Cell, content: Cell) -> None:
        paragraphs = [cell.paragraphs[0]]
        paragraphs += [cell.add_paragraph() for _ in content[1:]]
        for paragraph, words in zip(paragraphs, content, strict=False):
            paragraph.style = TABLE_TEXT
            self._write(paragraph, words)
        if not content:
            paragraphs[0].style = TABLE_TEXT

    def _write(self, paragraph: Paragraph, words: Words) -> None:
        from docx.shared import RGBColor

        run = paragraph.add_run(words.text)
        if words.bold:
            run.bold = True
        if words.quiet:
            run.font.color.rgb = RGBColor.from_string(QUIET)
        if words.lang and words.lang != self._language:
            set_language(run._element.get_or_add_rPr(), _LANGUAGES[words.lang])


def split_fields(message: str) -> list[str]:
    """A message cut where the page numbers go."""
    cut = message % {"page": "\0PAGE\0", "pages": "\0NUMPAGES\0"}
    return [part for part in cut.split("\0") if part]


def add_field(paragraph: Paragraph, name: str) -> None:
    """A field that Word works out, with a number in its place until it does."""
    field = element("w:fldSimple", instr=name)
    run = element("w:r")
    text = element("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def element(name: str, **attributes: str) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def describe(table: Table, caption: str) -> None:
    """The caption that screen readers say, and that the first row holds the headers."""
    properties = table._tbl.tblPr
    look = properties.find(element("w:tblLook").tag)
    if look is not None:
        properties.remove(look)
    properties.append(element("w:tblInd", w="110", type="dxa"))
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    properties.append(borders)
    cells = element("w:tblCellMar")
    for side, width in (("top", "60"), ("left", "110"), ("bottom", "60"), ("right", "110")):
        cells.append(element(f"w:{side}", w=width, type="dxa"))
    properties.append(cells)
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0"}
    properties.append(element("w:tblLook", val="0020", noHBand="1", noVBand="1", **look))
    properties.append(element("w:tblCaption", val=caption))


def set_widths(table: Table, widths: Sequence[float]) -> None:
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def mark_row(table: Table, *marks: str) -> None:
    """The last row so far."""
    properties = table.rows[-1]._tr.get_or_add_trPr()
    for mark in marks:
        properties.append(element(mark))


def shade(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=SHADE))


def set_language(run_properties: Any, language: str) -> None:
    for old in run_properties.findall(element("w:lang").tag):
        run_properties.remove(old)
    run_properties.append(element("w:lang", val=language, eastAsia=language))


def set_up_styles(document: Any, language: str) -> None:
    """A4, a plain typeface, navy headings; the language in the defaults."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    page.footer_distance = Cm(0.9)
    _set_defaults(document, language)
    styles = document.styles
    for name in (TABLE_TEXT, NOTICE):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _style(styles["Normal"], 11, INK, after=6)
    _style(styles[TABLE_TEXT], 10, INK, after=2)
    _style(styles[NOTICE], 10, INK, after=3)
    _bar(styles[NOTICE])
    _style(styles["No Spacing"], 5, INK)
    _style(styles["Title"], 22, NAVY, after=4, bold=True)
    _style(styles["Subtitle"], 11, QUIET, after=8)
    _style(styles["Heading 1"], 15, NAVY, before=16, after=6, bold=True)
    _style(styles["Heading 2"], 12, NAVY, before=10, after=4, bold=True)
    _style(styles["List Bullet"], 11, INK, after=3)
    _style(styles["Footer"], 9, QUIET, after=0)
    _tabs(styles["Footer"])


def _set_defaults(document: Any, language: str) -> None:
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f".//{qn('w:rPr')}")
    for old in list(properties.findall(qn("w:rFonts"))):
        properties.remove(old)
    properties.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    set_language(properties, language)
    for each in document.settings.element.findall(qn("w:themeFontLang")):
        each.attrib.clear()
        each.set(qn("w:val"), language)


def _style(
    style: Any, size: float, colour: str, before: float = 0, after: float = 0, bold: bool = False
) -> None:
    from docx.shared import Pt, RGBColor

    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:spacing", "w:kern", "w:i"):
        for old in properties.findall(element(name).tag):
            properties.remove(old)
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.1
    for border in style.element.findall(f".//{element('w:pBdr').tag}"):
        border.getparent().remove(border)


def _bar(style: Any) -> None:
    """A navy bar before the lines."""
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="24", space="8", color=NAVY))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind")


def _tabs(style: Any) -> None:
    """One stop, at the right margin."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    properties = style.element.get_or_add_pPr()
    for old in properties.findall(element("w:tabs").tag):
        properties.remove(old)
    style.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
