"""The coverage report says where each rule of the seed documents is cited, and names the gaps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from webapp.cli import main
from webapp.procedures.coverage import coverage

TREES = Path(__file__).parents[2] / "decision_trees"


def test_every_rule_of_the_seed_documents_is_placed_or_explained() -> None:
    missing = [each.id for each in coverage(TREES) if each.missing]
    assert not missing, f"cited nowhere: {', '.join(missing)}"


def test_a_place_names_file_line_and_the_thing_that_cites() -> None:
    found = {each.id: each for each in coverage(TREES)}
    place = found["ADU-14"].places[0]
    assert place.startswith("adult.yaml:")
    assert place.split()[-1].startswith(("agenda-", "duty-", "record-"))


def test_a_rule_that_nothing_cites_any_more_is_a_gap(tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    shutil.copytree(TREES, folder)
    for path in folder.rglob("*.yaml"):
        if path.name != "seed-rules.yaml":
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("ADU-13", "ADU-99"), encoding="utf-8")
    assert [each.id for each in coverage(folder) if each.missing] == ["ADU-13"]


def test_the_report_prints_every_rule_with_its_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--coverage"]) == 0
    printed = capsys.readouterr().out.splitlines()
    ids = {line.split("\t")[0] for line in printed[:-1]}
    assert {"S5-1", "SW-6a", "SAL-13", "BIR-7e", "ADU-8k"} <= ids
    assert "0 cited nowhere" in printed[-1]
