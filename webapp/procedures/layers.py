"""Local arrangements: what a profile, and the few borrowed numbers, put on top of a tree.

A layer only adds. It may replace what another layer said, never what a tree says: so nothing
that is law or national can be lengthened or taken away. The earliest deadline and the
strongest status win afterwards, as between any two rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from webapp.procedures.terms import Text
from webapp.procedures.texts import prefix_of, with_texts

Data = Mapping[str, Any]
NATIONAL = "wales"


@dataclass(frozen=True)
class Profile:
    """The arrangements of one place. `local`: the switches that are on; `authorities`: GSS codes.

    Office hours are London wall times. `layers` are applied to each tree in this order. `above`
    are the profiles that this one builds on, the national one first: a board, then an authority.
    """

    id: str
    title: Text
    local: frozenset[str]
    authorities: tuple[str, ...]
    first_day_counts: bool
    office_opens: time
    office_closes: time
    layers: tuple[Layer, ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layer:
    """Additions by procedure, their texts marked; `local_to` is None for the borrowed ones."""

    name: str
    local_to: Text | None
    add: Data


def profiles_from(documents: Mapping[str, Data], borrowed: Data | None) -> dict[str, Profile]:
    """Every profile by its id, from the compiled documents of `profiles/` and `borrowed.yaml`."""
    made = {NATIONAL: _national(documents[NATIONAL], borrowed)}

    def make(name: str) -> Profile:
        if name not in made:
            document = documents[name]
            made[name] = _local(document, make(str(document["extends"])))
        return made[name]

    return {name: make(name) for name in documents}


def _national(document: Data, borrowed: Data | None) -> Profile:
    return Profile(
        id=NATIONAL,
        title=_title(document),
        local=frozenset(name for name, each in document["local"].items() if each["default"]),
        authorities=(),
        first_day_counts=bool(document["first_day_counts"]),
        office_opens=time.fromisoformat(document["office_opens"]),
        office_closes=time.fromisoformat(document["office_closes"]),
        layers=(_layer(borrowed, None),) if borrowed else (),
    )


def _local(document: Data, above: Profile) -> Profile:
    """What `document` says, and for the rest what the profile above it says."""
    turned = {name: value == "on" for name, value in document.get("local", {}).items()}
    on = {name for name, value in turned.items() if value}
    opens, closes = document.get("office_opens"), document.get("office_closes")
    own = (_layer(document, _title(document)),) if "add" in document else ()
    return Profile(
        id=str(document["profile"]),
        title=_title(document),
        local=frozenset((above.local - set(turned)) | on),
        authorities=tuple(str(code) for code in _list(document.get("authorities"))),
        first_day_counts=bool(document.get("first_day_counts", above.first_day_counts)),
        office_opens=time.fromisoformat(opens) if opens else above.office_opens,
        office_closes=time.fromisoformat(closes) if closes else above.office_closes,
        layers=above.layers + own,
        above=(*above.above, above.id),
    )


def _title(document: Data) -> Text:
    return Text(f"{prefix_of(document)}.title", str(document["title"]))


def _list(value: Any) -> Sequence[Any]:
    return [value] if isinstance(value, str) else value or ()


def _layer(document: Data, local_to: Text | None) -> Layer:
    texts = with_texts(document, (prefix_of(document),))
    return Layer(prefix_of(document), local_to, texts["add"])


def with_layers(tree: Data, layers: Sequence[Layer]) -> Data:
    """`tree` (its texts marked) with everything the layers add to this procedure."""
    rules = {each["id"]: each for each in tree["rules"]}
    timescales = dict(tree["timescales"])
    meetings = dict(tree["meetings"])
    for layer in layers:
        added = layer.add.get(str(tree["procedure"]), {})
        for rule in added.get("rules", ()):
            rules[rule["id"]] = _marked(rule, layer)
        for name, timescale in added.get("timescales", {}).items():
            timescales[name] = _marked(timescale, layer)
        for name, chairs in added.get("chairs", {}).items():
            first = [_marked(chair, layer) for chair in chairs]
            meetings[name] = {**meetings[name], "chairs": [*first, *meetings[name]["chairs"]]}
    return {**tree, "rules": list(rules.values()), "timescales": timescales, "meetings": meetings}


def _marked(entry: Data, layer: Layer) -> Data:
    return {**entry, "local_to": layer.local_to, "borrowed": layer.local_to is None}
