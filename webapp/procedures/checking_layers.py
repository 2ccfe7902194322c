"""Whether local arrangements fit the trees, and only add to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from webapp.procedures.checking import (
    Names,
    World,
    every_condition,
    every_source,
    rules_and_timescales,
    unknown,
    wrong,
)
from webapp.procedures.layers import NATIONAL
from webapp.procedures.loading import rules_with_one_effect
from webapp.procedures.marked_yaml import Problem

Data = Any
TAKE_AWAY = ("not-invited", "chair-decides")


def check_profiles(profiles: Mapping[str, Data]) -> Iterator[Problem]:
    """Each profile builds on another, up to the national one; no two claim the same area."""
    above = {name: _above(name, profiles) for name in profiles}
    for name, profile in profiles.items():
        if above[name] is None:
            known = ", ".join(each for each in profiles if each != name)
            what = f"'{name}' does not build on '{NATIONAL}'."
            remedy = f"Write 'extends: …' with one of: {known}."
            yield Problem(f"{name}.yaml", profile.line, what, remedy)
    for first, second in combinations(sorted(profiles), 2):
        shared = set(_codes(profiles[first])) & set(_codes(profiles[second]))
        apart = first not in (above[second] or ()) and second not in (above[first] or ())
        if shared and apart:
            what = f"'{first}' and '{second}' both hold for {', '.join(sorted(shared))}."
            remedy = "Let one build on the other."
            yield Problem(f"{first}.yaml", profiles[first].line, what, remedy)


def _above(name: str, profiles: Mapping[str, Data]) -> list[str] | None:
    """The profiles that this one builds on; None where they do not lead to the national one."""
    above: list[str] = []
    while name != NATIONAL:
        name = str(profiles[name].get("extends"))
        if name in above or name not in profiles:
            return None
        above.append(name)
    return above


def _codes(profile: Data) -> list[str]:
    codes = profile.get("authorities") or []
    return [codes] if isinstance(codes, str) else list(codes)


def check_layer(data: Data, file: str, trees: list[Data], world: World) -> list[Problem]:
    """What does not fit in a profile or in the borrowed numbers. The trees are valid by now."""
    by_name = {tree["procedure"]: tree for tree in trees}
    problems: list[Problem] = []
    if data.get("profile") and "extends" in data:
        codes = _codes(data)
        known = {"switch": world.switches, "authority": world.authorities}
        for kind, ids in (("switch", data.get("local", {})), ("authority", codes)):
            problems += [
                unknown(file, each, kind, known[kind]) for each in ids if each not in known[kind]
            ]
    for procedure, added in data.get("add", {}).items():
        if procedure not in by_name:
            problems.append(unknown(file, procedure, "procedure", by_name))
            continue
        names = Names(by_name[procedure], world)
        problems += _additions(added, by_name[procedure], names, file)
    return sorted(problems, key=lambda problem: problem.line)


def _additions(added: Data, tree: Data, names: Names, file: str) -> Iterator[Problem]:
    yield from rules_with_one_effect(added.get("rules", ()), file)
    yield from rules_and_timescales(added, names, file)
    yield from every_source(added, names, file)
    yield from every_condition(added, names, file)
    yield from _replaces_nothing_national(added, tree, file)
    yield from _takes_nobody_away(added, file)
    for meeting, chairs in added.get("chairs", {}).items():
        if meeting not in tree["meetings"]:
            yield unknown(file, meeting, "meeting", tree["meetings"])
        for chair in chairs:
            yield from wrong(file, chair, "chair", names.known["role"])


def _replaces_nothing_national(added: Data, tree: Data, file: str) -> Iterator[Problem]:
    """Local arrangements add; what the tree itself says stays as it is."""
    taken = [each["id"] for each in tree["rules"]]
    entries = [(each["id"], each) for each in added.get("rules", ()) if each["id"] in taken]
    timescales = added.get("timescales", {})
    entries += [(name, each) for name, each in timescales.items() if name in tree["timescales"]]
    for name, entry in entries:
        what = f"'{name}' would replace what the national tree says."
        yield Problem(file, entry.line, what, "Give it an id of its own: the stricter one wins.")


def _takes_nobody_away(added: Data, file: str) -> Iterator[Problem]:
    """A person whom the procedures ask for would be kept away: that status comes first."""
    for rule in added.get("rules", ()):
        if rule.get("status") in TAKE_AWAY:
            what = f"'{rule['id']}' would take somebody away whom the procedures ask for."
            yield Problem(file, rule.line, what, "Local arrangements only add people.")


def check_minimum(trees: list[Data], world: World) -> Iterator[Problem]:
    """Each entry names what exists, and whoever a rule requires has an entry."""
    file, terms = "terms.yaml", world.terms
    minimum = terms.get("minimum") or {}
    procedures = [tree["procedure"] for tree in trees]
    known = {"roles": terms["roles"], "statuses": terms["statuses"], "through": terms["roles"]}
    for entry in minimum.values():
        yield from wrong(file, entry, "procedures", procedures)
        yield from wrong(file, entry, "source", list(world.sources["sources"]))
        for key, names in known.items():
            yield from wrong(file, entry, key, list(names))
    for role, procedure in sorted(_required(trees)):
        if not any(_tells(entry, role, procedure) for entry in minimum.values()):
            what = f"Nothing says what to do where '{role}' is missing ({procedure})."
            yield Problem(file, terms.line, what, "Add it to 'roles' of an entry of 'minimum'.")


def _required(trees: list[Data]) -> set[tuple[str, str]]:
    """(role, procedure of the meeting) of every rule that requires somebody."""
    return {
        (rule["attendee"], meetings[rule.get("meeting") or next(iter(meetings))]["procedure"])
        for meetings, rules in ((tree["meetings"], tree["rules"]) for tree in trees)
        for rule in rules
        if rule.get("status") == "required"
    }


def _tells(entry: Data, role: str, procedure: str) -> bool:
    where = entry.get("procedures") or [procedure]
    statuses = entry.get("statuses") or ["required"]
    return role in entry["roles"] and procedure in where and "required" in statuses
