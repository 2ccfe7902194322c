"""The text part of a mail: lines of at most 76 columns, for a terminal or a sheet of A4."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

COLUMNS = 76
_LEAST = 20  # columns that are always left for text, however deep it is indented
# Kept whole even where it is longer than a line: broken, it would lead nowhere.
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\S+")
_JOINERS = "\u200c\u200d"


def wrapped(text: str, indent: int = 0, hanging: int | None = None) -> str:
    """The text folded between words; what was typed in one line may take several.

    `hanging`: the indent from the second row on, where it differs.
    """
    after = indent if hanging is None else hanging
    rows: list[str] = []
    for line in text.split("\n"):
        rows += _folded(line, indent if not rows else after, after)
    return "\n".join(rows)


def columns(text: str) -> int:
    """How wide the text is in letters of one width: a Chinese character takes two."""
    return len(text) if text.isascii() else sum(_width(each) for each in text)


@cache
def _width(character: str) -> int:
    if unicodedata.combining(character) or character in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _folded(line: str, first: int, after: int) -> list[str]:
    rows, row, wide, indent = [], "", 0, first
    # words with the space before them: what was typed with two spaces keeps them
    for spaced in re.findall(r"\s*\S+", line):
        if row and wide + columns(spaced) > max(COLUMNS - indent, _LEAST):
            rows.append(" " * indent + row)
            row, wide, indent = "", 0, after
        word = spaced if row or not rows else spaced.lstrip()
        *full, rest = _broken(word, max(COLUMNS - indent, _LEAST))
        for piece in full:
            rows.append(" " * indent + row + piece)
            row, wide, indent = "", 0, after
        row += rest
        wide += columns(rest)
    return [*rows, " " * indent + row] if row else rows or [""]


def _broken(word: str, room: int) -> list[str]:
    """A word that no line has room for, in pieces; an address stays whole."""
    if columns(word) <= room or _ADDRESS.fullmatch(word.strip()):
        return [word]
    pieces, piece = [], ""
    for character in word:
        if piece and columns(piece) + _width(character) > room:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]
