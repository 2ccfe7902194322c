"""What one duty officer says of a dispatch, and which of several such words counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# What a duty officer may say of a dispatch. The first of these that anybody says is what counts.
HAVE_IT, WRONG_TEAM, CANNOT_ACT = "have-it", "wrong-team", "cannot-act"
CHOICES = (HAVE_IT, WRONG_TEAM, CANNOT_ACT)


@dataclass(frozen=True)
class Acknowledgement:
    """What one duty officer said, and when. `name` and `role` are as they typed them.

    `passed_to`: the reference of the dispatch that the wrong team passed this one on as.
    """

    choice: str
    name: str
    role: str
    at: datetime
    passed_to: str = ""


def standing_of(said: Sequence[Acknowledgement]) -> Acknowledgement | None:
    """The first to have it, else the first to pass it on, else the first who cannot act."""
    return min(said, key=lambda each: CHOICES.index(each.choice), default=None)
