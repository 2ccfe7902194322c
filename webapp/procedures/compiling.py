"""`decision_trees/` -> the plain data that the serving app reads, or every problem at once."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from webapp.procedures import shapes
from webapp.procedures.approving import APPROVALS, ROLES
from webapp.procedures.checking import World, check_tree
from webapp.procedures.checking_layers import check_layer, check_minimum, check_profiles
from webapp.procedures.layers import NATIONAL
from webapp.procedures.loading import load_document
from webapp.procedures.marked_yaml import Problem, TreeError

TREES = ("adult", "child", "section-5")


def compile_trees(folder: Path) -> dict[str, Any]:
    """The data of `Library.from_data`. Raises TreeError with every problem of every file."""
    terms, problems = load_document(folder / "terms.yaml", shapes.TERMS)
    sources, more = load_document(folder / "sources.yaml", shapes.SOURCES)
    problems += more
    profiles, more = _profiles(folder)
    problems += more
    borrowed, more = _borrowed(folder)
    problems += more
    approvals, more = _approvals(folder)
    problems += more
    authorities = read_authorities(folder)
    world = World(terms, sources, [row["gss_code"] for row in authorities], _switches(profiles))
    trees, more = _trees(folder, world)
    problems += more
    if not problems:
        problems += _check_layers(borrowed, profiles, trees, world)
    if problems:
        raise TreeError(_without_repeats(problems))
    calendar = json.loads((folder / "bank-holidays.json").read_text(encoding="utf-8"))
    return {
        "procedures": trees,
        "terms": terms,
        "sources": sources,
        "profiles": profiles,
        "borrowed": borrowed,
        APPROVALS: approvals,
        "authorities": authorities,
        "calendar": calendar["days"],
    }


def _trees(folder: Path, world: World) -> tuple[list[Any], list[Problem]]:
    trees, problems = [], []
    for path in (folder / f"{name}.yaml" for name in TREES):
        if path.exists():
            tree, more = load_document(path, shapes.TREE)
            problems += more
            problems += check_tree(tree, path.name, world)
            trees.append(tree)
    return trees, problems


def _check_layers(
    borrowed: Any, profiles: dict[str, Any], trees: list[Any], world: World
) -> list[Problem]:
    layers = [(borrowed, "borrowed.yaml")] if borrowed else []
    layers += [(each, f"{name}.yaml") for name, each in profiles.items()]
    problems = [*check_profiles(profiles), *check_minimum(trees, world)]
    for layer, file in layers:
        problems += check_layer(layer, file, trees, world)
    return problems


def _profiles(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Every profile by its id, the national one first."""
    profiles, problems = {}, []
    paths = sorted((folder / "profiles").glob("*.yaml"), key=lambda path: path.stem != NATIONAL)
    for path in paths:
        shape = shapes.NATIONAL if path.stem == NATIONAL else shapes.PROFILE
        document, more = load_document(path, shape)
        problems += more
        if document.get("profile") != path.stem:
            what = f"The profile calls itself '{document.get('profile')}'."
            problems.append(Problem(path.name, 1, what, f"Write 'profile: {path.stem}'."))
        profiles[path.stem] = document
    return profiles, problems


def _borrowed(folder: Path) -> tuple[Any, list[Problem]]:
    path = folder / "borrowed.yaml"
    return load_document(path, shapes.BORROWED) if path.exists() else (None, [])


def _approvals(folder: Path) -> tuple[list[Any], list[Problem]]:
    """The approvals on record; nothing is approved where there is no file."""
    path = folder / "approvals.yaml"
    if not path.exists():
        return [], []
    document, problems = load_document(path, shapes.APPROVALS)
    given = (document or {}).get("approvals") or []
    for each in given if not problems else ():
        if each["role"] not in ROLES:
            what = f"'{each['role']}' is not a role that approves."
            problems.append(Problem(path.name, each.line, what, f"Use one of: {', '.join(ROLES)}."))
    return given, problems


def _switches(profiles: dict[str, Any]) -> list[str]:
    return list(profiles[NATIONAL].get("local") or ())


def read_authorities(folder: Path) -> list[dict[str, str]]:
    """The rows of `authorities.csv`, in the order of their GSS codes."""
    with (folder / "authorities.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["gss_code"])


def _without_repeats(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
