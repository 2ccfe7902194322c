"""The message around a rendered mail. Pure: the same dispatch and attempt, the same message."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage, Message
from html import escape

from webapp.meeting_requests.model import (
    ACK_LINK,
    CALENDAR,
    DATA,
    RECORD,
    REQUEST,
    Attached,
    Dispatch,
)
from webapp.messages.language import Language
from webapp.messages.plain_text import wrapped

NOTHING = Attached()
Notes = list[tuple[str, str]]  # (language, what stands above the mail in it)
# (dispatch, language) -> the address of its acknowledge page; None where there is none
Acknowledge = Callable[[Dispatch, str], str | None]


@dataclass(frozen=True)
class Sender:
    """Assembles messages from one address, which also gives the domain of Message-IDs.

    `acknowledge`: where the duty officer confirms; without it the mails have no such link.
    """

    mail_from: str
    languages: Mapping[str, Language]
    acknowledge: Acknowledge | None = None

    def assemble(
        self, dispatch: Dispatch, attempt: int, attached: Attached = NOTHING
    ) -> EmailMessage:
        """The message of one attempt; from the second on it is labelled as a copy. What could
        not be attached is named. Raises ValueError where there is no address to send it to.
        """
        if dispatch.to is None:
            raise ValueError(f"{dispatch.reference} is for the telephone only.")
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"] = Address("Cyfarfod", addr_spec=self.mail_from)
        message["To"] = Address(addr_spec=dispatch.to)
        # a copy keeps it: mail programs that thread by subject would part it from the first
        message["Subject"] = dispatch.mail.subject
        message["Date"] = dispatch.saved_at
        self._thread(message, dispatch, attempt)
        message["Auto-Submitted"] = "auto-generated"
        if dispatch.urgent:
            message["Importance"] = "high"
        notes = self._notes(dispatch, attempt) + self._missing_notes(dispatch, attached)
        text = _linked(dispatch.mail.text, self._links(dispatch))
        if notes:
            text = "\n".join([*(wrapped(note) for _, note in notes), "", text])
        message.set_content(text, cte="quoted-printable")
        links = [escape(link) for link in self._links(dispatch)]
        html = _with_notes(_linked(dispatch.mail.html, links), notes)
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        _attach(message, attached)
        # after the parts: the first of them would take it along
        message["Content-Language"] = ", ".join(dispatch.languages)
        return message

    @property
    def _domain(self) -> str:
        return self.mail_from.partition("@")[2]

    def _links(self, dispatch: Dispatch) -> list[str]:
        """The address of the acknowledge page for each language of the mail, in their order."""
        if self.acknowledge is None:
            return []
        links = [self.acknowledge(dispatch, code) for code in dispatch.languages]
        return [link for link in links if link]

    def _thread(self, message: EmailMessage, dispatch: Dispatch, attempt: int) -> None:
        """An id for each attempt, and the mails that it belongs to: those of the whole family,
        what it corrects or was passed on from, and the first of its own copies."""
        first = f"{dispatch.reference}.1"
        before = dispatch.corrects or dispatch.passed_from
        parent = first if attempt > 1 else f"{before}.1" if before else ""
        thread = [dispatch.family, before, before and f"{before}.1", parent]
        message["Message-ID"] = self._id(f"{dispatch.reference}.{attempt}")
        message["References"] = " ".join(self._id(each) for each in dict.fromkeys(thread) if each)
        if parent:
            message["In-Reply-To"] = self._id(parent)

    def _id(self, name: str) -> str:
        return f"<{name}@{self._domain}>"

    def _notes(self, dispatch: Dispatch, attempt: int) -> Notes:
        return self._copy_notes(dispatch, attempt) + self._passed_on_notes(dispatch)

    def _copy_notes(self, dispatch: Dispatch, attempt: int) -> Notes:
        """What says that a mail is a copy, by language."""
        if attempt < 2:
            return []
        notes = []
        for code in dispatch.languages:
            words = self.languages[code]
            note = (
                words.gettext("This is copy %(num)d of the same request. Nothing has changed.")
                if dispatch.kind == REQUEST
                else words.gettext("This is copy %(num)d of the same mail. Nothing has changed.")
            )
            notes.append((code, note % {"num": attempt}))
        return notes

    def _passed_on_notes(self, dispatch: Dispatch) -> Notes:
        if dispatch.passed_by is None:
            return []
        notes = []
        for code in dispatch.languages:
            words = self.languages[code]
            note = words.gettext(
                "Passed on to you by %(team)s, who had it as %(reference)s."
                " Nothing in it has changed, and the time is counted from when it was first sent."
            )
            team = words.text(dispatch.passed_by)
            notes.append((code, note % {"team": team, "reference": dispatch.passed_from}))
        return notes

    def _missing_notes(self, dispatch: Dispatch, attached: Attached) -> Notes:
        return [
            (code, _missing(self.languages[code], kind))
            for code in dispatch.languages
            for kind in (DATA, CALENDAR, RECORD)
            if kind in attached.missing
        ]


def _attach(message: EmailMessage, attached: Attached) -> None:
    for each in attached.made:
        whole = Message()
        whole["Content-Type"] = each.media_type
        message.add_attachment(
            each.content,
            maintype=whole.get_content_maintype(),
            subtype=whole.get_content_subtype(),
            params=dict(whole.get_params(())[1:]),
            filename=each.filename,
        )


def _missing(language: Language, kind: str) -> str:
    if kind == DATA:
        return language.gettext(
            "The data file (JSON) could not be attached. This mail itself is complete."
        )
    if kind == CALENDAR:
        return language.gettext(
            "The draft for the calendar could not be attached. This mail itself is complete."
        )
    return language.gettext(
        "The record to fill in (Word) could not be attached. This mail itself is complete."
    )


def _linked(body: str, links: list[str]) -> str:
    """The body with each link in its own language's half; the halves hold equally many.

    Without a link the marker goes, with its line where it stands alone.
    """
    if not links:
        return re.sub(rf"^[ \t]*{ACK_LINK}[ \t]*\n|{ACK_LINK}", "", body, flags=re.MULTILINE)
    pieces = body.split(ACK_LINK)
    whole = pieces[0]
    for number, piece in enumerate(pieces[1:]):
        whole += links[number * len(links) // (len(pieces) - 1)] + piece
    return whole


def _with_notes(html: str, notes: Notes) -> str:
    """The notes first in the body, each in its language; they are our own words."""
    main = '<div role="main">'
    paragraphs = "".join(
        f'<p lang="{code}" style="margin:8px 12px">{escape(note)}</p>\n' for code, note in notes
    )
    return html.replace(f"{main}\n", f"{main}\n{paragraphs}", 1)
