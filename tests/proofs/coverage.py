"""What a tree says and must be able to come about: a part that never does is dead."""

from __future__ import annotations

from collections.abc import Iterator

from tests.proofs.sampling import evaluate
from tests.proofs.subjects import Subject

SAMPLES = 400


def targets(of: Subject) -> Iterator[tuple[str, int]]:
    """(name, where it comes about) of every part of a tree that has a condition, or is led to."""
    encoding, tree, formulas = of.encoding, of.procedure, of.formulas
    for name, chosen in encoding.chosen.items():
        yield f"question {name}", encoding.met[name]
        for choice, node in chosen.items():
            yield f"question {name}: {choice}", node
        for option in tree.questions[name].options:
            if option.prefill:
                ticked = encoding.when(option.prefill, encoding.order[name])
                node = formulas.all((encoding.met[name], ticked))
                yield f"question {name}: {option.id} ticked beforehand", node
    for at, node in encoding.exits.items():
        yield f"exit {tree.sequence[at].result} (item {at + 1})", node
    named = {"result": encoding.results, "flag": encoding.flags, "rule": encoding.rules}
    named |= {"agencies": encoding.agencies, "meeting": encoding.recommended}
    for kind, nodes in named.items():
        for name, node in nodes.items():
            yield f"{kind} {name}", node
    yield from _of_meetings(of)
    for agency in tree.agencies:
        yield f"agency {agency.id}", encoding.when(agency.when)
    for group in tree.groups:
        yield f"group {group.id}", encoding.when(group.when)


def _of_meetings(of: Subject) -> Iterator[tuple[str, int]]:
    encoding, tree = of.encoding, of.procedure
    for meeting in tree.meetings:
        for kind, nodes in (("type", encoding.types), ("chair", encoding.chairs)):
            for name, node in nodes[meeting.id].items():
                yield f"{kind} {name} of {meeting.id}", node
    for each in tree.timescales:
        alone = encoding.timescales.get((None, each.id))
        shown = encoding.timescales[each.meeting, each.id]
        shown = shown if alone is None else of.formulas.any((shown, alone))
        yield f"timescale {each.id}", shown
        for start in (each.runs_from, each.met_by):
            if start in tree.questions:
                node = of.formulas.all((shown, encoding.dated(start)))
                yield f"timescale {each.id} with a date for {start}", node


def never(of: Subject, beside: set[str] | None = None) -> list[str]:
    """The parts that no answers bring about. `beside`: look at these only."""
    wanted = dict(targets(of))
    wanted = {name: node for name, node in wanted.items() if beside is None or name in beside}
    values = evaluate(of.encoding, of.samples(SAMPLES))
    return [name for name, node in wanted.items() if not values[node] and not of.find(node)]
