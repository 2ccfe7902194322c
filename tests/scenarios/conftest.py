"""Runs each scenario of the YAML files beside this one as a test named by its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenarios.complete import complete_differences
from webapp.procedures.compiling import compile_trees
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure
from webapp.procedures.recommending import Meeting, Recommendation, recommend
from webapp.procedures.timescales import london
from webapp.procedures.walking import Context, problems_with, walk

TREES = Path(__file__).parents[2] / "decision_trees"
LATER = "2027-06-01T12:00"  # after every date of the scenarios that name no moment
_libraries: list[Library] = []


def library() -> Library:
    """The trees, compiled once for all scenarios."""
    if not _libraries:
        _libraries.append(Library.from_data(compile_trees(TREES)))
    return _libraries[0]


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix == ".yaml" and file_path.parent == Path(__file__).parent:
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


class ScenarioFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        document = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        for case in document["scenarios"]:
            procedure = case.get("procedure", self.path.stem)
            ordinary = document.get("ordinary") or ordinary_of(procedure)
            answers = case.get("only") or {**ordinary, **case.get("answers", {})}
            yield Scenario.from_parent(
                self, name=case["scenario"], case=case, answers=answers, procedure=procedure
            )


def ordinary_of(procedure: str) -> dict[str, Any]:
    """The ordinary case of a procedure’s own file, for a file about several procedures."""
    path = Path(__file__).with_name(f"{procedure}.yaml")
    ordinary: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["ordinary"]
    return ordinary


def with_switches(procedure: Procedure, switches: Sequence[str]) -> Procedure:
    """`procedure` where these local switches are on, which no profile here may turn on."""
    on = procedure.profile.local | frozenset(switches)
    return replace(procedure, profile=replace(procedure.profile, local=on))


class Differs(Exception):
    """What came out is not what the scenario expects."""


class Scenario(pytest.Item):
    def __init__(self, *, case: Any, answers: Any, procedure: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.case, self.answers, self.procedure = case, answers, procedure

    def runtest(self) -> None:
        local = library().in_profile(self.case.get("profile", "wales"))
        procedure = with_switches(
            local.procedures[self.procedure], self.case.get("switched_on", ())
        )
        moment = london(datetime.fromisoformat(self.case.get("at", LATER)))
        context = Context(moment, local.calendar)
        wrong = problems_with(procedure, self.answers, context)
        if not wrong:
            recommendation = recommend(walk(procedure, self.answers, context), context)
            wrong = list(differences(recommendation, self.case["expect"]))
        if wrong:
            raise Differs("\n".join(wrong))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        if isinstance(excinfo.value, Differs):
            return f"{self.name}\n  {self.case['from']}\n  " + str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name


def differences(got: Recommendation, expect: dict[str, Any]) -> Iterator[str]:
    """What is not as expected. `exactly` lists everything that comes out, and nothing else."""
    if "exactly" in expect:
        return complete_differences(got, expect["exactly"])
    return named_differences(got, expect)


def named_differences(got: Recommendation, expect: dict[str, Any]) -> Iterator[str]:
    journey = got.journey
    asked = {step.question.id for step in journey.steps}
    meetings = {meeting.id: meeting for meeting in got.meetings}
    every_due = {each.rule.id: each for each in got.timescales}
    yield from same("result", journey.result, expect.get("result", "strategy"))
    if "next" in expect:
        yield from same("next", journey.next.id if journey.next else None, expect["next"])
    elif "only" not in expect and expect.get("finished"):
        yield from same("finished", journey.finished, True)
    yield from within("flags", {flag.id for flag in got.flags}, expect.get("flags", []))
    yield from within("actions", {each.id for each in got.actions_now}, expect.get("actions", []))
    for action in expect.get("no_actions", []):
        if action in {each.id for each in got.actions_now}:
            yield f"'{action}' should not be said"
    yield from within("warnings", {each.id for each in got.warnings}, expect.get("warnings", []))
    yield from within("duties", {each.id for each in got.duties}, expect.get("duties", []))
    for question in expect.get("not_asked", []):
        if question in asked:
            yield f"'{question}' was asked"
    if "meetings" in expect:
        yield from same("meetings", set(meetings), set(expect["meetings"]))
        for name, wanted in expect["meetings"].items():
            if name in meetings:
                yield from meeting_differences(meetings[name], wanted)
    yield from due_differences(every_due, expect)


def meeting_differences(meeting: Meeting, expect: dict[str, Any]) -> Iterator[str]:
    statuses = {each.role: each.status for each in meeting.attendees}
    deadline = meeting.deadline
    facts = {
        "type": meeting.type.type,
        "rule": meeting.type.basis.id,
        "mode": meeting.type.modes[0],
        "chair": meeting.chair.chair,
        "chair_rule": meeting.chair.basis.id,
        "authority": meeting.authority,
        "by": deadline.due.isoformat() if deadline and deadline.due else None,
        "first_on_agenda": meeting.agenda[0].id,
    }
    for key in facts.keys() & expect.keys():
        yield from same(f"{meeting.id}: {key}", facts[key], expect[key])
    for role, status in expect.get("attendees", {}).items():
        yield from same(f"{meeting.id}: {role}", statuses.get(role), status)
    for role in expect.get("nobody", []):
        if role in statuses:
            yield f"{meeting.id}: {role} is there as {statuses[role]}"
    yield from within("agenda", {each.id for each in meeting.agenda}, expect.get("agenda", []))
    yield from within("duties", {each.id for each in meeting.duties}, expect.get("duties", []))
    for kind, lines in meeting.pack.items():
        yield from within(kind, {each.id for each in lines}, expect.get(kind, []))
    yield from due_differences({each.rule.id: each for each in meeting.timescales}, expect)


def due_differences(every_due: dict[str, Any], expect: dict[str, Any]) -> Iterator[str]:
    for name, wanted in expect.get("due", {}).items():
        got = every_due[name].due.isoformat() if name in every_due and every_due[name].due else None
        yield from same(name, got, wanted)
    for name, wanted in expect.get("spans", {}).items():
        span = every_due[name].rule.span if name in every_due else None
        yield from same(name, f"{span.amount} {span.unit}" if span else None, wanted)
    for name in expect.get("undated", []):
        if name not in every_due or every_due[name].due is not None:
            yield f"{name} should be there without a date"
    for name in expect.get("overdue", []):
        if name not in every_due or not every_due[name].overdue:
            yield f"{name} should be overdue"
    for name in expect.get("no_due", []):
        if name in every_due:
            yield f"{name} should not be shown"


def same(what: str, got: object, wanted: object) -> Iterator[str]:
    if got != wanted:
        yield f"{what}: expected {wanted}, got {got}"


def within(what: str, got: set[str], wanted: list[str]) -> Iterator[str]:
    missing = [each for each in wanted if each not in got]
    if missing:
        yield f"{what}: {', '.join(missing)} missing; got {', '.join(sorted(got))}"
