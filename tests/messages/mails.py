"""Mails of the example cases of `tests/meeting_requests/fakes.py`, and how they are read here."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from tests.meeting_requests.fakes import FakeStore, a_submission, renderer, submit
from webapp.meeting_requests.model import Dispatch
from webapp.messages.plain_text import COLUMNS

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


def in_english(dispatch: Dispatch) -> str:
    """The English half of the text part."""
    halves = dispatch.mail.text.split("=" * COLUMNS)
    return halves[dispatch.languages.index("en")]


class Reader(HTMLParser):
    """Tags with their attributes, and words, of a page that must be well formed."""

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
