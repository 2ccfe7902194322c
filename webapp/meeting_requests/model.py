"""Drafts, meeting requests and their dispatches. Frozen: a change makes a new one.

All moments are aware and in UTC. `Details` maps the field ids of `decision_trees/details.yaml`
to cleaned values: text, a list of option ids, or a list of people; a field left empty is absent.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from webapp.meeting_requests.acknowledgement import CANNOT_ACT, Acknowledgement, standing_of
from webapp.procedures.model import Text
from webapp.procedures.walking import Answer

SCHEMA_VERSION = 1

# Stands in a stored body where the address of the acknowledge page goes, once or more in each
# language; no cleaned text can hold it. `Sender.assemble` puts the address there at each send,
# so a preview, which is never sent, must leave it out.
ACK_LINK = "\x02acknowledge\x03"

Details = dict[str, Any]


def stamp(moment: datetime) -> str:
    """An aware moment as text of one length in UTC, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_stamp(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@dataclass(frozen=True)
class Departure:
    """Where the practitioner asks for something else than the recommendation, and why.

    `part` is type, chair, mode, anyway or attendee:<role>; `choice` is an id of `terms.yaml`, for
    an attendee also "removed" or "ask-chair", for a chair also "other", who is then named by
    `who`, or "" where only the reason counts. `reason` and `who` are as they were written.
    """

    part: str
    choice: str
    reason: str
    who: str = ""


Departures = dict[str, tuple[Departure, ...]]  # by meeting id


@dataclass(frozen=True)
class Draft:
    """A request being prepared. `code` is the resume code; `id` is derived from it.

    `versions` are those of the trees it was last read under, `counted` the questions whose
    answers counted there, and `outcome` what they led to (`procedures.outcome`); `gone` is how
    many of those questions no longer exist. `anyway`: a meeting is asked for although the result
    is not one. `begun` tells one draft from another in a list, and with `issued`, when its cookie
    was made, how long it lives. `linked`: the ids of the drafts that were started from it, and
    of the one it was started from. `locks`: how often it was hidden. `corrects`: the reference
    of the meeting request that this one corrects or adds to.
    """

    code: str
    id: str
    procedure: str
    versions: dict[str, Any]
    language: str
    answers: dict[str, Answer] = field(default_factory=dict)
    departures: Departures = field(default_factory=dict)
    anyway: bool = False
    begun: datetime | None = None
    linked: tuple[str, ...] = ()
    issued: datetime | None = field(default=None, compare=False)
    counted: tuple[str, ...] = ()
    outcome: str = ""
    gone: int = field(default=0, compare=False)
    locks: int = 0
    has_details: bool = False
    corrects: str = ""


@dataclass(frozen=True)
class Change:
    """What a correction makes different. `part` is answer, detail or departures; `id` says which:
    a question, a field or a meeting. `before` and `after` are None where there was nothing."""

    part: str
    id: str
    before: Any
    after: Any


@dataclass(frozen=True)
class MeetingRequest:
    """What was sent, once and for all: the canonical record, independent of any wording.

    `reference` is the family reference, shared by its dispatches. `recommendation` holds the
    snapshot made by `webapp.messages.snapshot` in each language: {"cy": {…}, "en": {…}}.
    `authorities`: meeting id -> GSS code of whom the request goes to. `status_digest` is the hash
    of the code that opens the status page. `linked_to`: references of linked requests that were
    sent before. `corrects`: the reference of the request that this one corrects or adds to,
    `changes` what is different in it. A correction in free text and a withdrawal are requests
    without a journey; their only detail is the `message`.
    """

    reference: str
    created_at: datetime
    procedure: str
    versions: dict[str, Any]
    language: str
    journey: tuple[tuple[str, Answer], ...]
    recommendation: dict[str, Any]
    authorities: dict[str, str]
    departures: Departures
    anyway: bool
    details: Details
    status_digest: str = ""
    linked_to: tuple[str, ...] = ()
    corrects: str = ""
    changes: tuple[Change, ...] = ()
    schema_version: int = SCHEMA_VERSION

    def as_data(self) -> dict[str, Any]:
        """JSON-able; `from_data` reads it back."""
        return asdict(self) | {"created_at": stamp(self.created_at)}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> MeetingRequest:
        return cls(
            **data
            | {
                "created_at": from_stamp(data["created_at"]),
                "journey": tuple((question, answer) for question, answer in data["journey"]),
                "departures": departures_from_data(data["departures"]),
                "linked_to": tuple(data.get("linked_to", ())),
                "changes": tuple(Change(**each) for each in data.get("changes", ())),
            }
        )


def departures_from_data(data: dict[str, Any]) -> Departures:
    return {
        meeting: tuple(Departure(**each) for each in departures)
        for meeting, departures in data.items()
    }


@dataclass(frozen=True)
class Mail:
    """One rendered mail. `subject` holds nothing personal."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Escalation:
    """What is due when nobody has confirmed: `step` 1 is the first. Kept from the start."""

    step: int
    due_at: datetime


# What a dispatch carries: to a duty team, or (receipt and news) to the requester.
REQUEST, CORRECTION, WITHDRAWAL, RECEIPT = "request", "correction", "withdrawal", "receipt"
NEWS = "news"

_CHANGING = ("attempts", "next_attempt_at", "handed_over_at", "refused_at", "acknowledgements")


@dataclass(frozen=True)
class Dispatch:
    """One mail about one request. `to` is None where only the telephone is safe.

    `inbox`, and the offices that `conflicts` close, choose whom the escalations go to
    (`Directory.contact_at`); `diverted`: a conflict took the request from the duty team.
    `languages`: the order in which the mail is written. `phone` is the number to ring at the
    time of the request. `urgent` sets the pace of the
    escalations. `corrects`: the reference of the first dispatch to the same team, whose thread
    this one continues. `meetings` is empty where there is nothing to attach: a receipt, a
    withdrawal, a correction in free text.
    Where the request stands is read from the timestamps by `use_cases.status_of`; there is no
    status to fall out of step.
    """

    reference: str
    family: str
    meetings: tuple[str, ...]
    procedure: str
    authority: str
    team: Text
    phone: str
    to: str | None
    languages: tuple[str, ...]
    urgent: bool
    mail: Mail
    saved_at: datetime
    escalations: tuple[Escalation, ...] = ()
    kind: str = REQUEST
    passed_from: str = ""
    passed_by: Text | None = None
    corrects: str = ""
    inbox: str = ""
    conflicts: tuple[str, ...] = ()
    diverted: bool = False
    attempts: int = 0
    next_attempt_at: datetime | None = None
    handed_over_at: datetime | None = None
    refused_at: datetime | None = None
    acknowledgements: tuple[Acknowledgement, ...] = ()

    @property
    def for_team(self) -> bool:
        """Whether it goes to a duty team and not to the requester."""
        return self.kind not in (RECEIPT, NEWS)

    @property
    def standing(self) -> Acknowledgement | None:
        """What counts of all that duty officers said; None while nobody has said anything."""
        return standing_of(self.acknowledgements)

    @property
    def open_escalations(self) -> tuple[Escalation, ...]:
        """None once somebody has it, or another dispatch carries the clock on."""
        standing = self.standing
        return () if standing and standing.choice != CANNOT_ACT else self.escalations

    def as_data(self) -> dict[str, Any]:
        """JSON-able, without what changes after the commit (`_CHANGING`)."""
        data = {name: value for name, value in asdict(self).items() if name not in _CHANGING}
        escalations = [[each.step, stamp(each.due_at)] for each in self.escalations]
        return data | {"saved_at": stamp(self.saved_at), "escalations": escalations}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Dispatch:
        return cls(
            **data
            | {
                "meetings": tuple(data["meetings"]),
                "languages": tuple(data["languages"]),
                "conflicts": tuple(data.get("conflicts", ())),
                "team": Text(**data["team"]),
                "passed_by": Text(**data["passed_by"]) if data.get("passed_by") else None,
                "mail": Mail(**data["mail"]),
                "saved_at": from_stamp(data["saved_at"]),
                "escalations": tuple(
                    Escalation(step, from_stamp(due)) for step, due in data["escalations"]
                ),
            }
        )


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail. `filename` is ASCII and holds nothing personal."""

    filename: str
    media_type: str
    content: bytes


# What a duty team gets with a mail: the request as data, a draft entry for a calendar, and a
# record of the meeting to fill in.
DATA, CALENDAR, RECORD = "data", "calendar", "record"


@dataclass(frozen=True)
class Attached:
    """What could be made for a mail; `missing`: the kinds that could not."""

    made: tuple[Attachment, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submitted:
    """A meeting request as it is kept, with its dispatches."""

    request: MeetingRequest
    dispatches: tuple[Dispatch, ...]


@dataclass(frozen=True)
class Receipt:
    """What the requester gets. `status_code` opens the status page and nothing else."""

    request: MeetingRequest
    status_code: str
    dispatches: tuple[Dispatch, ...]
    repeated: bool = False  # the same submission had been received before

    @property
    def reference(self) -> str:
        return self.request.reference
