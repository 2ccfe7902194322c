"""Whether two recommendations say the same, whatever their wording and their dates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from webapp.procedures.reading import digest_of
from webapp.procedures.recommending import Due, Line, Meeting, Recommendation


def outcome_of(recommendation: Recommendation) -> str:
    """Twelve characters that change with the substance of the recommendation, or with the
    question that has to be answered before there is one."""
    journey, result = recommendation.journey, recommendation.result
    return digest_of(
        next((each.id for each in journey.unanswered if not each.can_wait), None),
        result.id if result else None,
        [flag.id for flag in recommendation.flags],
        list(recommendation.agencies),
        [_meeting(each) for each in recommendation.meetings],
        [_due(each) for each in recommendation.timescales],
        _ids(recommendation.actions_now),
        _ids(recommendation.warnings),
        _ids(recommendation.duties),
    )


def _meeting(meeting: Meeting) -> list[Any]:
    return [
        meeting.id,
        meeting.type.type,
        list(meeting.type.modes),
        meeting.chair.chair,
        meeting.authority,
        [[each.role, each.status] for each in meeting.attendees],
        [_due(each) for each in meeting.timescales],
        _ids(meeting.agenda),
        _ids(meeting.duties),
        {kind: _ids(lines) for kind, lines in meeting.pack.items()},
    ]


def _due(due: Due) -> list[Any]:
    """Without the date itself: it may pass while nothing else changes."""
    rule = due.rule
    return [rule.id, rule.span.amount, rule.span.unit, rule.runs_from, rule.force, rule.deadline]


def _ids(lines: Iterable[Line]) -> list[str]:
    return [each.id for each in lines]
