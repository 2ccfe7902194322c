"""What `infra/contacts.yaml` says of each council, as it is read. What cannot be used is absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from webapp.meeting_requests.inboxes import Inbox, Rules, text_of
from webapp.procedures.model import Text
from webapp.procedures.timescales import LONDON, Calendar

MAIL_LANGUAGES = {"cy-en": ("cy", "en"), "en-cy": ("en", "cy"), "cy": ("cy",), "en": ("en",)}

# As in contacts.schema.json. Stricter than the standards: what a mail header cannot mistake.
_WORD, _LABEL = r"[A-Za-z0-9_+-]+", r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{_WORD}(?:\.{_WORD})*@(?:{_LABEL}\.)+[A-Za-z]{{2,}}")
LONGEST_ADDRESS = 254
PHONE = re.compile(r"0[0-9](?: ?[0-9]){8,9}")
SHORT_NUMBER = re.compile(r"1[0-9]{2}")


@dataclass(frozen=True)
class Hours:
    """Office hours in London wall time, Monday to Friday, bank holidays excepted.

    At the moment of closing the office is closed. `closed_on`: the council's own holidays.
    """

    opens: time
    closes: time
    friday_closes: time
    closed_on: frozenset[date] = frozenset()

    def include(self, at: datetime, calendar: Calendar) -> bool:
        local = at.astimezone(LONDON)
        day = local.date()
        closes = self.friday_closes if local.weekday() == 4 else self.closes
        works = calendar.is_working_day(day) and day not in self.closed_on
        return works and self.opens <= local.time() < closes


@dataclass(frozen=True)
class Contact:
    """A team or post. `mail` is None where only the telephone is safe, `phone` "" without one."""

    name: Text
    phone: str
    mail: str | None = None


@dataclass(frozen=True)
class Duty:
    """One inbox of one council: who has it, and who comes after them or instead of them."""

    team: Contact
    escalation: Contact | None
    fallback: Contact | None
    alternative: Contact | None
    hours: Hours
    out_of_hours: Contact | None

    @property
    def own(self) -> tuple[Contact, ...]:
        """Whoever works in the team or over it; the alternative does not."""
        return tuple(each for each in (self.team, self.escalation, self.fallback) if each)


@dataclass(frozen=True)
class Council:
    brand_name: Text
    brand_colour: str
    languages: tuple[str, ...]
    hours: Hours
    out_of_hours: Contact | None
    duties: dict[str, Duty]

    def duty(self, inbox: Inbox) -> Duty:
        """An inbox that the file does not have is a team without address or number."""
        nobody = Contact(inbox.label, "")
        missing = Duty(nobody, None, None, None, self.hours, self.out_of_hours)
        return self.duties.get(inbox.id, missing)


def council_of(code: str, data: Mapping[str, Any], rules: Rules) -> Council:
    hours, night = hours_of(data["hours"]), _optional(f"{code}.out-of-hours", data, "out_of_hours")
    return Council(
        brand_name=text_of(f"{code}.brand", data["brand"]["name"]),
        brand_colour=str(data["brand"]["colour"]),
        languages=MAIL_LANGUAGES[data["mail_language"]],
        hours=hours,
        out_of_hours=night,
        duties={
            each: _duty(f"{code}.{each}", data[each], hours, night)
            for each in rules.inboxes
            if data.get(each)
        },
    )


def hours_of(data: Mapping[str, Any]) -> Hours:
    closes = data["closes"]
    return Hours(
        time.fromisoformat(data["opens"]),
        time.fromisoformat(closes),
        time.fromisoformat(data.get("friday_closes", closes)),
        frozenset(date.fromisoformat(each) for each in data.get("closed_on", ())),
    )


def contact_of(where: str, data: Mapping[str, Any]) -> Contact:
    """An address or a number that cannot be used is left out: the check has named it."""
    mail, phone = str(data.get("mail") or ""), str(data.get("phone") or "")
    name = text_of(where, data["team"])
    return Contact(name, phone if usable_phone(phone) else "", mail if usable_mail(mail) else None)


def usable_mail(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and bool(ADDRESS.fullmatch(text))


def usable_phone(text: str) -> bool:
    return bool(PHONE.fullmatch(text) or SHORT_NUMBER.fullmatch(text))


def same_address(mail: str) -> str:
    """Two addresses that are the same mailbox give the same text: case and +labels go."""
    local, at, domain = mail.casefold().partition("@")
    return local.partition("+")[0] + at + domain


def same_number(phone: str) -> str:
    return phone.replace(" ", "")


def _duty(where: str, data: Mapping[str, Any], hours: Hours, night: Contact | None) -> Duty:
    """Hours and out-of-hours team are the council's unless the inbox has its own."""
    return Duty(
        team=contact_of(where, data),
        escalation=_optional(f"{where}.escalation", data, "escalation"),
        fallback=_optional(f"{where}.fallback", data, "fallback"),
        alternative=_optional(f"{where}.alternative", data, "alternative"),
        hours=hours_of(data["hours"]) if data.get("hours") else hours,
        out_of_hours=_optional(f"{where}.out-of-hours", data, "out_of_hours") or night,
    )


def _optional(where: str, data: Mapping[str, Any], key: str) -> Contact | None:
    return contact_of(where, data[key]) if data.get(key) else None
