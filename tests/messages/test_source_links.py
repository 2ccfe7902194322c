"""A link to a document says so where the document is in the other language."""

from __future__ import annotations

import pytest

from tests.meeting_requests.fakes import LANGUAGES, library
from webapp.messages.source_links import source_link
from webapp.procedures.model import Source, Text


def a_source(english: str | None, welsh: str | None) -> Source:
    return Source("x", Text("", "A guide"), english, welsh, "full", "2026-06-01")


@pytest.mark.parametrize(
    ("page", "english", "welsh", "address", "language"),
    [
        ("en", "en.example", "cy.example", "en.example", None),
        ("cy", "en.example", "cy.example", "cy.example", None),
        ("cy", "en.example", None, "en.example", "en"),
        ("en", None, "cy.example", "cy.example", "cy"),
        ("cy", None, None, None, None),
    ],
)
def test_the_language_of_a_document_is_told_where_it_is_another(
    page: str, english: str | None, welsh: str | None, address: str | None, language: str | None
) -> None:
    link = source_link(a_source(english, welsh), LANGUAGES[page])

    assert (link.address, link.language) == (address, language)
    assert bool(link.note) == bool(language)


def test_every_document_of_the_library_can_be_linked_from_a_welsh_page() -> None:
    for source in library().sources.values():
        link = source_link(source, LANGUAGES["cy"])
        assert bool(link.note) == bool(source.url_en and not source.url_cy)
