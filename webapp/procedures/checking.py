"""Whether the parts of a tree fit together: ids, targets, sources, order and reachability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from webapp.procedures.conditions import RESERVED, from_data, mentions
from webapp.procedures.loading import did_you_mean
from webapp.procedures.marked_yaml import Problem
from webapp.procedures.model import NOT_KNOWN
from webapp.procedures.reaching import unreachable

Data = Any


@dataclass(frozen=True)
class World:
    """What stands around the trees: shared names, documents, GSS codes, local switches."""

    terms: Data
    sources: Data
    authorities: list[str]
    switches: list[str]


class Names:
    """Every id that a part of the tree may name."""

    def __init__(self, data: Data, world: World) -> None:
        terms = world.terms
        self.questions: dict[str, Data] = {}
        self.choices: dict[str, list[str]] = {}
        for item in data["sequence"]:
            if "question" in item:
                self.questions[item["question"]] = item
                choices = [each["id"] for each in (*item["options"], *item.get("bands", []))]
                listed = world.authorities if item.get("options_from") == "authorities" else []
                self.choices[item["question"]] = [*listed, *choices]
        self.known = {
            "flag": list(data["flags"]),
            "agencies": list(data["agency_bands"]),
            "result": list(data["results"]),
            "type": list(terms["types"]),
            "local": world.switches,
            "source": list(world.sources["sources"]),
            "meeting": [*data["meetings"], "none"],
            "role": list(terms["roles"]),
            "mode": list(terms["modes"]),
            "status": list(terms["statuses"]),
            "agency": list(terms["agencies"]),
            "start": [*self.questions, *data["events"]],
        }


def check_tree(data: Data, file: str, world: World) -> list[Problem]:
    """What does not fit, in the order of the file."""
    problems: list[Problem] = []
    try:
        names = Names(data, world)
        for check in (_duplicate_ids, _flags, _sequence, _parts, every_source, every_condition):
            problems += check(data, names, file)
    except (KeyError, TypeError, AttributeError):
        # The shape of the file is wrong and has been reported; what could be checked was.
        return problems
    if not problems:
        problems = list(unreachable(data, names.choices, file))
    return sorted(problems, key=lambda problem: problem.line)


def unknown(file: str, value: Any, kind: str, known: Any) -> Problem:
    what = f"'{value}' is not a known {kind}."
    return Problem(file, getattr(value, "line", 1), what, did_you_mean(str(value), known))


def _duplicate_ids(data: Data, _names: Names, file: str) -> Iterator[Problem]:
    lists = [("question", [item for item in data["sequence"] if "question" in item])]
    lists += [("id", data["rules"])]
    lists += [("id", item["options"]) for item in lists[0][1]]
    for key, items in lists:
        seen: set[str] = set()
        for item in items:
            if item[key] in seen:
                what = f"The id '{item[key]}' is used twice."
                yield Problem(file, item.line, what, "Give one of them another id.")
            seen.add(item[key])


def _sequence(data: Data, names: Names, file: str) -> Iterator[Problem]:
    order = list(names.questions)
    for item in data["sequence"]:
        if "exit" in item:
            if item["exit"] not in data["results"]:
                yield unknown(file, item["exit"], "result", data["results"])
            continue
        yield from _question(item, data, names, order, file)
    if data["default_result"] not in data["results"]:
        yield unknown(file, data["default_result"], "result", data["results"])


def _question(
    item: Data, data: Data, names: Names, order: list[str], file: str
) -> Iterator[Problem]:
    name = item["question"]
    later = order[order.index(name) + 1 :]
    if name in RESERVED:
        yield Problem(file, item.line, f"'{name}' is a word of the grammar.", "Rename it.")
    for choice in (*item["options"], *item.get("bands", [])):
        target = choice.get("leads_to")
        if target and target not in data["results"] and target not in later:
            known = [*data["results"], *later]
            yield unknown(file, target, "result or later question", known)
    if item.get("meanwhile") and item["meanwhile"] not in data["results"]:
        yield unknown(file, item["meanwhile"], "result", data["results"])
    if item["kind"] in ("date", "datetime"):
        yield from _bands(item, file)


def _bands(item: Data, file: str) -> Iterator[Problem]:
    bands = item.get("bands", [])
    if not bands or "is" in bands[-1]:
        what = f"The date question '{item['question']}' has dates that fall in no band."
        yield Problem(file, item.line, what, "End its bands with one that has no 'is'.")
    if [option["id"] for option in item["options"]] != [NOT_KNOWN]:
        what = f"The date question '{item['question']}' needs the one option '{NOT_KNOWN}'."
        yield Problem(file, item.line, what, "People do not always know the date.")


def _parts(data: Data, names: Names, file: str) -> Iterator[Problem]:
    known = names.known
    for group in data.get("groups", {}).values():
        yield from (
            unknown(file, each, "question", names.questions)
            for each in group["questions"]
            if each not in names.questions
        )
        yield from _group_asks_all_at_once(group, names, file)
    for meeting in data["meetings"].values():
        yield from _meeting(meeting, known, file)
    yield from rules_and_timescales(data, names, file)
    yield from (
        unknown(file, each, "agency", known["agency"])
        for each in data["agencies"]
        if each not in known["agency"]
    )


def rules_and_timescales(data: Data, names: Names, file: str) -> Iterator[Problem]:
    known = names.known
    for rule in data.get("rules", ()):
        yield from wrong(file, rule, "attendee", known["role"])
        yield from wrong(file, rule, "status", known["status"])
        yield from wrong(file, rule, "meeting", known["meeting"])
    for timescale in data.get("timescales", {}).values():
        yield from wrong(file, timescale, "runs_from", known["start"])
        yield from wrong(file, timescale, "met_by", list(names.questions))
        yield from wrong(file, timescale, "meeting", known["meeting"])


def _meeting(meeting: Data, known: dict[str, list[str]], file: str) -> Iterator[Problem]:
    for kind in meeting["types"]:
        yield from wrong(file, kind, "type", known["type"])
        yield from wrong(file, kind, "modes", known["mode"])
    for chair in meeting["chairs"]:
        yield from wrong(file, chair, "chair", known["role"])
    for last in (meeting["types"][-1], meeting["chairs"][-1]):
        if last.get("when"):
            what = f"'{last['id']}' is last but has a condition, so nothing may fit."
            yield Problem(file, last.line, what, "Leave 'when' out of the last one.")


def _group_asks_all_at_once(group: Data, names: Names, file: str) -> Iterator[Problem]:
    """A page without JavaScript cannot hide a question that turns on another one beside it."""
    for each in group["questions"]:
        condition = from_data(names.questions.get(each, {}).get("when"))
        for _kind, question, _ids in mentions(condition):
            if question in group["questions"]:
                what = f"'{each}' turns on '{question}', which is asked on the same page."
                yield Problem(file, group.line, what, "Take one of them out of the group.")


def wrong(file: str, entry: Data, key: str, known: list[str]) -> Iterator[Problem]:
    value = entry.get(key)
    values = value if isinstance(value, list) else [value]
    yield from (unknown(file, each, key, known) for each in values if each and each not in known)


def _flags(data: Data, _names: Names, file: str) -> Iterator[Problem]:
    """Flags are raised in the order of the file, so one may only build on those above it."""
    above: set[str] = set()
    for name, flag in data["flags"].items():
        for kind, _question, ids in mentions(from_data(flag["when"])):
            for each in ids:
                if kind == "flag" and each in data["flags"] and each not in above:
                    what = f"Flag '{name}' builds on '{each}', which is below it."
                    yield Problem(file, flag.line, what, f"Move '{each}' above '{name}'.")
        above.add(name)


def every_source(data: Data, names: Names, file: str) -> Iterator[Problem]:
    for entry in _mappings(data):
        if "source" in entry:
            yield from wrong(file, entry, "source", names.known["source"])


def _mappings(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        yield value
        for part in value.values():
            yield from _mappings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _mappings(part)


def every_condition(data: Data, names: Names, file: str) -> Iterator[Problem]:
    order = {name: position for position, name in enumerate(names.questions)}
    for entry in _mappings(data):
        for key in ("when", "prefill"):
            if key not in entry:
                continue
            before = order.get(entry.get("question", ""), len(order))
            for kind, question, ids in mentions(from_data(entry[key])):
                yield from _leaf(file, entry[key], (kind, question, ids), names, order, before)


def _leaf(
    file: str,
    condition: Data,
    leaf: tuple[str, str, tuple[str, ...]],
    names: Names,
    order: Mapping[str, int],
    before: int,
) -> Iterator[Problem]:
    """What is wrong with one leaf of a condition on a thing that is asked at `before`."""

    def problem(what: str, remedy: str) -> Problem:
        return Problem(file, condition.line, what, remedy)

    kind, question, ids = leaf
    if kind == "answer" and question not in names.questions:
        what = f"A condition asks about '{question}', which is not a question."
        yield problem(what, did_you_mean(question, names.questions))
        return
    if kind == "answer" and order[question] >= before:
        what = f"A condition asks about '{question}', which is asked later."
        yield problem(what, "Move it, or ask about an earlier one.")
        return
    known = names.choices[question] if kind == "answer" else names.known[kind]
    what = f"option of '{question}'" if kind == "answer" else f"known {kind}"
    for each in ids:
        if each not in known:
            yield problem(f"'{each}' is no {what}.", did_you_mean(each, known))
