"""How a page or a mail points to a document, and says so where it is in the other language."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.messages.language import Language
from webapp.procedures.model import Source


@dataclass(frozen=True)
class SourceLink:
    """`address` is None where the document is not on the web.

    `language` and `note` are set only where the document is in the other language.
    """

    title: str
    address: str | None
    language: str | None = None
    note: str = ""


def source_link(source: Source, language: Language) -> SourceLink:
    """The document in this language, else in the other one."""
    addresses = {"cy": source.url_cy, "en": source.url_en}
    title = language.text(source.title)
    other = addresses[language.other]
    if addresses[language.code] or not other:
        return SourceLink(title, addresses[language.code])
    return SourceLink(title, other, language.other, _in_the_other(language))


def _in_the_other(language: Language) -> str:
    if language.other == "en":
        return language.gettext("This document is in English.")
    return language.gettext("This document is in Welsh.")
