"""What may be asked for differently, and what of it still counts. Pure.

A recommendation is never a block, but nobody who is kept away is quietly invited: for them
only the chair can be asked, and for the person of concern, or whoever speaks for them, not even
that. What is a departure today may be what is recommended after another answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from webapp.meeting_requests.model import Departure, Departures
from webapp.procedures.conditions import holds
from webapp.procedures.model import Procedure, Terms
from webapp.procedures.recommending import KEPT_AWAY, Meeting, Recommendation

TYPE, MODE, CHAIR, ANYWAY = "type", "mode", "chair", "anyway"
ATTENDEE = "attendee"
REMOVED, ASK_CHAIR = "removed", "ask-chair"  # choices for an attendee, beside the statuses
OTHER = "other"  # a chair who is named in words
ADDED = "added"  # a change in the list of invitees
WHO_LIMIT = 80  # of `Departure.who`: it travels in the draft's cookie

CHAIR_DECIDES = "chair-decides"  # the status

_ALWAYS, _NOT_INVITED = "always", "not-invited"


@dataclass(frozen=True)
class Advised:
    """What is recommended for one meeting, in ids. `attendees`: role -> status."""

    id: str
    title: str
    procedure: str
    type: str
    mode: str
    chair: str
    attendees: Mapping[str, str]

    @classmethod
    def of(cls, meeting: Meeting, title: str = "") -> Advised:
        """`title`: in the language in which it is going to be shown."""
        return cls(
            id=meeting.id,
            title=title,
            procedure=meeting.rule.procedure,
            type=meeting.type.type,
            mode=meeting.type.modes[0],
            chair=meeting.chair.chair,
            attendees={each.role: each.status for each in meeting.attendees},
        )

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Advised:
        """From a meeting of the snapshot that a meeting request keeps."""
        parts = ("id", "title", "procedure", "type", "mode", "chair")
        attendees = {each["role"]: each["status"] for each in data["attendees"]}
        return cls(**{part: data[part] for part in parts}, attendees=attendees)


def role_of(departure: Departure) -> str:
    """The role that a departure is about; empty where it is about something else."""
    kind, _, role = departure.part.partition(":")
    return role if kind == ATTENDEE else ""


def other_roles(procedure: Procedure, advised: Advised) -> list[str]:
    """Whom another answer would bring to such a meeting, in the order of `terms.yaml`."""
    mentioned = _statuses(procedure, advised.procedure)
    return [
        role
        for role in procedure.terms.roles
        if role in mentioned
        and role not in advised.attendees
        and choices_for(role, None, mentioned[role], procedure.terms)
    ]


def role_choices(procedure: Procedure, advised: Advised, role: str) -> tuple[str, ...]:
    """What may be asked for about a role, recommended or not; empty if nothing may."""
    mentioned = _statuses(procedure, advised.procedure)
    if role not in advised.attendees and role not in mentioned:
        return ()
    status = advised.attendees.get(role)
    return choices_for(role, status, mentioned.get(role, set()), procedure.terms)


def choices_for(
    role: str, status: str | None, statuses: Iterable[str], terms: Terms
) -> tuple[str, ...]:
    """`status`: the recommended one, None if there is none. `statuses`: all that a rule gives.

    Whom some answer keeps away from such a meeting is not added without the chair.
    """
    kept_out = terms.kept_out.get(role)
    if kept_out == _ALWAYS or (kept_out and status == _NOT_INVITED):
        return ()
    if status in KEPT_AWAY or (status is None and _kept(statuses)):
        return (ASK_CHAIR,)
    invited = [each for each in terms.statuses if each not in (*KEPT_AWAY, status)]
    return (REMOVED, *invited, CHAIR_DECIDES) if status else (*invited, ASK_CHAIR)


def _kept(statuses: Iterable[str]) -> bool:
    return any(each in KEPT_AWAY for each in statuses)


def _statuses(procedure: Procedure, meeting_procedure: str) -> dict[str, set[str]]:
    """Role -> every status that a rule of this tree gives it in meetings of this procedure."""
    meetings = {each.id for each in procedure.meetings if each.procedure == meeting_procedure}
    found: dict[str, set[str]] = {}
    for rule in procedure.rules:
        if rule.role and rule.status and rule.meeting in meetings:
            found.setdefault(rule.role, set()).add(rule.status)
    return found


def left_out(departures: Departures) -> set[str]:
    """The roles that are not to be invited to one of the meetings."""
    return {
        role_of(each)
        for listed in departures.values()
        for each in listed
        if role_of(each) and each.choice == REMOVED
    }


def invited_again(people: Iterable[Mapping[str, str]], roles: set[str]) -> list[dict[str, str]]:
    """The invitees, where those who have these roles are not left out any more."""
    return [
        dict(each) | ({"change": "", "reason": ""} if _is_back(each, roles) else {})
        for each in people
    ]


def _is_back(person: Mapping[str, str], roles: set[str]) -> bool:
    return person["change"] == REMOVED and person["role"] in roles


def not_left_out(departures: Departures, meetings: Iterable[str], roles: set[str]) -> Departures:
    """The departures without those that leave one of `roles` out of one of the `meetings`."""
    own = set(meetings)
    kept = {
        meeting: tuple(
            each
            for each in listed
            if meeting not in own or each.choice != REMOVED or role_of(each) not in roles
        )
        for meeting, listed in departures.items()
    }
    return {meeting: listed for meeting, listed in kept.items() if listed}


# -- what still counts -------------------------------------------------------------------------


def standing(departures: Departures, recommendation: Recommendation) -> Departures:
    """The departures that still depart from what is recommended now.

    Whom the answers have come to keep away since is at most asked of the chair.
    """
    procedure = recommendation.journey.procedure
    kept = {}
    for meeting in recommendation.meetings:
        advised, own = Advised.of(meeting), departures.get(meeting.id, ())
        anyway = [each for each in own if each.part == ANYWAY] or [Departure(ANYWAY, "", "")]
        asked = anyway if against_result(meeting, recommendation) else []
        asked += [found for each in own if (found := _standing(each, advised, procedure))]
        if asked:
            kept[meeting.id] = tuple(asked)
    return kept


def _standing(departure: Departure, advised: Advised, procedure: Procedure) -> Departure | None:
    if role := role_of(departure):
        choices = role_choices(procedure, advised, role)
        if departure.choice in choices:
            return departure
        return _softened(departure, choices)
    return departure if departure.choice in _others(advised, procedure, departure.part) else None


def _softened(departure: Departure, choices: tuple[str, ...]) -> Departure | None:
    """An invitation that may not be asked for any more is a question to the chair."""
    if departure.choice == REMOVED or choices != (ASK_CHAIR,):
        return None
    return replace(departure, choice=ASK_CHAIR)


def _others(advised: Advised, procedure: Procedure, part: str) -> tuple[str, ...]:
    known = {
        TYPE: (tuple(procedure.terms.types), advised.type),
        MODE: (tuple(procedure.terms.modes), advised.mode),
        CHAIR: ((*_chairs(advised, procedure), OTHER), advised.chair),
    }
    choices, recommended = known.get(part, ((), ""))
    return tuple(each for each in choices if each != recommended)


def _chairs(advised: Advised, procedure: Procedure) -> tuple[str, ...]:
    """Everybody who chairs a meeting of the procedure, but for those kept away from this one."""
    chairs = [chair.chair for rule in procedure.meetings for chair in rule.chairs]
    away = [role for role, status in advised.attendees.items() if status in KEPT_AWAY]
    return tuple(each for each in dict.fromkeys(chairs) if each not in away)


def parts_of_meeting(advised: Advised, procedure: Procedure) -> dict[str, tuple[str, ...]]:
    """What else the kind, the way of meeting and the chair can be."""
    return {part: _others(advised, procedure, part) for part in (TYPE, MODE, CHAIR)}


def against_result(meeting: Meeting, recommendation: Recommendation) -> bool:
    """Whether the meeting is held only because somebody asks for it anyway."""
    return meeting.rule.anyway and not holds(meeting.rule.when, recommendation.journey.facts)
