"""Who receives a meeting request, from `infra/contacts.yaml` through compiled JSON."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from webapp.meeting_requests.data_files import Mistake, keys_of, line_of
from webapp.procedures.model import Text
from webapp.procedures.timescales import LONDON, Calendar

PROCEDURES = ("adult", "child", "section-5")
MAIL_LANGUAGES = {"cy-en": ("cy", "en"), "en-cy": ("en", "cy"), "cy": ("cy",), "en": ("en",)}

# Whose mailbox is closed to a request when the person of concern is close to them.
CONFLICT_OF = {"adult": "duty-team", "child": "duty-team", "section-5": "designated-officer"}

ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
PHONE = re.compile(r"0[0-9 ]{9,13}")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Hours:
    """Office hours in London wall time, Monday to Friday, bank holidays excepted."""

    opens: time
    closes: time
    friday_closes: time

    def include(self, at: datetime, calendar: Calendar) -> bool:
        local = at.astimezone(LONDON)
        closes = self.friday_closes if local.weekday() == 4 else self.closes
        return calendar.is_working_day(local.date()) and self.opens <= local.time() < closes


@dataclass(frozen=True)
class Contact:
    """A team or post. `mail` is None where only the telephone is safe."""

    name: Text
    phone: str
    mail: str | None = None


@dataclass(frozen=True)
class PhoneLine:
    """A number to show: whose it is, and the hours it is answered. None: outside those hours."""

    name: Text
    phone: str
    hours: Hours | None


@dataclass(frozen=True)
class Team:
    """Whom one request goes to.

    `contact`: who gets the mail. `ring`: whom to ring at the moment asked about.
    `alternative`: a conflict of interest took the request away from the duty team.
    `escalation`, then `fallback`: who is next when nobody confirms; None if that would go round
    the conflict. `brand_name` and `brand_colour` (#rrggbb, white text is legible on it): the
    council, as the mail shows it.
    """

    authority: str
    procedure: str
    contact: Contact
    ring: Contact
    open_now: bool
    alternative: bool
    escalation: Contact | None
    fallback: Contact | None
    languages: tuple[str, ...]
    brand_name: Text
    brand_colour: str


@dataclass(frozen=True)
class _Duty:
    team: Contact
    escalation: Contact
    fallback: Contact
    alternative: Contact


@dataclass(frozen=True)
class _Authority:
    brand_name: Text
    brand_colour: str
    languages: tuple[str, ...]
    hours: Hours
    out_of_hours: Contact
    duties: dict[str, _Duty]


@dataclass(frozen=True)
class Directory:
    """The contacts of all authorities. An unknown code raises KeyError."""

    version: str
    authorities: dict[str, _Authority]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Directory:
        entries = data["authorities"].items()
        return cls(str(data["version"]), {code: _authority(code, each) for code, each in entries})

    def team_for(
        self,
        authority: str,
        procedure: str,
        conflicts: Collection[str],
        at: datetime,
        calendar: Calendar,
    ) -> Team:
        """The team for one meeting. `conflicts`: ids of the conflict-of-interest question."""
        entry = self.authorities[authority]
        duty = entry.duties[procedure]
        conflict = CONFLICT_OF[procedure] in conflicts
        contact = duty.alternative if conflict else duty.team
        open_now = entry.hours.include(at, calendar)
        return Team(
            authority=authority,
            procedure=procedure,
            contact=contact,
            ring=contact if open_now else entry.out_of_hours,
            open_now=open_now,
            alternative=conflict,
            escalation=None if conflict else duty.escalation,
            fallback=None if conflict else duty.fallback,
            languages=entry.languages,
            brand_name=entry.brand_name,
            brand_colour=entry.brand_colour,
        )

    def phones_for(
        self, authority: str, procedure: str, conflicts: Collection[str] = ()
    ) -> tuple[PhoneLine, ...]:
        """The numbers to show: in office hours, then outside them."""
        entry = self.authorities[authority]
        duty = entry.duties[procedure]
        contact = duty.alternative if CONFLICT_OF[procedure] in conflicts else duty.team
        return (
            PhoneLine(contact.name, contact.phone, entry.hours),
            PhoneLine(entry.out_of_hours.name, entry.out_of_hours.phone, None),
        )


def _authority(code: str, data: Mapping[str, Any]) -> _Authority:
    hours = data["hours"]
    closes = hours["closes"]
    return _Authority(
        brand_name=_name(f"{code}.brand", data["brand"]["name"]),
        brand_colour=str(data["brand"]["colour"]),
        languages=MAIL_LANGUAGES[data["mail_language"]],
        hours=Hours(
            time.fromisoformat(hours["opens"]),
            time.fromisoformat(closes),
            time.fromisoformat(hours.get("friday_closes", closes)),
        ),
        out_of_hours=_contact(f"{code}.out-of-hours", data["out_of_hours"]),
        duties={each: _duty(f"{code}.{each}", data[each]) for each in PROCEDURES},
    )


def _duty(where: str, data: Mapping[str, Any]) -> _Duty:
    return _Duty(
        team=_contact(where, data),
        escalation=_contact(f"{where}.escalation", data["escalation"]),
        fallback=_contact(f"{where}.fallback", data["fallback"]),
        alternative=_contact(f"{where}.alternative", data["alternative"]),
    )


def _contact(where: str, data: Mapping[str, Any]) -> Contact:
    mail = data.get("mail")
    return Contact(_name(where, data["team"]), str(data["phone"]), str(mail) if mail else None)


def _name(where: str, names: Mapping[str, Any]) -> Text:
    return Text(f"contacts.{where}", str(names["en"]), str(names["cy"]))


def validate(data: Any, file: str, codes: Collection[str] = ()) -> list[Mistake]:
    """Everything wrong with the marked document. `codes`: the GSS codes that must be there."""
    mistakes = keys_of(data, file, "The file", ("document", "version", "authorities"))
    if mistakes:
        return mistakes
    listed = data["authorities"]
    for code in sorted(set(codes) - set(listed)):
        mistakes.append(
            Mistake(file, line_of(listed), f"Authority '{code}' is missing.", "Add its contacts.")
        )
    for code, entry in listed.items():
        where = f"Authority '{code}'"
        if codes and code not in codes:
            what = f"{where} is not one of the {len(codes)} authorities."
            mistakes.append(Mistake(file, line_of(entry), what, "Check the GSS code."))
        needed = ("brand", "mail_language", "hours", "out_of_hours", *PROCEDURES)
        wrong = keys_of(entry, file, where, needed)
        mistakes += wrong or _about_authority(entry, file, where)
    return mistakes


def _about_authority(entry: Any, file: str, where: str) -> list[Mistake]:
    mistakes = keys_of(
        entry["hours"], file, f"{where}: hours", ("opens", "closes"), ("friday_closes",)
    )
    for value in entry["hours"].values() if isinstance(entry["hours"], dict) else ():
        if not TIME.fullmatch(str(value)):
            what = f"{where}: '{value}' is not a time."
            mistakes.append(Mistake(file, line_of(value), what, 'Write "08:45".'))
    if entry["mail_language"] not in MAIL_LANGUAGES:
        what = f"{where}: '{entry['mail_language']}' is not a mail language."
        remedy = "Use one of: " + ", ".join(MAIL_LANGUAGES) + "."
        mistakes.append(Mistake(file, line_of(entry["mail_language"]), what, remedy))
    mistakes += _about_contact(
        entry["out_of_hours"], file, f"{where}: out_of_hours", ("team", "phone")
    )
    for procedure in PROCEDURES:
        mistakes += _about_duty(entry[procedure], file, f"{where}: {procedure}")
    return mistakes


def _about_duty(duty: Any, file: str, where: str) -> list[Mistake]:
    needed = ("team", "mail", "phone", "escalation", "fallback", "alternative")
    mistakes = _about_contact(duty, file, where, needed)
    if mistakes:
        return mistakes
    for other in ("escalation", "fallback", "alternative"):
        contact, name = duty[other], f"{where}: {other}"
        mistakes += _about_contact(contact, file, name, ("team", "phone"), ("mail",))
        if isinstance(contact, dict) and contact.get("mail") == duty["mail"]:
            what = f"{name} has the same address as the duty team."
            mistakes.append(Mistake(file, line_of(contact), what, "Give another address."))
    return mistakes


def _about_contact(
    data: Any, file: str, where: str, needed: tuple[str, ...], known: tuple[str, ...] = ()
) -> list[Mistake]:
    mistakes = keys_of(data, file, where, needed, known)
    if not isinstance(data, dict):
        return mistakes
    if "team" in data:
        mistakes += keys_of(data["team"], file, f"{where}: team", ("en", "cy"))
    for key, pattern, example in (
        ("mail", ADDRESS, "duty@area.example"),
        ("phone", PHONE, "01632 960001"),
    ):
        if key in data and not pattern.fullmatch(str(data[key])):
            what = f"{where}: '{data[key]}' is not usable as {key}."
            mistakes.append(Mistake(file, line_of(data[key]), what, f'Write it like "{example}".'))
    return mistakes
