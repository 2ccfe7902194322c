"""Local arrangements add and shorten; they never take away what is law or national."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.proofs.encoding import Encoding
from tests.proofs.formulas import FALSE
from tests.proofs.subjects import NATIONAL, Subject, library, procedures, profiles, subject
from tests.proofs.words import counter_example
from webapp.procedures.model import TimescaleRule

LOCAL = [name for name in profiles() if name != NATIONAL]
BINDING = ("law", "national")


@pytest.mark.parametrize("profile", LOCAL)
@pytest.mark.parametrize("procedure", procedures())
def test_for_all_answers_a_profile_takes_nothing_away(procedure: str, profile: str) -> None:
    of = Subject(library(profile).procedures[procedure], profile)
    nation = Encoding(library().procedures[procedure], of.formulas, of.encoding.given)
    lost = [
        f"{what}, with these answers:\n{counter_example(of, picked, node)}"
        for what, node in taken_away(of, nation)
        if node != FALSE and (picked := of.find(node))
    ]

    assert not lost, "\n".join(lost)


def taken_away(of: Subject, nation: Encoding) -> Iterator[tuple[str, int]]:
    """(what is gone, where) for everything that the national arrangements bring."""
    local, gone = of.encoding, of.formulas.all
    for name, node in nation.results.items():
        yield f"result {name}", gone((node, -local.results[name]))
    for name, node in nation.recommended.items():
        yield f"meeting {name}", gone((node, -local.recommended[name]))
    for rule in nation.procedure.rules:
        if rule.basis.strength in BINDING:
            node = local.rules.get(rule.id, FALSE)
            yield f"rule {rule.id}", gone((nation.rules[rule.id], -node))
    lengths = {each.id: each for each in of.procedure.timescales}
    for each in nation.procedure.timescales:
        if each.basis.strength in BINDING:
            for place in (None, each.meeting):
                node = nation.timescales.get((place, each.id), FALSE)
                kept = local.timescales.get((place, each.id), FALSE)
                same = each.span == lengths[each.id].span
                kept = kept if same else FALSE
                yield f"timescale {each.id}", gone((node, -kept))


@pytest.mark.parametrize("profile", profiles())
def test_no_figure_of_one_procedure_stands_in_the_other(profile: str) -> None:
    adult, child = (library(profile).procedures[name] for name in ("adult", "child"))
    own = {meeting.id for meeting in adult.meetings if meeting.procedure == "adult"}

    assert not [each.id for each in adult.timescales if each.meeting in own and _of_child(each)]
    assert not [each.id for each in child.timescales if _seven_working_days(each)]


def _of_child(each: TimescaleRule) -> bool:
    return any(name.startswith("child.") for name in (each.id, *each.basis.cites))


def _seven_working_days(each: TimescaleRule) -> bool:
    """The adult figure: by its id, or as a latest time for a meeting. Chasing a report is not."""
    adult = {"adult.T6", "adult.T7"} & {each.id, *each.basis.cites}
    figure = (each.span.amount, each.span.unit) == (7, "working-days")
    return bool(adult) or (figure and (each.deadline or "WAL-6" not in each.basis.cites))


@pytest.mark.parametrize("procedure", procedures())
def test_no_local_standard_applies_where_nothing_is_arranged_locally(procedure: str) -> None:
    of = subject(procedure)
    local = {r.id for r in of.procedure.rules if r.basis.strength == "local"}
    times = {t.id for t in of.procedure.timescales if t.basis.strength == "local"}
    nodes = [node for name, node in of.encoding.rules.items() if name in local]
    nodes += [node for (_place, name), node in of.encoding.timescales.items() if name in times]

    assert of.find(of.formulas.any(nodes)) is None


@pytest.mark.parametrize("profile", profiles())
def test_every_deadline_has_a_start(profile: str) -> None:
    for procedure in procedures():
        tree = subject(procedure, profile).procedure
        starts = {**tree.events, **{q.id: q for q in tree.questions.values() if q.kind.is_date}}

        assert not [each.id for each in tree.timescales if each.runs_from not in starts]
