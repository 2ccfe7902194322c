"""Texts, and the names and documents that all trees share."""

from __future__ import annotations

from dataclasses import dataclass, field


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
class Basis:
    """Why something is said: the sentence, the documents behind it and how strong it is.

    `strength`: law, national, local or good-practice. `derived` marks our own design choice
    built on a source. `cites` are rule ids of the domain files, such as ADU-8c or adult.T7.
    `local_to` names the local arrangements that add it; `borrowed`: from an English procedure.
    """

    id: str
    because: Text | None
    source: tuple[str, ...]
    cites: tuple[str, ...]
    strength: str
    derived: bool = False
    local_to: Text | None = None
    borrowed: bool = False


@dataclass(frozen=True)
class Least:
    """What to do where one of `roles` is missing from a meeting of one of `procedures` that
    recommends it with one of `statuses`; no procedures: any of them.

    `named_by_team`: the duty team names them itself, so that they are missing only where the
    requester leaves them out. `through`: the role that speaks for them where it is recommended
    because the person of concern may be close to them; `in_conflict` is said then.
    """

    id: str
    roles: tuple[str, ...]
    procedures: tuple[str, ...]
    statuses: tuple[str, ...]
    named_by_team: bool
    through: str | None
    action: Text
    in_conflict: Text | None
    basis: Basis


@dataclass(frozen=True)
class Terms:
    """The names that all trees share: id -> text. `statuses` is in order of precedence.

    `kept_out`: role -> always, or where-not-invited; see `meeting_requests.departing`.
    """

    roles: dict[str, Text]
    types: dict[str, Text]
    modes: dict[str, Text]
    statuses: dict[str, Text]
    strengths: dict[str, Text]
    forces: dict[str, Text]
    agencies: dict[str, Text]
    kept_out: dict[str, str] = field(default_factory=dict)
    minimum: tuple[Least, ...] = ()
