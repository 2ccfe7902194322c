"""Random answer sets that go deep into a procedure, and many of them evaluated at once."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from tests.proofs.encoding import Encoding
from tests.proofs.formulas import Values
from webapp.procedures.model import NOT_KNOWN, Kind, Procedure, Question
from webapp.procedures.recommending import Line, Meeting, Recommendation, recommend
from webapp.procedures.walking import Context, walk

Answers = dict[str, Any]
Picked = dict[str, tuple[str, ...]]  # question -> the options or the band given
BESIDE = ""  # stands for a question: `anyway`, and the local switches that are on


def picked_in(encoding: Encoding, found: Mapping[int, int]) -> Picked:
    """The answers of a solver's model."""
    given = {
        name: tuple(choice for choice, node in chosen.items() if found.get(node))
        for name, chosen in encoding.given.items()
    }
    given[BESIDE] = tuple(name for name, node in encoding.beside.items() if found.get(node))
    return {name: choices for name, choices in given.items() if choices}


def changed(procedure: Procedure, picked: Picked, chance: random.Random) -> Picked:
    """`picked` with some questions answered otherwise, or not at all."""
    again = dict(picked)
    again.pop(BESIDE, None)
    questions = list(procedure.questions.values())
    for question in chance.sample(questions, chance.randint(0, min(12, len(questions)))):
        if chance.random() < 0.1:
            again.pop(question.id, None)
        else:
            again[question.id] = _pick(question, chance)
    return again


def _pick(question: Question, chance: random.Random) -> tuple[str, ...]:
    alone = [each.id for each in question.options if each.exclusive]
    if question.kind is not Kind.MANY or (alone and chance.random() < 0.3):
        return (chance.choice(alone or list(question.choices)),)
    several = [each for each in question.choices if each not in alone]
    picks = set(chance.choices(several, k=chance.choice((1, 1, 2, 3))))
    return tuple(each for each in several if each in picks)


def as_given(
    procedure: Procedure, picked: Picked, context: Context, chance: random.Random
) -> Answers:
    """Answers as a form sends them; dates at random, so that the engine finds their band."""
    answers: Answers = {}
    for name, choices in picked.items():
        if name == BESIDE:
            continue
        kind = procedure.questions[name].kind
        if kind.is_date and choices != (NOT_KNOWN,):
            day = context.now + timedelta(days=chance.randint(-40, 40), hours=chance.randint(0, 23))
            timed = kind is Kind.DATE_TIME and chance.random() < 0.7
            answers[name] = day.isoformat(timespec="minutes") if timed else day.date().isoformat()
        else:
            answers[name] = list(choices) if kind is Kind.MANY else choices[0]
    return answers


def bits(encoding: Encoding, samples: Iterable[Picked]) -> tuple[dict[int, int], int]:
    """(inputs, mask) for `Formulas.values`: sample n is bit n."""
    inputs: dict[int, int] = {}
    count = 0
    for count, picked in enumerate(samples, 1):
        for name, choices in picked.items():
            for choice in choices:
                node = encoding.beside[choice] if name == BESIDE else encoding.given[name][choice]
                inputs[node] = inputs.get(node, 0) | 1 << (count - 1)
    return inputs, (1 << count) - 1


def evaluate(encoding: Encoding, samples: Iterable[Picked]) -> Values:
    return encoding.formulas.values(*bits(encoding, samples))


def engine(
    procedure: Procedure, answers: Answers, context: Context, anyway: bool = False
) -> tuple[Recommendation, set[tuple[str, ...]]]:
    """What the real engine says, and the same by the names of `Encoding.outcome`."""
    got = recommend(walk(procedure, answers, context), context, anyway)
    names = {("flag", each.id) for each in got.flags}
    names |= {("result", got.journey.result or ""), ("agencies", got.journey.facts.agencies or "")}
    loose = {"action": got.actions_now, "warning": got.warnings, "duty": got.duties}
    names |= {("line", kind, "", line.id) for kind, lines in loose.items() for line in lines}
    names |= {("timescale", "", due.rule.id) for due in got.timescales}
    for meeting in got.meetings:
        name = meeting.id
        names |= {("held", name), ("type", name, meeting.type.basis.id)}
        names |= {("chair", name, meeting.chair.basis.id)}
        names |= {("status", name, each.role, each.status) for each in meeting.attendees}
        names |= {("timescale", name, due.rule.id) for due in meeting.timescales}
        for kind, lines in meeting_lines(meeting).items():
            names |= {("line", kind, name, line.id) for line in lines}
    return got, names - {("result", "")}


def meeting_lines(meeting: Meeting) -> dict[str, Iterable[Line]]:
    """effect -> lines of a meeting."""
    return {"agenda": meeting.agenda, "duty": meeting.duties, **meeting.pack}
