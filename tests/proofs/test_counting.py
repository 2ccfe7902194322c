"""How many answer sets the proofs cover; and that they are counted rightly."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, product
from typing import Any

import pytest

from tests.proofs.counting import answer_sets
from tests.proofs.subjects import context, library, procedures
from webapp.procedures.model import AnswerOption, Exit, Kind, Procedure, Question, Text
from webapp.procedures.walking import walk

AT_LEAST = 10**25


@pytest.mark.parametrize("procedure", procedures())
def test_the_proofs_cover_more_answers_than_anybody_could_try(procedure: str) -> None:
    count = answer_sets(library().procedures[procedure])
    print(f"\n{procedure}: {count:.1e} answer sets")

    assert count > AT_LEAST


def question(name: str, options: list[AnswerOption], **values: Any) -> Question:
    like = next(iter(library().procedures["adult"].questions.values()))
    values = {"when": ("all",), "kind": Kind.ONE, "can_wait": False, **values}
    return replace(like, id=name, options=tuple(options), meanwhile=None, **values)


def option(name: str, **values: Any) -> AnswerOption:
    return AnswerOption(name, Text(name, name), **values)


def small_tree() -> Procedure:
    """Every way in which a walk can go on: a jump, an exit, a result, waiting, an only tick."""
    tree = library().procedures["adult"]
    ends = next(iter(tree.results))
    ticks = [option("x"), option("y"), option("z"), option("none", exclusive=True)]
    sequence = (
        question("a", [option("go"), option("jump", leads_to="d"), option("end", leads_to=ends)]),
        question("b", ticks, kind=Kind.MANY, can_wait=True),
        Exit(ends, ("answer", "b", ("x",))),
        question("c", [option("1"), option("2")], when=("not", ("answer", "b", ("y",)))),
        question("d", [option("1"), option("2"), option("3")], can_wait=True),
    )
    nothing: dict[str, Any] = {"flags": (), "meetings": (), "rules": (), "timescales": ()}
    return replace(tree, sequence=sequence, groups=(), agencies=(), **nothing)


def test_answer_sets_are_counted_as_if_they_were_tried_one_by_one() -> None:
    tree, at = small_tree(), context()
    choices: list[list[Any]] = []
    for each in tree.questions.values():
        ids = list(each.choices)
        if each.kind is Kind.MANY:
            sizes = (combinations(ids, size) for size in range(len(ids) + 1))
            choices.append([list(picked) for picked in chain.from_iterable(sizes)])
        else:
            choices.append(["", *ids])
    found = set()
    for answers in product(*choices):
        journey = walk(tree, dict(zip(tree.questions, answers, strict=True)), at)
        if journey.result:
            found.add(tuple((step.question.id, step.choices) for step in journey.steps))

    assert answer_sets(tree) == len(found)
