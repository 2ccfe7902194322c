"""Each small change to a tree is noticed by a scenario or by a proof."""

from __future__ import annotations

import pytest

from tests.proofs.mutation import run
from tests.proofs.subjects import procedures

CAUGHT = 0.98


@pytest.mark.full
@pytest.mark.parametrize("procedure", procedures())
def test_every_change_to_a_tree_is_noticed(procedure: str) -> None:
    score = run([procedure])
    survivors = "\n".join(survivor.id for survivor in score.survivors)
    print(f"\n{procedure}: {score}\n{survivors}")

    assert len(score.survivors) <= (1 - CAUGHT) * score.all, survivors
