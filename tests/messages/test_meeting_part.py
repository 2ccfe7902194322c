"""The meeting in a mail: what is recommended, what is asked for instead, who gets it."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.meeting_requests.fakes import (
    GWYNEDD,
    POWYS,
    TRUST_ANSWERS,
    URGENT_ANSWERS,
    FakeStore,
    a_submission,
    renderer,
    submit,
)
from tests.messages.mails import dispatches, in_english
from webapp.meeting_requests.model import Departure, Dispatch


def test_the_meeting_its_people_its_limits_and_reasons_are_all_there(adult: Dispatch) -> None:
    text = in_english(adult)

    for part in (
        "Strategy meeting",
        "Lead co-ordinator (social services)",
        "Face to face",
        "Required:",
        "Expected:",
        "The chair decides whether to invite them:",
        "Not invited:",
        "PC 1234",
        "Somebody else to invite:",
        "Tissue viability nurse",
        "the end of Thursday 18 June 2026",
        "SUGGESTED AGENDA",
        "WHAT THE PROCEDURES ASK",
        "Section 126 enquiries:",
        "SOURCES AND VERSION",
        "[1]",
        "checksum",
    ):
        assert part in text


def test_departures_come_before_the_recommendation_with_their_reasons() -> None:
    departures = {
        "adult": (
            Departure("type", "discussion", "Cannot wait"),
            Departure("mode", "video", "Far apart"),
            Departure("chair", "delegated-lead-co-ordinator", "Health leads"),
            Departure("attendee:ciw", "removed", "Told already"),
            Departure("attendee:housing", "expected", "They know the house"),
        )
    }
    mail, section_5 = dispatches(departures=departures)
    text = in_english(mail)
    asked = text[text.index("ASKED FOR DIFFERENTLY") : text.index("NEEDED, AND STILL")]

    assert text.startswith("Request: Strategy discussion (not as recommended)\n")
    flowing = " ".join(text.split())
    asked = " ".join(asked.split())
    assert "Strategy discussion (recommended: Strategy meeting)" in asked
    assert "By video conference (recommended: Face to face)" in asked
    assert "Delegated lead co-ordinator (recommended: Lead co-ordinator (social" in asked
    assert "Do not invite them (recommended: " in asked
    assert "Expected (not in the recommendation)" in asked
    for words in ("Cannot wait", "Health leads", "They know the house", "Told already"):
        assert flowing.count(words) == 1, "said once"
    before = text[: text.index("ASKED FOR DIFFERENTLY")]
    assert not re.findall(r"\n-+\n", before), "nothing but the first screen stands before"
    assert "ASKED FOR DIFFERENTLY" not in section_5.mail.text


def test_a_meeting_asked_for_anyway_says_against_which_result() -> None:
    from tests.meeting_requests.fakes import context, library
    from webapp.procedures.recommending import recommend
    from webapp.procedures.walking import walk

    answers = TRUST_ANSWERS | {"position-of-trust": "no", "experiencing": "no"}
    submission = a_submission(answers)
    journey = walk(library().procedures["adult"], answers, context())
    submission = replace(
        submission,
        draft=replace(submission.draft, anyway=True),
        recommendation=recommend(journey, context(), anyway=True),
    )

    (mail,) = submit(submission, FakeStore(), renderer().render).dispatches

    text = " ".join(mail.mail.text.split())
    assert "although the procedures do not point to one. (recommended: " in text


def test_a_conflict_is_explained_to_whoever_gets_it_instead() -> None:
    answers = TRUST_ANSWERS | {"conflict-of-interest": ["duty-team"]}
    mail, section_5 = dispatches(answers)

    assert mail.to == "adults.alternative@cardiff.example"
    assert "Do not pass it to that team." in mail.mail.text
    assert "Do not pass it to that team." not in section_5.mail.text


def test_a_request_for_the_telephone_only_is_still_written_down() -> None:
    answers = URGENT_ANSWERS | {"area-of-concern": POWYS, "conflict-of-interest": ["duty-team"]}
    (mail,) = dispatches(answers)

    assert mail.to is None
    assert "Megan Example" in mail.mail.text


def test_unknown_options_and_roles_of_an_older_tree_do_not_break_the_mail() -> None:
    person = {"role": "gone", "title": "", "name": "A", "contact": "", "change": "", "reason": ""}
    departures = {"adult": (Departure("mode", "gone", ""), Departure("attendee:gone", "x", ""))}

    mail = dispatches(
        URGENT_ANSWERS | {"area-of-concern": GWYNEDD},
        {"person-phone-safe": "gone", "invitees": [person]},
        departures=departures,
    )[0]

    assert mail.mail.text
