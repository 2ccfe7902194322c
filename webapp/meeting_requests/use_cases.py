"""What can be done with a draft and a meeting request. Stores, mailers and the time come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from webapp.meeting_requests.contacts import Directory
from webapp.meeting_requests.correcting import (
    Family,
    Notices,
    as_correction,
    away_from_conflict,
    changes,
    dropped,
    passed_copies,
    rendering,
)
from webapp.meeting_requests.departing import against_result, standing
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
    MeetingRequestStore,
    ReferenceTaken,
)
from webapp.meeting_requests.receiving import plan_receipt
from webapp.meeting_requests.references import new_reference
from webapp.procedures.recommending import Recommendation
from webapp.procedures.walking import Context

SAME_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class Submission:
    """What the check page showed and the practitioner sends.

    `recommendation` is the live one; `snapshots` are the same as data, by language
    (`webapp.messages.snapshot`). `key`: see `drafts.new_submission_key`. `authority`: a GSS
    code, chosen where the answers name none for a meeting. `linked_to`: references. Of a
    correction `sent` is what was sent last, if it is known, and `family` all that was.
    """

    draft: Draft
    details: Details
    recommendation: Recommendation
    snapshots: dict[str, Any]
    key: str
    confirmed_again: bool = False
    authority: str | None = None
    linked_to: tuple[str, ...] = ()
    sent: MeetingRequest | None = None
    family: Family | None = None


def preview_mails(
    submission: Submission,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
    notices: Notices | None = None,
) -> tuple[Dispatch, ...]:
    """The mails as they will read, without a reference, for the check page. Nothing is stored.

    Raises AuthorityNeeded.
    """
    request = request_of(submission, "", fields, context.now)
    return _planned(submission, request, directory, fields, render, context, notices)


def submit_meeting_request(
    submission: Submission,
    store: MeetingRequestStore,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
    notices: Notices | None = None,
) -> Receipt:
    """Commit the request, one dispatch per duty team and a receipt, once.

    The same key and content again give the same receipt (`repeated`). Raises AuthorityNeeded,
    AlreadySent, LooksTheSame or StoreUnavailable.
    """
    request = request_of(submission, "", fields, context.now)
    if before := _receipt(submission.key, request, store):
        return before
    twins_since = None if submission.confirmed_again else context.now - SAME_WITHIN
    while True:
        submitted = _with_reference(submission, directory, fields, render, context, notices)
        try:
            store.commit(submitted, submission.key, content_digest(request), twins_since)
        except ReferenceTaken:
            continue
        except AlreadySent:  # by a second press that came a moment before
            if before := _receipt(submission.key, request, store):
                return before
            raise
        code = status_code_of(submission.key)
        return Receipt(submitted.request, code, submitted.dispatches)


def _with_reference(
    submission: Submission,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
    notices: Notices | None,
) -> Submitted:
    """The request under a new reference, with its dispatches rendered."""
    request = request_of(submission, new_reference(), fields, context.now)
    planned = _planned(submission, request, directory, fields, render, context, notices)
    receipt = plan_receipt(request, submission.recommendation, planned, fields, directory, notices)
    return Submitted(request, (*planned, *receipt))


def _planned(
    submission: Submission,
    request: MeetingRequest,
    directory: Directory,
    fields: DetailFields,
    render: Render,
    context: Context,
    notices: Notices | None,
) -> tuple[Dispatch, ...]:
    """The dispatches to duty teams; those of a correction to everybody who has been told."""
    recommendation, family = submission.recommendation, submission.family
    if family is None:
        return plan_dispatches(request, recommendation, directory, fields, render, context)
    told = family.latest
    render = rendering(render, told)
    planned = plan_dispatches(request, recommendation, directory, fields, render, context)
    planned = as_correction(planned, told)
    planned = (*planned, *passed_copies(planned, family))
    gone = away_from_conflict(dropped(request, planned, told), recommendation, directory, context)
    if notices is None:
        return planned
    mails = [notices.no_longer(request, recommendation, each) for each in gone]
    notes = [replace(each, mail=mail) for each, mail in zip(gone, mails, strict=True)]
    return (*planned, *notes)


def request_of(
    submission: Submission, reference: str, fields: DetailFields, now: datetime
) -> MeetingRequest:
    """The canonical request. Details whose question no longer applies are left behind here:
    a name given before somebody chose to stay anonymous is never stored."""
    draft, recommendation = submission.draft, submission.recommendation
    journey, meetings = recommendation.journey, recommendation.meetings
    request = MeetingRequest(
        reference=reference,
        created_at=now,
        procedure=draft.procedure,
        versions=dict(submission.snapshots[draft.language]["versions"]),
        language=draft.language,
        journey=tuple((step.question.id, step.answer) for step in journey.steps),
        recommendation=submission.snapshots,
        authorities=authorities_of(recommendation, submission.authority),
        departures=standing(draft.departures, recommendation),
        anyway=any(against_result(each, recommendation) for each in meetings),
        details=fields.of(draft.procedure).kept(submission.details, journey.facts),
        status_digest=status_digest_of(status_code_of(submission.key)),
        linked_to=submission.linked_to,
        corrects=draft.corrects,
    )
    before = submission.sent
    return replace(request, changes=changes(before, request)) if before else request


def receipt_of_key(
    submission: Submission, store: MeetingRequestStore, fields: DetailFields, now: datetime
) -> Receipt | None:
    """What was sent under this key; None if nothing was. Raises AlreadySent if that differs."""
    return _receipt(submission.key, request_of(submission, "", fields, now), store)


def _receipt(key: str, request: MeetingRequest, store: MeetingRequestStore) -> Receipt | None:
    found = store.find_by_key(key)
    if found is None:
        return None
    if content_digest(found.request) != content_digest(request):
        raise AlreadySent(found.request.reference, same_content=False)
    return Receipt(found.request, status_code_of(key), found.dispatches, repeated=True)


def status_of(dispatch: Dispatch) -> str:
    """have-it, wrong-team or cannot-act as a duty officer said; else saved, handed-over, refused
    or telephone-only; read from the timestamps."""
    if dispatch.standing:
        return dispatch.standing.choice
    if dispatch.to is None:
        return "telephone-only"
    if dispatch.handed_over_at:
        return "handed-over"
    return "refused" if dispatch.refused_at else "saved"


def opens_status(request: MeetingRequest, status_code: str) -> bool:
    """Whether this is the code that the receipt of the request gave out."""
    return status_digest_of(status_code) == request.status_digest
