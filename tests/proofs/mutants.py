"""Every small change to a procedure that a scenario or a proof must notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from webapp.procedures.conditions import ALWAYS, Condition
from webapp.procedures.model import AgencyBand, Exit, MeetingRule, Procedure, Question, Span
from webapp.procedures.timescales import UNITS

NEVER: Condition = ("any",)
Changed = tuple[str, tuple[Any, ...]]  # what was done, and what stands there instead


@dataclass(frozen=True)
class Mutant:
    """`apply` gives the changed procedure, or None where a profile does not have the part."""

    procedure: str
    part: str
    change: str
    apply: Callable[[Procedure], Procedure | None]

    @property
    def id(self) -> str:
        return f"{self.procedure}: {self.part}: {self.change}"


def mutants(composed: list[Procedure]) -> Iterator[Mutant]:
    """All mutants of one procedure, given as it is under each profile; each part once."""
    seen: set[tuple[str, Any, str]] = set()
    for procedure in composed:
        for field, name, part in _parts(procedure):
            for change, instead in _changes(procedure, field, part):
                if (field, part, change) not in seen:
                    seen.add((field, part, change))
                    apply = _swap(field, part, instead)
                    yield Mutant(procedure.id, name, change, apply)


def _parts(procedure: Procedure) -> Iterator[tuple[str, str, Any]]:
    """(where it stands, its name, the part)."""
    for number, item in enumerate(procedure.sequence, 1):
        if isinstance(item, Exit):
            yield "sequence", f"exit {item.result} (item {number})", item
        else:
            yield "sequence", f"question {item.id}", item
    for field in ("rules", "timescales", "flags", "agencies", "agency_bands", "meetings"):
        for part in getattr(procedure, field):
            yield field, f"{field.replace('_', ' ')} {part.id}", part
    for meeting in procedure.meetings:
        for field in ("types", "chairs"):
            for part in getattr(meeting, field):
                yield f"meetings.{meeting.id}.{field}", f"{field} {part.basis.id}", part


def _changes(procedure: Procedure, field: str, part: Any) -> Iterator[Changed]:
    if isinstance(part, Question):
        yield from _question_changes(part)
    elif isinstance(part, AgencyBand):
        for by in (-1, 1):
            yield f"least {part.least + by}", (replace(part, least=part.least + by),)
            if part.most is not None:
                yield f"most {part.most + by}", (replace(part, most=part.most + by),)
    elif field == "flags" or isinstance(part, MeetingRule):
        yield "never", (replace(part, when=NEVER),)
        yield from _negated(part)
    else:
        yield "removed", ()
        yield from _negated(part)
    yield from _status_changes(procedure, part)
    if field == "timescales":
        for span in _spans(part.span):
            yield f"{span.amount} {span.unit}", (replace(part, span=span),)


def _status_changes(procedure: Procedure, part: Any) -> Iterator[Changed]:
    """One step stronger, one step weaker."""
    if status := getattr(part, "status", None):
        order = list(procedure.terms.statuses)
        for other in order:
            if abs(order.index(other) - order.index(status)) == 1:
                yield f"{status} → {other}", (replace(part, status=other),)


def _question_changes(question: Question) -> Iterator[Changed]:
    """Asked in the wrong journeys; its ways out and the numbers of its bands."""
    yield from _negated(question)
    for field in ("options", "bands"):
        choices = getattr(question, field)
        for n, choice in enumerate(choices):
            others = []
            if choice.leads_to:
                others.append((f"{choice.id} leads nowhere", replace(choice, leads_to=None)))
            for span in _spans(getattr(choice, "span", None)):
                others.append(
                    (f"{choice.id} {span.amount} {span.unit}", replace(choice, span=span))
                )
            for change, other in others:
                changed = (*choices[:n], other, *choices[n + 1 :])
                yield change, (replace(question, **{field: changed}),)


def _negated(part: Any) -> Iterator[Changed]:
    if part.when != ALWAYS:
        yield "condition negated", (replace(part, when=("not", part.when)),)


def _spans(span: Span | None) -> Iterator[Span]:
    if span and UNITS[span.unit]:
        yield from (replace(span, amount=span.amount + by) for by in (-1, 1))


def _swap(
    field: str, part: Any, instead: tuple[Any, ...]
) -> Callable[[Procedure], Procedure | None]:
    def apply(procedure: Procedure) -> Procedure | None:
        if not field.startswith("meetings."):
            return _swapped(procedure, field, part, instead)
        _meetings, name, inner = field.split(".")
        meeting = next((each for each in procedure.meetings if each.id == name), None)
        changed = meeting and _swapped(meeting, inner, part, instead)
        return _swapped(procedure, "meetings", meeting, (changed,)) if changed else None

    return apply


def _swapped(whole: Any, field: str, part: Any, instead: tuple[Any, ...]) -> Any:
    parts = getattr(whole, field)
    if part not in parts:
        return None
    n = parts.index(part)
    return replace(whole, **{field: (*parts[:n], *instead, *parts[n + 1 :])})
