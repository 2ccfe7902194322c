"""Proved with z3 for all answers, in every procedure under every profile."""

from __future__ import annotations

import pytest

from tests.proofs.properties import PROPERTIES
from tests.proofs.proving import failures
from tests.proofs.subjects import arrangements, procedures, subject

SUBJECTS = [(procedure, profile) for procedure in procedures() for profile in arrangements()]


@pytest.mark.parametrize(("procedure", "profile"), SUBJECTS)
@pytest.mark.parametrize("name", PROPERTIES)
def test_for_all_answers(name: str, procedure: str, profile: str) -> None:
    broken = failures(subject(procedure, profile), name)

    assert not broken, "\n".join(broken)
