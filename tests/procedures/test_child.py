"""The child procedure as a whole: the order of the chair's steps, and what is kept apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from webapp.procedures.library import Library
from webapp.procedures.recommending import Meeting, recommend
from webapp.procedures.walking import Context, walk

HERE = Path(__file__).parents[1]
TREES = HERE.parent / "decision_trees"
STEPS = [f"BIR-{step}" for step in range(1, 9)]


def child_meeting(library: Library, context: Context, **changes: Any) -> Meeting:
    """The child's own meeting in the ordinary case of the scenarios, with these answers changed."""
    cases = yaml.safe_load((HERE / "scenarios/child.yaml").read_text(encoding="utf-8"))
    answers = cases["ordinary"] | {name.replace("_", "-"): each for name, each in changes.items()}
    journey = walk(library.procedures["child"], answers, context)
    return recommend(journey, context).meetings[0]


def test_the_agenda_follows_the_chairs_eight_steps(library: Library, context: Context) -> None:
    agenda = child_meeting(library, context).agenda
    places = [
        min(place for place, line in enumerate(agenda) if step in line.basis.cites)
        for step in STEPS
    ]
    assert places == sorted(places)


def test_consent_is_settled_before_the_family_is_told(library: Library, context: Context) -> None:
    agenda = [line.id for line in child_meeting(library, context, parents=["not-told-risk"]).agenda]
    reasons = ["agenda-consent", "agenda-consent-risk", "agenda-family"]
    assert [line for line in agenda if line in reasons] == reasons


@pytest.mark.parametrize("number", ["T9", "T10", "T12", "T13"])
def test_english_numbers_are_borrowed_and_never_in_the_tree(number: str) -> None:
    tree = yaml.safe_load((TREES / "child.yaml").read_text(encoding="utf-8"))
    borrowed = yaml.safe_load((TREES / "borrowed.yaml").read_text(encoding="utf-8"))
    assert f"child.{number}" not in tree["timescales"]
    assert borrowed["add"]["child"]["timescales"][f"child.{number}"]["strength"] == "good-practice"


def test_every_number_under_the_national_default_is_a_welsh_one_or_borrowed() -> None:
    """What an English seed alone says never sets an amount of time in the tree itself."""
    tree = yaml.safe_load((TREES / "child.yaml").read_text(encoding="utf-8"))
    english = {"SEED1", "SEED3", "SEED4"}
    for name, timescale in tree["timescales"].items():
        assert not ("amount" in timescale and set(timescale["source"]) <= english), name
