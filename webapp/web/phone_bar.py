"""Whom to ring, for the bar at the top of a page: whose numbers, and which hours they are for."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.meeting_requests.contacts import CONFLICT_OF, PhoneLine
from webapp.meeting_requests.dispatching import CONFLICT_QUESTION
from webapp.meeting_requests.model import Dispatch, Submitted
from webapp.procedures.model import Text
from webapp.web.visits import Visit, services


@dataclass(frozen=True)
class PhoneBar:
    """A council's numbers. `diverted`: a conflict of interest keeps this from the duty team."""

    area: Text | None
    phones: tuple[PhoneLine, ...]
    diverted: bool


def bar_of(visit: Visit) -> PhoneBar:
    return PhoneBar(visit.area, visit.phones, visit.diverted)


def bar_of_sent(found: Submitted) -> PhoneBar | None:
    """The numbers of the team that has the first part of the request."""
    for each in found.dispatches:
        phones = lines_of(found, each)
        if phones:
            area = services().library.authorities[each.authority].name
            return PhoneBar(area, phones, _diverted(found, each))
    return None


def lines_of(found: Submitted, dispatch: Dispatch) -> tuple[PhoneLine, ...]:
    """Both numbers of a team, as they are now; none where the council is no longer known."""
    directory = services().directory
    if dispatch.authority not in directory.authorities:
        return ()
    return directory.phones_for(dispatch.authority, dispatch.procedure, _conflicts(found))


def _diverted(found: Submitted, dispatch: Dispatch) -> bool:
    return CONFLICT_OF[dispatch.procedure] in _conflicts(found)


def _conflicts(found: Submitted) -> tuple[str, ...]:
    answer = dict(found.request.journey).get(CONFLICT_QUESTION, ())
    return (answer,) if isinstance(answer, str) else tuple(answer)
