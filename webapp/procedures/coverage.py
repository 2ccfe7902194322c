"""Where each rule of the seeds and of the notes on them is cited: `cyfarfod check --coverage`.

`seed-rules.yaml` lists the ids. One that carries no rule is listed there as context, with why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webapp.procedures.layers import NATIONAL
from webapp.procedures.marked_yaml import parse

NAMES = ("id", "question", "exit")


@dataclass(frozen=True)
class Covered:
    """One rule id of a seed; `places` as "file:line what", or `context`: why it has none."""

    id: str
    places: tuple[str, ...]
    context: str | None

    @property
    def missing(self) -> bool:
        return not self.places and not self.context


def coverage(folder: Path) -> list[Covered]:
    """Every id of `seed-rules.yaml` in its order, with the places that cite it."""
    cited: dict[str, list[str]] = {}
    for path in _documents(folder):
        document = parse(path.read_text(encoding="utf-8"), path.name).document
        for rule_id, place in _cites(document, path.name, ""):
            cited.setdefault(rule_id, []).append(place)
    listed = parse((folder / "seed-rules.yaml").read_text(encoding="utf-8"), "seed-rules.yaml")
    return [
        Covered(str(rule_id), tuple(cited.get(str(rule_id), ())), context)
        for rule_id, context in _listed(listed.document)
    ]


def _documents(folder: Path) -> Iterator[Path]:
    for name in ("adult", "child", "section-5", "borrowed"):
        if (folder / f"{name}.yaml").exists():
            yield folder / f"{name}.yaml"
    yield folder / "profiles" / f"{NATIONAL}.yaml"
    yield from sorted(
        set((folder / "profiles").glob("*.yaml")) - {folder / "profiles" / f"{NATIONAL}.yaml"}
    )


def _listed(document: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for part in (*document["seeds"].values(), *document.get("others", {}).values()):
        for rule_id in part["rules"]:
            yield rule_id, part.get("context", {}).get(rule_id)


def _cites(value: Any, file: str, name: str) -> Iterator[tuple[str, str]]:
    """(rule id, place) for each `cites`; the place is named by the nearest id around it."""
    if isinstance(value, Mapping):
        name = next((str(value[key]) for key in NAMES if key in value), name)
        cites = value.get("cites", ())
        for each in [cites] if isinstance(cites, str) else cites:
            yield str(each), f"{file}:{getattr(each, 'line', getattr(value, 'line', 1))} {name}"
        for key, part in value.items():
            if key != "cites":
                yield from _cites(part, file, str(key))
    elif isinstance(value, list):
        for part in value:
            yield from _cites(part, file, name)
