"""From a journey to a recommendation: which meetings, who chairs, who comes, by when and why.

Merging is fixed here and nowhere else: an attendee's strongest status wins in the order of
`terms.yaml` and the reasons accumulate; one chair per meeting, the first that fits; the
deadline of a meeting is the earliest that can be computed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from webapp.procedures.conditions import Facts, holds
from webapp.procedures.model import (
    Basis,
    ChairRule,
    Flag,
    MeetingRule,
    Moment,
    Procedure,
    Result,
    Rule,
    Text,
    TimescaleRule,
    TypeRule,
)
from webapp.procedures.reading import PACK
from webapp.procedures.timescales import due, earliest_first, is_before
from webapp.procedures.walking import Context, Journey, agencies_of

# Statuses of people whom the requester must not contact.
KEPT_AWAY = ("chair-decides", "not-invited")


@dataclass(frozen=True)
class Attendee:
    """`bases` are in the order of the rules; those behind the status come first."""

    role: str
    status: str
    bases: tuple[Basis, ...]


@dataclass(frozen=True)
class Due:
    """A timescale at work. `due` is None when its start is not known or it has no date.

    `due` is a date (by the end of that London day) or an aware datetime. `started` is the
    moment it was counted from. `met` is None while it is not known to be done. `overdue` is
    judged at the moment of the recommendation and only of what is not known to be done.
    """

    rule: TimescaleRule
    started: Moment | None
    due: Moment | None
    overdue: bool
    met: bool | None


@dataclass(frozen=True)
class Line:
    """One agenda item, duty, action or warning, or one line of the chair’s pack."""

    id: str
    text: Text
    basis: Basis
    urgent: bool


@dataclass(frozen=True)
class Meeting:
    """`authority` is a GSS code, or None while it is not known. `modes`: preferred first."""

    rule: MeetingRule
    type: TypeRule
    chair: ChairRule
    authority: str | None
    attendees: tuple[Attendee, ...]
    timescales: tuple[Due, ...]
    agenda: tuple[Line, ...]
    duties: tuple[Line, ...]
    pack: dict[str, tuple[Line, ...]]  # by kind of line, see `reading.PACK`

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def deadline(self) -> Due | None:
        """What is immediate; else the earliest date; else the first that has no date."""
        deadlines = [each for each in self.timescales if each.rule.deadline]
        at_once = [each for each in deadlines if each.rule.span.unit == "immediately"]
        if at_once:
            return at_once[0]
        dated = [each for each in deadlines if each.due is not None]
        if dated:
            return min(dated, key=lambda each: earliest_first(each.due))  # type: ignore[arg-type]
        return deadlines[0] if deadlines else None


@dataclass(frozen=True)
class Recommendation:
    journey: Journey
    result: Result | None
    meetings: tuple[Meeting, ...]
    timescales: tuple[Due, ...]  # those that belong to no meeting recommended here
    flags: tuple[Flag, ...]
    agencies: tuple[str, ...]
    actions_now: tuple[Line, ...]
    warnings: tuple[Line, ...]
    duties: tuple[Line, ...]  # those that belong to no meeting

    @property
    def urgent(self) -> bool:
        """Whether the telephone comes before the form."""
        return any(action.urgent for action in self.actions_now)


def recommend(journey: Journey, context: Context, anyway: bool = False) -> Recommendation:
    """What the procedure recommends for `journey`.

    `anyway`: the practitioner asks for a meeting although the result is not one; the
    procedure's own meeting is then added, with everything the answers bring to it.
    """
    procedure, facts = journey.procedure, journey.facts
    chosen = [rule for rule in procedure.meetings if _is_held(rule, facts, anyway)]
    meetings = tuple(_meeting(rule, journey, context) for rule in chosen)
    # Where the procedure's own meeting is not held, its timescales can still stand alone.
    held = {meeting.id for meeting in meetings}
    own = {rule.id for rule in procedure.meetings if rule.anyway}
    loose = [rule for rule in procedure.rules if rule.meeting is None]
    return Recommendation(
        journey=journey,
        result=procedure.results.get(journey.result or ""),
        meetings=meetings,
        timescales=tuple(
            _due(rule, journey, context)
            for rule in procedure.timescales
            if rule.meeting in own - held and holds(rule.when, facts)
        ),
        flags=tuple(flag for flag in procedure.flags if flag.id in facts.flags),
        agencies=agencies_of(procedure, facts),
        actions_now=_lines("action", procedure.rules, facts),
        warnings=_lines("warning", procedure.rules, facts),
        duties=_lines("duty", loose, facts),
    )


def _is_held(rule: MeetingRule, facts: Facts, anyway: bool) -> bool:
    return holds(rule.when, facts) or (anyway and rule.anyway)


def _meeting(rule: MeetingRule, journey: Journey, context: Context) -> Meeting:
    procedure, facts = journey.procedure, journey.facts
    type_rule = next(each for each in rule.types if holds(each.when, facts))
    typed = replace(facts, type=type_rule.type)
    own = [each for each in procedure.rules if each.meeting == rule.id]
    return Meeting(
        rule=rule,
        type=type_rule,
        chair=next(each for each in rule.chairs if holds(each.when, typed)),
        authority=_authority(rule, journey),
        attendees=_attendees(procedure, own, typed),
        timescales=tuple(
            _due(each, journey, context)
            for each in procedure.timescales
            if each.meeting == rule.id and holds(each.when, typed)
        ),
        agenda=_lines("agenda", own, typed),
        duties=_lines("duty", own, typed),
        pack={kind: _lines(kind, own, typed) for kind in PACK},
    )


def _authority(rule: MeetingRule, journey: Journey) -> str | None:
    """The first of the meeting's questions that was answered with an authority."""
    for question_id in rule.authority:
        for choice in journey.facts.answers.get(question_id, ()):
            if choice.startswith("W0"):
                return choice
    return None


def _attendees(procedure: Procedure, rules: list[Rule], facts: Facts) -> tuple[Attendee, ...]:
    precedence = list(procedure.terms.statuses)
    by_role: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.effect == "attendee" and rule.role and holds(rule.when, facts):
            by_role.setdefault(rule.role, []).append(rule)
    attendees = []
    for role, matched in by_role.items():
        matched.sort(key=lambda each: precedence.index(each.status or ""))
        attendees.append(
            Attendee(role, matched[0].status or "", tuple(each.basis for each in matched))
        )
    # Those who are kept away take precedence, but stand last in the list.
    attendees.sort(key=lambda each: (each.status in KEPT_AWAY, precedence.index(each.status)))
    return tuple(attendees)


def _lines(effect: str, rules: Iterable[Rule], facts: Facts) -> tuple[Line, ...]:
    lines = [
        Line(rule.id, rule.text, rule.basis, rule.urgent)
        for rule in rules
        if rule.effect == effect and rule.text and holds(rule.when, facts)
    ]
    return tuple(sorted(lines, key=lambda line: not line.urgent))


def _due(rule: TimescaleRule, journey: Journey, context: Context) -> Due:
    started = journey.moment(rule.runs_from)
    latest = due(rule.span, started, context.calendar)
    done = journey.moment(rule.met_by) if rule.met_by else None
    if latest is None or done is not None:
        met = None if latest is None or done is None else not is_before(latest, done)
        return Due(rule, started, latest, overdue=False, met=met)
    return Due(rule, started, latest, overdue=is_before(latest, context.now), met=None)
