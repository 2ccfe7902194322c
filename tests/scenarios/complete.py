"""Everything that comes out of one set of answers, by ids: what `exactly` in a scenario states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from webapp.procedures.recommending import Due, Line, Meeting, Recommendation

Complete = dict[str, Any]


def complete(got: Recommendation) -> Complete:
    """The whole recommendation, in the order in which it is shown; what is empty is left out."""
    journey = got.journey
    return _without_empty(
        {
            "result": journey.result,
            "next": journey.next.id if journey.next else None,
            "flags": [flag.id for flag in got.flags],
            "agencies": list(got.agencies),
            "actions": _ids(got.actions_now),
            "warnings": _ids(got.warnings),
            "duties": _ids(got.duties),
            "timescales": _timescales(got.timescales),
            "meetings": {meeting.id: _meeting(meeting) for meeting in got.meetings},
        }
    )


def _meeting(meeting: Meeting) -> Complete:
    deadline = meeting.deadline
    return _without_empty(
        {
            "type": f"{meeting.type.type} ({meeting.type.basis.id})",
            "chair": f"{meeting.chair.chair} ({meeting.chair.basis.id})",
            "authority": meeting.authority,
            "by": deadline.rule.id if deadline else None,
            "attendees": {
                each.role: f"{each.status} ({', '.join(basis.id for basis in each.bases)})"
                for each in meeting.attendees
            },
            "timescales": _timescales(meeting.timescales),
            "agenda": _ids(meeting.agenda),
            "duties": _ids(meeting.duties),
            **{kind: _ids(lines) for kind, lines in meeting.pack.items()},
        }
    )


def _timescales(dues: Iterable[Due]) -> dict[str, str]:
    """When each is due, or its length where the day it runs from is not known."""
    return {each.rule.id: f"{each.rule.force} {_when(each)}" for each in dues}


def _when(due: Due) -> str:
    if due.due:
        state = " (overdue)" if due.overdue else " (met)" if due.met else ""
        return due.due.isoformat() + state
    span = due.rule.span
    amount = f"{span.amount} " if span.amount else ""
    return f"{amount}{span.unit} from {due.rule.runs_from}"


def _ids(lines: Iterable[Line]) -> list[str]:
    return [line.id for line in lines]


def _without_empty(data: Complete) -> Complete:
    return {name: value for name, value in data.items() if value not in (None, [], {})}


def complete_differences(got: Recommendation, wanted: Complete) -> Iterator[str]:
    yield from _differences("", complete(got), wanted)


def _differences(where: str, got: Complete, wanted: Complete) -> Iterator[str]:
    for name in {**wanted, **got}:
        place = f"{where}{name}"
        if name not in wanted:
            yield f"{place}: should not be there, got {got[name]}"
        elif name not in got:
            yield f"{place}: missing, expected {wanted[name]}"
        elif isinstance(got[name], dict) and isinstance(wanted[name], dict):
            yield from _differences(f"{place}: ", got[name], wanted[name])
        elif got[name] != wanted[name]:
            yield f"{place}: expected {wanted[name]}, got {got[name]}"
