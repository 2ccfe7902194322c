"""Local arrangements are added to a tree; what is law or national stays as the tree says it."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from webapp.procedures.compiling import compile_trees
from webapp.procedures.library import Library
from webapp.procedures.marked_yaml import TreeError
from webapp.procedures.walking import Context, walk

TREES = Path(__file__).parents[2] / "decision_trees"
HOUSING = """
    rules:
      - id: board-housing
        attendee: housing
        status: required
        when: {setting: own-home}
        because: The board asks for it.
        source: RULINGS
        cites: local.housing
        strength: local
"""
SOONER = """
    timescales:
      board.T7:
        text: Hold the discussion
        amount: 3
        unit: working-days
        runs_from: enquiries-concluded
        force: should
        deadline: true
        source: RULINGS
        cites: local.T7
        strength: local
"""
CHAIR = """
    chairs:
      adult:
        - id: board-chair
          chair: designated-officer
          source: RULINGS
          cites: local.chair
          strength: local
"""
Written = Callable[..., Library]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """The real trees with one more profile, `board`, made of these lines."""

    def write(adult: str = "", head: str = "", borrowed: str = "") -> Library:
        folder = tmp_path / "decision_trees"
        shutil.copytree(TREES, folder)
        text = f"profile: board\ntitle: The board\nextends: wales\n{head}\n"
        added = f"add:\n  adult:{adult}" if adult else ""
        (folder / "profiles" / "board.yaml").write_text(text + added, encoding="utf-8")
        if borrowed:
            text = f"document: borrowed\nreason: None in Wales.\nadd:\n  adult:{borrowed}"
            (folder / "borrowed.yaml").write_text(text, encoding="utf-8")
        return Library.from_data(compile_trees(folder))

    return write


def test_a_profile_adds_to_the_tree_and_says_whose_it_is(written: Written) -> None:
    national = written(HOUSING + SOONER)
    local = national.in_profile("board").procedures["adult"]
    rule = next(each for each in local.rules if each.id == "board-housing")
    assert rule.basis.local_to
    assert rule.basis.local_to.english == "The board"
    assert len(local.rules) == len(national.procedures["adult"].rules) + 1
    assert {each.id for each in local.timescales} - {
        each.id for each in national.procedures["adult"].timescales
    } == {"board.T7"}


def test_borrowed_numbers_stand_under_every_profile_and_are_marked(written: Written) -> None:
    library = written(HOUSING, borrowed=SOONER)
    for name in ("wales", "board"):
        timescales = library.in_profile(name).procedures["adult"].timescales
        found = next(each for each in timescales if each.id == "board.T7")
        assert found.basis.borrowed
        assert found.basis.local_to is None


def test_a_profile_replaces_a_borrowed_number_by_its_own(written: Written) -> None:
    library = written(SOONER.replace("amount: 3", "amount: 5"), borrowed=SOONER)
    amounts = {
        name: next(
            each.span.amount
            for each in library.in_profile(name).procedures["adult"].timescales
            if each.id == "board.T7"
        )
        for name in ("wales", "board")
    }
    assert amounts == {"wales": 3, "board": 5}


def test_the_chairs_of_a_profile_are_tried_before_those_of_the_tree(written: Written) -> None:
    library = written(CHAIR).in_profile("board")
    meeting = next(each for each in library.procedures["adult"].meetings if each.anyway)
    assert meeting.chairs[0].basis.id == "board-chair"
    assert len(meeting.chairs) > 1


def test_switches_and_office_hours_are_those_of_the_profile(written: Written) -> None:
    head = 'local: {complex-meeting: "on", same-day-sexual-abuse: "off"}\noffice_opens: "08:30"'
    library = written(HOUSING, head)
    local = library.in_profile("board")
    assert "complex-meeting" in local.profile.local - library.profile.local
    assert "same-day-sexual-abuse" in library.profile.local - local.profile.local
    assert local.calendar.office_opens == time(8, 30)
    assert library.calendar.office_opens == time(9)


def test_a_condition_sees_the_switches(written: Written, context: Context) -> None:
    library = written(HOUSING, 'local: {complex-meeting: "on"}')
    local = library.in_profile("board").procedures["adult"]
    assert "complex-meeting" in walk(local, {}, context).facts.local
    assert "complex-meeting" not in walk(library.procedures["adult"], {}, context).facts.local


def test_the_profile_is_that_of_the_authority_the_meeting_belongs_to(written: Written) -> None:
    library = written(HOUSING, "authorities: [W06000002]")
    assert library.for_authority("W06000002").profile.id == "board"
    assert library.for_authority("W06000001").profile.id == "wales"
    assert library.for_authority(None).profile.id == "wales"
    answers = {"area-of-concern": "W06000002"}
    assert library.for_answers("adult", answers).profile.id == "board"
    assert library.for_answers("adult", {"area-of-concern": "not-known"}).profile.id == "wales"


@pytest.mark.parametrize(
    ("adult", "head", "said"),
    [
        pytest.param(
            HOUSING.replace("board-housing", "attend-housing"),
            "",
            "'attend-housing' would replace what the national tree says",
            id="replaces a national rule",
        ),
        pytest.param(
            SOONER.replace("board.T7", "adult.T7"),
            "",
            "'adult.T7' would replace what the national tree says",
            id="replaces a national limit",
        ),
        pytest.param(HOUSING.replace("housing\n        status", "hosing\n        status"), "",
                     "Did you mean 'housing'?", id="unknown role"),
        pytest.param(HOUSING.replace("own-home", "own-hom"), "", "Did you mean 'own-home'?",
                     id="unknown option"),
        pytest.param(SOONER.replace("enquiries-concluded", "enquiry-concluded"), "",
                     "Did you mean 'enquiries-concluded'?", id="unknown start"),
        pytest.param(CHAIR.replace("adult:\n        - id", "adlut:\n        - id"), "",
                     "Did you mean 'adult'?", id="unknown meeting"),
        pytest.param(HOUSING, 'local: {complex-meting: "on"}', "Did you mean 'complex-meeting'?",
                     id="unknown switch"),
        pytest.param(HOUSING, 'local: {complex-meeting: "yes"}', "'yes' is not known",
                     id="neither on nor off"),
        pytest.param(HOUSING, "authorities: [W06000099]", "'W06000099' is not a known authority",
                     id="unknown authority"),
        pytest.param(HOUSING.replace("        status: required\n", ""), "",
                     "without a status or a reason", id="no status"),
        pytest.param(HOUSING.replace("required", "not-invited"), "",
                     "would take somebody away", id="keeps somebody away"),
        pytest.param(HOUSING, "authorities: [W06000023]", "both hold for W06000023",
                     id="an authority claimed twice"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_profile_is_named_with_its_remedy(
    written: Written, adult: str, head: str, said: str
) -> None:
    with pytest.raises(TreeError) as raised:
        written(adult, head)
    assert said in str(raised.value)
    assert "board.yaml:" in str(raised.value)


BOARD = """
profile: region
title: The region
extends: wales
authorities: [W06000002, W06000003]
local: {complex-meeting: "on", health-required: "on"}
office_opens: "08:00"
add:
  adult:"""
OWN = """profile: own
title: The authority
extends: region
authorities: [W06000002]
local: {health-required: "off"}
add:
  adult:"""


def test_an_authority_builds_on_its_board_which_builds_on_wales(tmp_path: Path) -> None:
    folder = tmp_path / "decision_trees"
    shutil.copytree(TREES, folder)
    (folder / "profiles" / "region.yaml").write_text(BOARD + HOUSING, encoding="utf-8")
    (folder / "profiles" / "own.yaml").write_text(OWN + SOONER, encoding="utf-8")
    library = Library.from_data(compile_trees(folder))
    own = library.for_authority("W06000002")
    assert own.profile.above == ("wales", "region")
    assert own.profile.office_opens == time(8)
    assert {"complex-meeting", "same-day-sexual-abuse"} <= own.profile.local
    assert "health-required" not in own.profile.local
    adult = own.procedures["adult"]
    whose = {each.id: each.basis.local_to for each in (*adult.rules, *adult.timescales)}
    assert str(whose["board-housing"].english) == "The region"  # type: ignore[union-attr]
    assert str(whose["board.T7"].english) == "The authority"  # type: ignore[union-attr]
    assert library.for_authority("W06000003").profile.id == "region"
    assert library.for_authority("W06000001").profile.id == "wales"


def test_a_profile_that_builds_on_nothing_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "decision_trees"
    shutil.copytree(TREES, folder)
    for name, above in (("one", "two"), ("two", "one")):
        text = f"profile: {name}\ntitle: A board\nextends: {above}\n"
        (folder / "profiles" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(TreeError, match="'one' does not build on 'wales'"):
        compile_trees(folder)


def test_every_profile_loads_and_has_every_procedure(library: Library) -> None:
    for name in library.profiles:
        local = library.in_profile(name)
        assert set(local.procedures) == set(library.procedures)


def test_no_layer_takes_anything_away(library: Library) -> None:
    """What the tree says is there, unchanged, under every profile."""
    for name in library.profiles:
        for procedure in library.in_profile(name).procedures.values():
            tree: Any = next(
                each
                for each in copy.deepcopy(library.data["procedures"])
                if each["procedure"] == procedure.id
            )
            assert {each["id"] for each in tree["rules"]} <= {each.id for each in procedure.rules}
            spans = {each.id: (each.span.amount, each.span.unit) for each in procedure.timescales}
            for timescale, entry in tree["timescales"].items():
                assert spans[timescale] == (entry.get("amount", 0), entry["unit"])
