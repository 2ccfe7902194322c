"""Answers that break a property, in the words that a practitioner sees."""

from __future__ import annotations

from tests.proofs.sampling import BESIDE, Picked, evaluate
from tests.proofs.subjects import Subject


def counter_example(of: Subject, picked: Picked, broken: int) -> str:
    """The fewest of the answers in `picked` for which `broken` still holds, one a line."""
    fewest = shortened(of, picked, broken)
    values = evaluate(of.encoding, [fewest])
    lines = []
    for question in of.procedure.questions.values():
        if not values[of.encoding.met[question.id]]:
            continue
        chosen = [question.choices[each].text.english for each in fewest.get(question.id, ())]
        said = "; ".join(chosen) or "(not answered)"
        if chosen or not question.can_wait:
            lines.append(f"  {question.text.english} {said}")
    beside = fewest.get(BESIDE, ())
    lines += ["  A meeting is asked for anyway."] if "anyway" in beside else []
    lines += [f"  Local switch on: {name}" for name in beside if name != "anyway"]
    for name, result in of.procedure.results.items():
        if values[of.encoding.results[name]]:
            lines.append(f"  → {result.title.english}")
    for meeting in of.procedure.meetings:
        if values[of.encoding.held[meeting.id]]:
            lines.append(f"  → {meeting.title.english}")
    return "\n".join(lines)


def shortened(of: Subject, picked: Picked, broken: int) -> Picked:
    """`picked` without the answers, and the ticks, that do not matter."""
    fewest = dict(picked)
    for name, ticks in reversed(picked.items()):
        for gone in (ticks, *((tick,) for tick in ticks)):
            left = tuple(each for each in fewest.get(name, ()) if each not in gone)
            shorter = {**fewest, name: left}
            if evaluate(of.encoding, [shorter])[broken]:
                fewest = shorter
    return fewest
