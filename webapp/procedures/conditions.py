"""The closed grammar of `when`: what a rule, a question or an exit may ask of the answers.

A condition is kept as nested tuples, so that it can be compiled to JSON and read back:

    ("all", c, ...)   ("any", c, ...)   ("not", c)
    ("answer", question_id, option_ids)   one of these options (or bands) was chosen
    ("flag", flag_ids)                    one of these flags is raised
    ("agencies", band_ids)                the number of agencies falls in one of these bands
    ("result", result_ids)                the journey ended in one of these results
    ("type", meeting_types)               the meeting at hand is of one of these types
    ("local", switches)                   one of these is switched on in the local arrangements
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Condition = tuple[Any, ...]

ALWAYS: Condition = ("all",)

# The words of the grammar that are not the id of a question.
GROUPINGS = ("all", "any", "not")
FACTS = ("flag", "agencies", "result", "type", "local")
RESERVED = GROUPINGS + FACTS


@dataclass
class Facts:
    """What is known at one moment of a journey; conditions see nothing else.

    `answers` holds option ids or band ids, never dates or text.
    """

    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    local: frozenset[str] = frozenset()
    agencies: str | None = None
    result: str | None = None
    type: str | None = None


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether `condition` is true of `facts`. An unanswered question satisfies no option."""
    kind = condition[0]
    if kind == "all":
        return all(holds(part, facts) for part in condition[1:])
    if kind == "any":
        return any(holds(part, facts) for part in condition[1:])
    if kind == "not":
        return not holds(condition[1], facts)
    if kind == "answer":
        return not set(facts.answers.get(condition[1], ())).isdisjoint(condition[2])
    if kind == "flag":
        return not facts.flags.isdisjoint(condition[1])
    if kind == "local":
        return not facts.local.isdisjoint(condition[1])
    return getattr(facts, kind) in condition[1]


def from_data(data: Mapping[str, Any] | None) -> Condition:
    """A condition from the mapping written in a tree; several keys together mean `all`."""
    if not data:
        return ALWAYS
    parts = [_part(key, value) for key, value in data.items()]
    return parts[0] if len(parts) == 1 else ("all", *parts)


def _part(key: str, value: Any) -> Condition:
    if key in ("all", "any"):
        return (key, *(from_data(part) for part in value))
    if key == "not":
        return ("not", from_data(value))
    ids = (value,) if isinstance(value, str) else tuple(value)
    return (key, ids) if key in FACTS else ("answer", key, ids)


def mentions(condition: Condition) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every leaf as (kind, question id or "", ids), for the checks and the drawing."""
    if condition[0] in GROUPINGS:
        for part in condition[1:]:
            yield from mentions(part)
    elif condition[0] == "answer":
        yield "answer", condition[1], tuple(condition[2])
    else:
        yield condition[0], "", tuple(condition[1])
