"""`decision_trees/` -> the plain data that the serving app reads, or every problem at once."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from webapp.procedures import shapes
from webapp.procedures.checking import check_tree
from webapp.procedures.loading import load_document
from webapp.procedures.marked_yaml import Problem, TreeError

TREES = ("adult", "child", "section-5")


def compile_trees(folder: Path, profile: str = "wales") -> dict[str, Any]:
    """The data of `Library.from_data`. Raises TreeError with every problem of every file."""
    terms, problems = load_document(folder / "terms.yaml", shapes.TERMS)
    sources, more = load_document(folder / "sources.yaml", shapes.SOURCES)
    problems += more
    local, more = load_document(folder / "profiles" / f"{profile}.yaml", shapes.PROFILE)
    problems += more
    authorities = read_authorities(folder)
    codes = [row["gss_code"] for row in authorities]
    trees = []
    for path in (folder / f"{name}.yaml" for name in TREES):
        if path.exists():
            tree, more = load_document(path, shapes.TREE)
            problems += more
            problems += check_tree(tree, path.name, terms, sources, codes)
            trees.append(tree)
    if problems:
        raise TreeError(_without_repeats(problems))
    calendar = json.loads((folder / "bank-holidays.json").read_text(encoding="utf-8"))
    return {
        "procedures": trees,
        "terms": terms,
        "sources": sources,
        "local": local,
        "authorities": authorities,
        "calendar": calendar["days"],
    }


def read_authorities(folder: Path) -> list[dict[str, str]]:
    """The rows of `authorities.csv`, in the order of their GSS codes."""
    with (folder / "authorities.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["gss_code"])


def _without_repeats(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
