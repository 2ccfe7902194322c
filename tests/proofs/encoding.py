"""A procedure as formulae over the answers: exactly what `walking` and `recommending` do.

The variables are the answers as given: one for each option and each band of a date. Which band
a date falls in is left free, so that any combination of bands counts as possible.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.proofs.formulas import FALSE, TRUE, Formulas
from webapp.procedures.conditions import Condition, Facts, holds
from webapp.procedures.model import NOT_KNOWN, Exit, Kind, MeetingRule, Procedure, Question

Given = Mapping[str, Mapping[str, int]]


def variables(formulas: Formulas, procedure: Procedure) -> dict[str, dict[str, int]]:
    """question -> choice -> the variable that says it was given as an answer."""
    return {
        question.id: {
            choice: formulas.variable(f"{question.id}={choice}") for choice in question.choices
        }
        for question in procedure.questions.values()
    }


def validity(formulas: Formulas, procedure: Procedure, given: Given) -> int:
    """Whether each answer is one that its question takes; no answer at all is valid too."""
    parts = []
    for question in procedure.questions.values():
        chosen = given[question.id]
        if question.kind is Kind.MANY:
            alone = [option.id for option in question.options if option.exclusive]
            for each in alone:
                others = formulas.any(node for name, node in chosen.items() if name != each)
                parts.append(-formulas.all((chosen[each], others)))
        else:
            parts.append(-formulas.at_least(chosen.values(), 2)[2])
    return formulas.all(parts)


class Encoding:
    """Everything that can come out of one procedure, each as a node of `formulas`.

    `anyway`: a variable: the practitioner asks for the meeting although the result is not one.
    `switches`: nodes for local switches that are left open; the others are as in the profile.
    """

    def __init__(
        self,
        procedure: Procedure,
        formulas: Formulas,
        given: Given | None = None,
        switches: Mapping[str, int] | None = None,
    ) -> None:
        self.procedure, self.formulas = procedure, formulas
        self.given = given or variables(formulas, procedure)
        self.anyway = formulas.variable("anyway")
        self.local = procedure.profile.local
        self.switches = switches or {}  # local switches that may be on or off
        self.order = {
            item.id: n for n, item in enumerate(procedure.sequence) if isinstance(item, Question)
        }
        self.beside = {"anyway": self.anyway, **self.switches}
        self._flag_cones: dict[str, list[int]] = {}
        self._flags: dict[tuple[str, int], int] = {}
        self.met: dict[str, int] = {}
        self.chosen: dict[str, dict[str, int]] = {}
        self.answered: dict[str, int] = {}
        self.results = dict.fromkeys(procedure.results, FALSE)
        self.exits: dict[int, int] = {}  # position in the sequence -> taken
        self.stuck = FALSE  # a question that cannot wait is not answered yet
        self.waiting = FALSE  # a question that can wait is not answered yet
        self._walk()
        self.end = len(procedure.sequence)
        self.flags = {flag.id: self._flag(flag.id, self.end) for flag in procedure.flags}
        self.agencies = self._agencies()
        self._recommend()

    # -- conditions ----------------------------------------------------------

    def when(
        self, condition: Condition, at: int | None = None, types: Mapping[str, int] | None = None
    ) -> int:
        """`condition` before the item at position `at` is met, or at the end of the journey."""
        kind, formulas = condition[0], self.formulas
        if kind in ("all", "any"):
            parts = [self.when(part, at, types) for part in condition[1:]]
            return formulas.all(parts) if kind == "all" else formulas.any(parts)
        if kind == "not":
            return -self.when(condition[1], at, types)
        if kind == "answer":
            question, ids = condition[1], condition[2]
            if at is not None and self.order[question] >= at:
                return FALSE
            return formulas.any(
                self.chosen[question][each] for each in ids if each in self.chosen[question]
            )
        ids = condition[1]
        if kind == "flag":
            return formulas.any(self._flag(each, self.end if at is None else at) for each in ids)
        if kind == "local":
            on = {each: TRUE if each in self.local else FALSE for each in ids}
            return formulas.any({**on, **self.switches}[each] for each in ids)
        known: Mapping[str, int] = {}
        if at is None:
            known = {"result": self.results, "agencies": self.agencies, "type": types or {}}[kind]
        return formulas.any(known[each] for each in ids if each in known)

    def _flag(self, name: str, at: int) -> int:
        """The flag as it stood after the last answer before position `at`."""
        if name not in self._flag_cones:
            self._flag_cones[name] = sorted(self._cone(self._flag_rule(name).when))
        seen = sum(1 for position in self._flag_cones[name] if position < at)
        if (name, seen) not in self._flags:
            self._flags[name, seen] = self._raised(name, at)
        return self._flags[name, seen]

    def _raised(self, name: str, at: int) -> int:
        raised = self.when(self._flag_rule(name).when, at)
        if holds(self._flag_rule(name).when, Facts(local=self.local)):
            # Flags are looked at only when something is answered.
            before = [node for q, node in self.answered.items() if self.order[q] < at]
            return self.formulas.all((raised, self.formulas.any(before)))
        return raised

    def _flag_rule(self, name: str):
        return next(flag for flag in self.procedure.flags if flag.id == name)

    def _cone(self, condition: Condition) -> set[int]:
        """The positions of the questions that `condition` turns on, through flags too."""
        if condition[0] in ("all", "any", "not"):
            return set().union(*(self._cone(part) for part in condition[1:]))
        if condition[0] == "answer":
            return {self.order[condition[1]]}
        if condition[0] == "flag":
            return set().union(*(self._cone(self._flag_rule(each).when) for each in condition[1]))
        return set()

    # -- the walk ------------------------------------------------------------

    def _walk(self) -> None:
        formulas, going = self.formulas, TRUE
        jumping: dict[str, int] = {}
        for at, item in enumerate(self.procedure.sequence):
            name = item.id if isinstance(item, Question) else ""
            jumping.pop(name, None)
            here = formulas.all((going, *(-each for each in jumping.values())))
            if isinstance(item, Exit):
                out = formulas.all((here, self.when(item.when, at)))
                self.exits[at] = out
                self._ends(item.result, out)
                going = formulas.all((going, -out))
            else:
                self.met[name] = formulas.all((here, self.when(item.when, at)))
                stops = self._ask(item, jumping)
                going = formulas.all((going, -stops))
        self._ends(self.procedure.default_result, going)

    def _ask(self, question: Question, jumping: dict[str, int]) -> int:
        """Where the walk stops here: it ended, or what must be answered is not."""
        formulas, name = self.formulas, question.id
        met = self.met[name]
        self.chosen[name] = {
            choice: formulas.all((met, node)) for choice, node in self.given[name].items()
        }
        self.answered[name] = formulas.any(self.chosen[name].values())
        unanswered = formulas.all((met, -self.answered[name]))
        stops = [FALSE if question.can_wait else unanswered]
        if question.can_wait:
            self.waiting = formulas.any((self.waiting, unanswered))
        else:
            self.stuck = formulas.any((self.stuck, unanswered))
            if question.meanwhile:
                self._ends(question.meanwhile, unanswered)
        targets = {choice: each.leads_to for choice, each in question.choices.items()}
        for choice, target in targets.items():  # the first that leads to a result wins
            if target in self.procedure.results:
                self._ends(target, formulas.all((self.chosen[name][choice], -formulas.any(stops))))
                stops.append(self.chosen[name][choice])
        later = FALSE
        for choice, target in reversed(targets.items()):  # the last jump wins
            if target in self.order:
                jumps = formulas.all((self.chosen[name][choice], -later))
                jumping[target] = formulas.any((jumping.get(target, FALSE), jumps))
                later = formulas.any((later, self.chosen[name][choice]))
        return formulas.any(stops)

    def _ends(self, result: str, where: int) -> None:
        self.results[result] = self.formulas.any((self.results[result], where))

    def _agencies(self) -> dict[str, int]:
        most = max((band.least for band in self.procedure.agency_bands), default=1)
        most = max(most, *((band.most or 0) + 1 for band in self.procedure.agency_bands), 1)
        self.agencies = {}
        named = [self.when(agency.when) for agency in self.procedure.agencies]
        counted = self.formulas.at_least(named, most)
        counted[:2] = [TRUE, TRUE]  # none named counts as one
        bands: dict[str, int] = {}
        for band in self.procedure.agency_bands:
            above = FALSE if band.most is None else counted[band.most + 1]
            inside = (counted[band.least], -above, *(-each for each in bands.values()))
            bands[band.id] = self.formulas.all(inside)
        return bands

    # -- the recommendation --------------------------------------------------

    def _recommend(self) -> None:
        procedure, formulas = self.procedure, self.formulas
        self.recommended: dict[str, int] = {}
        self.held: dict[str, int] = {}
        self.types: dict[str, dict[str, int]] = {}  # meeting -> id of its type rule
        self.chairs: dict[str, dict[str, int]] = {}  # meeting -> id of its chair rule
        self.kinds: dict[str, dict[str, int]] = {}  # meeting -> meeting type
        for meeting in procedure.meetings:
            self._meet(meeting)
        self.rules: dict[str, int] = {}
        self.lines: dict[tuple[str, str | None, str], int] = {}  # (effect, where shown, rule)
        for rule in procedure.rules:
            self._apply(rule)
        self.statuses = {meeting.id: self._attendees(meeting.id) for meeting in procedure.meetings}
        own = [meeting.id for meeting in procedure.meetings if meeting.anyway]
        self.timescales: dict[tuple[str | None, str], int] = {}
        for each in procedure.timescales:
            held = self.held[each.meeting]
            shown = formulas.all((held, self.when(each.when, None, self.kinds[each.meeting])))
            self.timescales[each.meeting, each.id] = shown
            if each.meeting in own:
                alone = formulas.all((-held, self.when(each.when)))
                self.timescales[None, each.id] = alone

    def _meet(self, meeting: MeetingRule) -> None:
        formulas = self.formulas
        self.recommended[meeting.id] = self.when(meeting.when)
        held = self.recommended[meeting.id]
        if meeting.anyway:
            held = formulas.any((held, self.anyway))
        self.held[meeting.id] = held
        fits = self._first([(each.basis.id, self.when(each.when)) for each in meeting.types])
        kinds: dict[str, int] = {}
        for each in meeting.types:
            kinds[each.type] = formulas.any((kinds.get(each.type, FALSE), fits[each.basis.id]))
        self.kinds[meeting.id] = kinds
        self.types[meeting.id] = {name: formulas.all((held, fit)) for name, fit in fits.items()}
        ways = [(each.basis.id, self.when(each.when, None, kinds)) for each in meeting.chairs]
        self.chairs[meeting.id] = {
            name: formulas.all((held, fit)) for name, fit in self._first(ways).items()
        }

    def _first(self, ways: list[tuple[str, int]]) -> dict[str, int]:
        first: dict[str, int] = {}
        for name, fits in ways:
            first[name] = self.formulas.all((fits, *(-each for _other, each in ways[: len(first)])))
        return first

    def _apply(self, rule) -> None:
        if rule.effect in ("action", "warning") or rule.meeting is None:
            shown_in, applies = None, self.when(rule.when)
        else:
            shown_in = rule.meeting
            kinds = self.kinds[shown_in]
            applies = self.formulas.all((self.held[shown_in], self.when(rule.when, None, kinds)))
        self.rules[rule.id] = applies
        if rule.effect != "attendee":
            self.lines[rule.effect, shown_in, rule.id] = applies

    def _attendees(self, meeting: str) -> dict[str, dict[str, int]]:
        """role -> status -> whether this is what the rules come to."""
        wanted: dict[str, dict[str, int]] = {}
        for rule in self.procedure.rules:
            if rule.effect == "attendee" and rule.meeting == meeting:
                of_role = wanted.setdefault(rule.role, {})
                before = of_role.get(rule.status, FALSE)
                of_role[rule.status] = self.formulas.any((before, self.rules[rule.id]))
        merged: dict[str, dict[str, int]] = {}
        for role, by_status in wanted.items():
            in_order = [each for each in self.procedure.terms.statuses if each in by_status]
            merged[role] = self._first([(each, by_status[each]) for each in in_order])
        return merged

    # -- names ---------------------------------------------------------------

    def flag_before(self, name: str, at: int) -> int:
        """The flag as it stood when the item at position `at` was met."""
        return self._flag(name, at)

    @property
    def result(self) -> int:
        return self.formulas.any(self.results.values())

    def dated(self, question: str) -> int:
        """Whether a date was given for `question`."""
        choices = self.chosen[question]
        return self.formulas.any(node for name, node in choices.items() if name != NOT_KNOWN)
