"""z3 over the graph of formulae: is there an answer set for which a node holds?"""

from __future__ import annotations

from collections.abc import Iterable

import z3

from tests.proofs.formulas import Formulas


class Solver:
    """One z3 solver that is told about new nodes as they are made, and forgets nothing."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self._context = z3.Context()
        self._solver = z3.SolverFor("QF_FD", ctx=self._context)
        self._told = 1
        self.checks = 0

    def always(self, node: int) -> None:
        """From now on only answer sets for which `node` holds count."""
        self._tell()
        self._solver.add(self._literal(node))

    def find(self, nodes: Iterable[int]) -> dict[int, int] | None:
        """The variables (1 or 0) of one answer set for which all of `nodes` hold, or None."""
        self._tell()
        self.checks += 1
        found = self._solver.check([self._literal(node) for node in nodes])
        if found == z3.unknown:
            raise RuntimeError(f"z3 gave up: {self._solver.reason_unknown()}")
        if found == z3.unsat:
            return None
        model = self._solver.model()
        return {
            node: int(z3.is_true(model[z3.Bool(f"n{node}", self._context)]))
            for node, name in enumerate(self.formulas.nodes)
            if node and isinstance(name, str)
        }

    def _literal(self, node: int) -> z3.BoolRef:
        named = z3.Bool(f"n{abs(node)}", self._context)
        return named if node > 0 else z3.Not(named)

    def _tell(self) -> None:
        """SMT-LIB text: far quicker to hand over than one call for each node."""
        lines = []
        for node in range(self._told, len(self.formulas.nodes)):
            parts = self.formulas.nodes[node]
            lines.append(f"(declare-const n{node} Bool)")
            if not isinstance(parts, str):
                of = " ".join(f"n{part}" if part > 0 else f"(not n{-part})" for part in parts)
                lines.append(f"(assert (= n{node} (and {of})))" if parts else f"(assert n{node})")
        self._told = len(self.formulas.nodes)
        if lines:
            self._solver.from_string("\n".join(lines))
