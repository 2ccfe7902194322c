"""What a duty officer sees first, and in which language."""

from __future__ import annotations

import itertools
import re

from tests.meeting_requests.fakes import (
    DETAILS,
    GWYNEDD,
    URGENT_ANSWERS,
    a_submission,
    context,
    directory,
    fields,
    renderer,
)
from tests.messages.golden.cases import mails
from tests.messages.mails import dispatches, in_english
from webapp.meeting_requests.model import ACK_LINK, Dispatch
from webapp.meeting_requests.use_cases import preview_mails
from webapp.messages.plain_text import COLUMNS


def test_the_subject_says_how_urgent_which_procedure_where_and_the_reference(
    adult: Dispatch, section_5: Dispatch, urgent: Dispatch
) -> None:
    assert adult.mail.subject == (
        f"Adult at risk, Cardiff / ¦Adult at risk, Caerdydd / {adult.reference}"
    )
    assert section_5.mail.subject.startswith("Section 5, Cardiff / ")
    assert urgent.mail.subject.startswith("¦URGENT: adult at risk, Gwynedd / URGENT: ")


def test_the_subject_holds_nothing_that_was_typed(adult: Dispatch, urgent: Dispatch) -> None:
    for dispatch in (adult, urgent):
        for value in DETAILS.values():
            assert str(value) not in dispatch.mail.subject


def test_the_first_screen_says_what_a_duty_officer_needs_at_night(urgent: Dispatch) -> None:
    text = in_english(urgent)
    top = text[: text.index("STRATEGY DISCUSSION OR MEETING ABOUT")]

    in_order = [
        "URGENT request: Strategy discussion",
        f"Reference: {urgent.reference}",
        "Deadline:",
        "Megan Example – 2 March 1942 (age 84)",
        "Ward 4, Example Hospital",
        "8am tomorrow",
        "Siân Practitioner, Social worker",
        "029 2018 0990 – It is safe to ring me, but do not leave a message",
        "Confirm that you have this request:\n    " + ACK_LINK,
        "This is a request. You decide.",
        "Cyfarfod has contacted nobody",
        "Gwynedd Adult Safeguarding Duty Team",
        "Area: Gwynedd",
        "Sent: 10.30am on Thursday 11 June 2026",
        "A safe bed tonight",
        "029 2018 0993",
    ]
    positions = [top.index(each) for each in in_order]
    assert positions == sorted(positions)
    assert len(text[: text.index(ACK_LINK)].splitlines()) < 20


def test_the_order_of_languages_follows_the_authority(adult: Dispatch, urgent: Dispatch) -> None:
    assert adult.languages == ("en", "cy")
    assert adult.mail.text.startswith("Request: ")
    assert urgent.languages == ("cy", "en")
    assert urgent.mail.text.startswith("¦URGENT request: ")
    assert "The same request follows below in this language." in urgent.mail.text[:600]


def test_every_word_of_ours_goes_through_the_catalogue(adult: Dispatch) -> None:
    """The marked catalogue marks each message: a line of ours without a mark bypassed it."""
    welsh = adult.mail.text.split("=" * COLUMNS)[1].partition("¦Do not reply")[0]
    headings = [
        line
        for line, under in itertools.pairwise(welsh.splitlines())
        if under and set(under) == {"-"}
    ]
    labels = [line for line in welsh.splitlines() if re.match(r"\S[^–]*:(\s|$)", line)]

    assert len(headings) > 10
    assert len(labels) > 40
    assert all(each.startswith("¦") for each in headings)
    # a long label wraps: its second line has no mark of its own
    assert [each for each in labels if not each.startswith("¦")] == []


def test_each_half_is_complete_and_shows_typed_words_as_they_were_written(adult: Dispatch) -> None:
    for half in adult.mail.text.split("=" * COLUMNS):
        assert "Left in a wet bed all night." in half
        assert "She said: “Neb yn dod.”" in half
    assert adult.mail.html.count('<span lang="en" dir="auto">Left in a wet bed') == 2


def top(dispatch: Dispatch) -> str:
    """The English first screen as one line."""
    text = in_english(dispatch)
    return " ".join(text[: text.index("This is a request.")].split())


def test_of_several_meetings_the_earliest_deadline_is_shown_and_says_whose_it_is() -> None:
    child = mails("child-section-5-and-adult")[0]

    assert len(child.meetings) == 2
    assert top(child).count("Deadline:") == 1
    assert "Counted from: Report received. – Strategy discussion or meeting about the child" in top(
        child
    )


def test_nobody_having_said_how_safe_it_is_to_ring_is_said() -> None:
    unsaid = {key: value for key, value in DETAILS.items() if key != "requester-phone-safe"}
    (mail,) = dispatches(URGENT_ANSWERS | {"area-of-concern": GWYNEDD}, unsaid)

    assert "029 2018 0990 – It was not said whether it is safe to ring this number." in top(mail)


def test_what_was_not_given_is_said_and_not_left_out() -> None:
    least = {key: DETAILS[key] for key in ("requester-name", "requester-phone", "concern-what")}
    (mail,) = dispatches(URGENT_ANSWERS, least)

    assert "Name of the person at risk: Not given" in top(mail)
    assert "Where the person is now: Not given Safe there until: Not given" in top(mail)


def test_a_long_place_is_shortened_on_the_first_screen_and_whole_below_it() -> None:
    place = "Flat 9, behind the chapel. " * 40
    mail = dispatches(URGENT_ANSWERS, DETAILS | {"person-where-now": place.strip()})[0]
    text = " ".join(in_english(mail).split())

    assert " … Safe there until" in top(mail)
    assert text.count(place.strip()) == 1


def test_the_first_screen_of_a_linked_mail_names_things_as_its_team_does() -> None:
    section_5 = mails("adult-and-section-5")[1]

    assert "Person the concern is about: Dai Sample – Job or voluntary role: Night care" in top(
        section_5
    )
    assert "Employer or organisation: Hafod Example Ltd" in top(section_5)
    assert "Megan" not in top(section_5)


def test_a_linked_mail_begins_with_whom_its_meeting_is_about() -> None:
    adult = mails("child-section-5-and-adult")[2]

    shown = top(adult)
    assert shown.index("Others at risk: Nest Invented, 81") < shown.index("Name of the child: Cai")


def test_a_preview_has_no_link_and_says_where_it_will_stand() -> None:
    submission = a_submission()
    parts = (directory(), fields(), renderer().render, context())

    for dispatch in preview_mails(submission, *parts):
        for body in (dispatch.mail.text, dispatch.mail.html):
            assert "A link to confirm stands here." in body
            assert ACK_LINK not in body


def test_whom_to_ring_and_how_safely_stands_again_at_the_end(adult: Dispatch) -> None:
    text = " ".join(in_english(adult).split())
    end = text[text.index("HOW TO REACH THE PERSON WHO ASKS") :]

    for words in (
        "Siân Practitioner, Social worker",
        "029 2018 0990",
        "It is safe to ring me, but do not leave a message",
        "029 2018 0993",
    ):
        assert words in end
