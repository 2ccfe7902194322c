"""Everything the trees say, read once from the compiled JSON and shared by all requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from webapp.procedures.model import Procedure, Source, Terms, Text
from webapp.procedures.reading import digest_of, procedure_from, sources_from, terms_from
from webapp.procedures.timescales import Calendar

PROCEDURES_FILE = "procedures.json"


@dataclass(frozen=True)
class Authority:
    """One of the 22 local authorities; every name is in both languages."""

    code: str
    name: Text
    board: Text
    police: Text
    health_board: Text


@dataclass(frozen=True)
class Library:
    procedures: dict[str, Procedure]
    terms: Terms
    sources: dict[str, Source]
    authorities: dict[str, Authority]
    calendar: Calendar
    digest: str

    @classmethod
    def load(cls, folder: Path) -> Library:
        """The library compiled into `folder`. FileNotFoundError if `build` has not run."""
        return cls.from_data(json.loads((folder / PROCEDURES_FILE).read_text(encoding="utf-8")))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Library:
        authorities = {row["gss_code"]: _authority(row) for row in data["authorities"]}
        terms, sources = terms_from(data["terms"]), sources_from(data["sources"])
        names = [authority.name for authority in authorities.values()]
        return cls(
            procedures={
                tree["procedure"]: procedure_from(tree, terms, sources, names)
                for tree in data["procedures"]
            },
            terms=terms,
            sources=sources,
            authorities=authorities,
            calendar=_calendar(data["calendar"], data["local"]),
            digest=digest_of(data),
        )


def _authority(row: Mapping[str, str]) -> Authority:
    def name(part: str) -> Text:
        return Text(f"authority.{part}.{row['gss_code']}", row[f"{part}_en"], row[f"{part}_cy"])

    return Authority(
        row["gss_code"], name("name"), name("board_region"), name("police"), name("health_board")
    )


def _calendar(holidays: Mapping[str, list[str]], local: Mapping[str, Any]) -> Calendar:
    return Calendar(
        bank_holidays={date.fromisoformat(day): (en, cy) for day, (en, cy) in holidays.items()},
        first_day_counts=bool(local["first_day_counts"]),
        office_opens=time.fromisoformat(local["office_opens"]),
        office_closes=time.fromisoformat(local["office_closes"]),
    )
