"""Proposes cases for `tests/scenarios/complete.yaml`: what no scenario notices yet.

    python -m tests.proofs.complete_cases PROCEDURE >new.yaml

For each change to the tree that no scenario notices it looks for answers that do, as near as can
be to the ordinary case; few cases notice many changes. What it prints is what comes out today:
read every line against the rules before you keep it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from tests.proofs.mutants import mutants
from tests.proofs.mutation import Case, cases, caught_by_scenario
from tests.proofs.sampling import as_given
from tests.proofs.subjects import NATIONAL, library, profiles, subject
from tests.scenarios import conftest as scenarios
from tests.scenarios.complete import complete
from webapp.procedures.model import NOT_KNOWN, Kind, Procedure, Question
from webapp.procedures.recommending import recommend
from webapp.procedures.timescales import london
from webapp.procedures.walking import Context, walk

Changed = dict[str, Procedure | None]
POOL = 500
MOMENT = "2026-06-10T09:30"


def unnoticed(name: str) -> dict[str, Changed]:
    """The mutants that no scenario notices: id -> the changed procedure under each profile."""
    composed = {profile: library(profile).procedures[name] for profile in profiles()}
    own = [case for case in cases() if case.procedure == name]
    left = {}
    for mutant in mutants(list(composed.values())):
        changed = {profile: mutant.apply(each) for profile, each in composed.items()}
        if not caught_by_scenario(own, changed):
            left[mutant.id] = changed
    return left


def pool(name: str, profile: str, chance: random.Random) -> Iterator[Case]:
    """Answers worth trying: the scenarios', the ordinary case changed in one thing, others."""
    ordinary = scenarios.ordinary_of(name)
    of = subject(name, profile)
    for case in cases():
        if case.procedure == name and case.profile == profile and "exactly" not in case.expect:
            yield case
    for question in of.procedure.questions.values():
        for choice in question.choices:
            yield _case(of.procedure, profile, {**ordinary, **_answer(question, choice)})
    at = Context(london_moment(), library(profile).calendar)
    for picked in of.samples(POOL, seed=3):
        answers = {**ordinary, **as_given(of.procedure, picked, at, chance)}
        yield _case(of.procedure, profile, answers)


def london_moment() -> Any:
    from datetime import datetime

    return london(datetime.fromisoformat(MOMENT))


def _answer(question: Question, choice: str) -> dict[str, Any]:
    if question.kind.is_date:
        return {question.id: NOT_KNOWN if choice == NOT_KNOWN else "2026-06-09"}
    return {question.id: [choice] if question.kind is Kind.MANY else choice}


def _case(procedure: Procedure, profile: str, answers: dict[str, Any]) -> Case:
    at = Context(london_moment(), library(profile).calendar)
    return with_everything(Case("", procedure.id, profile, answers, at, {}), procedure)


def with_everything(case: Case, procedure: Procedure) -> Case:
    got = recommend(walk(procedure, case.answers, case.context), case.context)
    asked = got.journey.answers()
    answers = {name: answer for name, answer in case.answers.items() if name in asked}
    exactly = {"exactly": complete(got)}
    return Case(case.name, case.procedure, case.profile, answers, case.context, exactly)


def chosen(name: str) -> Iterator[tuple[Case, list[str]]]:
    """Cases that together notice all that can be noticed, the most telling first."""
    chance = random.Random(5)
    left = unnoticed(name)
    for profile in sorted(profiles(), key=lambda each: each != NATIONAL):
        procedure = library(profile).procedures[name]
        tried = [with_everything(case, procedure) for case in pool(name, profile, chance)]
        noticed: dict[int, set[str]] = {}
        for mutant, changed in left.items():
            if changed[profile]:
                fails = (n for n, case in enumerate(tried) if case.fails(changed[profile]))
                for n in islice(fails, 12):
                    noticed.setdefault(n, set()).add(mutant)
        while noticed:
            best = max(noticed, key=lambda n: (len(noticed[n]), -n))
            caught = noticed.pop(best)
            if not caught:
                break
            yield (
                plain(tried[best], procedure, [left[each][profile] for each in caught]),
                sorted(caught),
            )
            left = {each: changed for each, changed in left.items() if each not in caught}
            noticed = {n: each - caught for n, each in noticed.items()}
    for mutant in left:
        print("nothing notices", mutant, file=sys.stderr)


def plain(case: Case, procedure: Procedure, changed: list[Procedure]) -> Case:
    """`case` with as many answers as can be put back to the ordinary ones."""
    ordinary = scenarios.ordinary_of(case.procedure)
    best = case
    for name in list(case.answers):
        if case.answers[name] == ordinary.get(name):
            continue
        tried = {**ordinary, **best.answers, name: ordinary.get(name)}
        again = with_everything(
            Case("", case.procedure, case.profile, tried, case.context, {}), procedure
        )
        if all(again.fails(each) for each in changed):
            best = again
    return best


def as_scenario(case: Case, caught: list[str]) -> dict[str, Any]:
    ordinary = scenarios.ordinary_of(case.procedure)
    differing = {n: a for n, a in case.answers.items() if a != ordinary.get(n)}
    told = {
        "scenario": "…",
        "from": "Complete: every id that comes out",
        "procedure": case.procedure,
    }
    if case.profile != NATIONAL:
        told["profile"] = case.profile
    told |= {"at": case.context.now.strftime("%Y-%m-%dT%H:%M"), "answers": differing}
    return {**told, "expect": case.expect, "notices": caught}


if __name__ == "__main__":
    found = [as_scenario(*each) for each in chosen(sys.argv[1])]
    yaml.safe_dump(
        found, sys.stdout, sort_keys=False, width=110, default_flow_style=None, allow_unicode=True
    )
