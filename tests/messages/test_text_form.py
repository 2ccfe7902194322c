"""The text part: narrow enough for a terminal and for paper, and nobody can forge its headings."""

from __future__ import annotations

from tests.meeting_requests.fakes import DETAILS
from tests.messages.mails import dispatches
from webapp.meeting_requests.model import Dispatch
from webapp.messages.plain_text import COLUMNS, wrapped


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
