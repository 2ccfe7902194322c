"""What is written for people is complete: settings, commands, a README in each folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from webapp.cli import main
from webapp.settings import NAMES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDERS = [ROOT / name for name in ("webapp", "translations", "decision_trees", "infra", "tests")]


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


def test_every_command_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^    (\S+)", capsys.readouterr().out, flags=re.MULTILINE)

    assert len(listed) > 8
    assert [name for name in listed if f"cyfarfod {name}" not in README] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_each_folder_has_a_readme_for_its_people(folder: Path) -> None:
    assert len((folder / "README.md").read_text(encoding="utf-8")) > 200


def test_the_readme_names_the_test_command_that_ci_runs() -> None:
    assert "./test" in README
    assert "./test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
