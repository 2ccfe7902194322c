"""Which options change no recommendation, whatever else is answered, under any profile.

Random answers show a difference for most options. For the rest two translations of the
procedure share all answers but those to one question, and z3 looks for answers under which the
two recommend different things.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.proofs.encoding import Encoding
from tests.proofs.formulas import FALSE, TRUE, Values
from tests.proofs.sampling import bits
from tests.proofs.showing import shown_by
from tests.proofs.subjects import Subject, arrangements, subject
from webapp.procedures.model import Kind, Question

Option = tuple[str, str]  # question, option or band
SAMPLES = 1000


def without_effect(procedure: str) -> set[Option]:
    """Each option of no effect, under any profile. A council area picks a duty team: always."""
    questions = subject(procedure).procedure.questions.values()
    idle = {(each.id, choice) for each in questions for choice in each.choices}
    idle = {option for option in idle if not option[1].startswith("W0")}
    for profile in arrangements():
        of = subject(procedure, profile)
        idle -= shown_by_samples(of, idle)
        idle -= {option for option in idle if _proved_different(of, *option)}
    return idle


def shown_by_samples(of: Subject, options: set[Option]) -> set[Option]:
    """Those of `options` for which random answers already show a difference."""
    inputs, mask = bits(of.encoding, of.samples(SAMPLES))
    outcome = [node for _name, node in sorted(_shown(of.encoding).items())]

    def under(question: Question, picked: tuple[str, ...]) -> Values:
        given = of.encoding.given[question.id]
        forced = {node: mask if each in picked else 0 for each, node in given.items()}
        return of.formulas.values({**inputs, **forced}, mask)

    found = set()
    for name, choice in options:
        question = of.procedure.questions[name]
        ours = under(question, (choice,))
        for other in _instead_of(question, choice):
            theirs = under(question, other)
            if any(ours[node] != theirs[node] for node in outcome):
                found.add((name, choice))
                break
    return found


def _proved_different(of: Subject, name: str, choice: str) -> bool:
    question = of.procedure.questions[name]
    for other in _instead_of(question, choice):
        pair = Subject(of.procedure, of.profile)
        first, second = (_given(pair, question, picked) for picked in ((choice,), other))
        ours, theirs = _shown(first), _shown(second)
        differs = pair.formulas.any(pair.formulas.differ(ours[each], theirs[each]) for each in ours)
        if pair.find(differs):
            return True
    return False


def _given(of: Subject, question: Question, picked: tuple[str, ...]) -> Encoding:
    """The procedure with this answer to one question, and any answers to the others."""
    fixed = {each: TRUE if each in picked else FALSE for each in question.choices}
    given = {**of.encoding.given, question.id: fixed}
    return Encoding(of.procedure, of.formulas, given, of.switches)


def _instead_of(question: Question, choice: str) -> Iterator[tuple[str, ...]]:
    """What could be answered instead, differing in this option only."""
    alone = [each.id for each in question.options if each.exclusive]
    if question.kind is Kind.MANY and choice not in alone and alone:
        yield from ((each,) for each in alone)
    else:
        yield from ((each,) for each in question.choices if each != choice)


def _shown(encoding: Encoding) -> dict[tuple[str, ...], int]:
    """The outcome, and whether each timescale has a date; flags count only by what they do."""
    shown = {name: node for name, node in shown_by(encoding).items() if name[0] != "flag"}
    for meeting in encoding.procedure.meetings:
        councils = [
            node
            for name in meeting.authority
            for choice, node in encoding.chosen[name].items()
            if choice.startswith("W0")
        ]
        shown["authority", meeting.id] = encoding.formulas.any(councils)
    for each in encoding.procedure.timescales:
        for start in (each.runs_from, each.met_by):
            if start in encoding.chosen:
                places = [
                    encoding.timescales.get((where, each.id)) for where in (None, each.meeting)
                ]
                at_work = encoding.formulas.any(node for node in places if node)
                dated = encoding.formulas.all((at_work, encoding.dated(start)))
                shown["dated", each.id, start] = dated
    return shown
