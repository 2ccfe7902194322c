"""What is proved: each procedure in each profile, compiled and translated once for all tests."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path

from tests.proofs.encoding import Encoding, validity
from tests.proofs.formulas import FALSE, Formulas
from tests.proofs.sampling import Picked, changed, picked_in
from tests.proofs.solving import Solver
from webapp.procedures.compiling import compile_trees
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure
from webapp.procedures.walking import Context

TREES = Path(__file__).parents[2] / "decision_trees"
NATIONAL = "wales"
ANY_SWITCHES = "any switches"  # the national arrangements with each local switch on or off
NOW = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)


@cache
def library(profile: str = NATIONAL) -> Library:
    if profile == NATIONAL:
        return Library.from_data(compile_trees(TREES))
    return library() if profile == ANY_SWITCHES else library().in_profile(profile)


def profiles() -> list[str]:
    return list(library().profiles)


def arrangements() -> list[str]:
    """Every profile, the national one first, and every combination of switches beside them."""
    return [NATIONAL, ANY_SWITCHES, *(name for name in profiles() if name != NATIONAL)]


def procedures() -> list[str]:
    return list(library().procedures)


@dataclass
class Subject:
    """One procedure under one profile, with its solver."""

    procedure: Procedure
    profile: str = NATIONAL
    formulas: Formulas = field(default_factory=Formulas)

    @cached_property
    def encoding(self) -> Encoding:
        return Encoding(self.procedure, self.formulas, None, self.switches)

    @cached_property
    def switches(self) -> dict[str, int]:
        """Open only for ANY_SWITCHES."""
        if self.profile != ANY_SWITCHES:
            return {}
        names = library().data["profiles"][NATIONAL]["local"]
        return {name: self.formulas.variable(f"local {name}") for name in names}

    @cached_property
    def solver(self) -> Solver:
        solver = Solver(self.formulas)
        solver.always(validity(self.formulas, self.procedure, self.encoding.given))
        return solver

    def find(self, *nodes: int) -> Picked | None:
        """One answer set for which all of `nodes` hold, or None if there is none at all."""
        if FALSE in nodes:
            return None
        found = self.solver.find(nodes)
        return None if found is None else picked_in(self.encoding, found)

    @cached_property
    def seeds(self) -> list[Picked]:
        """An answer set for each result and each type of meeting."""
        wanted = list(self.encoding.results.values())
        wanted += [node for each in self.encoding.types.values() for node in each.values()]
        found = [self.find(node, -self.encoding.anyway) for node in wanted]
        return [each for each in found if each is not None]

    def samples(self, count: int, seed: int = 1) -> list[Picked]:
        chance = random.Random(seed)
        seeds = self.seeds
        return [changed(self.procedure, seeds[n % len(seeds)], chance) for n in range(count)]


def subject(procedure: str, profile: str = NATIONAL) -> Subject:
    return _subject(procedure, profile)


@cache
def _subject(procedure: str, profile: str) -> Subject:
    return Subject(library(profile).procedures[procedure], profile)


def context(profile: str = NATIONAL) -> Context:
    return Context(NOW, library(profile).calendar)
