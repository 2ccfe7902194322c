"""Which keys of a tree are text, and the context under which each is translated.

One traversal serves the engine, which needs `Text` objects, and the Babel extractor, which
needs line numbers: so the two can never disagree about a context.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from webapp.procedures.terms import Text

# key -> what the translator is told about it
TEXT_KEYS = {
    "text": "Text",
    "short": "The question's name in a list of answers",
    "hint": "Hint",
    "title": "Heading",
    "because": "Reason, shown under a recommendation",
    "body": "Paragraph",
    "next_steps": "What to do next",
    "agenda": "Agenda item",
    "duty": "Duty",
    "action": "What to do now",
    "warning": "Warning",
    "in_conflict": "What to do where somebody may be close to the person of concern",
    "prepare": "What the chair has ready",
    "minimum_action": "What the meeting agrees at the least",
    "record": "What is recorded",
    "circulate": "Who gets what after the meeting",
    "escalate": "When to meet again or to take it higher",
}
# Words that say where a thing stands in the file but add nothing to its name.
STRUCTURE = {"sequence", "options", "bands"}
# Documents that no page shows.
NOT_SHOWN = {"seed-rules", "approvals"}


def with_texts(data: Any, path: tuple[str, ...]) -> Any:
    """A copy of `data` in which every text is a `Text` with its context."""
    if isinstance(data, Mapping):
        copy = {}
        for key, value in data.items():
            if key in TEXT_KEYS:
                copy[key] = _as_texts(value, path, key)
            else:
                copy[key] = with_texts(value, _below(path, key))
        return copy
    if isinstance(data, list):
        return [with_texts(item, _below(path, _name(item, n))) for n, item in enumerate(data, 1)]
    return data


def _as_texts(value: Any, path: tuple[str, ...], key: str) -> Any:
    if isinstance(value, list):
        return [Text(_context(path, key, str(n)), str(item)) for n, item in enumerate(value, 1)]
    return Text(_context(path, key), str(value))


def _context(path: tuple[str, ...], key: str, *rest: str) -> str:
    return ".".join((*path, *(() if key == "text" else (key,)), *rest))


def _below(path: tuple[str, ...], key: str) -> tuple[str, ...]:
    return path if key in STRUCTURE else (*path, key)


def _name(item: Any, position: int) -> str:
    if isinstance(item, Mapping):
        for key in ("id", "question"):
            if key in item:
                return str(item[key])
    return str(position)


def extract_texts(data: Any, path: tuple[str, ...]) -> Iterator[tuple[int, Text, str]]:
    """(line, text, kind of text) for every text of a marked document; see `marked_yaml`."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key not in TEXT_KEYS:
                yield from extract_texts(value, _below(path, key))
                continue
            texts = _as_texts(value, path, key)
            pairs = zip(value, texts, strict=True) if isinstance(value, list) else [(value, texts)]
            for marked, text in pairs:
                yield marked.line, text, TEXT_KEYS[key]
    elif isinstance(data, list):
        for position, item in enumerate(data, 1):
            yield from extract_texts(item, _below(path, _name(item, position)))


def extract_tree(
    fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """The Babel extractor of `decision_trees/`: the context is the message's `msgctxt`.

    Babel names the arguments; the last three are of no use here.
    """
    del keywords, comment_tags, options
    from webapp.procedures.marked_yaml import TreeError, parse

    parsed = parse(fileobj.read().decode("utf-8"), getattr(fileobj, "name", ""))
    if not parsed.readable:
        raise TreeError(parsed.problems)  # an empty file would empty the catalogue
    data = parsed.document
    if prefix_of(data) in NOT_SHOWN:
        return
    for line, text, kind in extract_texts(data, (prefix_of(data),)):
        yield line, "pgettext", (text.context, text.english), [kind]


def prefix_of(data: Mapping[str, Any]) -> str:
    """The first word of every context in a document."""
    names = [data.get(key) for key in ("procedure", "document", "profile")]
    return str(next((name for name in names if name), "tree"))
