"""Who of a team is mailed and rung: by the hour, one after the other, never round a conflict."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from webapp.meeting_requests.contact_book import Contact, Duty, same_address, same_number
from webapp.meeting_requests.inboxes import Inbox
from webapp.procedures.timescales import Calendar


@dataclass(frozen=True)
class Turn:
    """Whom to mail and whom to ring at one moment.

    `mail` is None where nobody safe is left who has a mailbox; `ring` always has a number.
    """

    mail: Contact | None
    ring: Contact
    open_now: bool


@dataclass(frozen=True)
class Closed:
    """The addresses and numbers of closed offices, whoever else they are given for."""

    mails: frozenset[str]
    phones: frozenset[str]

    @classmethod
    def by(cls, duties: Iterable[Duty]) -> Closed:
        contacts = [contact for duty in duties for contact in duty.own]
        return cls(
            frozenset(same_address(each.mail) for each in contacts if each.mail),
            frozenset(same_number(each.phone) for each in contacts if each.phone),
        )

    def and_those_of(self, duty: Duty) -> Closed:
        more = Closed.by([duty])
        return Closed(self.mails | more.mails, self.phones | more.phones)

    def without(self, contact: Contact | None) -> Contact | None:
        """The contact with its safe address and number; None if its address is not safe."""
        if contact is None or same_address(contact.mail or "") in self.mails:
            return None
        if same_number(contact.phone) not in self.phones:
            return contact
        return replace(contact, phone="") if contact.mail else None


@dataclass(frozen=True)
class Desk:
    """One inbox of one council, without whom the conflicts of a request close.

    `usual`: the duty team, then its escalation and fallback; empty where it is closed.
    `otherwise`: whom to ring where the council has no safe number.
    """

    inbox: Inbox
    duty: Duty
    usual: tuple[Contact | None, ...]
    alternative: Contact | None
    out_of_hours: Contact | None
    otherwise: Contact

    @classmethod
    def of(cls, inbox: Inbox, duty: Duty, shut: bool, closed: Closed, otherwise: Contact) -> Desk:
        """`shut`: its own office is closed. A team that shares a closed address is shut too."""
        shut = shut or closed.without(duty.team) is None
        closed = closed.and_those_of(duty) if shut else closed
        usual = (duty.team, duty.escalation, duty.fallback)
        return cls(
            inbox=inbox,
            duty=duty,
            usual=() if shut else tuple(closed.without(each) for each in usual),
            alternative=closed.without(duty.alternative),
            out_of_hours=closed.without(duty.out_of_hours),
            otherwise=otherwise,
        )

    @property
    def diverted(self) -> bool:
        return not self.usual

    @property
    def ring_by_day(self) -> Contact | None:
        """The first of those who are asked in office hours that has a number."""
        return next((each for each in self.order(open_now=True) if each.phone), None)

    def turn(
        self, at: datetime, calendar: Calendar, step: int = 0, mailed: Collection[str] = ()
    ) -> Turn:
        """See `Directory.contact_at`."""
        open_now = self.duty.hours.include(at, calendar)
        order = self.order(open_now)
        if mailed:
            had = {same_address(each) for each in mailed}
            order = [each for each in order if each.mail and same_address(each.mail) not in had]
            step = 0
        contact = order[step] if step < len(order) else None
        mail = contact if contact and contact.mail else None
        return Turn(mail, self._ring(contact, open_now), open_now)

    def order(self, open_now: bool) -> list[Contact]:
        """Who is asked, one after the other. Nobody is at the duty team's mailbox at night, so
        it comes last where the out-of-hours team has one."""
        if self.diverted:
            return [self.alternative] if self.alternative else []
        team, *others = [each for each in self.usual if each]
        if open_now or not (self.out_of_hours and self.out_of_hours.mail):
            return [team, *others]
        return [self.out_of_hours, *others, team]

    def _ring(self, contact: Contact | None, open_now: bool) -> Contact:
        """The contact while the office is open, the out-of-hours team when it is not."""
        asked = [contact, self.ring_by_day, self.out_of_hours]
        if not open_now:
            asked = [self.out_of_hours, contact, self.ring_by_day]
        return next((each for each in asked if each and each.phone), self.otherwise)
