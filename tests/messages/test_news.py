"""What the requester is told by mail of a duty officer's answer: what to do now, and no name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.meeting_requests.fakes import DETAILS, LANGUAGES, NOW, FakeStore, a_submission, submit
from webapp.meeting_requests.acknowledgement import (
    CANNOT_ACT,
    CHOICES,
    HAVE_IT,
    WRONG_TEAM,
    Acknowledgement,
)
from webapp.meeting_requests.model import Dispatch, Mail
from webapp.messages.news import NewsWriter
from webapp.procedures.model import Text

WRITE = NewsWriter(LANGUAGES, lambda reference, code: f"https://s.example/{code}/{reference}")
OTHER = Text("contacts.other", "Another Duty Team", "Tîm Arall")


@pytest.fixture
def dispatch() -> Dispatch:
    found: Dispatch = submit(a_submission(), FakeStore()).dispatches[0]
    return found


def news(dispatch: Dispatch, choice: str, *codes: str) -> Mail:
    said = Acknowledgement(choice, "Llŷr Swyddog", "Senior", NOW, "CFD-X-3")
    passed = replace(dispatch, team=OTHER, phone="01632 960999") if choice == WRONG_TEAM else None
    return WRITE(codes or ("cy", "en"), dispatch, said, passed)


@pytest.mark.parametrize("choice", CHOICES)
def test_it_holds_the_reference_and_nothing_personal(dispatch: Dispatch, choice: str) -> None:
    mail = news(dispatch, choice)

    for part in (mail.text, mail.html):
        assert dispatch.reference in part
        assert f"https://s.example/cy/{dispatch.family}" in part
        for value in ("Llŷr", "Senior", *map(str, DETAILS.values())):
            assert value not in part
    assert mail.subject.endswith(dispatch.reference)
    assert "\n" not in mail.subject


@pytest.mark.parametrize(
    ("choice", "number"),
    [(HAVE_IT, "029 2018 0130"), (CANNOT_ACT, "029 2018 0130"), (WRONG_TEAM, "01632 960999")],
)
def test_it_says_whom_to_ring(dispatch: Dispatch, choice: str, number: str) -> None:
    mail = news(dispatch, choice, "en")

    assert number in mail.text
    assert number in mail.html


def test_only_what_is_so_is_said(dispatch: Dispatch) -> None:
    words = {choice: " ".join(news(dispatch, choice, "en").text.split()) for choice in CHOICES}

    assert "has your request and will act" in words[HAVE_IT]
    assert "Ring 029 2018 0130 now" in words[CANNOT_ACT]
    assert "It is now with Another Duty Team. Nobody there has confirmed it" in words[WRONG_TEAM]
    for choice in (CANNOT_ACT, WRONG_TEAM):
        assert "will act" not in words[choice]


@pytest.mark.parametrize("choice", CHOICES)
def test_each_language_is_complete_and_fits_the_columns(dispatch: Dispatch, choice: str) -> None:
    welsh, english = news(dispatch, choice, "cy"), news(dispatch, choice, "en")
    both = news(dispatch, choice)

    assert all(len(line) <= 76 for line in both.text.split("\n"))
    assert 'lang="cy"' in welsh.html
    assert 'lang="en"' not in welsh.html
    assert welsh.subject.startswith("¦")
    assert both.subject == f"{welsh.subject.rpartition(' / ')[0]} / {english.subject}"
