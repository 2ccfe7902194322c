"""The calendar draft, read by two parsers that know nothing of each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from tests.meeting_requests.fakes import LANGUAGES, NOW, URGENT_ANSWERS, a_submission
from tests.messages.attached_cases import ATTACH, cases, sent, shown_in
from webapp.meeting_requests.model import CORRECTION, Attachment, Submitted
from webapp.messages.calendar_draft import NOWHERE, calendar_draft
from webapp.messages.shown import Shown

DOMAIN = "cyfarfod.example"
FIRST = {"required": "REQ-PARTICIPANT", "expected": "REQ-PARTICIPANT"}


def shown(found: Submitted, number: int = 0) -> list[Shown]:
    return [shown_in(found, number, code) for code in found.dispatches[number].languages]


def draft_of(found: Submitted, number: int = 0) -> Attachment:
    (meeting,) = found.dispatches[number].meetings
    return calendar_draft(shown(found, number), meeting, DOMAIN)


def event_of(found: Submitted, number: int = 0) -> Any:
    (event,) = Calendar.from_ical(draft_of(found, number).content).walk("VEVENT")
    return event


def due_at(found: Submitted, due: str | None, overdue: bool = False) -> Submitted:
    """The same request with another deadline of its first meeting."""
    snapshots = {}
    for code, snapshot in found.request.recommendation.items():
        first, *rest = snapshot["meetings"]
        deadline = first["deadline"] | {"due": due, "overdue": overdue}
        snapshots[code] = {**snapshot, "meetings": [{**first, "deadline": deadline}, *rest]}
    return replace(found, request=replace(found.request, recommendation=snapshots))


@pytest.mark.parametrize("name", cases())
def test_two_parsers_read_the_same_entry(name: str) -> None:
    found = cases()[name]
    for number in range(len(found.dispatches)):
        content = draft_of(found, number).content
        ours = event_of(found, number)
        theirs = vobject.readOne(content.decode()).vevent

        assert not ours.errors
        assert theirs.summary.value == str(ours["summary"])
        assert theirs.description.value == str(ours["description"])
        assert theirs.uid.value == str(ours["uid"])
        assert theirs.dtstart.value == ours["dtstart"].dt
        assert theirs.dtend.value == ours["dtend"].dt
        assert [each.value for each in theirs.attendee_list] == list(map(str, ours["attendee"]))
        assert [each.params["CN"][0] for each in theirs.attendee_list] == [
            each.params["CN"] for each in ours["attendee"]
        ]


def test_lines_are_folded_to_seventy_five_octets_and_end_as_the_standard_says() -> None:
    content = draft_of(cases()["urgent adult"]).content

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_it_is_a_draft_that_starts_no_scheduling() -> None:
    content = draft_of(cases()["adult and section 5"]).content
    event = event_of(cases()["adult and section 5"])

    assert b"METHOD" not in content
    assert b"ORGANIZER" not in content
    assert event["status"] == "TENTATIVE"
    assert event["class"] == "PRIVATE"
    assert event["transp"] == "TRANSPARENT"
    for each in event["attendee"]:
        assert each.endswith(f"@{NOWHERE}")
        assert each.params["RSVP"] == "FALSE"
        assert each.params["SCHEDULE-AGENT"] == "NONE"


def test_roles_come_with_their_part_and_those_kept_away_do_not_come() -> None:
    found = cases()["adult and section 5"]
    meeting = found.request.recommendation["en"]["meetings"][1]
    parts = {
        each.partition(":")[2].partition("@")[0]: each.params["ROLE"]
        for each in event_of(found, 1)["attendee"]
    }
    statuses = {each["role"]: each["status"] for each in meeting["attendees"]}
    away = {role for role, each in statuses.items() if each in ("not-invited", "chair-decides")}

    assert away
    assert set(parts) == set(statuses) - away
    assert parts.pop(meeting["chair"]) == "CHAIR"
    assert parts == {role: FIRST.get(statuses[role], "OPT-PARTICIPANT") for role in parts}
    assert {"REQ-PARTICIPANT", "OPT-PARTICIPANT"} <= set(parts.values())


def test_a_day_limit_is_that_whole_day() -> None:
    event = event_of(cases()["adult and section 5"])

    assert event["dtstart"].dt == date(2026, 6, 18)
    assert event["dtend"].dt == date(2026, 6, 19)
    assert event["summary"].startswith("DRAFT, the latest day: ")


def test_a_limit_with_a_time_ends_there_in_utc() -> None:
    event = event_of(due_at(cases()["adult and section 5"], "2026-06-12T10:30:00+01:00"))

    assert event["dtend"].dt == datetime(2026, 6, 12, 9, 30, tzinfo=UTC)
    assert event["dtend"].to_ical() == b"20260612T093000Z"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)
    assert event["summary"].startswith("DRAFT, ends at the latest time: ")


@pytest.mark.parametrize(("due", "overdue"), [(None, False), ("2026-06-09", True)])
def test_without_a_time_ahead_it_stands_today(due: str | None, overdue: bool) -> None:
    event = event_of(due_at(cases()["adult and section 5"], due, overdue))

    assert event["dtstart"].dt == date(2026, 6, 11)
    assert event["summary"].startswith("DRAFT, as soon as possible: ")


def test_the_day_is_that_of_london() -> None:
    found = cases()["urgent adult"]
    late = datetime(2026, 6, 11, 23, 30, tzinfo=UTC)  # half past midnight in London
    event = event_of(replace(found, request=replace(found.request, created_at=late)))

    assert event["dtstart"].dt == date(2026, 6, 12)


def test_sent_again_it_is_the_same_entry_and_a_correction_takes_its_place() -> None:
    first = cases()["urgent adult"]
    assert draft_of(first) == draft_of(first)
    later = sent(a_submission(URGENT_ANSWERS))
    dispatch = replace(later.dispatches[0], kind=CORRECTION)
    request = replace(
        later.request,
        corrects=first.request.reference,
        created_at=NOW + timedelta(hours=2),
    )
    correction = event_of(Submitted(request, (dispatch,)))

    assert correction["uid"] == event_of(first)["uid"]
    assert correction["sequence"] > event_of(first)["sequence"] == 0


def test_each_meeting_has_an_entry_of_its_own() -> None:
    found = cases()["adult and section 5"]
    names = [draft_of(found, number).filename for number in range(2)]

    assert event_of(found)["uid"] != event_of(found, 1)["uid"]
    assert names == [
        f"{found.request.reference}-1-adult.ics",
        f"{found.request.reference}-2-section-5.ics",
    ]


@pytest.mark.parametrize("name", cases())
def test_nothing_that_was_typed_stands_in_it(name: str) -> None:
    found = cases()[name]
    typed = [each for each in found.request.details.values() if isinstance(each, str)]
    typed += [each["name"] for each in found.request.details.get("invitees", ())]
    typed += [each["name"] for each in found.request.details.get("other-children", ())]
    for number in range(len(found.dispatches)):
        content = draft_of(found, number).content.replace(b"\r\n ", b"").decode()
        assert not [each for each in typed if each in content]


def test_its_agenda_tells_no_answer() -> None:
    """Coercion, a refusal or a position of trust show on the agenda of the mail, not here."""
    found = cases()["adult and section 5"]
    whole = [each["text"] for each in found.request.recommendation["en"]["meetings"][0]["agenda"]]
    words = str(event_of(found)["description"])
    left_out = [each for each in whole if each not in words]

    assert any("Section 5" in each for each in left_out)
    assert 3 < len(whole) - len(left_out) < len(whole)


def test_both_languages_stand_in_it_in_the_order_of_the_mail() -> None:
    event = event_of(cases()["urgent adult"])  # Gwynedd reads Welsh first

    assert event["summary"].startswith("¦DRAFT")
    assert " / DRAFT" in event["summary"]
    assert str(event["description"]).count("This is a draft.") == 2


def test_a_team_of_one_language_gets_that_one() -> None:
    found = cases()["urgent adult"]
    alone = replace(found.dispatches[0], languages=("cy",))
    attached = ATTACH(found.request, alone)
    (entry,) = [each for each in attached.made if each.filename.endswith(".ics")]

    assert entry.content.decode().replace("\r\n ", "").count("This is a draft.") == 1
    assert LANGUAGES["cy"].gettext("Time limit") in entry.content.decode()
