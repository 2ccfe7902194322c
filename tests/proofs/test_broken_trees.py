"""A tree that is broken on purpose: the proof fails, and prints answers in words that show it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.proofs.coverage import never
from tests.proofs.proving import failures
from tests.proofs.subjects import Subject, library, subject
from tests.proofs.test_translation import compare
from webapp.procedures.model import Exit, Procedure

NEVER = ("any",)


def changed(procedure: str, field: str, name: str, **values: Any) -> Procedure:
    """The procedure with one part changed."""
    tree = library().procedures[procedure]
    parts = getattr(tree, field)
    assert any(part.id == name for part in parts)
    instead = tuple(replace(each, **values) if each.id == name else each for each in parts)
    return replace(tree, **{field: instead})


def without(procedure: str, field: str, name: str) -> Procedure:
    return changed(procedure, field, name, when=NEVER)


def shown(procedure: Procedure, name: str) -> str:
    return "\n".join(failures(Subject(procedure), name))


def test_a_rule_that_invites_the_person_of_concern() -> None:
    tree = changed("adult", "rules", "attend-person-of-concern", status="expected")

    said = shown(tree, "nobody is invited who must not be")

    assert "adult: person-of-concern is invited" in said
    assert "Is anyone in immediate danger now, or in urgent need of medical help? " in said


def test_a_section_5_meeting_that_is_forgotten() -> None:
    said = shown(
        without("adult", "meetings", "section-5"), "position of trust survives every result"
    )

    assert "no Section 5 meeting" in said
    question = "Is the concern about someone who works or volunteers with children or adults?"
    assert f"{question} " in said


def test_an_exit_before_the_questions_of_protection() -> None:
    tree = library().procedures["adult"]
    first = Exit("under-18", ("answer", "user", ("other-agency",)))
    early = replace(tree, sequence=(*tree.sequence[:3], first, *tree.sequence[3:]))

    said = shown(early, "protection is asked about before anything ends the journey")

    assert "ends before 'crime'" in said
    assert "Who are you? I work for another agency and I am asking for a meeting" in said


def test_determination_3_that_ends_without_a_meeting() -> None:
    tree = library().procedures["adult"]
    result = tree.results["no-further-action"].id
    leads = ("answer", "determination", ("determination-3",))
    early = replace(tree, sequence=(*tree.sequence, Exit(result, leads)))

    said = shown(early, "determination 1 or 3 never ends without a meeting")

    assert "What did the enquiries decide? Determination 3: at risk, action needed" in said
    assert f"→ {tree.results[result].title.english}" in said


@pytest.mark.parametrize(
    ("field", "name", "proof", "wrong"),
    [
        (
            "rules",
            "section-5-police",
            "a professional strategy discussion has the police",
            "police",
        ),
        ("rules", "section-5-officer", "the chair is required", "designated-officer chairs"),
        ("timescales", "section-5.soon", "a meeting has a deadline", "section-5: no deadline"),
        (
            "rules",
            "child-report",
            "children at risk survive every result",
            "children are forgotten",
        ),
        ("meetings", "adult", "a result that promises a meeting has one", "names no meeting"),
    ],
)
def test_something_needed_that_is_gone(field: str, name: str, proof: str, wrong: str) -> None:
    said = shown(without("adult", field, name), proof)

    assert wrong in said
    assert said.count("?") > 0  # with the questions that lead there


def test_a_rule_that_nothing_brings_about() -> None:
    dead = changed("adult", "rules", "child-report", when=("all", ("flag", ("mappa",)), NEVER))

    assert "rule child-report" in never(Subject(dead))


def test_formulae_of_another_tree_are_found_out() -> None:
    """The comparison with the engine can fail."""
    of = Subject(without("adult", "rules", "child-report"))
    assert of.encoding.rules
    of.procedure = subject("adult").procedure

    assert any("child-report" in each for each in compare(of, 100, seed=1))
