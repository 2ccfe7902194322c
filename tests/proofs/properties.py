"""What must hold for all answers, as formulae that say where it does not.

Each property is a function over one subject; it yields (what would be wrong, where). The names
of questions, roles and flags come from the contract of the trees; a tree that does not have
one has nothing to prove there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.proofs.formulas import FALSE
from tests.proofs.subjects import Subject
from webapp.procedures.conditions import mentions
from webapp.procedures.model import MeetingRule, Rule

Broken = Iterator[tuple[str, int]]
Property = Callable[[Subject], Broken]

PROPERTIES: dict[str, Property] = {}

INVITES = ("required", "expected", "where-appropriate")
SURE = ("required", "expected")
FIRST_ASKED = ("others-at-risk", "crime", "position-of-trust", "mappa")
NEVER_INVITED = ("person-of-concern", "public-referrer")


def proved(function: Property) -> Property:
    PROPERTIES[function.__name__.replace("_", " ")] = function
    return function


class Look:
    """Short ways to ask about a subject; what the tree does not have never holds."""

    def __init__(self, of: Subject) -> None:
        self.of, self.encoding, self.formulas = of, of.encoding, of.formulas
        self.all, self.any = of.formulas.all, of.formulas.any

    def said(self, question: str, *choices: str) -> int:
        chosen = self.encoding.chosen.get(question, {})
        return self.any(chosen.get(each, FALSE) for each in choices)

    def flag(self, name: str) -> int:
        return self.encoding.flags.get(name, FALSE)

    def ended(self, flag: str, but: int) -> int:
        """Whether a journey ends with this flag, but also so."""
        return self.all((self.flag(flag), self.encoding.result, but))

    def has(self, meeting: str, role: str, statuses: tuple[str, ...]) -> int:
        """Whether the role stands in the list of a meeting with one of these statuses."""
        merged = self.encoding.statuses[meeting].get(role, {})
        there = self.any(merged.get(each, FALSE) for each in statuses)
        return self.all((self.encoding.held[meeting], there))

    def actions(self, urgent: bool = False, cites: str = "", because_of: str = "") -> int:
        """Whether something is to be done now: urgent, after a ruling, or on account of a flag."""
        return self.any(
            self.encoding.rules[rule.id]
            for rule in self.of.procedure.rules
            if rule.effect == "action"
            and (rule.urgent or not urgent)
            and (not cites or cites in rule.basis.cites)
            and (not because_of or because_of in _flags_in(rule))
        )

    def held(self, procedure: str) -> int:
        """Whether a meeting of this procedure is held."""
        return self.any(self.encoding.held[each.id] for each in self.of_procedure(procedure))

    def of_procedure(self, procedure: str) -> list[MeetingRule]:
        return [each for each in self.of.procedure.meetings if each.procedure == procedure]


def _flags_in(rule: Rule) -> set[str]:
    return {each for kind, _q, ids in mentions(rule.when) if kind == "flag" for each in ids}


@proved
def every_complete_journey_ends_in_one_result(of: Subject) -> Broken:
    look, results = Look(of), list(of.encoding.results.values())
    yield "there is no result", look.all((-of.encoding.stuck, -of.encoding.result))
    yield "there are two results", of.formulas.at_least(results, 2)[2]


@proved
def a_result_that_promises_a_meeting_has_one(of: Subject) -> Broken:
    look = Look(of)
    any_meeting = look.any(of.encoding.recommended.values())
    own = look.any(
        of.encoding.recommended[each.id] for each in of.procedure.meetings if each.anyway
    )
    for name, result in of.procedure.results.items():
        ends = of.encoding.results[name]
        if result.meeting:
            yield f"{name} names no meeting", look.all((ends, -any_meeting))
        else:
            yield f"{name} says no meeting, but names it", look.all((ends, own))


@proved
def a_meeting_has_exactly_one_type_and_one_chair(of: Subject) -> Broken:
    for meeting, held in of.encoding.held.items():
        for what in (of.encoding.types[meeting], of.encoding.chairs[meeting]):
            counted = of.formulas.at_least(what.values(), 2)
            yield f"{meeting}: none of {list(what)}", of.formulas.all((held, -counted[1]))
            yield f"{meeting}: two of {list(what)}", counted[2]


@proved
def the_chair_is_required(of: Subject) -> Broken:
    look = Look(of)
    for meeting in of.procedure.meetings:
        for chair in meeting.chairs:
            chairs = of.encoding.chairs[meeting.id][chair.basis.id]
            there = look.has(meeting.id, chair.chair, ("required",))
            yield f"{meeting.id}: {chair.chair} chairs, not required", look.all((chairs, -there))


@proved
def a_professional_strategy_discussion_has_the_police(of: Subject) -> Broken:
    look = Look(of)
    for meeting in of.procedure.meetings:
        for kind, node in of.encoding.kinds[meeting.id].items():
            if kind == "professional-strategy-discussion":
                held = look.all((of.encoding.held[meeting.id], node))
                there = look.has(meeting.id, "police", ("required",))
                yield f"{meeting.id}: no police", look.all((held, -there))


@proved
def a_discussion_about_a_child_has_social_services_and_police(of: Subject) -> Broken:
    look = Look(of)
    chairs = {each.chair for m in look.of_procedure("child") for each in m.chairs}
    for meeting in look.of_procedure("child"):
        held = of.encoding.held[meeting.id]
        for who, roles in (("police", {"police"}), ("social services", chairs)):
            there = look.any(look.has(meeting.id, role, ("required",)) for role in roles)
            yield f"{meeting.id}: no {who}", look.all((held, -there))


@proved
def a_meeting_has_a_deadline(of: Subject) -> Broken:
    look = Look(of)
    for meeting, held in of.encoding.held.items():
        deadlines = look.any(
            of.encoding.timescales[meeting, each.id]
            for each in of.procedure.timescales
            if each.meeting == meeting and each.deadline
        )
        yield f"{meeting}: no deadline", look.all((held, -deadlines))


@proved
def determination_1_or_3_never_ends_without_a_meeting(of: Subject) -> Broken:
    look = Look(of)
    decided = look.said("determination", "determination-1", "determination-3")
    yield "no meeting", look.all((decided, of.encoding.result, -look.held("adult")))


@proved
def protection_is_asked_about_before_anything_ends_the_journey(of: Subject) -> Broken:
    look = Look(of)
    for question in FIRST_ASKED:
        if question in of.encoding.met:
            ended = look.all((of.encoding.result, -of.encoding.stuck))
            yield f"ends before '{question}'", look.all((ended, -of.encoding.met[question]))


@proved
def position_of_trust_survives_every_result(of: Subject) -> Broken:
    look = Look(of)
    if of.procedure.id == "section-5":
        return  # it is what that procedure is about
    raised = look.flag("position-of-trust")
    held = look.held("section-5")
    yield "no Section 5 meeting", look.all((raised, -held))
    tell_nobody = look.actions(urgent=True, cites="ruling.12")
    yield "nobody is told to keep it quiet", look.all((raised, -tell_nobody))


@proved
def children_at_risk_survive_every_result(of: Subject) -> Broken:
    look = Look(of)
    reports = look.any((look.actions(because_of="children-at-risk"), look.held("child")))
    yield "children are forgotten", look.ended("children-at-risk", -reports)


@proved
def adults_at_risk_survive_every_result(of: Subject) -> Broken:
    look = Look(of)
    reports = look.any((look.actions(because_of="adults-at-risk"), look.held("adult")))
    yield "adults are forgotten", look.ended("adults-at-risk", -reports)


@proved
def a_flag_once_raised_stays(of: Subject) -> Broken:
    for flag in ("crime", "position-of-trust", "children-at-risk", "adults-at-risk", "mappa"):
        for at in of.encoding.order.values():
            if flag in of.encoding.flags:
                before = of.encoding.flag_before(flag, at)
                end = of.encoding.flags[flag]
                yield f"{flag} is lost", of.formulas.all((before, -end))


@proved
def what_is_urgent_says_what_to_do_now(of: Subject) -> Broken:
    look = Look(of)
    yield "nothing to do now", look.all((look.flag("urgent"), -look.actions(urgent=True)))


@proved
def nobody_is_invited_who_must_not_be(of: Subject) -> Broken:
    look = Look(of)
    unless: list[tuple[str, int]] = [(role, FALSE) for role in NEVER_INVITED]
    unless += [
        ("referrer", -look.said("raised-by", "public", "anonymous")),
        ("registered-manager", -look.said("implicated", "manager")),
        ("responsible-individual", -look.said("implicated", "responsible-individual")),
        ("designated-officer", -look.said("conflict-of-interest", "designated-officer")),
        ("lead-co-ordinator", -look.said("conflict-of-interest", "duty-team")),
        ("employer", look.said("employer-knows", "yes")),
        (
            "representative",
            -look.said("representative", "attorney-of-concern", "family-of-concern"),
        ),
        ("provider", -look.any((look.flag("position-of-trust"), look.flag("neglect-in-service")))),
    ]
    for who in ("provider", "employer"):
        runs_it = look.said("implicated", "manager", "responsible-individual", "whole-service")
        unless.append((who, -runs_it))
    for meeting in of.procedure.meetings:
        for role, allowed in unless:
            invited = look.has(meeting.id, role, INVITES)
            yield f"{meeting.id}: {role} is invited", look.all((invited, -allowed))


@proved
def police_with_a_conflict_come_through_professional_standards(of: Subject) -> Broken:
    look = Look(of)
    close = look.said("conflict-of-interest", "police")
    for meeting in of.procedure.meetings:
        police = look.has(meeting.id, "police", INVITES)
        through = look.has(meeting.id, "professional-standards", ("required",))
        yield f"{meeting.id}: police themselves", look.all((close, police, -through))


@proved
def both_inspectorates_come_only_for_two_settings(of: Subject) -> Broken:
    look = Look(of)
    settings = [
        node
        for question in ("setting", "agencies-involved")
        for name, node in of.encoding.chosen.get(question, {}).items()
        if name not in ("own-home", "none", "not-known", "other")
    ]
    two = of.formulas.at_least(settings, 2)[2]
    for meeting in of.procedure.meetings:
        both = look.all(look.has(meeting.id, who, SURE) for who in ("ciw", "hiw"))
        yield f"{meeting.id}: both inspectorates", look.all((both, -two))


@proved
def no_two_rules_contradict_without_a_ruling(of: Subject) -> Broken:
    """One rule invites and another keeps away, or decides otherwise, and none says which wins."""
    rules = [each for each in of.procedure.rules if each.effect == "attendee"]
    for away in (each for each in rules if each.status in ("not-invited", "chair-decides")):
        for invites in (each for each in rules if each.status in INVITES):
            same = (away.role, away.meeting) == (invites.role, invites.meeting)
            if same and not _settled(away):
                both = (of.encoding.rules[away.id], of.encoding.rules[invites.id])
                yield f"{away.id} against {invites.id}", of.formulas.all(both)


def _settled(rule: Rule) -> bool:
    """Whether a ruling stands behind keeping somebody away."""
    return any(each.startswith("ruling.") for each in rule.basis.cites)


@proved
def emergency_action_for_a_child_always_brings_a_discussion(of: Subject) -> Broken:
    """Police protection and an emergency protection order begin section 47 by themselves."""
    look = Look(of)
    taken = look.said("emergency-action", "police-protection", "protection-order")
    results = of.procedure.results.values()
    grown = look.any(of.encoding.results[r.id] for r in results if r.hands_over_to == "adult")
    ended = look.all((taken, of.encoding.result, -of.encoding.stuck, -grown))
    yield "no discussion about the child", look.all((ended, -look.held("child")))


@proved
def a_child_of_unknown_age_is_treated_as_a_child(of: Subject) -> Broken:
    look = Look(of)
    unknown = look.any((look.said("child-age", "not-known"), look.said("age", "not-known")))
    for name, result in of.procedure.results.items():
        handed = result.hands_over_to == "adult" or (result.meeting and of.procedure.id == "adult")
        if handed:
            ended = look.all((of.encoding.results[name], -of.encoding.stuck))
            yield f"ends in {name}", look.all((unknown, ended))
