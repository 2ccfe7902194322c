"""From a meeting request to its dispatches: one per duty team, away from any conflict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from webapp.meeting_requests.codes import CODE_CHARACTERS, parse_code, shown_code
from webapp.meeting_requests.contacts import Directory, Team
from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.model import Dispatch, Escalation, Mail, MeetingRequest
from webapp.meeting_requests.references import dispatch_reference
from webapp.meeting_requests.sealing import derive
from webapp.procedures.recommending import Recommendation
from webapp.procedures.timescales import LONDON, Calendar
from webapp.procedures.walking import Context

# (request, recommendation, ids of the meetings, team, reference of the dispatch) -> the mail.
# The reference is None in a preview.
Render = Callable[[MeetingRequest, Recommendation, tuple[str, ...], Team, str | None], Mail]

_URGENT_STEPS = (timedelta(minutes=15), timedelta(minutes=30), timedelta(minutes=60))
_STEPS = (timedelta(hours=2), timedelta(hours=4))
_NEXT_DAY = time(10)


class AuthorityNeeded(Exception):
    """No authority is known for a meeting: ask which one to send the request to."""


def authorities_of(recommendation: Recommendation, chosen: str | None) -> dict[str, str]:
    """The authority of each meeting: its own, else the one chosen, else another meeting's.

    Raises AuthorityNeeded.
    """
    known = [meeting.authority for meeting in recommendation.meetings if meeting.authority]
    fallback = chosen or (known[0] if known else None)
    authorities = {}
    for meeting in recommendation.meetings:
        authority = meeting.authority or fallback
        if authority is None:
            raise AuthorityNeeded(meeting.id)
        authorities[meeting.id] = authority
    return authorities


def plan_dispatches(
    request: MeetingRequest,
    recommendation: Recommendation,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
) -> tuple[Dispatch, ...]:
    """One rendered dispatch per duty team. Without a reference (a preview) they have none."""
    facts = recommendation.journey.facts
    conflicts = tuple(sorted(directory.conflicts_in(facts)))
    urgent = fields.is_urgent(facts)
    escalations = escalation_times(urgent, context.now, context.calendar)
    dispatches = []
    for number, (team, meetings) in enumerate(
        _teams(request, recommendation, directory, context), 1
    ):
        reference = dispatch_reference(request.reference, number) if request.reference else None
        mail = render(request, recommendation, meetings, team, reference)
        planned = _dispatch(request, team, reference or "", mail, context)
        planned = replace(planned, meetings=meetings, urgent=urgent, escalations=escalations)
        dispatches.append(replace(planned, conflicts=conflicts))
    return tuple(dispatches)


def _teams(
    request: MeetingRequest,
    recommendation: Recommendation,
    directory: Directory,
    context: Context,
) -> list[tuple[Team, tuple[str, ...]]]:
    """Each team once, with the ids of its meetings. Two inboxes of one procedure that are read
    at the same address, as where one Designated Officer sees to children and adults, are one."""
    facts = recommendation.journey.facts
    conflicts = directory.conflicts_in(facts)
    found: dict[tuple[str, ...], tuple[Team, list[str]]] = {}
    for meeting in recommendation.meetings:
        authority, procedure = request.authorities[meeting.id], meeting.rule.procedure
        for inbox in directory.inboxes_for(procedure, facts):
            team = directory.team_for(authority, inbox, conflicts, context.now, context.calendar)
            key = (authority, procedure, team.reached_at)
            _, meetings = found.setdefault(key, (team, []))
            if meeting.id not in meetings:
                meetings.append(meeting.id)
    return [(_with_others(team, found), tuple(meetings)) for team, meetings in found.values()]


def _with_others(team: Team, found: Mapping[tuple[str, ...], tuple[Team, list[str]]]) -> Team:
    """The team, which is told who else has the same meetings."""
    here = (team.authority, team.procedure)
    others = [each for each, _ in found.values() if (each.authority, each.procedure) == here]
    return replace(team, also=tuple(each.contact.name for each in others if each != team))


def _dispatch(
    request: MeetingRequest, team: Team, reference: str, mail: Mail, context: Context
) -> Dispatch:
    return Dispatch(
        reference=reference,
        family=request.reference,
        meetings=(),
        procedure=team.procedure,
        inbox=team.inbox,
        diverted=team.alternative,
        authority=team.authority,
        team=team.contact.name,
        phone=team.ring.phone,
        to=team.contact.mail,
        languages=team.languages,
        urgent=False,
        mail=mail,
        saved_at=context.now,
        next_attempt_at=context.now if team.contact.mail else None,
    )


def escalation_times(urgent: bool, now: datetime, calendar: Calendar) -> tuple[Escalation, ...]:
    """The pace follows the urgency. Elapsed time, except the last step of the slow pace."""
    if urgent:
        moments = [now + step for step in _URGENT_STEPS]
    else:
        next_day = calendar.next_working_day((now + _STEPS[-1]).astimezone(LONDON).date())
        moments = [now + step for step in _STEPS]
        moments.append(datetime.combine(next_day, _NEXT_DAY, LONDON))
    return tuple(Escalation(step, moment) for step, moment in enumerate(moments, 1))


def content_digest(request: MeetingRequest) -> str:
    """The same for the same content, whenever and under whichever reference it was sent."""
    data = request.as_data()
    content = [
        data[part]
        for part in (
            *("procedure", "journey", "authorities", "departures", "anyway", "details"),
            "corrects",
        )
    ]
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def status_code_of(key: str) -> str:
    """The code that opens the status page; the same submission always gives the same code."""
    derived = derive(key.encode(), "status code", 20)
    return shown_code("".join(CODE_CHARACTERS[byte % 32] for byte in derived))


def status_digest_of(status_code: str) -> str:
    """What is kept of a status code, as it was typed."""
    return hashlib.sha256((parse_code(status_code) or "").encode()).hexdigest()
