"""Whom to ring, for the bar at the top of a page: whose numbers, and which hours they are for."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.meeting_requests.contacts import PhoneLine
from webapp.meeting_requests.model import Dispatch, Submitted
from webapp.procedures.conditions import Facts
from webapp.procedures.model import Text
from webapp.web.visits import Visit, services


@dataclass(frozen=True)
class PhoneBar:
    """A council's numbers."""

    area: Text | None
    phones: tuple[PhoneLine, ...]


def bar_of(visit: Visit) -> PhoneBar:
    return PhoneBar(visit.area, visit.phones)


def bar_of_sent(found: Submitted) -> PhoneBar | None:
    """The numbers of the team that has the first part of the request."""
    for each in found.dispatches:
        if phones := lines_of(found, each):
            return PhoneBar(services().library.authorities[each.authority].name, phones)
    return None


def lines_of(found: Submitted, dispatch: Dispatch) -> tuple[PhoneLine, ...]:
    """The numbers of a team as they are now, away from the conflicts of when it was sent."""
    if dispatch.authority not in services().library.authorities:
        return ()  # a receipt goes to no team
    directory, conflicts = services().directory, dispatch.conflicts
    if not dispatch.inbox:  # sent before a dispatch kept its inbox and its conflicts
        conflicts = tuple(directory.conflicts_in(_answers(found)))
    inbox = dispatch.inbox or dispatch.procedure
    return directory.phones_for(dispatch.authority, inbox, conflicts)


def _answers(found: Submitted) -> Facts:
    given = found.request.journey
    return Facts({asked: (a,) if isinstance(a, str) else tuple(a) for asked, a in given})
