"""Who is mailed and rung at which hour, and who is asked after whom."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.meeting_requests.contact_files import SWANSEA, at, directory_with
from tests.meeting_requests.fakes import CARDIFF, directory, library
from webapp.meeting_requests.desks import Turn

CALENDAR = library().calendar


def turn(code: str, moment: str, step: int = 0, mailed: tuple[str, ...] = ()) -> Turn:
    return directory().contact_at(code, "adult", (), at(moment), CALENDAR, step, mailed)


def is_open(moment: datetime) -> bool:
    return directory().team_for(CARDIFF, "adult", (), moment, CALENDAR).open_now


def mailbox(found: Turn) -> str:
    """The mailbox without its domain; "" where nobody is mailed."""
    return (found.mail.mail or "").partition("@")[0] if found.mail else ""


# -- by the hour: Cardiff is open from 08.45 to 17.00, on Fridays to 16.30 ---------------


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-06-11T08:44:59", False),
        ("2026-06-11T08:45:00", True),
        ("2026-06-11T16:59:59", True),
        ("2026-06-11T16:59:59.999999", True),
        ("2026-06-11T17:00:00", False),
        ("2026-06-12T16:29:59", True),  # Friday
        ("2026-06-12T16:30:00", False),
        ("2026-06-13T12:00:00", False),  # Saturday
        ("2026-06-14T12:00:00", False),
        ("2026-06-15T09:00:00", True),
        ("2026-08-31T10:00:00", False),  # summer bank holiday
        ("2026-12-24T16:59:59", True),
        ("2026-12-25T10:00:00", False),
        ("2026-12-28T10:00:00", False),  # Boxing Day is a Saturday
        ("2026-12-29T10:00:00", True),
        ("2027-01-01T10:00:00", False),
        ("2026-04-03T10:00:00", False),  # Good Friday
        ("2026-04-06T10:00:00", False),  # Easter Monday
        ("2026-04-07T08:45:00", True),
        ("2026-03-27T16:29:59", True),  # Friday before the clocks go forward
        ("2026-03-29T09:30:00", False),
        ("2026-03-30T08:44:59", False),  # the first working morning of summer time
        ("2026-03-30T08:45:00", True),
        ("2026-03-30T17:00:00", False),
        ("2026-10-23T16:30:00", False),  # Friday before the clocks go back
        ("2026-10-25T09:30:00", False),
        ("2026-10-26T08:44:59", False),
        ("2026-10-26T08:45:00", True),
        ("2026-10-26T16:59:59", True),
        ("2026-10-26T17:00:00", False),
        ("2026-11-02T17:00:00", False),
    ],
)
def test_the_right_team_is_rung_at_every_hour(moment: str, opened: bool) -> None:
    found = turn(CARDIFF, moment)

    assert found.open_now is opened
    rung = "Cardiff Adult Safeguarding Duty Team" if opened else "Cardiff Emergency Duty Team"
    assert found.ring.name.english == rung
    assert mailbox(found) == "adults.duty"


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_happens_twice_is_at_night_both_times(fold: int) -> None:
    assert not is_open(at("2026-10-25T01:30:00", fold))


def test_the_moment_counts_and_not_the_zone_it_is_written_in() -> None:
    summer = datetime.fromisoformat("2026-06-11T16:00:00+00:00")
    winter = datetime.fromisoformat("2026-11-12T16:00:00+00:00")

    assert not is_open(summer)
    assert is_open(winter)


def test_an_inbox_may_keep_hours_of_its_own_and_a_council_its_own_holidays() -> None:
    hours = directory().authorities[CARDIFF].hours
    data = {"opens": "10:00", "closes": "15:00", "closed_on": ["2026-12-29"]}
    own = directory_with(lambda all_: all_["authorities"][CARDIFF]["child"].update(hours=data))

    assert hours.include(at("2026-12-29T09:00:00"), CALENDAR)
    for moment, opened in (("2026-06-11T14:59:00", True), ("2026-06-11T15:00:00", False)):
        found = own.team_for(CARDIFF, "child", (), at(moment), CALENDAR)
        assert found.open_now is opened
        assert own.team_for(CARDIFF, "adult", (), at(moment), CALENDAR).open_now
    assert not own.team_for(CARDIFF, "child", (), at("2026-12-29T12:00:00"), CALENDAR).open_now


# -- one after the other --------------------------------------------------------------

DAY, NIGHT = "2026-06-11T10:30:00", "2026-06-11T23:30:00"


@pytest.mark.parametrize(
    ("code", "moment", "expected"),
    [
        (CARDIFF, DAY, ["adults.duty", "adults.second", "adults.manager", ""]),
        (CARDIFF, NIGHT, ["adults.duty", "adults.second", "adults.manager", ""]),
        (SWANSEA, DAY, ["adults.duty", "adults.second", "adults.manager", ""]),
        (SWANSEA, NIGHT, ["emergency.duty", "adults.second", "adults.manager", "adults.duty", ""]),
    ],
)
def test_who_is_asked_after_whom(code: str, moment: str, expected: list[str]) -> None:
    steps = [mailbox(turn(code, moment, step)) for step in range(len(expected))]

    assert steps == expected


def test_each_step_rings_whoever_it_mails_by_day_and_the_night_team_by_night() -> None:
    for step, name in enumerate(("Duty Team", "Duty Manager", "Manager")):
        by_day, by_night = (turn(CARDIFF, each, step).ring for each in (DAY, NIGHT))

        assert by_day.name.english == f"Cardiff Adult Safeguarding {name}"
        assert by_night.name.english == "Cardiff Emergency Duty Team"


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        # sent at 16.50, escalated after the office has closed
        (
            ("2026-06-11T16:50:00", "2026-06-11T17:05:00", "2026-06-11T17:20:00"),
            ["adults.duty", "emergency.duty", "adults.second"],
        ),
        # sent on a Friday night, escalated over the weekend and on Monday at ten
        (
            ("2026-06-12T20:00:00", "2026-06-12T22:00:00", "2026-06-15T10:00:00"),
            ["emergency.duty", "adults.second", "adults.duty"],
        ),
        # over Christmas
        (
            ("2026-12-24T16:59:59", "2026-12-24T17:00:00", "2026-12-29T10:00:00"),
            ["adults.duty", "emergency.duty", "adults.second"],
        ),
        # across the hour that happens twice
        (
            ("2026-10-25T00:50:00", "2026-10-25T01:20:00", "2026-10-26T09:00:00"),
            ["emergency.duty", "adults.second", "adults.duty"],
        ),
    ],
)
def test_an_escalation_goes_to_whoever_is_right_then_and_has_not_had_it(
    moments: tuple[str, ...], expected: list[str]
) -> None:
    mailed: tuple[str, ...] = ()
    asked = []
    for step, moment in enumerate(moments):
        found = turn(SWANSEA, moment, step, mailed)
        assert found.mail
        mailed = (*mailed, str(found.mail.mail))
        asked.append(mailbox(found))

    assert asked == expected


def test_nobody_is_asked_twice_and_then_it_is_for_the_telephone() -> None:
    everybody = tuple(f"Adults.{each}@Cardiff.example" for each in ("duty", "second", "manager"))
    found = turn(CARDIFF, DAY, 3, everybody)

    assert found.mail is None
    assert found.ring.phone == turn(CARDIFF, DAY).ring.phone
