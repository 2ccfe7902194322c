"""Which questions and results no set of answers can reach.

A bounded search over the choices that can matter, cut short as soon as the target's own
condition has become impossible. Where the bound is met the target counts as reachable: the
proof for all answers belongs to the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from webapp.procedures.conditions import Condition, from_data, mentions
from webapp.procedures.marked_yaml import Problem

BUDGET = 20_000
Answers = dict[str, tuple[str, ...]]


def unreachable(data: Any, choices: Mapping[str, list[str]], file: str) -> Iterator[Problem]:
    """A problem for each question that is never asked and each result that never comes."""
    tree = _Tree(data, choices)
    for position, item in enumerate(tree.items):
        name = item.get("question")
        if name and not tree.reaches(position, from_data(item.get("when"))):
            what = f"Nothing leads to question '{name}': no answers make it be asked."
            yield Problem(file, item.line, what, "Check its 'when' and what jumps over it.")
    for name, result in data["results"].items():
        if not any(tree.reaches(position, when) for position, when in tree.ways_to(name)):
            what = f"Nothing leads to result '{name}'."
            yield Problem(file, result.line, what, "Add an exit or an option that leads to it.")


class _Tree:
    def __init__(self, data: Any, choices: Mapping[str, list[str]]) -> None:
        self.data = data
        self.items = list(data["sequence"])
        self.choices = choices
        self.flags = {name: from_data(flag["when"]) for name, flag in data["flags"].items()}
        self.order = {item.get("question"): n for n, item in enumerate(self.items)}
        self.targets = {
            name: {each["id"]: each.get("leads_to") for each in _choices_of(item)}
            for name, item in ((item.get("question"), item) for item in self.items)
            if name
        }

    def ways_to(self, result: str) -> Iterator[tuple[int, Condition]]:
        """(position in the sequence, what must hold there) for each way to a result."""
        for position, item in enumerate(self.items):
            name = item.get("question", "")
            if item.get("exit") == result:
                yield position, from_data(item["when"])
            for choice, target in self.targets.get(name, {}).items():
                if target == result:
                    asked = from_data(item.get("when"))
                    yield position + 1, ("all", asked, ("answer", name, (choice,)))
            if item.get("meanwhile") == result:
                yield position, from_data(item.get("when"))
        if self.data["default_result"] == result:
            yield len(self.items), ("all",)

    def reaches(self, position: int, wanted: Condition) -> bool:
        self.budget = BUDGET
        return self._search(0, None, {}, position, wanted, self._relevant(position, wanted))

    def _search(
        self,
        at: int,
        jump_to: str | None,
        answers: Answers,
        goal: int,
        wanted: Condition,
        relevant: dict[str, list[tuple[str, ...]]],
    ) -> bool:
        self.budget -= 1
        if self.budget < 0:
            return True
        if self._truth(wanted, answers, at) is False:
            return False
        if at == goal:
            return jump_to in (None, self.items[at].get("question") if at < len(self.items) else "")
        item = self.items[at]
        name = item.get("question")
        if jump_to and name != jump_to:
            return self._search(at + 1, jump_to, answers, goal, wanted, relevant)
        asked = self._truth(from_data(item.get("when")), answers, at)
        if not name and asked is True:
            return False
        if not name or asked is False:
            return self._search(at + 1, None, answers, goal, wanted, relevant)
        return any(
            self._search(at + 1, onward, {**answers, name: picked}, goal, wanted, relevant)
            for picked, onward in self._ways_on(name, at, goal, relevant)
        )

    def _ways_on(
        self, name: str, at: int, goal: int, relevant: dict[str, list[tuple[str, ...]]]
    ) -> Iterator[tuple[tuple[str, ...], str | None]]:
        """(pick, question jumped to) for each pick that does not end the journey too early."""
        for picked in relevant.get(name, [()]):
            target = next((self.targets[name].get(each) for each in picked), None)
            if target not in self.data["results"] or at + 1 == goal:
                yield picked, target if target in self.order else None

    def _relevant(self, goal: int, wanted: Condition) -> dict[str, list[tuple[str, ...]]]:
        """question -> the picks worth trying: what conditions name, and something else."""
        named: dict[str, set[str]] = {}
        conditions = [wanted, *self.flags.values()]
        conditions += [from_data(item.get("when")) for item in self.items[:goal]]
        for condition in conditions:
            for kind, question, ids in mentions(condition):
                if kind == "answer":
                    named.setdefault(question, set()).update(ids)
        picks = {}
        for name, targets in self.targets.items():
            leading = {each for each, target in targets.items() if target}
            matter = [
                each for each in self.choices[name] if each in named.get(name, set()) | leading
            ]
            other = next((each for each in self.choices[name] if each not in matter), None)
            singles = [(each,) for each in ([other] if other else []) + matter]
            everything = [tuple(matter)] if len(matter) > 1 else []
            many = self.items[self.order[name]]["kind"] == "many"
            picks[name] = singles + (everything if many else [])
        return picks

    def _truth(self, condition: Condition, answers: Answers, at: int) -> bool | None:
        """True, False, or None while it depends on questions from `at` onwards."""
        kind = condition[0]
        if kind in ("all", "any"):
            parts = [self._truth(part, answers, at) for part in condition[1:]]
            decisive = kind == "any"
            if decisive in parts:
                return decisive
            return None if None in parts else not decisive
        if kind == "not":
            inner = self._truth(condition[1], answers, at)
            return None if inner is None else not inner
        if kind == "flag":
            return self._truth(("any", *(self.flags[each] for each in condition[1])), answers, at)
        if kind == "answer":
            if condition[1] in answers:
                return not set(answers[condition[1]]).isdisjoint(condition[2])
            return None if self.order[condition[1]] >= at else False
        return None


def _choices_of(item: Any) -> list[Any]:
    return [*item["options"], *item.get("bands", [])]
