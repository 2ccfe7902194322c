"""After a request was sent: what a correction changes, and whom it and a withdrawal go to.

A correction is a request of its own that names the first one. Whoever has heard of the first one
hears of it: a team that is still concerned gets a correction, a new one a request, and one that
is no longer concerned a notice. Nothing closes by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from webapp.meeting_requests.contacts import Directory
from webapp.meeting_requests.dispatching import Render
from webapp.meeting_requests.model import (
    CORRECTION,
    Change,
    Departure,
    Dispatch,
    Mail,
    MeetingRequest,
    Submitted,
)
from webapp.meeting_requests.ports import MeetingRequestStore
from webapp.meeting_requests.references import dispatch_reference
from webapp.procedures.recommending import Recommendation
from webapp.procedures.walking import Context

ANSWER, DETAIL, DEPARTURES = "answer", "detail", "departures"
Place = tuple[str, str]  # authority and inbox: one duty team


class Notices(Protocol):
    """The short mails. Each dispatch comes without its mail."""

    def receipt(self, request: MeetingRequest, dispatches: tuple[Dispatch, ...]) -> Mail: ...

    def no_longer(
        self, request: MeetingRequest, recommendation: Recommendation, dispatch: Dispatch
    ) -> Mail: ...

    def message(self, request: MeetingRequest, dispatch: Dispatch) -> Mail:
        """A correction in free text or a withdrawal, by the kind of the dispatch."""


@dataclass(frozen=True)
class Family:
    """A request with all that was sent about it since."""

    first: Submitted
    later: tuple[Submitted, ...] = ()

    @property
    def reference(self) -> str:
        return self.first.request.reference

    def with_reference(self, reference: str) -> Submitted | None:
        every = (self.first, *self.later)
        return next((each for each in every if each.request.reference == reference), None)

    @property
    def read(self) -> Submitted:
        """The last of it that has answers: what conflicts of interest there are is read there."""
        with_answers = [each for each in self.later if each.request.journey]
        return with_answers[-1] if with_answers else self.first

    @property
    def latest(self) -> dict[Place, Dispatch]:
        """The last dispatch to each duty team that has heard of it."""
        return {
            place_of(each): each
            for submitted in (self.first, *self.later)
            for each in submitted.dispatches
            if each.for_team
        }

    @property
    def passed_on(self) -> dict[Place, Place]:
        """Each team that a wrong team passed it on to, with the one that did."""
        every = [each for sent in (self.first, *self.later) for each in sent.dispatches]
        by_reference = {each.reference: each for each in every}
        return {
            place_of(by_reference[said.passed_to]): place_of(each)
            for each in every
            for said in each.acknowledgements
            if said.passed_to in by_reference
        }


def family_of(reference: str, store: MeetingRequestStore) -> Family | None:
    """The family that a request belongs to, whichever of it is named."""
    found = store.find(reference)
    if found and found.request.corrects:
        found = store.find(found.request.corrects)
    if found is None:
        return None
    return Family(found, store.find_corrections(found.request.reference))


def place_of(dispatch: Dispatch) -> Place:
    return dispatch.authority, dispatch.inbox or dispatch.procedure


def thread_of(dispatch: Dispatch) -> str:
    """The reference of the first dispatch in the thread that this one belongs to."""
    return dispatch.corrects or dispatch.reference


# -- what is different ----------------------------------------------------------


def changes(before: MeetingRequest, after: MeetingRequest) -> tuple[Change, ...]:
    """Every answer, detail and departure that differs, in the order of the later request."""
    return (
        *_differences(ANSWER, dict(before.journey), dict(after.journey)),
        *_differences(DETAIL, before.details, after.details),
        *_differences(DEPARTURES, _departures(before), _departures(after)),
    )


def _differences(part: str, before: dict[str, Any], after: dict[str, Any]) -> Iterable[Change]:
    for each in dict.fromkeys((*after, *before)):
        old, new = before.get(each), after.get(each)
        if _plain(old) != _plain(new):
            yield Change(part, each, old, new)


def _plain(value: Any) -> Any:
    """JSON turns tuples into lists."""
    return list(value) if isinstance(value, tuple) else value


def _departures(request: MeetingRequest) -> dict[str, Any]:
    return {
        meeting: [asdict(each) for each in listed] for meeting, listed in request.departures.items()
    }


def departures_in(value: Any) -> tuple[Departure, ...]:
    """The departures of one meeting, as a change holds them."""
    return tuple(Departure(**each) for each in value or ())


# -- whom it goes to ------------------------------------------------------------


def rendering(render: Render, told: Iterable[Place]) -> Render:
    """Renders a correction for those who were told; for anybody else a request, linked to it."""
    known = set(told)

    def rendered(request: MeetingRequest, *parts: Any) -> Mail:
        team = parts[2]
        if (team.authority, team.inbox) not in known:
            linked = (*request.linked_to, request.corrects)
            request = replace(request, corrects="", changes=(), linked_to=linked)
        return render(request, *parts)

    return rendered


def as_correction(
    planned: tuple[Dispatch, ...], told: Mapping[Place, Dispatch]
) -> tuple[Dispatch, ...]:
    """The planned dispatches, marked for those who were told before."""
    return tuple(
        replace(each, kind=CORRECTION, corrects=thread_of(told[place_of(each)]))
        if place_of(each) in told
        else each
        for each in planned
    )


def passed_copies(planned: tuple[Dispatch, ...], family: Family) -> tuple[Dispatch, ...]:
    """Who was passed the request on gets what the team gets that did."""
    here = {place_of(each): each for each in planned}
    told = family.latest
    copies = [
        replace(
            here[origin],
            procedure=told[place].procedure,
            inbox=told[place].inbox,
            diverted=told[place].diverted,
            authority=told[place].authority,
            team=told[place].team,
            phone=told[place].phone,
            to=told[place].to,
            corrects=thread_of(told[place]),
            next_attempt_at=here[origin].saved_at if told[place].to else None,
        )
        for place, origin in family.passed_on.items()
        if origin in here and place not in here and place in told
    ]
    return tuple(
        replace(each, reference=dispatch_reference(each.family, number)) if each.family else each
        for number, each in enumerate(copies, len(planned) + 1)
    )


def dropped(
    request: MeetingRequest, planned: tuple[Dispatch, ...], told: Mapping[Place, Dispatch]
) -> tuple[Dispatch, ...]:
    """To those who were told and are no longer concerned; without their mail."""
    here = {place_of(each) for each in planned}
    gone = [each for place, each in told.items() if place not in here]
    return follow_ups(request, gone, CORRECTION, first_number=len(planned) + 1)


def away_from_conflict(
    dispatches: tuple[Dispatch, ...],
    recommendation: Recommendation,
    directory: Directory,
    context: Context,
) -> tuple[Dispatch, ...]:
    """An address that a conflict of interest has closed since gets no mail: ring instead."""
    conflicts = directory.conflicts_in(recommendation.journey.facts)
    kept = []
    for each in dispatches:
        team = directory.team_for(*place_of(each), conflicts, context.now, context.calendar)
        if team.alternative and team.contact.mail != each.to:
            name, phone = team.contact.name, team.ring.phone
            closed = replace(each, to=None, next_attempt_at=None, team=name, phone=phone)
            each = replace(closed, diverted=True)  # noqa: PLW2901
        kept.append(replace(each, conflicts=tuple(sorted(conflicts))))
    return tuple(kept)


def follow_ups(
    request: MeetingRequest, to: Iterable[Dispatch], kind: str, first_number: int = 1
) -> tuple[Dispatch, ...]:
    """One dispatch to each team that got one of `to`, at the same address; without its mail."""
    return tuple(
        replace(
            each,
            reference=dispatch_reference(request.reference, number) if request.reference else "",
            family=request.reference,
            kind=kind,
            corrects=thread_of(each),
            meetings=(),
            mail=Mail("", "", ""),
            saved_at=request.created_at,
            escalations=(),
            attempts=0,
            next_attempt_at=request.created_at if each.to else None,
            handed_over_at=None,
            refused_at=None,
            acknowledgements=(),
        )
        for number, each in enumerate(to, first_number)
    )
