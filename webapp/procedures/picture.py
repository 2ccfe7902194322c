"""A procedure as SVG: the nodes of `drawing` laid out by hand, in sheets that fit on paper.

Three sheets stand side by side on A3 and still show their text at 8 points. Words are real
text; colour never says anything alone. Everything is an attribute: no style, no script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from webapp.procedures.drawing import EXIT, MEETING, QUESTION, RESULT, Branch, Node
from webapp.procedures.wording import Speech

WIDTH = 700
TALLEST = 1300  # of a sheet: three of them side by side are one A3 page on its side
SIZE, ROW = 16, 20
SMALL, SMALL_ROW = 14, 18
_BOX = (22, 258)  # where a box begins, and how wide it is: all of it shows on a phone
_STEM = 46  # where the line down runs
_SIDE = (376, 318)  # where the boxes at the side begin, and how wide they are
_PAD = 10
_GAP = 20  # between one node and the next
INK, QUIET, SLATE, MIST, AMBER = "#0b0c0c", "#484949", "#1b4b5a", "#eaf1f3", "#7a4a00"
_STYLES = {
    QUESTION: f'fill="{MIST}" stroke="{SLATE}" rx="2"',
    EXIT: f'fill="#fff" stroke="{AMBER}" stroke-width="2" rx="18"',
    RESULT: f'fill="#fff" stroke="{INK}" stroke-width="2" rx="18"',
    MEETING: f'fill="#fff" stroke="{SLATE}" stroke-width="4" rx="2"',
}
# Widths of Arial's letters in thousandths of the size; what is not named is as wide as an n.
_NARROW = {222: "ijl’‘", 278: "ft I.,:;!/|()[]", 333: "r-“”", 500: "ckvxyz", 191: "'"}
_WIDE = {
    611: "FTZ",
    667: "AEKPSVXY&",
    722: "wBCDHNRUŵ",
    778: "GOQ",
    833: "mM",
    944: "W",
    1000: "—…",
}
_TABLES = (_NARROW, _WIDE)
_WIDTHS = {each: wide for table in _TABLES for wide, group in table.items() for each in group}


def width_of(words: str, size: int, bold: bool = False) -> float:
    """About how wide `words` are set in Arial."""
    thousandths = sum(_WIDTHS.get(letter, 556) for letter in words)
    return thousandths * size / 1000 * (1.07 if bold else 1.0)


def wrapped(words: str, width: float, size: int, bold: bool = False) -> list[str]:
    """Lines that fit into `width`."""
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@dataclass
class _Pen:
    """Collects marks. `y` is where the next one goes."""

    y: float = 0
    marks: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, lines: list[str], row: int, attributes: str = "") -> None:
        """Lines of one text; `y` is the top of the first."""
        if not lines:
            return
        # a space ends each line, so that copied text keeps its words apart
        spans = "".join(
            f'<tspan x="{x:g}" y="{y + row * (n + 0.75):g}">{escape(line)} </tspan>'
            for n, line in enumerate(lines)
        )
        self.marks.append(f"<text{attributes}>{spans}</text>")

    def line(self, path: str, dashed: bool = False, arrow: bool = False) -> None:
        extra = ' stroke-dasharray="5 4"' if dashed else ""
        extra += ' marker-end="url(#cyf-arrow)"' if arrow else ""
        self.marks.append(f'<path d="{path}"{extra}/>')

    def box(self, x: float, y: float, size: tuple[float, float], style: str) -> None:
        wide, high = size
        self.marks.append(f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" {style}/>')


class _Block:
    """One node laid out: its height is known before it is drawn."""

    def __init__(self, node: Node) -> None:
        self.node = node
        inner = _BOX[1] - 2 * _PAD
        self.title = wrapped(node.title, inner, SIZE, bold=True)
        self.notes = [
            (depth, wrapped(words, inner - 12 * (depth + 1), SMALL)) for depth, words in node.notes
        ]
        note_rows = sum(len(lines) for _depth, lines in self.notes)
        self.box_height = 2 * _PAD + ROW * len(self.title) + SMALL_ROW * note_rows
        self.branches = [_Arm(branch) for branch in node.branches]
        # beside the line down there is room across the whole sheet
        self.onward = wrapped(node.onward or "", WIDTH - _STEM - 20, SIZE)
        self.height = self.box_height + sum(arm.height for arm in self.branches) + 12
        if node.onward is not None:
            self.height += ROW * len(self.onward) + 18

    def draw(self, pen: _Pen, gap: int) -> None:
        """`gap`: how far below it the next box stands."""
        top = pen.y
        pen.box(_BOX[0], top, (_BOX[1], self.box_height), _STYLES[self.node.kind])
        pen.text(_BOX[0] + _PAD, top + _PAD, self.title, ROW, ' font-weight="700"')
        y = top + _PAD + ROW * len(self.title)
        for depth, lines in self.notes:
            x = _BOX[0] + _PAD + 12 * (depth + 1)
            pen.text(x - 12, y, ["•"], SMALL_ROW, f' font-size="{SMALL}"')
            pen.text(x, y, lines, SMALL_ROW, f' font-size="{SMALL}"')
            y += SMALL_ROW * len(lines)
        pen.y = top + self.box_height
        for arm in self.branches:
            arm.draw(pen)
        bottom = top + self.height
        if self.node.onward is not None:
            pen.text(_STEM + 12, pen.y + 6, self.onward, ROW)
            pen.line(f"M{_STEM} {top + self.box_height:g}V{bottom + gap - 2:g}", arrow=True)
            if self.node.conditional:
                pen.line(f"M{_STEM} {top - 8:g}H10V{bottom - 10:g}H{_STEM}", dashed=True)
        elif self.branches:
            pen.line(f"M{_STEM} {top + self.box_height:g}V{self.branches[-1].at:g}")
        pen.y = bottom


class _Arm:
    """An arrow to the side, its words above it, and the box it leads to."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.label = wrapped(branch.label, _SIDE[0] - _STEM - 26, SIZE)
        self.target = wrapped(branch.target, _SIDE[1] - 2 * _PAD, SIZE)
        self.label_height = ROW * len(self.label) + 6
        self.target_height = ROW * len(self.target) + _PAD
        self.drop = max(self.label_height + 8, self.target_height / 2 + 8)
        self.height = self.drop + max(self.target_height / 2, 6)
        self.at = 0.0

    def draw(self, pen: _Pen) -> None:
        self.at = pen.y + self.drop
        pen.text(_STEM + 12, self.at - self.label_height, self.label, ROW)
        pen.line(f"M{_STEM} {self.at:g}H{_SIDE[0] - 2}", dashed=self.branch.waiting, arrow=True)
        style = _STYLES[RESULT]
        if self.branch.meeting:
            style = style.replace('stroke-width="2"', 'stroke-width="4"')
        y = self.at - self.target_height / 2
        pen.box(_SIDE[0], y, (_SIDE[1], self.target_height), style)
        pen.text(_SIDE[0] + _PAD, y + _PAD / 2, self.target, ROW)
        pen.y += self.height


@dataclass(frozen=True)
class Sheet:
    """One part of a picture: `svg` stands on its own; `nodes` are what it shows."""

    number: int
    title: str
    description: str
    height: int
    nodes: tuple[Node, ...]
    marks: str

    @property
    def svg(self) -> str:
        """The sheet as an element for a page; its ids are its own."""
        names = f'aria-labelledby="sheet-{self.number}-title sheet-{self.number}-words"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {names}'
            f' width="{WIDTH}" height="{self.height}" viewBox="0 0 {WIDTH} {self.height}">'
            f'<title id="sheet-{self.number}-title">{escape(self.title)}</title>'
            f'<desc id="sheet-{self.number}-words">{escape(self.description)}</desc>'
            f"{_arrow(self.number)}{self.drawn}</svg>"
        )

    @property
    def drawn(self) -> str:
        """The marks alone, with the arrow head of this sheet."""
        marks = self.marks.replace("#cyf-arrow", f"#sheet-{self.number}-arrow")
        return f'<g font-family="arial, sans-serif" font-size="{SIZE}" fill="{INK}">{marks}</g>'


def _arrow(number: int) -> str:
    return (
        f'<marker id="sheet-{number}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9"'
        f' markerHeight="9" orient="auto" markerUnits="userSpaceOnUse">'
        f'<path d="M0 0L8 4L0 8z" fill="{SLATE}"/></marker>'
    )


def sheets_of(title: str, nodes: list[Node], speech: Speech) -> list[Sheet]:
    """The whole picture in sheets, each as tall as `TALLEST` or less."""
    parts = _parted([_Block(node) for node in nodes])
    return [
        _sheet(title, number, blocks, len(parts), speech) for number, blocks in enumerate(parts, 1)
    ]


def _parted(blocks: list[_Block]) -> list[list[_Block]]:
    parts: list[list[_Block]] = [[]]
    free = TALLEST - 60
    for block in blocks:
        begins_meeting = block.node.kind == MEETING and free < TALLEST / 3
        if parts[-1] and (block.height + _GAP > free or begins_meeting):
            parts.append([])
            free = TALLEST - 60
        parts[-1].append(block)
        free -= int(block.height) + _GAP
    return parts


def _sheet(title: str, number: int, blocks: list[_Block], count: int, speech: Speech) -> Sheet:
    words = {"title": title, "number": number, "count": count}
    heading = speech.gettext("%(title)s: part %(number)d of %(count)d") % words
    pen = _Pen(y=10)
    pen.text(_BOX[0], 6, [heading], SMALL_ROW, f' font-size="{SMALL}" fill="{QUIET}"')
    pen.y = 44
    for block in blocks:
        gap = 0 if block is blocks[-1] else _GAP
        block.draw(pen, gap)
        pen.y += gap
    if number < count:
        further = speech.gettext("Part %(number)d follows.") % {"number": number + 1}
        pen.text(_STEM + 12, pen.y + 2, [further], SMALL_ROW, f' font-size="{SMALL}"')
        pen.y += 24
    lines = "".join(mark for mark in pen.marks if mark.startswith("<path"))
    others = "".join(mark for mark in pen.marks if not mark.startswith("<path"))
    marks = f'<g fill="none" stroke="{SLATE}" stroke-width="2">{lines}</g>{others}'
    return Sheet(
        number=number,
        title=heading,
        description=_description(blocks, speech),
        height=int(pen.y) + 10,
        nodes=tuple(block.node for block in blocks),
        marks=marks,
    )


def _description(blocks: list[_Block], speech: Speech) -> str:
    first, last = blocks[0].node.title, blocks[-1].node.title
    return speech.gettext(
        "The boxes stand in the order in which they are met, from “%(first)s” to “%(last)s”."
        " Arrows to the side show where an answer leads. The same is told in words as a list and"
        " as a table."
    ) % {"first": first, "last": last}


def whole(sheets: list[Sheet], title: str, language: str) -> str:
    """All sheets side by side in one file of its own."""
    gap, height = 20, max(sheet.height for sheet in sheets)
    wide = len(sheets) * (WIDTH + gap) - gap
    drawn = "".join(_placed(sheet, (WIDTH + gap) * n) for n, sheet in enumerate(sheets))
    words = " ".join(sheet.description for sheet in sheets[:1])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{language}" role="img"'
        f' aria-labelledby="title words" width="{wide}" height="{height}"'
        f' viewBox="0 0 {wide} {height}"><title id="title">{escape(title)}</title>'
        f'<desc id="words">{escape(words)}</desc>'
        f'<rect width="100%" height="100%" fill="#fff"/>{drawn}</svg>\n'
    )


def _placed(sheet: Sheet, x: int) -> str:
    return f'<g transform="translate({x})">{_arrow(sheet.number)}{sheet.drawn}</g>'


def boxes(sheets: list[Sheet]) -> Iterator[Node]:
    """Every node that the sheets show, in order."""
    for sheet in sheets:
        yield from sheet.nodes
