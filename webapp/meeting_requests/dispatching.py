"""From a meeting request to its dispatches: one per duty team, away from any conflict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
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

CONFLICT_QUESTION = "conflict-of-interest"
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


def conflicts_of(recommendation: Recommendation) -> frozenset[str]:
    """Where the person of concern, or somebody close to them, may read what is sent."""
    return frozenset(recommendation.journey.facts.answers.get(CONFLICT_QUESTION, ()))


def plan_dispatches(
    request: MeetingRequest,
    recommendation: Recommendation,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
) -> tuple[Dispatch, ...]:
    """One rendered dispatch per duty team. Without a reference (a preview) they have none."""
    by_team: dict[tuple[str, str], list[str]] = {}
    for meeting in recommendation.meetings:
        team_key = (request.authorities[meeting.id], meeting.rule.procedure)
        by_team.setdefault(team_key, []).append(meeting.id)
    conflicts = conflicts_of(recommendation)
    urgent = fields.is_urgent(recommendation.journey.facts)
    dispatches = []
    for number, ((authority, procedure), meetings) in enumerate(by_team.items(), 1):
        team = directory.team_for(authority, procedure, conflicts, context.now, context.calendar)
        reference = dispatch_reference(request.reference, number) if request.reference else None
        mail = render(request, recommendation, tuple(meetings), team, reference)
        dispatch = _dispatch(request, team, reference or "", mail, context)
        escalations = escalation_times(urgent, context.now, context.calendar)
        dispatches.append(
            replace(dispatch, meetings=tuple(meetings), urgent=urgent, escalations=escalations)
        )
    return tuple(dispatches)


def _dispatch(
    request: MeetingRequest, team: Team, reference: str, mail: Mail, context: Context
) -> Dispatch:
    return Dispatch(
        reference=reference,
        family=request.reference,
        meetings=(),
        procedure=team.procedure,
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
