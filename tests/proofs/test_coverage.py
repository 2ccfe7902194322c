"""Nothing in the trees is dead, and every option changes something or says that it does not."""

from __future__ import annotations

import pytest

from tests.proofs.coverage import never, targets
from tests.proofs.options import without_effect
from tests.proofs.subjects import ANY_SWITCHES, arrangements, procedures, subject
from webapp.procedures.conditions import mentions

Option = tuple[str, str]


@pytest.mark.parametrize("procedure", procedures())
def test_every_part_of_a_tree_comes_about(procedure: str) -> None:
    """With the local switches as some authority might set them."""
    assert not never(subject(procedure, ANY_SWITCHES))


@pytest.mark.parametrize("procedure", procedures())
def test_every_part_of_a_profile_comes_about(procedure: str) -> None:
    national = {name for name, _node in targets(subject(procedure, ANY_SWITCHES))}
    for profile in arrangements()[2:]:
        of = subject(procedure, profile)
        own = {name for name, _node in targets(of)} - national

        assert not never(of, own), profile


@pytest.mark.parametrize("procedure", procedures())
def test_every_option_changes_a_recommendation_or_is_declared_record_only(procedure: str) -> None:
    idle, declared = without_effect(procedure), declared_record_only(procedure)

    assert not idle - declared, f"{procedure}: neither record_only nor of any effect"
    assert not declared & named(procedure), f"{procedure}: record_only, but a condition names it"


def declared_record_only(procedure: str) -> set[Option]:
    return {
        (question.id, choice)
        for question in subject(procedure).procedure.questions.values()
        for choice, each in question.choices.items()
        if question.record_only or getattr(each, "record_only", False)
    }


def named(procedure: str) -> set[Option]:
    """The options that some rule, question, exit or meeting turns on."""
    found: set[Option] = set()
    for profile in arrangements():
        tree = subject(procedure, profile).procedure
        meetings = [part for each in tree.meetings for part in (each, *each.types, *each.chairs)]
        parts = (*tree.sequence, *tree.flags, *tree.rules, *tree.timescales, *tree.agencies)
        for part in (*parts, *meetings):
            for kind, question, ids in mentions(part.when):
                found |= {(question, each) for each in ids if kind == "answer"}
    return found
