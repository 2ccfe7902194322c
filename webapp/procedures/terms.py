"""Texts, and the names and documents that all trees share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One whole sentence. `welsh` is set only for names that come in both languages as data."""

    context: str
    english: str
    welsh: str | None = None


@dataclass(frozen=True)
class Source:
    """One cited document. `seen` says how much of it was read; `checked_on` when.

    `edition` is first or revised where there are two; `dated` is the day that it bears.
    """

    id: str
    title: Text
    url_en: str | None
    url_cy: str | None
    seen: str
    checked_on: str
    edition: str | None = None
    dated: str | None = None


@dataclass(frozen=True)
class Terms:
    """The names that all trees share: id -> text. `statuses` is in order of precedence."""

    roles: dict[str, Text]
    types: dict[str, Text]
    modes: dict[str, Text]
    statuses: dict[str, Text]
    strengths: dict[str, Text]
    forces: dict[str, Text]
    agencies: dict[str, Text]
