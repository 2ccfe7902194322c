"""Whether a property holds for all answers of a subject, and if not, which answers break it."""

from __future__ import annotations

from tests.proofs.formulas import FALSE
from tests.proofs.properties import PROPERTIES
from tests.proofs.subjects import Subject
from tests.proofs.words import counter_example


def holds_for_all(of: Subject, name: str) -> bool:
    return of.find(of.formulas.any(node for _what, node in PROPERTIES[name](of))) is None


def failures(of: Subject, name: str) -> list[str]:
    """What is wrong, each with the answers that show it; empty where the property is proved."""
    if holds_for_all(of, name):
        return []
    said = []
    for what, node in PROPERTIES[name](of):
        if node != FALSE and (picked := of.find(node)):
            answers = counter_example(of, picked, node)
            said.append(f"Not so for all answers: {name}.\n{what}, with these answers:\n{answers}")
    return said
