"""What can be done with a draft and a meeting request. Stores, mailers and the time come in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from webapp.meeting_requests.contacts import Directory
from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.dispatching import (
    Render,
    authorities_of,
    content_digest,
    plan_dispatches,
    status_code_of,
    status_digest_of,
)
from webapp.meeting_requests.model import (
    Details,
    Dispatch,
    Draft,
    MeetingRequest,
    Receipt,
    Submitted,
)
from webapp.meeting_requests.ports import (
    AlreadySent,
    DeliveryRefused,
    Mailer,
    MeetingRequestStore,
    ReferenceTaken,
    StoreUnavailable,
)
from webapp.meeting_requests.references import new_reference
from webapp.procedures.recommending import Recommendation
from webapp.procedures.walking import Context

SAME_WITHIN = timedelta(hours=24)
SENDING_TAKES = timedelta(seconds=30)  # at most
LEASE = 3 * SENDING_TAKES
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=15)


@dataclass(frozen=True)
class Submission:
    """What the check page showed and the practitioner sends.

    `recommendation` is the live one; `snapshot` is the same as data
    (`webapp.messages.snapshot`). `key`: see `drafts.new_submission_key`. `authority`: a GSS
    code, chosen where the answers name none for a meeting. `linked_to`: references.
    """

    draft: Draft
    details: Details
    recommendation: Recommendation
    snapshot: dict[str, Any]
    key: str
    confirmed_again: bool = False
    authority: str | None = None
    linked_to: tuple[str, ...] = ()


# (dispatch, number of the attempt) -> the message with its envelope
Assemble = Callable[[Dispatch, int], EmailMessage]


@dataclass(frozen=True)
class Deliveries:
    """How many dispatches were handed over, will be tried again, or never will be."""

    handed_over: int = 0
    failed: int = 0
    refused: int = 0


def preview_mails(
    submission: Submission,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
) -> tuple[Dispatch, ...]:
    """The mails as they will read, without a reference, for the check page. Nothing is stored.

    Raises AuthorityNeeded.
    """
    request = _request(submission, "", fields, context.now)
    return plan_dispatches(request, submission.recommendation, directory, fields, render, context)


def submit_meeting_request(
    submission: Submission,
    store: MeetingRequestStore,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
) -> Receipt:
    """Commit the request and one dispatch per duty team, once.

    The same key and content again give the same receipt (`repeated`). Raises AuthorityNeeded,
    AlreadySent, LooksTheSame or StoreUnavailable.
    """
    request = _request(submission, "", fields, context.now)
    if before := _receipt(submission.key, request, store):
        return before
    twins_since = None if submission.confirmed_again else context.now - SAME_WITHIN
    while True:
        submitted = _with_reference(submission, directory, fields, render, context)
        try:
            store.commit(submitted, submission.key, content_digest(request), twins_since)
        except ReferenceTaken:
            continue
        except AlreadySent:  # by a second press that came a moment before
            if before := _receipt(submission.key, request, store):
                return before
            raise
        code = status_code_of(submission.key)
        return Receipt(submitted.request.reference, code, submitted.dispatches)


def _with_reference(
    submission: Submission,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
) -> Submitted:
    """The request under a new reference, with its dispatches rendered."""
    request = _request(submission, new_reference(), fields, context.now)
    dispatches = plan_dispatches(
        request, submission.recommendation, directory, fields, render, context
    )
    return Submitted(request, dispatches)


def _request(
    submission: Submission, reference: str, fields: DetailFields, now: datetime
) -> MeetingRequest:
    """The canonical request. Details whose question no longer applies are left behind here:
    a name given before somebody chose to stay anonymous is never stored."""
    draft, recommendation = submission.draft, submission.recommendation
    journey = recommendation.journey
    return MeetingRequest(
        reference=reference,
        created_at=now,
        procedure=draft.procedure,
        versions=dict(submission.snapshot.get("versions", draft.versions)),
        language=draft.language,
        journey=tuple((step.question.id, step.answer) for step in journey.steps),
        recommendation=submission.snapshot,
        authorities=authorities_of(recommendation, submission.authority),
        departures=draft.departures,
        anyway=draft.anyway,
        details=fields.of(draft.procedure).kept(submission.details, journey.facts),
        status_digest=status_digest_of(status_code_of(submission.key)),
        linked_to=submission.linked_to,
    )


def receipt_of_key(
    submission: Submission, store: MeetingRequestStore, fields: DetailFields, now: datetime
) -> Receipt | None:
    """What was sent under this key; None if nothing was. Raises AlreadySent if that differs."""
    return _receipt(submission.key, _request(submission, "", fields, now), store)


def _receipt(key: str, request: MeetingRequest, store: MeetingRequestStore) -> Receipt | None:
    found = store.find_by_key(key)
    if found is None:
        return None
    if content_digest(found.request) != content_digest(request):
        raise AlreadySent(found.request.reference, same_content=False)
    return Receipt(found.request.reference, status_code_of(key), found.dispatches, repeated=True)


def deliver_pending(
    store: MeetingRequestStore,
    mailer: Mailer,
    assemble: Assemble,
    now: datetime,
    limit: int = 10,
) -> Deliveries:
    """Send what is due. Never raises for a mail or the store: what fails stays due."""
    try:
        leased = store.lease_due(now, LEASE, limit)
    except StoreUnavailable:
        return Deliveries()
    tally = {"handed_over": 0, "failed": 0, "refused": 0}
    for dispatch, token in leased:
        tally[_deliver(dispatch, token, store, mailer, assemble, now)] += 1
    return Deliveries(**tally)


def _deliver(
    dispatch: Dispatch,
    token: str,
    store: MeetingRequestStore,
    mailer: Mailer,
    assemble: Assemble,
    now: datetime,
) -> str:
    """handed_over, failed or refused. A record that cannot be written is made good by the
    lease: it lapses, and the mail goes again as a labelled copy."""
    with suppress(StoreUnavailable):
        try:
            mailer.send(assemble(dispatch, dispatch.attempts))
        except DeliveryRefused:
            store.record_refusal(dispatch, token, now)
            return "refused"
        except Exception:  # whatever it is, it must not take the requester's page with it
            store.record_failure(dispatch, token, now + _retry_after(dispatch.attempts))
            return "failed"
        store.record_handed_over(dispatch, token, now)
        return "handed_over"
    return "failed"


def _retry_after(attempts: int) -> timedelta:
    """One minute, then twice as long each time, up to a quarter of an hour."""
    return min(FIRST_RETRY * 2 ** min(attempts - 1, 10), LONGEST_RETRY)


def status_of(dispatch: Dispatch) -> str:
    """saved, handed-over, refused or telephone-only; read from the timestamps."""
    if dispatch.to is None:
        return "telephone-only"
    if dispatch.handed_over_at:
        return "handed-over"
    return "refused" if dispatch.refused_at else "saved"


def opens_status(request: MeetingRequest, status_code: str) -> bool:
    """Whether this is the code that the receipt of the request gave out."""
    return status_digest_of(status_code) == request.status_digest
