"""The cases of the golden mails: invented people, a fixed time, references that never change.

They are sent at ten past two in the morning: a duty officer reads them on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from tests.browser.cases import URGENT, case
from tests.meeting_requests.fakes import (
    CARDIFF,
    GWYNEDD,
    KEYRING,
    TRUST_ANSWERS,
    FakeStore,
    context,
    directory,
    fields,
    library,
)
from tests.messages.golden import people
from tests.web.procedure_cases import CHILD, CHILD_MANY, SECTION_5
from webapp.meeting_requests.dispatching import plan_dispatches
from webapp.meeting_requests.drafts import new_draft, new_submission_key
from webapp.meeting_requests.model import (
    CORRECTION,
    RECEIPT,
    WITHDRAWAL,
    Departure,
    Departures,
    Dispatch,
    Mail,
    Submitted,
)
from webapp.meeting_requests.use_cases import Submission, submit_meeting_request
from webapp.messages.language import Language
from webapp.messages.notices import ShortMails
from webapp.messages.rendering import Renderer
from webapp.messages.snapshot import recommendation_data
from webapp.procedures.model import Kind
from webapp.procedures.recommending import Recommendation, recommend
from webapp.procedures.walking import walk
from webapp.settings import ROOT

AT_NIGHT = datetime(2026, 6, 12, 1, 10, tzinfo=UTC)  # Friday, 2.10am in London
Answers = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """What was answered, typed and changed in one journey; `written`: the language of its pages."""

    procedure: str
    reference: str
    written: str
    answers: Answers
    details: dict[str, Any]
    departures: Departures = field(default_factory=dict)


CASES = {
    "adult": Case(
        "adult",
        "CFD-KM7R-T4XP",
        "en",
        case(area_of_concern=CARDIFF, circumstances=["neglect"]),
        people.MEGAN,
        {
            "adult": (
                Departure("mode", "video", "Two of us are in Swansea that day."),
                Departure("attendee:housing", "expected", "The landlord holds the visitor log."),
            )
        },
    ),
    "adult-urgent": Case(
        "adult", "CFD-HT4W-P9RC", "cy", URGENT | {"area-of-concern": GWYNEDD}, people.LOWRI
    ),
    "child": Case(
        "child",
        "CFD-WD3F-H8KA",
        "cy",
        CHILD | {"danger": "yes", "danger-action": "called", "area-of-person": GWYNEDD},
        people.CAI,
    ),
    "section-5": Case("section-5", "CFD-NP6E-R7TX", "en", SECTION_5, people.TEACHER),
    "adult-and-section-5": Case(
        "adult", "CFD-AC8J-V3MH", "en", TRUST_ANSWERS, people.MEGAN | people.NIGHT_WORKER
    ),
    "child-section-5-and-adult": Case(
        "child",
        "CFD-TY9K-X6DF",
        "en",
        CHILD_MANY | {"hospital": ["none"], "medical": "no"},
        people.CAI | people.FOSTER_CARER,
    ),
}


@cache
def speech_of_the_catalogue() -> dict[str, Language]:
    """Both languages; the Welsh is compiled here, so that no stale file can get into a mail."""
    compiled = BytesIO()
    with (ROOT / "translations/cy/LC_MESSAGES/messages.po").open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return {
        "cy": Language("cy", Translations(compiled)),
        "en": Language("en", NullTranslations()),
    }


def mails(name: str) -> tuple[Dispatch, ...]:
    return sent(name).dispatches


@cache
def sent(name: str) -> Submitted:
    """The request of a case and its dispatches, in the real catalogue, under its own reference."""
    each = CASES[name]
    recommendation = _recommended(each)
    speech = speech_of_the_catalogue()
    draft = replace(
        new_draft(each.procedure, {}, each.written),
        answers=each.answers,
        departures=each.departures,
    )
    snapshots = {code: recommendation_data(recommendation, speech[code]) for code in speech}
    key = new_submission_key(draft, KEYRING)
    submission = Submission(draft, each.details, recommendation, snapshots, key)
    render = Renderer(library(), fields(), speech).render
    store, parts = FakeStore(), (directory(), fields(), render, context(AT_NIGHT))
    receipt = submit_meeting_request(submission, store, *parts)
    found = store.find(receipt.reference)
    assert found
    request = replace(found.request, reference=each.reference)
    return Submitted(request, plan_dispatches(request, recommendation, *parts))


def short_mails(name: str) -> dict[str, Mail]:
    """The receipt of a case, and an addition to it and a withdrawal to its first team."""
    case = sent(name)
    notices = ShortMails(
        speech_of_the_catalogue(), fields(), lambda *each: f"https://x.example/{each[0]}"
    )
    told = replace(case.dispatches[0], corrects=case.dispatches[0].reference)
    added = replace(case.request, details={"message": "See https://evil.example\nوصل"})
    return {
        RECEIPT: notices.receipt(case.request, case.dispatches),
        CORRECTION: notices.message(added, replace(told, kind=CORRECTION)),
        WITHDRAWAL: notices.message(added, replace(told, kind=WITHDRAWAL)),
    }


def _recommended(each: Case) -> Recommendation:
    procedure = library().procedures[each.procedure]
    when = {Kind.DATE: "2026-06-10", Kind.DATE_TIME: "2026-06-11T16:40"}
    answers = {
        question: when[procedure.questions[question].kind] if answer == "yesterday" else answer
        for question, answer in each.answers.items()
        if question in procedure.questions
    }
    now = context(AT_NIGHT)
    return recommend(walk(procedure, answers, now), now)
