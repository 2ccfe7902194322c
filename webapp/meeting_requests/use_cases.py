"""What can be done with a draft and a meeting request. Stores, mailers and the time come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from webapp.meeting_requests.contacts import Directory, Team
from webapp.meeting_requests.model import (
    Details,
    Dispatch,
    Draft,
    Mail,
    MeetingRequest,
    Receipt,
)
from webapp.meeting_requests.ports import DraftStore, Mailer, MeetingRequestStore
from webapp.procedures.model import Procedure
from webapp.procedures.recommending import Recommendation
from webapp.procedures.walking import Context


@dataclass(frozen=True)
class Submission:
    """What the check page showed and the practitioner sends.

    `recommendation` is the live one; `snapshot` is the same as data
    (`webapp.procedures.snapshot`). `key`: see `drafts.new_submission_key`.
    """

    draft: Draft
    details: Details
    recommendation: Recommendation
    snapshot: dict[str, object]
    key: str
    confirmed_again: bool = False


# (request, recommendation, ids of the meetings, team, reference of the dispatch) -> the mail
Render = Callable[[MeetingRequest, Recommendation, tuple[str, ...], Team, str], Mail]
# (dispatch, number of the attempt) -> the message with its envelope
Assemble = Callable[[Dispatch, int], EmailMessage]


@dataclass(frozen=True)
class Resumed:
    draft: Draft
    details: Details


@dataclass(frozen=True)
class Deliveries:
    """How many dispatches were handed over, will be tried again, or never will be."""

    handed_over: int = 0
    failed: int = 0
    refused: int = 0


def save_details(
    draft: Draft, details: Details, procedure: Procedure, store: DraftStore, now: datetime
) -> None:
    """Keep the details, and a copy of the answers, under the key derived from the resume code."""
    raise NotImplementedError


def load_details(
    draft: Draft, procedures: dict[str, Procedure], store: DraftStore, now: datetime
) -> Details:
    """The saved details; empty if there are none or they have expired."""
    raise NotImplementedError


def resume(
    code: str, procedures: dict[str, Procedure], store: DraftStore, now: datetime
) -> Resumed | None:
    """The draft with this resume code, as it was typed; None if there is none."""
    raise NotImplementedError


def preview_mails(
    submission: Submission, directory: Directory, render: Render, context: Context
) -> tuple[Dispatch, ...]:
    """The mails as they will read, without a reference, for the check page. Nothing is stored."""
    raise NotImplementedError


def submit_meeting_request(
    submission: Submission,
    store: MeetingRequestStore,
    directory: Directory,
    render: Render,
    context: Context,
) -> Receipt:
    """Commit the request and one dispatch per duty team, once.

    The same key and content again give the same receipt (`repeated`). Raises AlreadySent,
    LooksTheSame or StoreUnavailable.
    """
    raise NotImplementedError


def deliver_pending(
    store: MeetingRequestStore, mailer: Mailer, assemble: Assemble, now: datetime, limit: int = 10
) -> Deliveries:
    """Send what is due. Never raises: what fails stays due."""
    raise NotImplementedError


def status_of(dispatch: Dispatch) -> str:
    """saved, handed-over, refused or telephone-only; read from the timestamps."""
    raise NotImplementedError
