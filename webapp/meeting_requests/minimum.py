"""Who of the least that must take part is missing from a request, and why. Pure.

A request may look complete with three people named while the police are not among them. Whom a
meeting cannot do without, and what to do then, is data: `minimum` in `terms.yaml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from webapp.meeting_requests import departing
from webapp.meeting_requests.departing import Advised, role_of
from webapp.meeting_requests.model import Departure, Departures
from webapp.procedures.model import Least, Terms, Text
from webapp.procedures.recommending import KEPT_AWAY

REMOVED = "removed"  # the requester would leave them out
LOWERED = "lowered"  # the requester asks that they need not come
IN_CONFLICT = "in-conflict"  # they may be close to the person of concern
NOT_NAMED = "not-named"  # there is neither a name nor a contact yet

_SINGLED_OUT = "required"  # how important somebody is who is asked to chair

Person = Mapping[str, str]  # of a `person-list`, see `cleaning.PERSON`


@dataclass(frozen=True)
class Missing:
    """`meeting` and `role` are ids; `why` is one of the constants above."""

    meeting: str
    role: str
    why: str
    least: Least

    @property
    def action(self) -> Text:
        """What to do about it."""
        in_conflict = self.least.in_conflict if self.why == IN_CONFLICT else None
        return in_conflict or self.least.action


def missing_minimum(
    meetings: Iterable[Advised],
    departures: Departures,
    invitees: Iterable[Person],
    named_for: Collection[str],
    terms: Terms,
) -> list[Missing]:
    """In the order in which people are recommended. `departures` are standing ones.

    `named_for`: the procedures for whose meetings the invitees are listed. For others nobody
    was asked for names, so that no name is missing there.
    """
    people = list(invitees)
    found = []
    for advised in meetings:
        listed = people if advised.procedure in named_for else None
        sheet = _Sheet(advised, departures.get(advised.id, ()), listed, terms)
        found += [each for role in sheet.roles for each in sheet.missing(role)]
    return found


class _Sheet:
    """One meeting as it is recommended and as it is asked for. `people` None: not listed."""

    def __init__(
        self,
        advised: Advised,
        departures: Iterable[Departure],
        people: list[Person] | None,
        terms: Terms,
    ) -> None:
        self.advised, self.people, self.terms = advised, people, terms
        self.asked = {role_of(each): each.choice for each in departures if role_of(each)}
        self.roles = dict(advised.attendees)
        for role, choice in self.asked.items():
            if choice in terms.statuses:
                self.roles.setdefault(role, choice)
        for each in departures:
            if each.part == departing.CHAIR and each.choice in terms.roles:
                self.roles.setdefault(each.choice, _SINGLED_OUT)

    def missing(self, role: str) -> list[Missing]:
        least = self._least(role)
        why = self._why(role, least) if least else None
        return [Missing(self.advised.id, role, why, least)] if least and why else []

    def _least(self, role: str) -> Least | None:
        """The first entry that speaks of this role, as it is recommended or asked for."""
        wanted = {self.roles[role], self.asked.get(role)}
        for each in self.terms.minimum:
            here = not each.procedures or self.advised.procedure in each.procedures
            if role in each.roles and here and wanted & set(each.statuses):
                return each
        return None

    def _why(self, role: str, least: Least) -> str | None:
        choice = self.asked.get(role)
        if choice == departing.REMOVED or self._left_out(role):
            return REMOVED
        if choice and choice not in least.statuses:
            return LOWERED
        if self._speaks_for(least.through) and not self._named(least.through or ""):
            return IN_CONFLICT
        if self.people is None or least.named_by_team or self._named(role):
            return None
        return None if self._speaks_for(least.through) else NOT_NAMED

    def _speaks_for(self, through: str | None) -> bool:
        status = self.advised.attendees.get(through or "")
        return status is not None and status not in KEPT_AWAY

    def _left_out(self, role: str) -> bool:
        listed = self.people or []
        return any(each["role"] == role and each["change"] == departing.REMOVED for each in listed)

    def _named(self, role: str) -> bool:
        listed = [each for each in self.people or () if each["role"] == role]
        return any(each["name"] or each["contact"] for each in listed)
