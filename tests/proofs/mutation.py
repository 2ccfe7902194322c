"""The mutation run: does a scenario or a proof notice each small change to the trees?

    python -m tests.proofs.mutation [PROCEDURE…]

prints the score and each survivor. Nothing is written; all happens in memory.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.proofs.coverage import never
from tests.proofs.mutants import Mutant, mutants
from tests.proofs.properties import PROPERTIES
from tests.proofs.proving import holds_for_all
from tests.proofs.subjects import ANY_SWITCHES, NATIONAL, Subject, library, procedures, profiles
from tests.scenarios import conftest as scenarios
from webapp.procedures.model import Procedure
from webapp.procedures.recommending import recommend
from webapp.procedures.timescales import london
from webapp.procedures.walking import Context, problems_with, walk

FOLDER = Path(scenarios.__file__).parent


@dataclass(frozen=True)
class Case:
    """One scenario. `switches`: local switches that are on although the profile has them off."""

    name: str
    procedure: str
    profile: str
    answers: dict[str, Any]
    context: Context
    expect: dict[str, Any]
    switches: tuple[str, ...] = ()

    def fails(self, procedure: Procedure) -> bool:
        """Whether the scenario does not come out as it should under `procedure`."""
        procedure = scenarios.with_switches(procedure, self.switches)
        try:
            if problems_with(procedure, self.answers, self.context):
                return True
            got = recommend(walk(procedure, self.answers, self.context), self.context)
            return any(True for _each in scenarios.differences(got, self.expect))
        except (KeyError, IndexError, RuntimeError):  # RuntimeError: nothing fits
            return True


@dataclass
class Score:
    by_scenario: int = 0
    by_proof: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.by_scenario + self.by_proof + len(self.survivors)

    def __str__(self) -> str:
        caught = self.by_scenario + self.by_proof
        return (
            f"{self.all} mutants, {caught} caught ({100 * caught / max(1, self.all):.1f} %):"
            f" {self.by_scenario} by a scenario, {self.by_proof} by a proof"
        )


@cache
def cases() -> tuple[Case, ...]:
    """Every scenario of `tests/scenarios`."""
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in _in_file(path))


def _in_file(path: Path) -> Iterator[Case]:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    for each in document["scenarios"]:
        procedure = each.get("procedure", path.stem)
        ordinary = document.get("ordinary") or scenarios.ordinary_of(procedure)
        local = library(each.get("profile", NATIONAL))
        yield Case(
            name=each["scenario"],
            procedure=procedure,
            profile=local.profile.id,
            answers=each.get("only") or {**ordinary, **each.get("answers", {})},
            context=Context(
                london(datetime.fromisoformat(each.get("at", scenarios.LATER))), local.calendar
            ),
            expect=each["expect"],
            switches=tuple(each.get("switched_on", ())),
        )


def run(names: Iterable[str]) -> Score:
    score = Score()
    for name in names:
        composed = {profile: library(profile).procedures[name] for profile in profiles()}
        own = [case for case in cases() if case.procedure == name]
        assert not [case.name for case in own if case.fails(composed[case.profile])]
        for mutant in mutants(list(composed.values())):
            changed = {profile: mutant.apply(each) for profile, each in composed.items()}
            if caught_by_scenario(own, changed):
                score.by_scenario += 1
            elif caught_by_proof(changed):
                score.by_proof += 1
            else:
                score.survivors.append(mutant)
    return score


def caught_by_scenario(own: list[Case], changed: dict[str, Procedure | None]) -> Case | None:
    """The first scenario that fails. The one that noticed last is tried first the next time."""
    for n, case in enumerate(own):
        procedure = changed[case.profile]
        if procedure and case.fails(procedure):
            own.insert(0, own.pop(n))
            return case
    return None


def caught_by_proof(changed: dict[str, Procedure | None]) -> bool:
    """Whether a property fails in a profile, or something is dead however switches are set."""
    for profile, procedure in changed.items():
        if procedure:
            of = Subject(procedure, profile)
            if not all(holds_for_all(of, name) for name in PROPERTIES):
                return True
    national = changed[NATIONAL]
    return bool(national and never(Subject(national, ANY_SWITCHES)))


if __name__ == "__main__":
    outcome = run(sys.argv[1:] or procedures())
    for survivor in outcome.survivors:
        print("survives:", survivor.id)
    print(outcome)
