"""The profiles as they stand: they add or shorten, and never take away what is national."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from webapp.procedures.compiling import compile_trees
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure
from webapp.procedures.recommending import Due, Meeting, Recommendation, recommend
from webapp.procedures.timescales import earliest_first, london
from webapp.procedures.walking import Context, walk

ROOT = Path(__file__).parents[2]
TREES = ROOT / "decision_trees"
SCENARIOS = ROOT / "tests" / "scenarios"
LOCAL = [path.stem for path in (TREES / "profiles").glob("*.yaml") if path.stem != "wales"]
# A profile that gave somebody one of these would take them away from the meeting.
TAKE_AWAY = {"not-invited", "chair-decides"}
FROM_OUTSIDE = {"duty-team", "own-team"}
Answers = Mapping[str, Any]
NEVER = (date.max, time.max)


def documents() -> Iterator[tuple[str, Any]]:
    for name in LOCAL:
        text = (TREES / "profiles" / f"{name}.yaml").read_text(encoding="utf-8")
        yield name, yaml.safe_load(text)


def added(part: str) -> list[Any]:
    """(profile and id, entry) of everything of one kind that the profiles add."""
    entries = []
    for name, document in documents():
        for additions in document["add"].values():
            found = additions.get(part, {} if part == "chairs" else [])
            if part == "chairs":
                found = [chair for chairs in found.values() for chair in chairs]
            entries += [pytest.param(each, id=f"{name} {each['id']}") for each in found]
    return entries


def scenarios() -> list[Any]:
    cases = []
    for path in sorted(SCENARIOS.glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in document["scenarios"]:
            if "only" in case or "ordinary" not in document:
                continue
            procedure = case.get("procedure", path.stem)
            answers = {**document["ordinary"], **case.get("answers", {})}
            moment = case.get("at", "2027-06-01T12:00")
            cases.append((case["scenario"], procedure, answers, str(moment)))
    return cases


@pytest.mark.parametrize("rule", added("rules"))
def test_a_profile_takes_nobody_away(rule: Mapping[str, Any]) -> None:
    assert rule.get("status") not in TAKE_AWAY


@pytest.mark.parametrize("chair", added("chairs"))
def test_a_chair_of_a_profile_gives_way_to_the_chair_from_outside(chair: Any) -> None:
    conflicts = chair["when"]["not"]["any"]
    assert {each["conflict-of-interest"] for each in conflicts} == FROM_OUTSIDE


@pytest.mark.parametrize("name", LOCAL)
def test_everything_a_profile_adds_is_local_and_has_its_own_name(
    library: Library, name: str
) -> None:
    local = library.in_profile(name)
    for procedure in local.procedures.values():
        bases = [rule.basis for rule in procedure.rules]
        for basis in bases + [timescale.basis for timescale in procedure.timescales]:
            if basis.local_to is not None:
                assert basis.strength == "local"
                assert basis.local_to.context == f"{name}.title"


@pytest.mark.parametrize("name", LOCAL)
@pytest.mark.parametrize("switch", ["health-required", "complex-meeting"])
def test_english_standards_are_in_no_authority_of_wales(
    library: Library, name: str, switch: str
) -> None:
    profile = library.in_profile(name).profile
    assert not (profile.authorities and switch in profile.local)


@pytest.mark.parametrize("name", LOCAL)
def test_no_profile_lengthens_or_removes_what_is_national(library: Library, name: str) -> None:
    wrong = []
    for title, procedure, answers, at in scenarios():
        moment = london(datetime.fromisoformat(at))
        national = outcome(library, "wales", procedure, answers, moment)
        local = outcome(library, name, procedure, answers, moment)
        wrong += [f"{title}: {each}" for each in lost(national, local, library)]
    assert not wrong, "\n".join(wrong)


def outcome(
    library: Library, profile: str, procedure: str, answers: Answers, moment: datetime
) -> Recommendation:
    local = library.in_profile(profile)
    context = Context(moment, local.calendar)
    return recommend(walk(local.procedures[procedure], answers, context), context)


def lost(national: Recommendation, local: Recommendation, library: Library) -> Iterator[str]:
    """What the national recommendation has and the local one has not, or has later."""
    if national.journey.result != local.journey.result:
        yield f"result {local.journey.result} instead of {national.journey.result}"
    yield from missing("flag", national.flags, local.flags)
    yield from missing("action", national.actions_now, local.actions_now)
    yield from missing("warning", national.warnings, local.warnings)
    meetings = {meeting.id: meeting for meeting in local.meetings}
    for meeting in national.meetings:
        if meeting.id not in meetings:
            yield f"no meeting {meeting.id}"
        else:
            yield from lost_from(meeting, meetings[meeting.id], library)


def missing(kind: str, national: Any, local: Any) -> Iterator[str]:
    there = {each.id for each in local}
    yield from (f"no {kind} {each.id}" for each in national if each.id not in there)


def lost_from(national: Meeting, local: Meeting, library: Library) -> Iterator[str]:
    order = list(library.terms.statuses)
    statuses = {each.role: each.status for each in local.attendees}
    for each in national.attendees:
        if order.index(statuses.get(each.role, order[-1])) > order.index(each.status):
            yield f"{national.id}: {each.role} was {each.status}"
    yield from missing(f"agenda item in {national.id}", national.agenda, local.agenda)
    yield from missing(f"duty in {national.id}", national.duties, local.duties)
    for kind, lines in national.pack.items():
        yield from missing(f"{kind} in {national.id}", lines, local.pack[kind])
    if later(national, local):
        yield f"{national.id}: the deadline is later"
    kept = {each.rule.id for each in local.timescales}
    for due in national.timescales:
        if due.rule.basis.strength in ("law", "national") and due.rule.id not in kept:
            yield f"{national.id}: no {due.rule.id}"


def later(national: Meeting, local: Meeting) -> bool:
    """Whether the latest time that binds is later. What only may happen binds nobody."""
    times = [
        min((earliest_first(each.due) for each in binding(meeting) if each.due), default=NEVER)
        for meeting in (national, local)
    ]
    return times[1] > times[0]


def binding(meeting: Meeting) -> list[Due]:
    return [each for each in meeting.timescales if each.rule.deadline and each.rule.force != "may"]


# --- A switch that none of the profiles turns off; those that are turned on have scenarios ---

CHILD: Answers = {
    "danger": "no",
    "user": "social-services",
    "area-of-person": "W06000015",
    "emergency-action": ["none"],
    "child-age": "under-18",
    "others-at-risk": ["none"],
    "crime": "no",
    "position-of-trust": "no",
    "conflict-of-interest": ["none"],
    "person-place": "same-area",
    "reported": "yes",
    "report-received": "2026-03-05T16:30",
    "report-how": "in-writing",
    "harm": "yes",
    "care-and-support": "yes",
    "significant-harm": "yes",
    "section-47": "not-begun",
    "decision-to-hold": "not-known",
    "suspected": ["neglect"],
    "complex-signs": ["none"],
    "risk": "medium",
    "alleged-abuser": ["adult"],
}
Board = Callable[[str], Library]


@pytest.fixture
def board(tmp_path: Path) -> Board:
    """The real trees under a board that turns one switch on or off."""

    def turned(local: str) -> Library:
        folder = tmp_path / "decision_trees"
        shutil.copytree(TREES, folder)
        text = f"profile: board\ntitle: The board\nextends: wales\nlocal: {{{local}}}\n"
        (folder / "profiles" / "board.yaml").write_text(text, encoding="utf-8")
        return Library.from_data(compile_trees(folder)).in_profile("board")

    return turned


def child(library: Library, **answers: Any) -> Recommendation:
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    moment = london(datetime.fromisoformat("2026-03-05T17:00"))
    context = Context(moment, library.calendar)
    procedure: Procedure = library.procedures["child"]
    return recommend(walk(procedure, {**CHILD, **given}, context), context)


def test_the_same_day_rule_can_be_turned_off_because_it_is_not_welsh(board: Board) -> None:
    got = child(board('same-day-sexual-abuse: "off"'), suspected=["sexual-abuse-recent"])
    deadline = next(each for each in got.meetings if each.id == "child").deadline
    assert deadline is not None
    assert deadline.rule.id == "child.T7"  # at the earliest opportunity, as everywhere in Wales
