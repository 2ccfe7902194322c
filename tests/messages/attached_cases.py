"""Requests of every kind, as they are kept and sent, for the tests of what goes with a mail."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from tests.meeting_requests.fakes import (
    CARDIFF,
    DETAILS,
    LANGUAGES,
    NOW,
    TRUST_ANSWERS,
    URGENT_ANSWERS,
    FakeStore,
    a_draft,
    a_submission,
    fields,
    library,
    plain_mail,
    recommended,
    submit,
)
from tests.scenarios.conftest import ordinary_of
from webapp.meeting_requests.drafts import new_submission_key
from webapp.meeting_requests.model import Departure, Submitted
from webapp.meeting_requests.use_cases import Submission
from webapp.messages.attachments import Attacher
from webapp.messages.shown import Shown
from webapp.messages.snapshot import recommendation_data

ORIGIN = "https://cyfarfod.example"
ATTACH = Attacher(library(), fields(), LANGUAGES, ORIGIN)
KEYRING = {"k1": b"1" * 32}
CHILDREN = [
    {
        "name": "Ifan Example",
        "born": "4 years old",
        "link": "Brother",
        "where": "At nursery",
        "school": "Meithrin Example",
        "harm": "Not known",
        "voice": "“Dw i isio Mam”",
        "number": "NHS 4857773456",
        "language": "welsh",
    },
    {
        "name": "Llŷr D’Arcy-Ŵyn",
        "born": "",
        "link": "Cousin",
        "where": "",
        "school": "",
        "harm": "",
        "voice": "",
    },
]
CHILD_DETAILS: dict[str, Any] = {
    "concern-what": "He came to school with a bruise on his cheek.",
    "person-name": "Siân O’Brien",
    "person-born": "2018-03-02",
    "person-where-now": "Ysgol Example, year 3",
    "person-safe-until": "3.30pm today",
    "other-children": CHILDREN,
    "concern-done": [{"what": "Took him to the nurse", "who": "Gwen Teacher", "when": "10am"}],
    "parents-names": "Mam: Nia Example, at home",
    "alleged-name": "Uncle Dai Sample",
    "meeting-language": "bilingual",
    "requester-name": "Gwen Teacher",
    "requester-role": "Head teacher",
    "requester-agency": "Ysgol Example",
    "requester-phone": "029 2018 0990",
    "requester-phone-safe": "ring-and-message",
    "invitees": [
        {
            "role": "police",
            "title": "",
            "name": "DC Example",
            "contact": "101",
            "agency": "Heddlu Example",
            "contact-how": "Before 3pm",
            "attendance": "video",
            "change": "",
            "reason": "",
        }
    ],
}


def submission(
    answers: dict[str, Any], details: dict[str, Any], of: str, **changes: Any
) -> Submission:
    draft = replace(a_draft(answers, of=of), **changes)
    recommendation = recommended(answers, NOW, of)
    return Submission(
        draft=draft,
        details=details,
        recommendation=recommendation,
        snapshots={
            code: recommendation_data(recommendation, each) for code, each in LANGUAGES.items()
        },
        key=new_submission_key(draft, KEYRING),
        authority=CARDIFF,
    )


def sent(a: Submission) -> Submitted:
    """The request as the store has it, under a reference of its own; its mails say little."""
    store = FakeStore()
    receipt = submit(a, store, plain_mail)
    found = store.find(receipt.reference)
    assert found
    return found


@cache
def cases() -> dict[str, Submitted]:
    """One request of each kind: two linked, urgent, several children, Section 5, departures."""
    departures = {
        "adult": (
            Departure("type", "discussion", "The lift is broken"),
            Departure("attendee:ciw", "removed", "Their inspector is the neighbour"),
            Departure("attendee:housing", "expected", "They hold the keys"),
            Departure("attendee:employer", "ask-chair", "They hold the rota"),
            Departure("chair", "other", "Nobody here is free", "Rhodri Example"),
        )
    }
    child = ordinary_of("child")
    return {
        "adult and section 5": sent(a_submission()),
        "urgent adult": sent(a_submission(URGENT_ANSWERS)),
        "several children": sent(submission(child, CHILD_DETAILS, "child")),
        "section 5": sent(submission(ordinary_of("section-5"), DETAILS, "section-5")),
        "departures": sent(
            replace(
                a_submission(),
                draft=replace(a_draft(TRUST_ANSWERS), departures=departures),
            )
        ),
        "nothing said": sent(a_submission(details={"concern-what": "Help"})),
    }


def shown_in(found: Submitted, number: int = 0, code: str | None = None) -> Shown:
    """What one dispatch of a request may show, in its first language if no other is named."""
    dispatch = found.dispatches[number]
    own = fields().of(found.request.procedure)
    language = LANGUAGES[code or dispatch.languages[0]]
    return Shown(found.request, dispatch, library(), own, language)
