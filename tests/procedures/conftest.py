"""The real trees, compiled once, and a moment to read answers at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from webapp.procedures.compiling import compile_trees
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure
from webapp.procedures.walking import Context

TREES = Path(__file__).parents[2] / "decision_trees"


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.from_data(compile_trees(TREES))


@pytest.fixture(scope="session")
def adult(library: Library) -> Procedure:
    return library.procedures["adult"]


@pytest.fixture(scope="session")
def context(library: Library) -> Context:
    return Context(datetime(2026, 6, 10, 9, 0, tzinfo=UTC), library.calendar)
