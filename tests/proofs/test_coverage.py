"""Nothing in the trees is dead, and every option changes something or says that it does not."""

from __future__ import annotations

import pytest

from tests.proofs.coverage import never
from tests.proofs.options import without_effect
from tests.proofs.subjects import NATIONAL, procedures, profiles, subject


@pytest.mark.parametrize("procedure", procedures())
def test_every_part_of_a_tree_comes_about_in_some_profile(procedure: str) -> None:
    dead = set(never(subject(procedure, NATIONAL)))
    for profile in profiles():
        if profile != NATIONAL:
            # what the profile adds, and what was dead without its switches
            own = {name for name in _names(procedure, profile) - _names(procedure, NATIONAL)}
            found = set(never(subject(procedure, profile), dead | own))
            dead = (dead & found) | (own & found)

    assert not dead


def _names(procedure: str, profile: str) -> set[str]:
    from tests.proofs.coverage import targets

    return {name for name, _node in targets(subject(procedure, profile))}


@pytest.mark.parametrize("procedure", procedures())
def test_every_option_changes_a_recommendation_or_is_declared_record_only(procedure: str) -> None:
    idle = without_effect(procedure)
    declared = _declared(procedure)

    assert not idle - declared, f"{procedure}: neither record_only nor of any effect"
    assert not declared - idle, f"{procedure}: record_only, but it changes a recommendation"


def _declared(procedure: str) -> set[tuple[str, str]]:
    questions = subject(procedure).procedure.questions.values()
    return {
        (question.id, choice)
        for question in questions
        for choice, each in question.choices.items()
        if getattr(question, "record_only", False) or getattr(each, "record_only", False)
    }
