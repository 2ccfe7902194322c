"""A YAML file -> valid plain data, or every mistake with file, line and remedy.

Two passes: the shape of the file (keys and kinds of value), then, in `checking`, whether its
parts fit together. Imported only while trees are built or checked, never while serving.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from webapp.procedures import shapes
from webapp.procedures.conditions import RESERVED
from webapp.procedures.marked_yaml import MarkedDict, MarkedList, Number, Problem, Truth, parse
from webapp.procedures.model import Kind
from webapp.procedures.reading import EFFECTS
from webapp.procedures.timescales import UNITS

ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9.-]*")
COMPARISONS = ("before", "on-or-before", "after", "on-or-after", "out-of-hours")
STRENGTHS = ("law", "national", "local", "good-practice")
FORCES = ("must", "should", "may")
KEPT_OUT = ("always", "where-not-invited")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy that names the nearest known id, or all of them."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    return "Use one of: " + ", ".join(known) + "." if len(known) < 25 else "Check its spelling."


class Shaper:
    """Checks one document against a shape and collects what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def report(self, value: Any, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, getattr(value, "line", 1), what, remedy))

    def check(self, value: Any, shape: Any, where: str) -> None:
        """`shape`: a mapping of keys, a list with the shape of each item, or a checker's name."""
        if isinstance(shape, str):
            getattr(self, f"_{shape}")(value, where)
        elif isinstance(shape, list):
            if not isinstance(value, MarkedList):
                return self.report(value, f"{where} must be a list.", "Start each item with '- '.")
            for item in value:
                name = item.get("id", "?") if isinstance(item, MarkedDict) else "?"
                self.check(item, shape[0], f"{where} '{name}'")
        elif not isinstance(value, MarkedDict):
            self.report(value, f"{where} must have keys below it.", "Indent 'key: value' lines.")
        elif "*" in shape:
            for key, entry in value.items():
                self.check(entry, shape["*"], f"{where} '{key}'")
        else:
            self._keys(value, shape, where)
        return None

    def _keys(self, value: MarkedDict, shape: Mapping[str, Any], where: str) -> None:
        known = {key.rstrip("!"): kind for key, kind in shape.items()}
        for key, entry in value.items():
            if key in known:
                self.check(entry, known[key], f"{where}: {key}")
            else:
                line = value.lines.get(key, value.line)
                what = f"{where} has a key '{key}' that is not known here."
                self.problems.append(Problem(self.file, line, what, did_you_mean(key, known)))
        for key in shape:
            name = key.rstrip("!")
            if key.endswith("!") and value.get(name) in (None, "", []):
                self.report(value, f"{where} has no '{name}'.", f"Add a line '{name}: …'.")

    def _text(self, value: Any, where: str) -> None:
        if isinstance(value, MarkedDict | MarkedList | Truth):
            self.report(value, f"{where} must be a sentence.", "Put it in quotes.")

    def _texts(self, value: Any, where: str) -> None:
        self.check(value, ["text"], where)

    def _id(self, value: Any, where: str) -> None:
        if not isinstance(value, str) or not ID.fullmatch(value):
            self.report(value, f"{where}: '{value}' is not an id.", "Use letters, digits and '-'.")

    def _ids(self, value: Any, where: str) -> None:
        for item in value if isinstance(value, MarkedList) else [value]:
            self._id(item, where)

    _sources = _ids

    def _truth(self, value: Any, where: str) -> None:
        if not isinstance(value, Truth):
            self.report(value, f"{where} is neither true nor false.", "Write true or false.")

    def _number(self, value: Any, where: str) -> None:
        if not isinstance(value, Number):
            self.report(value, f"{where}: '{value}' is not a number.", "Write digits, no quotes.")

    def _date(self, value: Any, where: str) -> None:
        try:
            date.fromisoformat(str(value))
        except ValueError:
            self.report(value, f"{where}: '{value}' is not a date.", 'Write "2026-11-21".')

    def _one_of(self, value: Any, where: str, known: Iterable[str]) -> None:
        known = list(known)
        if value not in known:
            remedy = did_you_mean(str(value), known)
            self.report(value, f"{where}: '{value}' is not known.", remedy)

    def _unit(self, value: Any, where: str) -> None:
        self._one_of(value, where, UNITS)

    def _kind(self, value: Any, where: str) -> None:
        self._one_of(value, where, [kind.value for kind in Kind])

    def _comparison(self, value: Any, where: str) -> None:
        self._one_of(value, where, COMPARISONS)

    def _strength(self, value: Any, where: str) -> None:
        self._one_of(value, where, STRENGTHS)

    def _switch(self, value: Any, where: str) -> None:
        self._one_of(value, where, ("on", "off"))

    def _force(self, value: Any, where: str) -> None:
        self._one_of(value, where, FORCES)

    def _kept_out(self, value: Any, where: str) -> None:
        self._one_of(value, where, KEPT_OUT)

    def _sequence(self, value: Any, where: str) -> None:
        for item in value if isinstance(value, MarkedList) else []:
            if not isinstance(item, MarkedDict):
                self.report(item, f"{where}: '{item}' is not a question.", "Write '- question: …'.")
            elif "exit" in item:
                self.check(item, shapes.EXIT, f"Exit '{item['exit']}'")
            else:
                self.check(item, shapes.QUESTION, f"Question '{item.get('question', '?')}'")

    def _condition(self, value: Any, where: str) -> None:
        if not isinstance(value, MarkedDict):
            self.report(value, f"{where} is not a condition.", "Write '{question-id: [option]}'.")
            return
        for key, entry in value.items():
            if key in ("all", "any"):
                self.check(entry, ["condition"], where)
            elif key == "not":
                self._condition(entry, where)
            elif key in RESERVED or ID.fullmatch(key):
                self._ids(entry, where)


def load_document(path: Path, shape: Mapping[str, Any]) -> tuple[Any, list[Problem]]:
    """The marked data of one file and what is wrong with its shape."""
    parsed = parse(path.read_text(encoding="utf-8"), path.name)
    if not parsed.readable:
        return parsed.document, parsed.problems
    shaper = Shaper(path.name)
    shaper.check(parsed.document, shape, "The file")
    problems = parsed.problems + shaper.problems
    if shape is shapes.TREE and not problems:
        problems = list(rules_with_one_effect(parsed.document["rules"], path.name))
    return parsed.document, problems


def rules_with_one_effect(rules: Iterable[Any], file: str) -> Iterable[Problem]:
    """A problem for each rule that adds nothing, several things, or an attendee without why."""
    for rule in rules:
        effects = [effect for effect in EFFECTS if effect in rule]
        if len(effects) != 1:
            what = f"Rule '{rule['id']}' has {len(effects)} effects."
            yield Problem(file, rule.line, what, f"Give it one of: {', '.join(EFFECTS)}.")
        elif effects == ["attendee"] and not {"status", "because"} <= set(rule):
            what = f"Rule '{rule['id']}' adds an attendee without a status or a reason."
            yield Problem(file, rule.line, what, "Add 'status: …' and 'because: …'.")
