"""How a Word document looks, and the language it is in."""

from __future__ import annotations

from typing import Any

FONT = "Arial"
INK, QUIET, NAVY = "0B0C0C", "505A5F", "1D3B5C"
SHADE, LINE = "E8EEF4", "8C9BAB"
# The ids of styles of our own.
TABLE_TEXT, NOTICE = "TableText", "Notice"
LANGUAGES = {"cy": "cy-GB", "en": "en-GB"}


def element(name: str, **attributes: str) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def language_of(language: str) -> Any:
    return element("w:lang", val=language, eastAsia=language)


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
    for name in ("Table Text", "Notice"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _style(styles["Normal"], 11, INK, after=6)
    _style(styles["Table Text"], 10, INK, after=2)
    _style(styles["Notice"], 10, INK, after=3)
    _bar(styles["Notice"])
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
    for old in list(properties.findall(qn("w:lang"))):
        properties.remove(old)
    properties.append(language_of(language))
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
    style.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
