"""Everything the trees say, read once from the compiled JSON and shared by all requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from webapp.procedures.approving import APPROVALS
from webapp.procedures.layers import NATIONAL, Profile, profiles_from
from webapp.procedures.model import Procedure, Source, Terms, Text
from webapp.procedures.reading import (
    digest_of,
    gaps_from,
    procedure_from,
    sources_from,
    switches_from,
    terms_from,
)
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
    profile: Profile
    profiles: dict[str, Profile]
    calendar: Calendar
    digest: str
    data: Mapping[str, Any] = field(repr=False)  # what it was made from

    @classmethod
    def load(cls, folder: Path) -> Library:
        """The library compiled into `folder`. FileNotFoundError if `build` has not run."""
        return cls.from_data(json.loads((folder / PROCEDURES_FILE).read_text(encoding="utf-8")))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Library:
        """The library under the national profile; `in_profile` gives the others."""
        profiles = profiles_from(data["profiles"], data["borrowed"])
        return cls._under(profiles[NATIONAL], profiles, data)

    @classmethod
    def _under(
        cls, profile: Profile, profiles: dict[str, Profile], data: Mapping[str, Any]
    ) -> Library:
        authorities = {row["gss_code"]: _authority(row) for row in data["authorities"]}
        terms, sources = terms_from(data["terms"]), sources_from(data["sources"])
        names = [authority.name for authority in authorities.values()]
        return cls(
            procedures={
                tree["procedure"]: procedure_from(tree, terms, sources, names, profile)
                for tree in data["procedures"]
            },
            terms=terms,
            sources=sources,
            authorities=authorities,
            profile=profile,
            profiles=profiles,
            calendar=_calendar(data["calendar"], profile),
            # an approval changes nothing of what is said
            digest=digest_of({key: part for key, part in data.items() if key != APPROVALS}),
            data=data,
        )

    @cached_property
    def gaps(self) -> tuple[Text, ...]:
        """What still needs a person."""
        return gaps_from(self.data["sources"])

    @cached_property
    def switches(self) -> dict[str, Text]:
        """The sentence of each thing that local arrangements may switch on."""
        return switches_from(self.data["profiles"][NATIONAL])

    def in_profile(self, name: str) -> Library:
        """The same library under another profile. KeyError if there is none of that name."""
        if name not in self._others:
            self._others[name] = Library._under(self.profiles[name], self.profiles, self.data)
        return self._others[name]

    @cached_property
    def _others(self) -> dict[str, Library]:
        return {self.profile.id: self}

    def for_authority(self, code: str | None) -> Library:
        """The library under the nearest profile of an authority (GSS code), else the national.

        An authority’s own profile is nearer than its board’s, which it builds on.
        """
        own = [profile for profile in self.profiles.values() if code in profile.authorities]
        nearest = max(own, key=lambda profile: len(profile.above), default=None)
        return self.in_profile(nearest.id if nearest else NATIONAL)

    def for_answers(self, procedure_id: str, answers: Mapping[str, object]) -> Library:
        """The library of the authority that the procedure’s own meeting belongs to."""
        meeting = next(each for each in self.procedures[procedure_id].meetings if each.anyway)
        given = [answers.get(question) for question in meeting.authority]
        code = next((each for each in given if each in self.authorities), None)
        return self.for_authority(str(code) if code else None)


def _authority(row: Mapping[str, str]) -> Authority:
    def name(part: str) -> Text:
        return Text(f"authority.{part}.{row['gss_code']}", row[f"{part}_en"], row[f"{part}_cy"])

    return Authority(
        row["gss_code"], name("name"), name("board_region"), name("police"), name("health_board")
    )


def _calendar(holidays: Mapping[str, list[str]], profile: Profile) -> Calendar:
    return Calendar(
        bank_holidays={date.fromisoformat(day): (en, cy) for day, (en, cy) in holidays.items()},
        first_day_counts=profile.first_day_counts,
        office_opens=profile.office_opens,
        office_closes=profile.office_closes,
    )
