from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.meeting_requests.fakes import (
    DETAILS,
    GWYNEDD,
    POWYS,
    TRUST_ANSWERS,
    URGENT_ANSWERS,
    FakeStore,
    a_submission,
    renderer,
    submit,
)
from webapp.meeting_requests.model import Departure, Dispatch
from webapp.messages.rendering import COLUMNS, wrapped

VOID = {"br", "meta"}


def dispatches(
    answers: dict[str, Any] | None = None, details: dict[str, Any] | None = None, **changes: Any
) -> tuple[Dispatch, ...]:
    submission = a_submission(answers, details)
    draft = replace(submission.draft, **changes)
    mails: tuple[Dispatch, ...] = submit(
        replace(submission, draft=draft), FakeStore(), renderer().render
    ).dispatches
    return mails


@pytest.fixture(scope="module")
def adult() -> Dispatch:
    return dispatches()[0]


@pytest.fixture(scope="module")
def section_5() -> Dispatch:
    return dispatches()[1]


@pytest.fixture(scope="module")
def urgent() -> Dispatch:
    return dispatches(URGENT_ANSWERS)[0]


def english(dispatch: Dispatch) -> str:
    """The English half of the text part."""
    halves = dispatch.mail.text.split("=" * COLUMNS)
    return halves[dispatch.languages.index("en")]


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
    text = english(urgent)
    top = text[: text.index("WHAT IS HAPPENING")]

    in_order = [
        "URGENT request: Strategy discussion",
        "Gwynedd Adult Safeguarding Duty Team",
        "Area: Gwynedd",
        f"Reference: {urgent.reference}",
        "Sent: 10.30am on Thursday 11 June 2026",
        "This is a request. You decide.",
        "Cyfarfod has contacted nobody",
        "Deadline:",
        "Siân Practitioner, Social worker",
        "029 2018 0990",
        "It is safe to ring me, but do not leave a message",
        "029 2018 0993",
        "Megan Example",
        "2 March 1942 (age 84)",
        "Ward 4, Example Hospital",
        "8am tomorrow",
        "A safe bed tonight",
    ]
    positions = [top.index(each) for each in in_order]
    assert positions == sorted(positions)
    assert len(top.splitlines()) < 60


def test_the_order_of_languages_follows_the_authority(adult: Dispatch, urgent: Dispatch) -> None:
    assert adult.languages == ("en", "cy")
    assert adult.mail.text.startswith("Request: ")
    assert urgent.languages == ("cy", "en")
    assert urgent.mail.text.startswith("¦URGENT request: ")
    assert "The same request follows below in this language." in urgent.mail.text[:600]


def test_every_word_of_ours_goes_through_the_catalogue(adult: Dispatch) -> None:
    """The marked catalogue marks each message: a line of ours without a mark bypassed it."""
    welsh = adult.mail.text.split("=" * COLUMNS)[1]
    headings = [
        line
        for line, under in itertools.pairwise(welsh.splitlines())
        if under and set(under) == {"-"}
    ]
    labels = [line for line in welsh.splitlines() if re.fullmatch(r"\S.*:", line)]

    assert len(headings) > 10
    assert len(labels) > 40
    assert all(each.startswith("¦") for each in headings)
    # a long label wraps: its second line has no mark of its own
    assert [each for each in labels if not each.startswith("¦")] == []


def test_each_half_is_complete_and_shows_typed_words_as_they_were_written(adult: Dispatch) -> None:
    for half in adult.mail.text.split("=" * COLUMNS):
        assert "Left in a wet bed all night." in half
        assert "She said: “Neb yn dod.”" in half
    assert adult.mail.html.count('<span lang="en">Left in a wet bed') == 1


def test_the_meeting_its_people_its_limits_and_reasons_are_all_there(adult: Dispatch) -> None:
    text = english(adult)

    for part in (
        "Strategy meeting",
        "Lead co-ordinator (social services)",
        "Face to face",
        "Required:",
        "Expected:",
        "The chair decides whether to invite them:",
        "Not invited:",
        "PC 1234",
        "Added by the requester:",
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


def test_the_section_5_mail_is_kept_apart_from_the_adults(
    adult: Dispatch, section_5: Dispatch
) -> None:
    only_adult = ["Ward 4", "Room 12", "Sore on left hip", "Polish", "Keypad", "Capacity", "Nia"]
    only_section_5 = ["Night care assistant", "Hafod Example Ltd", "Employer knows:"]

    assert [each for each in only_adult if each in section_5.mail.text] == []
    assert [each for each in only_section_5 if each in adult.mail.text] == []
    assert all(each in section_5.mail.text for each in only_section_5)
    assert "Night worker Dai Sample" in adult.mail.text
    assert "Night worker Dai Sample" in section_5.mail.text
    assert "Do not tell the person of concern" in section_5.mail.text


def test_a_member_of_the_public_is_named_in_the_adults_mail_only(
    adult: Dispatch, section_5: Dispatch
) -> None:
    assert "Neighbour Nia Sample" in adult.mail.text
    assert "After 7pm only" in adult.mail.text
    assert "Nia Sample" not in section_5.mail.text + section_5.mail.html


def test_departures_come_before_the_recommendation_with_their_reasons() -> None:
    departures = {
        "adult": (
            Departure("type", "discussion", "Cannot wait"),
            Departure("mode", "video", "Far apart"),
            Departure("chair", "delegated-lead-co-ordinator", "Health leads"),
            Departure("attendee:ciw", "removed", "Told already"),
            Departure("attendee:housing", "added", "They know the house"),
        )
    }
    mail, section_5 = dispatches(departures=departures)
    text = english(mail)
    asked = text[text.index("ASKED FOR DIFFERENTLY") : text.index("WHAT THE ANSWERS SHOW")]

    assert text.startswith("Request: Strategy discussion")
    assert "Strategy discussion (recommended: Strategy meeting)" in asked
    assert "By video conference (recommended: Face to face)" in asked
    assert "Delegated lead co-ordinator (recommended: Lead co-ordinator (social" in asked
    for words in ("Should not be invited", "Should be invited as well", "Cannot wait", "Health"):
        assert words in asked
    assert text.index("ASKED FOR DIFFERENTLY") < text.index("WHO IS RECOMMENDED")
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

    assert "A meeting is asked for, although the recommendation is:" in mail.mail.text


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


def test_lines_of_text_are_at_most_76_columns(adult: Dispatch, urgent: Dispatch) -> None:
    unbroken = dispatches(details=DETAILS | {"concern-what": "x" * 5_000})[0]

    for dispatch in (adult, urgent, unbroken):
        long = [line for line in dispatch.mail.text.splitlines() if len(line) > COLUMNS]
        assert [line for line in long if "https://" not in line] == []


def test_typed_words_cannot_pass_for_ours_in_the_text() -> None:
    fake = "fine\nDeadline:\n    none\nWHAT THE ANSWERS SHOW\n-----"
    text = dispatches(details=DETAILS | {"concern-what": fake})[0].mail.text

    assert "\n    Deadline:\n" in text
    assert "\nWHAT THE ANSWERS SHOW\n---------------------\n" in text
    assert "    WHAT THE ANSWERS SHOW\n    -----" in text


def test_wrapping_keeps_pages_addresses_whole_and_empty_lines() -> None:
    address = "https://safeguarding.example/" + "a" * 90

    assert wrapped(address, 6) == " " * 6 + address
    assert wrapped("a\n\nb", 2) == "  a\n\n  b"
    assert wrapped("- " + "word " * 20, 2, 4).splitlines()[1].startswith("    word")


class Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


NASTY = "<script>alert(1)</script><img src=x onerror=y>{{7*7}} {% raw %} https://evil.example \"'&"


def nasty() -> Iterator[Dispatch]:
    typed = {key: NASTY if isinstance(value, str) else value for key, value in DETAILS.items()}
    kept = ("person-born", "person-phone-safe", "requester-phone-safe", "meeting-language")
    typed |= {key: DETAILS[key] for key in kept}
    person = {"role": "", "title": NASTY, "name": NASTY, "contact": NASTY}
    typed["invitees"] = [person | {"change": "added", "reason": NASTY}]
    departures = {"adult": (Departure("mode", "video", NASTY),)}
    yield from dispatches(details=typed, departures=departures)


def test_what_was_typed_is_shown_and_never_run_linked_or_taken_for_a_template() -> None:
    for dispatch in nasty():
        page = Reader(dispatch.mail.html)
        shown = "".join(page.words)

        assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "a", "link", "style"})
        assert NASTY in shown
        assert "<script>alert(1)</script>" in dispatch.mail.text
        assert "https://evil.example" not in dispatch.mail.subject


def test_the_page_part_is_well_formed_accessible_and_styled_inline(adult: Dispatch) -> None:
    page = Reader(adult.mail.html)
    tables = [attributes for tag, attributes in page.tags if tag == "table"]
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert page.open == []
    assert page.tags[0] == ("html", {"lang": "en"})
    assert all(each["role"] == "presentation" for each in tables)
    assert [each["lang"] for each in tables] == ["en", "cy"]
    assert not any("class" in attributes for _, attributes in page.tags)
    assert "url(" not in adult.mail.html
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))


def test_the_page_part_stays_below_what_mail_programs_cut_off(adult: Dispatch) -> None:
    """Gmail cuts a page at 102 kB; the longest narrative appears once per language."""
    long = dispatches(details=DETAILS | {"concern-what": "gair " * 1_000})[0]

    assert len(adult.mail.html.encode()) < 80_000
    assert len(long.mail.html.encode()) < 102_000


def test_unknown_options_and_roles_of_an_older_tree_do_not_break_the_mail() -> None:
    person = {"role": "gone", "title": "", "name": "A", "contact": "", "change": "", "reason": ""}
    departures = {"adult": (Departure("mode", "gone", ""), Departure("attendee:gone", "x", ""))}

    mail = dispatches(
        URGENT_ANSWERS | {"area-of-concern": GWYNEDD},
        {"person-phone-safe": "gone", "invitees": [person]},
        departures=departures,
    )[0]

    assert mail.mail.text
