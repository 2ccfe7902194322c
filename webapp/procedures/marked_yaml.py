"""YAML as the trees may use it: every value knows its line, and the traps are refused.

Refused: a key given twice (the later silently wins), and an unquoted yes, no, on or off
(YAML reads it as true or false). Imported only while trees are built or checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

# libyaml where PyYAML was built with it: ten times faster, and the trees are long
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Word(str):
    line: int


class Number(int):
    line: int


class Truth(int):
    """true or false; `bool` cannot be subclassed."""

    line: int


class MarkedDict(dict[str, Any]):
    line: int
    lines: dict[str, int]  # the line of each key


class MarkedList(list[Any]):
    line: int


@dataclass(frozen=True)
class Problem:
    """One mistake: where it is, what it is and what to do about it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.remedy}"


class TreeError(Exception):
    """Every problem found; the message lists them all."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass
class Parsed:
    """`readable` is False where the file is not YAML at all; the document is then empty."""

    document: Any
    problems: list[Problem]
    readable: bool = True


def parse(text: str, file: str) -> Parsed:
    """The document as marked values. A file that is not YAML is one problem and an empty dict."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = Problem(
            file, line, f"This is not valid YAML: {error.problem}.", "Check indents and quotes."
        )
        return Parsed(_marked(MarkedDict(), 1), [problem], readable=False)
    problems: list[Problem] = []
    document = _read(root, file, problems) if root else _marked(MarkedDict(), 1)
    return Parsed(document, problems)


def _marked(value: Any, line: int) -> Any:
    value.line = line
    if isinstance(value, MarkedDict):
        value.lines = {}
    return value


def _read(node: yaml.Node, file: str, problems: list[Problem]) -> Any:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _read_mapping(node, line, file, problems)
    if isinstance(node, yaml.SequenceNode):
        items = [_read(item, file, problems) for item in node.value]
        return _marked(MarkedList(items), line)
    return _read_scalar(node, line, file, problems)


def _read_mapping(
    node: yaml.MappingNode, line: int, file: str, problems: list[Problem]
) -> MarkedDict:
    mapping: MarkedDict = _marked(MarkedDict(), line)
    for key_node, value_node in node.value:
        key = str(_read(key_node, file, problems))
        key_line = key_node.start_mark.line + 1
        if key in mapping:
            problems.append(
                Problem(
                    file,
                    key_line,
                    f"'{key}' is given twice (first on line {mapping.lines[key]}).",
                    "Keep one of the two; the other would be lost without a word.",
                )
            )
        if " " in key:
            what = f"'{key}' stands where a key should: a comma inside braces ends the sentence."
            problems.append(Problem(file, key_line, what, "Put the whole sentence in quotes."))
        mapping[key] = _read(value_node, file, problems)
        mapping.lines[key] = key_line
    return mapping


def _read_scalar(node: yaml.Node, line: int, file: str, problems: list[Problem]) -> Any:
    if node.tag == "tag:yaml.org,2002:bool":
        if node.value.lower() in ("true", "false"):
            return _marked(Truth(node.value.lower() == "true"), line)
        problems.append(
            Problem(
                file,
                line,
                f"Unquoted {node.value} means {node.value.lower() in ('yes', 'on')} in YAML,"
                " not the word.",
                f'Write "{node.value}" in quotes.',
            )
        )
    if node.tag == "tag:yaml.org,2002:int" and node.value.lstrip("-").isdigit():
        return _marked(Number(node.value), line)
    return _marked(Word(node.value), line)
