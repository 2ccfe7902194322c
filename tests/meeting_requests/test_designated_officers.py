"""Both Designated Officers, one of them, or one person who is both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.meeting_requests.contact_files import SWANSEA, at
from tests.meeting_requests.fakes import (
    CARDIFF,
    GWYNEDD,
    NOW,
    TRUST_ANSWERS,
    FakeStore,
    a_submission,
    context,
    directory,
    fields,
    renderer,
)
from webapp.meeting_requests.model import Dispatch
from webapp.meeting_requests.use_cases import submit_meeting_request

BOTH = TRUST_ANSWERS | {"others-at-risk": ["children"], "significant-harm": "no"}
CONFLICT: dict[str, Any] = {"conflict-of-interest": ["designated-officer"]}


def to_officers(answers: dict[str, Any], store: FakeStore | None = None) -> list[Dispatch]:
    receipt = submit_meeting_request(
        a_submission(answers),
        store or FakeStore(),
        directory(),
        fields(),
        renderer().render,
        context(),
    )
    return [each for each in receipt.dispatches if each.procedure == "section-5"]


def test_a_concern_about_adults_and_children_goes_to_both_and_each_is_told_of_the_other() -> None:
    children, adults = to_officers(BOTH)

    assert [children.to, adults.to] == [
        f"designated-officer-{each}.duty@cardiff.example" for each in ("children", "adults")
    ]
    assert children.meetings == adults.meetings
    assert children.reference != adults.reference
    assert children.family == adults.family
    assert "This also goes to: Cardiff Designated Officer for Safeguarding (adults)." in " ".join(
        children.mail.text.split()
    )
    assert "This also goes to: Cardiff Designated Officer for Safeguarding (children)." in " ".join(
        adults.mail.text.split()
    )


def test_a_concern_about_adults_only_goes_to_one_who_is_told_of_nobody() -> None:
    (adults,) = to_officers(TRUST_ANSWERS)

    assert adults.inbox == "designated-officer-adults"
    assert "This also goes to" not in adults.mail.text


def test_one_officer_for_both_gets_one_mail() -> None:
    (officer,) = to_officers(BOTH | {"area-of-concern": GWYNEDD})

    assert officer.to == "designated-officer.duty@gwynedd.example"
    assert "This also goes to" not in officer.mail.text


def test_where_a_conflict_closes_their_office_one_alternative_gets_one_mail() -> None:
    (officer,) = to_officers(BOTH | CONFLICT)

    assert officer.to == "designated-officer.alternative@cardiff.example"
    assert officer.conflicts == ("designated-officer",)
    assert officer.diverted


def test_what_the_escalations_need_is_kept_with_the_dispatch() -> None:
    store = FakeStore()
    (officer,) = to_officers(BOTH | CONFLICT, store)

    kept = Dispatch.from_data(officer.as_data())
    assert kept == replace(officer, next_attempt_at=None)
    found = directory().contact_at(
        kept.authority, kept.inbox, kept.conflicts, NOW, context().calendar, 1, [kept.to or ""]
    )
    assert found.mail is None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-06-11T16:59:59", "adults.duty"), ("2026-06-11T17:00:00", "emergency.duty")],
)
def test_the_request_goes_to_whoever_reads_mail_at_that_moment(moment: str, expected: str) -> None:
    now = context(at(moment))
    answers = TRUST_ANSWERS | {"area-of-concern": SWANSEA}

    receipt = submit_meeting_request(
        a_submission(answers), FakeStore(), directory(), fields(), renderer().render, now
    )

    assert receipt.dispatches[0].to == f"{expected}@swansea.example"


def test_own_team_of_social_services_is_the_duty_team() -> None:
    answers = TRUST_ANSWERS | {"conflict-of-interest": ["own-team"]}
    assert answers["user"] == "social-services"

    receipt = submit_meeting_request(
        a_submission(answers),
        FakeStore(),
        directory(),
        fields(),
        renderer().render,
        context(),
    )
    assert receipt.dispatches[0].to == "adults.alternative@cardiff.example"
    assert receipt.dispatches[0].authority == CARDIFF
