"""Who receives a meeting request, from `infra/contacts.yaml` through compiled JSON.

A gap in the file is never an error here: a council that is not in it, or a team without an
address, is for the telephone only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from webapp.meeting_requests.contact_book import (
    Contact,
    Council,
    Hours,
    contact_of,
    council_of,
    same_address,
    same_number,
)
from webapp.meeting_requests.desks import Closed, Desk, Turn
from webapp.meeting_requests.inboxes import Inbox, Rules
from webapp.procedures.conditions import Facts
from webapp.procedures.model import Text
from webapp.procedures.timescales import Calendar

PROCEDURES = ("adult", "child", "section-5")
OFFICE_HOURS, OUT_OF_HOURS, ALWAYS = "office-hours", "out-of-hours", "always"


@dataclass(frozen=True)
class PhoneLine:
    """A number to show: whose it is, and when it is answered.

    `label`: the office in a word or two, where the name is too long. `when`: OFFICE_HOURS (then
    `hours` says which), OUT_OF_HOURS or ALWAYS. `diverted`: a conflict of interest put this
    number in the place of the usual one.
    """

    name: Text
    phone: str
    hours: Hours | None
    label: Text
    when: str
    diverted: bool = False


@dataclass(frozen=True)
class Team:
    """Whom one request goes to, at the moment asked about.

    `contact`: who gets the mail; its mail is None where only the telephone is left. `ring`: whom
    to ring. `alternative`: a conflict of interest took the request away from the duty team.
    `escalation`, then `fallback`: who is next when nobody confirms; None if that would go round
    the conflict. `brand_name` and `brand_colour` (#rrggbb, white text is legible on it): the
    council, as the mail shows it. `also`: who else gets a mail about the same meetings.
    """

    authority: str
    procedure: str
    inbox: str
    contact: Contact
    ring: Contact
    open_now: bool
    alternative: bool
    escalation: Contact | None
    fallback: Contact | None
    languages: tuple[str, ...]
    brand_name: Text
    brand_colour: str
    also: tuple[Text, ...] = ()

    @property
    def reached_at(self) -> str:
        """The same for two teams that are one: by address, else by telephone."""
        phone = same_number(self.contact.phone)
        return same_address(self.contact.mail or "") or phone or self.inbox


@dataclass(frozen=True)
class Directory:
    """The contacts of all councils. `authorities`: those that the file has, by GSS code.

    Everywhere `inbox` is the id of an inbox, or a procedure for the one that has what cannot be
    told; `conflicts` are the ids of closed offices (`conflicts_in`).
    """

    version: str
    rules: Rules
    authorities: dict[str, Council]
    unknown: Council
    otherwise: Contact

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Directory:
        rules = Rules.from_data(data)
        entries = data["authorities"].items()
        return cls(
            version=str(data["version"]),
            rules=rules,
            authorities={code: council_of(code, each, rules) for code, each in entries},
            unknown=council_of("unknown", data["otherwise"], rules),
            otherwise=contact_of("otherwise", data["otherwise"]["ring"]),
        )

    def inboxes_for(self, procedure: str, facts: Facts) -> tuple[str, ...]:
        """Which inboxes have the meetings of a procedure; several where each must act."""
        return self.rules.chosen(procedure, facts)

    def conflicts_in(self, facts: Facts) -> frozenset[str]:
        """The offices closed by what was answered about conflicts of interest."""
        return self.rules.closed(facts)

    def diverts(self, authority: str, inbox: str, conflicts: Collection[str]) -> bool:
        """Whether the conflicts take the request away from the duty team."""
        return self._desk(authority, inbox, conflicts).diverted

    def contact_at(
        self,
        authority: str,
        inbox: str,
        conflicts: Collection[str],
        at: datetime,
        calendar: Calendar,
        step: int = 0,
        mailed: Collection[str] = (),
    ) -> Turn:
        """Whom to mail and ring at a moment. `step` 0 is the request, 1 the first escalation.

        `mailed`: the addresses that have had it, so that who comes next is right although the
        office has opened or closed since; then `step` is not looked at.
        """
        return self._desk(authority, inbox, conflicts).turn(at, calendar, step, mailed)

    def team_for(
        self,
        authority: str,
        inbox: str,
        conflicts: Collection[str],
        at: datetime,
        calendar: Calendar,
    ) -> Team:
        """The team for one inbox at a moment."""
        council = self._council(authority)
        desk = self._desk(authority, inbox, conflicts)
        turn = desk.turn(at, calendar)
        order = desk.order(turn.open_now)
        usual = (*desk.usual, None, None, None)
        return Team(
            authority=authority,
            procedure=desk.inbox.procedure,
            inbox=desk.inbox.id,
            contact=order[0] if order else replace(turn.ring, mail=None),
            ring=turn.ring,
            open_now=turn.open_now,
            alternative=desk.diverted,
            escalation=usual[1],
            fallback=usual[2],
            languages=council.languages,
            brand_name=council.brand_name,
            brand_colour=council.brand_colour,
        )

    def phones_for(
        self, authority: str, inbox: str, conflicts: Collection[str] = ()
    ) -> tuple[PhoneLine, ...]:
        """The numbers of one inbox: in office hours, then outside them."""
        desk = self._desk(authority, inbox, conflicts)
        contact, night, rest = desk.ring_by_day, desk.out_of_hours, desk.otherwise
        lines = []
        if contact:
            label = self._label(authority, desk.inbox)
            office = (desk.duty.hours, label, OFFICE_HOURS, desk.diverted)
            lines.append(PhoneLine(contact.name, contact.phone, *office))
        if night and night.phone:
            lines.append(PhoneLine(night.name, night.phone, None, night.name, OUT_OF_HOURS))
        if not lines and rest.phone:
            lines.append(PhoneLine(rest.name, rest.phone, None, rest.name, ALWAYS))
        return tuple(lines)

    def phones_of(
        self, authority: str, inboxes: Iterable[str], conflicts: Collection[str] = ()
    ) -> tuple[PhoneLine, ...]:
        """The numbers of several inboxes, each once; those for office hours first."""
        lines: dict[tuple[str, str], PhoneLine] = {}
        for inbox in inboxes:
            for line in self.phones_for(authority, inbox, conflicts):
                lines.setdefault((line.when, line.phone), line)
        order = (OFFICE_HOURS, OUT_OF_HOURS, ALWAYS)
        return tuple(sorted(lines.values(), key=lambda line: order.index(line.when)))

    def _label(self, authority: str, inbox: Inbox) -> Text:
        """The office's, unless its inboxes have numbers of their own here."""
        council = self._council(authority)
        siblings = self.rules.of(inbox.procedure)
        numbers = {council.duty(each).team.phone for each in siblings}
        return self.rules.offices[inbox.office].label if len(numbers) == 1 else inbox.label

    def _council(self, authority: str) -> Council:
        return self.authorities.get(authority, self.unknown)

    def _desk(self, authority: str, name: str, conflicts: Collection[str]) -> Desk:
        council, inbox = self._council(authority), self.rules.inbox(name)
        inboxes = self.rules.inboxes.values()
        closed = Closed.by(council.duty(each) for each in inboxes if each.office in conflicts)
        shut = inbox.office in conflicts
        return Desk.of(inbox, council.duty(inbox), shut, closed, self.otherwise)
