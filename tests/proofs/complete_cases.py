"""Writes `tests/scenarios/complete.yaml`: cases that state everything that comes out.

    python -m tests.proofs.complete_cases --again        each case anew, with what comes out today
    python -m tests.proofs.complete_cases PROCEDURE…     more cases, for changes no scenario notices

For each change to a tree that no scenario notices it looks for answers that do: those of another
scenario, else some that z3 finds, as near as can be to the ordinary case. What is written is
what comes out today: read every changed line against the rules before you keep it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from tests.proofs.encoding import Encoding
from tests.proofs.formulas import FALSE
from tests.proofs.mutants import mutants
from tests.proofs.mutation import Case, cases, caught_by_scenario
from tests.proofs.sampling import BESIDE, Answers, Picked, as_given
from tests.proofs.showing import shown_by
from tests.proofs.subjects import ANY_SWITCHES, NATIONAL, Subject, library, procedures, profiles
from tests.scenarios import conftest as scenarios
from tests.scenarios.complete import complete
from tests.scenarios.conftest import with_switches
from webapp.procedures.model import Procedure
from webapp.procedures.recommending import recommend
from webapp.procedures.timescales import london
from webapp.procedures.walking import Context, problems_with, walk

Changed = dict[str, Procedure | None]
MOMENT = "2026-06-10T09:30"
NAMED = "Everything that comes out: "
FILE = Path(scenarios.__file__).with_name("complete.yaml")
HEAD = """\
# Cases that state everything that comes out, so that no change to a tree goes unnoticed.
#
# `exactly` lists each thing by its id, in the order shown: nothing is missing, nothing is more.
# Beside an attendee's status stand the rules behind it; beside a timescale how binding it is,
# and when it is due. After a change to a tree write each case anew, and read the difference
# line by line against what you meant to change:
#     .venv/bin/python -m tests.proofs.complete_cases --again
"""


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


def with_everything(case: Case, answers: Answers) -> Case:
    """`case` with other answers, and all that comes out of them; answers not asked for are left."""
    procedure = with_switches(library(case.profile).procedures[case.procedure], case.switches)
    got = recommend(walk(procedure, answers, case.context), case.context)
    asked = got.journey.answers()
    answers = {name: answer for name, answer in answers.items() if name in asked}
    return replace(case, answers=answers, expect={"exactly": complete(got)})


def chosen(name: str) -> Iterator[tuple[Case, list[str]]]:
    """Cases that together notice all that can be noticed, and what each notices."""
    left = unnoticed(name)
    print(len(left), "changes that no scenario notices", file=sys.stderr)
    tried = [with_everything(case, case.answers) for case in cases() if case.procedure == name]
    tried = [case for case in tried if case.expect]
    noticed: dict[int, set[str]] = {}
    for mutant, changed in left.items():
        for n in islice((n for n, case in enumerate(tried) if notices(case, changed)), 8):
            noticed.setdefault(n, set()).add(mutant)
    while any(noticed.values()):
        best = max(noticed, key=lambda n: (len(noticed[n]), -n))
        caught = noticed.pop(best)
        yield tried[best], sorted(caught)
        left = {each: changed for each, changed in left.items() if each not in caught}
        noticed = {n: each - caught for n, each in noticed.items()}
    while left:
        mutant, changed = left.popitem()
        case = searched(name, changed)
        if case is None:
            print("nothing notices", mutant, file=sys.stderr)
            continue
        caught = {each for each, other in left.items() if notices(case, other)}
        yield case, sorted({mutant, *caught})
        left = {each: other for each, other in left.items() if each not in caught}


def notices(case: Case, changed: Changed) -> bool:
    procedure = changed[case.profile]
    return procedure is not None and case.fails(procedure)


def searched(name: str, changed: Changed) -> Case | None:
    """Answers found by z3 for which the changed procedure recommends something else."""
    for profile in [ANY_SWITCHES, *profiles()]:
        mutant = changed[NATIONAL if profile == ANY_SWITCHES else profile]
        if mutant is None:
            continue
        of = Subject(library(profile).procedures[name], profile)
        other = Encoding(mutant, of.formulas, of.encoding.given, of.switches)
        ours, theirs = told(of.encoding), told(other)
        parts = [
            of.formulas.differ(ours.get(each, FALSE), theirs.get(each, FALSE))
            for each in {**ours, **theirs}
        ]
        picked = of.find(of.formulas.any(parts), -of.encoding.anyway)
        if picked and (case := dated(of, picked, changed)):
            return plain(case, changed)
    return None


def told(encoding: Encoding) -> dict[tuple[str, ...], int]:
    """What comes out, the reasons for each attendee, and each length of time that is shown."""
    names = shown_by(encoding)
    names |= {("rule", rule): node for rule, node in encoding.rules.items()}
    for each in encoding.procedure.timescales:
        for place in (None, each.meeting):
            if (place, each.id) in encoding.timescales:
                node = encoding.timescales[place, each.id]
                names["length", str(each.span), each.id, place or ""] = node
    return names


def dated(of: Subject, picked: Picked, changed: Changed) -> Case | None:
    """The first of some choices of dates with which the change shows."""
    chance = random.Random(5)
    profile = NATIONAL if of.profile == ANY_SWITCHES else of.profile
    at = Context(london(datetime.fromisoformat(MOMENT)), library(profile).calendar)
    off = library(profile).procedures[of.procedure.id].profile.local
    switches = tuple(n for n in picked.get(BESIDE, ()) if n != "anyway" and n not in off)
    case = Case("", of.procedure.id, profile, {}, at, {}, switches)
    for _try in range(40):
        tried = with_everything(case, as_given(of.procedure, picked, at, chance))
        if notices(tried, changed):
            return tried
    return None


def plain(case: Case, changed: Changed) -> Case:
    """`case` with as many answers as can be put back to the ordinary ones."""
    ordinary = scenarios.ordinary_of(case.procedure)
    best = with_everything(case, {**ordinary, **case.answers})
    best = best if notices(best, changed) else case
    for name in list(best.answers):
        if best.answers.get(name) != ordinary.get(name):
            again = with_everything(best, {**best.answers, **ordinary, **_kept(best, name)})
            best = again if notices(again, changed) else best
    return best


def _kept(case: Case, name: str) -> Answers:
    """The answers of `case` but the one to `name`."""
    return {each: answer for each, answer in case.answers.items() if each != name}


def as_scenario(case: Case) -> dict[str, Any]:
    ordinary = scenarios.ordinary_of(case.procedure)
    asked = {name: answer for name, answer in case.answers.items() if answer != ordinary.get(name)}
    said = ", ".join(f"{name} {_ids(answer)}" for name, answer in asked.items())
    where = case.name.removeprefix(NAMED) or f"the ordinary case of {case.procedure}, with {said}"
    told_of = {"scenario": NAMED + where, "from": "all rules at work"}
    told_of["procedure"] = case.procedure
    if case.profile != NATIONAL:
        told_of["profile"] = case.profile
    if case.switches:
        told_of["switched_on"] = list(case.switches)
    told_of["at"] = case.context.now.strftime("%Y-%m-%dT%H:%M")
    same = _brings_the_same(case, {**ordinary, **asked})
    told_of |= {"answers": asked} if same else {"only": case.answers}
    told_of |= {"expect": case.expect}
    plain_text: dict[str, Any] = json.loads(json.dumps(told_of))  # the trees' texts know their line
    return plain_text


def _brings_the_same(case: Case, answers: Answers) -> bool:
    procedure = library(case.profile).procedures[case.procedure]
    usable = not problems_with(procedure, answers, case.context)
    return usable and with_everything(case, answers).expect == case.expect


def _ids(answer: Any) -> str:
    return answer if isinstance(answer, str) else "+".join(answer)


def written() -> list[Case]:
    """The cases that stand in the file now."""
    return [case for case in cases() if case.name.startswith(NAMED)]


def write(found: list[Case]) -> None:
    """Each case anew, with what comes out today."""
    document = {"scenarios": [as_scenario(case) for case in found]}
    layout = {"sort_keys": False, "width": 150, "default_flow_style": None, "allow_unicode": True}
    FILE.write_text(HEAD + yaml.safe_dump(document, **layout), encoding="utf-8")


def main(names: list[str]) -> None:
    found = [with_everything(case, case.answers) for case in written()]
    if names != ["--again"]:
        found += [case for name in names or procedures() for case, _caught in chosen(name)]
    write(found)


if __name__ == "__main__":
    main(sys.argv[1:])
