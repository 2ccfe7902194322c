"""Checking the data files `details.yaml` and `contacts.yaml`: mistakes with line and remedy.

The documents come from `webapp.procedures.marked_yaml`, whose values know their line. Nothing
here imports YAML: the serving app imports this package.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mistake:
    """The same four facts as `marked_yaml.Problem`, for files that are not trees."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.remedy}"


def line_of(value: Any) -> int:
    return int(getattr(value, "line", 1))


def keys_of(
    value: Any, file: str, where: str, needed: Iterable[str], known: Iterable[str] = ()
) -> list[Mistake]:
    """Missing and unknown keys of one mapping."""
    if not isinstance(value, dict):
        return [Mistake(file, line_of(value), f"{where} must have keys below it.", "Indent them.")]
    mistakes = [
        Mistake(file, line_of(value), f"{where} has no '{key}'.", f"Add a line '{key}: …'.")
        for key in needed
        if value.get(key) in (None, "", [])
    ]
    known = {*needed, *known}
    for key in value:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            remedy = f"Did you mean '{close[0]}'?" if close else "Take it out."
            line = getattr(value, "lines", {}).get(key, line_of(value))
            mistakes.append(Mistake(file, line, f"{where} has an unknown key '{key}'.", remedy))
    return mistakes
