"""The formulae say exactly what the engine says: without this the proofs would prove nothing."""

from __future__ import annotations

import random

import pytest

from tests.proofs.sampling import Picked, as_given, bits, engine, evaluate
from tests.proofs.showing import shown_by
from tests.proofs.subjects import NATIONAL, Subject, context, procedures, profiles, subject

CASES = [(procedure, profile) for procedure in procedures() for profile in profiles()]


@pytest.mark.parametrize(("procedure", "profile"), CASES)
def test_the_engine_and_the_formulae_agree_on_random_answers(procedure: str, profile: str) -> None:
    count = 1200 if profile == NATIONAL else 200
    compared = compare(subject(procedure, profile), count, seed=len(profile))

    assert not compared


def compare(of: Subject, count: int, seed: int) -> list[str]:
    """How the engine and the formulae differ on `count` random answer sets."""
    chance, at = random.Random(seed), context(of.profile)
    encoding, samples, expected = of.encoding, [], []
    asked_for = 0
    for number, picked in enumerate(of.samples(count, seed)):
        answers = as_given(of.procedure, picked, at, chance)
        anyway = chance.random() < 0.3
        asked_for |= int(anyway) << number
        got, names = engine(of.procedure, answers, at, anyway)
        met = {("met", question.id) for question in got.journey.unanswered}
        met |= {("met", step.question.id) for step in got.journey.steps}
        expected.append(names | met)
        samples.append(_as_read(of, picked, got.journey.steps))
    inputs, mask = bits(encoding, samples)
    values = encoding.formulas.values({**inputs, encoding.anyway: asked_for}, mask)
    nodes = shown_by(encoding) | {("met", name): node for name, node in encoding.met.items()}
    unknown = set().union(*expected) - set(nodes)
    wrong = [f"the formulae know no {name}" for name in sorted(unknown)]
    for name, node in nodes.items():
        said = sum(1 << number for number, names in enumerate(expected) if name in names)
        if differs := said ^ values[node]:
            number = differs.bit_length() - 1
            wrong.append(f"{name} differs, for example with {samples[number]}")
    return wrong


def _as_read(of: Subject, picked: Picked, steps: tuple) -> Picked:
    """What was given, with each date as the band that the engine found for it."""
    dates = {each.id for each in of.procedure.questions.values() if each.kind.is_date}
    met = {step.question.id: step.choices for step in steps}
    plain = {name: choices for name, choices in picked.items() if name not in dates}
    return {**plain, **{name: met[name] for name in dates if name in met}}


def test_random_answers_reach_most_of_what_can_come_out() -> None:
    """A comparison of shallow answers would be worth little."""
    for procedure in procedures():
        of = subject(procedure)
        values = evaluate(of.encoding, of.samples(400, len(NATIONAL)))
        nodes = list(of.encoding.rules.values())
        reached = [node for node in nodes if values[node]]

        assert len(reached) > 0.85 * len(nodes)
