"""Few cases that together meet every question and every result of a procedure.

Found by changing answers at random, from the same seed each time, so that the browser tests
follow the trees as they grow and nobody has to keep lists in step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from tests.browser.cases import SIMPLE, Answers
from tests.browser.practitioner import answer_to, day_of
from webapp.procedures.conditions import Condition, mentions
from webapp.procedures.model import NOT_KNOWN, Exit, Kind, Procedure, Question
from webapp.procedures.walking import Answer, Context, Journey, walk

MOST_TRIES = 4_000
DAYS = ("-400", "-40", "-8", "yesterday", "today", "5", "20")
MOST_CHANGES = 3


def covering(procedure: Procedure, context: Context, first: Answers) -> list[Answers]:
    """`first` and then as few others as are found; fails if something cannot be met."""
    search, hints = Random(1), hints_of(procedure)
    pool, found = [first], [met(procedure, context, first)]
    for _try in range(MOST_TRIES):
        missing = sorted(hints.keys() - set[str]().union(*found))
        if not missing:
            break
        case = changed(search.choice([*pool, SIMPLE]), procedure, search)
        case |= towards(search.choice(missing), hints, search)
        here = met(procedure, context, case)
        if here & set(missing):
            pool.append(case)
            found.append(here)
    else:
        raise AssertionError(f"{procedure.id}: never met: {missing}")
    return _fewest(list(zip(pool, found, strict=True)))


Hint = tuple[Question, tuple[str, ...]]


def hints_of(procedure: Procedure) -> dict[str, list[Hint]]:
    """What each question and result wants to be answered before it is met."""
    flags = {each.id: each.when for each in procedure.flags}
    askable = can_be_asked(procedure)

    def hints(condition: Condition) -> list[Hint]:
        found = []
        for kind, question, ids in asked_for(condition):
            if kind == "answer":
                found.append((procedure.questions[question], ids))
            elif kind == "flag":
                found += [hint for each in ids for hint in hints(flags[each])]
        return found

    wanted: dict[str, list[Hint]] = defaultdict(list)
    for item in procedure.sequence:
        if isinstance(item, Exit):
            wanted[item.result] += hints(item.when)
            continue
        if item.id not in askable:
            continue
        wanted[item.id] += hints(item.when)
        for option in item.choices.values():
            if option.leads_to in procedure.results:
                wanted[option.leads_to] += [*hints(item.when), (item, (option.id,))]
    wanted[procedure.default_result] += []
    return dict(wanted)


def can_be_asked(procedure: Procedure) -> set[str]:
    """The questions that no local switch has turned off."""
    on = procedure.profile.local

    def is_off(condition: Condition) -> bool:
        return any(kind == "local" and on.isdisjoint(ids) for kind, _, ids in asked_for(condition))

    return {each.id for each in procedure.questions.values() if not is_off(each.when)}


def asked_for(condition: Condition) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The leaves of a condition but for those that must not hold."""
    if condition[0] in ("all", "any"):
        for part in condition[1:]:
            yield from asked_for(part)
    elif condition[0] != "not":
        yield from mentions(condition)


def towards(target: str, hints: dict[str, list[Hint]], search: Random) -> Answers:
    """Most of what a question or a result wants, and what that needs to be asked."""
    case: Answers = {}
    for question, ids in hints.get(target, ()):  # none for what no switch lets be asked
        if question.id != target and search.random() < 0.7:
            case |= towards(question.id, hints, search)
        if not question.kind.is_date and search.random() < 0.8:
            one = search.choice(ids)
            case[question.id] = [one] if question.kind is Kind.MANY else one
    return case


def _fewest(cases: list[tuple[Answers, set[str]]]) -> list[Answers]:
    """The first, then whatever adds most."""
    (first, met_so_far), rest = cases[0], cases[1:]
    chosen = [first]
    while rest:
        best = max(rest, key=lambda each: len(each[1] - met_so_far))
        if not best[1] - met_so_far:
            break
        chosen.append(best[0])
        met_so_far = met_so_far | best[1]
        rest.remove(best)
    return chosen


def met(procedure: Procedure, context: Context, case: Answers) -> set[str]:
    """The questions asked on the way, and the result; nothing if the case is refused."""
    journey = journey_of(procedure, context, case)
    if journey.next:
        return set()
    return {step.question.id for step in journey.steps} | {journey.result or ""}


def journey_of(procedure: Procedure, context: Context, case: Answers) -> Journey:
    answers = {each.id: as_kept(each, case) for each in procedure.questions.values()}
    return walk(procedure, answers, context)


def as_kept(question: Question, case: Answers) -> Answer:
    """An answer as a draft keeps it: days become dates."""
    answer = answer_to(question, case)
    if question.kind.is_date and answer != NOT_KNOWN:
        return day_of(str(answer)).isoformat()
    return answer


def changed(case: Answers, procedure: Procedure, search: Random) -> Answers:
    """The case with one answer or some changed."""
    questions = search.sample(list(procedure.questions.values()), search.randint(0, MOST_CHANGES))
    return case | {each.id: any_answer(each, search) for each in questions}


def any_answer(question: Question, search: Random) -> str | list[str]:
    options = list(question.choices)
    if question.kind.is_date:
        return search.choice([*DAYS, *(each for each in options if each == NOT_KNOWN)])
    one = search.choice(options)
    return [one] if question.kind is Kind.MANY else one
