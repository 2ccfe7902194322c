"""Limits that keep every room small. What may import what is in pyproject.toml."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "webapp").rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 30


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in functions
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert len(text.splitlines()) <= LONGEST_FILE
    assert not long


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_belongs_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_no_rule_stands_in_templates_or_code() -> None:
    """Rules name roles and statuses; code and templates must not."""
    roles = ["health-board", "designated-officer-outside", "attend-", "determination-3"]
    sources = [*SOURCES, *(ROOT / "webapp").rglob("templates/**/*.html")]

    found = [
        f"{path.relative_to(ROOT)}: {role}"
        for path in sources
        for role in roles
        if f'"{role}' in path.read_text(encoding="utf-8")
    ]

    assert not found
