"""How many answer sets the proofs cover: counted exactly, without listing them.

The sequence is walked once for all answer sets together. Two that leave the same conditions
open for the questions still to come are counted as one state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from tests.proofs.encoding import Encoding
from tests.proofs.formulas import FALSE, TRUE, Formulas
from webapp.procedures.conditions import Condition
from webapp.procedures.model import Exit, Kind, Procedure, Question

State = tuple[str, tuple[int, ...]]  # the question jumped to, and the conditions still open


def answer_sets(procedure: Procedure) -> int:
    """The different sets of answers, each date as its band, on which there is a result.

    A question that can wait may be left unanswered: that counts as a set of its own.
    """
    count = _Count(procedure)
    return sum(number for _state, number in count.run())


class _Count:
    def __init__(self, procedure: Procedure) -> None:
        self.procedure, self.formulas = procedure, Formulas()
        self.variables = {
            question.id: {
                choice: self.formulas.variable(f"{question.id}={choice}")
                for choice in question.choices
            }
            for question in procedure.questions.values()
        }
        self.order = {name: n for n, name in enumerate(self.variables)}
        self.local = Encoding(procedure, Formulas()).local

    def run(self) -> Iterator[tuple[State, int]]:
        """Each way to an end, with how many answer sets take it."""
        items = self.procedure.sequence
        asked = 0
        opened = []
        for item in items:
            opened.append(self._open(item.when, asked))
            asked += isinstance(item, Question)
        states: Counter[State] = Counter({("", tuple(opened)): 1})
        for item in items:
            following: Counter[State] = Counter()
            for (jump, (here, *rest)), number in states.items():
                for state, ways in self._pass(item, jump, here, tuple(rest)):
                    if state is None:
                        yield ("", ()), number * ways
                    else:
                        following[state] += number * ways
            states = following
        yield from states.items()

    def _pass(
        self, item: Question | Exit, jump: str, here: int, rest: tuple[int, ...]
    ) -> Iterator[tuple[State | None, int]]:
        if isinstance(item, Exit):
            ends = here == TRUE and not jump
            yield (None if ends else (jump, rest)), 1
            return
        if (jump and jump != item.id) or here == FALSE:
            jump = "" if jump == item.id else jump
            yield (jump, self._given(rest, item, ())), 1
            return
        if item.can_wait:
            yield ("", self._given(rest, item, ())), 1
        elif item.meanwhile:
            yield None, 1
        for picked, ways in self._picks(item, rest):
            targets = [item.choices[each].leads_to for each in picked]
            if any(target in self.procedure.results for target in targets):
                yield None, ways
            else:
                jumps = [target for target in targets if target]
                yield (jumps[-1] if jumps else "", self._given(rest, item, picked)), ways

    def _picks(
        self, question: Question, rest: tuple[int, ...]
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        """Answers that differ for what is still open, and how many answers each stands for."""
        alone = [each.id for each in question.options if each.exclusive]
        if question.kind is not Kind.MANY:
            alone = list(question.choices)
        yield from (((each,), 1) for each in alone)
        open_now = self._mentioned(rest)
        several = [each for each in question.choices if each not in alone]
        matter = [
            each
            for each in several
            if question.choices[each].leads_to or self.variables[question.id][each] in open_now
        ]
        others = 2 ** (len(several) - len(matter))
        for size in range(len(matter) + 1):
            for picked in combinations(matter, size):
                ways = others if picked else others - 1
                if ways:
                    yield picked, ways

    def _given(
        self, conditions: tuple[int, ...], question: Question, picked: tuple[str, ...]
    ) -> tuple[int, ...]:
        fixed = {
            node: TRUE if choice in picked else FALSE
            for choice, node in self.variables[question.id].items()
        }
        known: dict[int, int] = {}
        return tuple(self._with(each, fixed, known) for each in conditions)

    def _with(self, node: int, fixed: dict[int, int], known: dict[int, int]) -> int:
        """`node` where the variables of `fixed` are known."""
        if node < 0:
            return -self._with(-node, fixed, known)
        if node not in known:
            parts = self.formulas.nodes[node]
            if isinstance(parts, str):
                known[node] = fixed.get(node, node)
            else:
                known[node] = self.formulas.all(self._with(each, fixed, known) for each in parts)
        return known[node]

    def _mentioned(self, conditions: tuple[int, ...]) -> set[int]:
        seen: set[int] = set()
        left = [abs(each) for each in conditions]
        while left:
            node = left.pop()
            if node not in seen:
                seen.add(node)
                parts = self.formulas.nodes[node]
                left += [] if isinstance(parts, str) else [abs(each) for each in parts]
        return seen

    def _open(self, condition: Condition, asked: int) -> int:
        """`condition` over the answers to the first `asked` questions."""
        kind, formulas = condition[0], self.formulas
        if kind in ("all", "any"):
            parts = (self._open(part, asked) for part in condition[1:])
            return formulas.all(parts) if kind == "all" else formulas.any(parts)
        if kind == "not":
            return -self._open(condition[1], asked)
        if kind == "answer":
            known = self.variables[condition[1]]
            later = self.order[condition[1]] >= asked
            return FALSE if later else formulas.any(known[each] for each in condition[2])
        if kind == "flag":
            rules = [flag.when for flag in self.procedure.flags if flag.id in condition[1]]
            return formulas.any(self._open(rule, asked) for rule in rules)
        if kind == "local":
            return FALSE if self.local.isdisjoint(condition[1]) else TRUE
        return FALSE  # the result, the type and the number of agencies are not known yet
