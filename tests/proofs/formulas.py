"""Boolean formulae as one shared graph of `and` nodes: a number is a node, minus it its negation.

The same graph is evaluated here for thousands of answer sets at once (each bit of an integer is
one answer set) and handed to z3, so the solver proves exactly what the tests compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

TRUE, FALSE = 1, -1


class Formulas:
    """Nodes in the order they were made: whatever a node needs stands before it."""

    def __init__(self) -> None:
        self.nodes: list[tuple[int, ...] | str] = ["", ()]  # 0 is unused; 1 is `true`
        self._ids: dict[tuple[int, ...] | str, int] = {(): TRUE}

    def variable(self, name: str) -> int:
        return self._node(name)

    def all(self, parts: Iterable[int]) -> int:
        kept = {part for part in parts if part != TRUE}
        if any(-part in kept or part == FALSE for part in kept):
            return FALSE
        if len(kept) == 1:
            return kept.pop()
        return self._node(tuple(sorted(kept)))

    def any(self, parts: Iterable[int]) -> int:
        return -self.all(-part for part in parts)

    def implies(self, first: int, second: int) -> int:
        return self.any((-first, second))

    def differ(self, first: int, second: int) -> int:
        return self.any((self.all((first, -second)), self.all((-first, second))))

    def at_least(self, parts: Iterable[int], most: int) -> list[int]:
        """[at least 0 hold, at least 1 hold, … at least `most` hold]."""
        counted = [TRUE] + [FALSE] * most
        for part in parts:
            counted = [TRUE] + [
                self.any((counted[n], self.all((counted[n - 1], part)))) for n in range(1, most + 1)
            ]
        return counted

    def values(self, inputs: Mapping[int, int], mask: int) -> Values:
        """Every node under the variables of `inputs`; a variable that is not there is false."""
        bits = [0] * len(self.nodes)
        for node, parts in enumerate(self.nodes):
            if isinstance(parts, str):
                bits[node] = inputs.get(node, 0)
                continue
            together = mask
            for part in parts:
                together &= bits[part] if part > 0 else ~bits[-part]
            bits[node] = together
        return Values(bits, mask)

    def _node(self, key: tuple[int, ...] | str) -> int:
        if key not in self._ids:
            self._ids[key] = len(self.nodes)
            self.nodes.append(key)
        return self._ids[key]


class Values:
    """What each node is worth in each of the answer sets evaluated together."""

    def __init__(self, bits: list[int], mask: int) -> None:
        self._bits, self._mask = bits, mask

    def __getitem__(self, node: int) -> int:
        return self._bits[node] if node > 0 else self._mask & ~self._bits[-node]
