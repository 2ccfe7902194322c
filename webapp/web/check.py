"""The check page: everything at once, the mail as it will read, and the sending of it.

Sending commits once. The same press again gives the same request; a press of another page
with the same content is asked about, never refused.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.correcting import family_of
from webapp.meeting_requests.delivering import deliver_pending
from webapp.meeting_requests.dispatching import AuthorityNeeded
from webapp.meeting_requests.drafts import is_submission_key, new_submission_key
from webapp.meeting_requests.model import Details, Dispatch, MeetingRequest, Receipt
from webapp.meeting_requests.ports import AlreadySent, LooksTheSame, StoreUnavailable
from webapp.meeting_requests.saved_details import SENT, sent_in, with_sent
from webapp.meeting_requests.use_cases import (
    Submission,
    preview_mails,
    receipt_of_key,
    request_of,
    submit_meeting_request,
)
from webapp.messages.snapshot import recommendation_data
from webapp.web.asked import departure_rows, missing_people
from webapp.web.corrections import correction_of
from webapp.web.details import details_kept, keep_details
from webapp.web.draft_cookies import close, keep, open_visit
from webapp.web.journey import SWITCH, Answered, go, next_address
from webapp.web.languages import address, language, page
from webapp.web.linking import linked_references
from webapp.web.notices import notices_of
from webapp.web.presenting import answer_rows, deciders
from webapp.web.reviewing import authority_choices, detail_parts, missing_fields
from webapp.web.security import require_token
from webapp.web.sent import remember_sent
from webapp.web.sheets import parts_of
from webapp.web.short_mails import short_mails
from webapp.web.visits import Visit, services

check = Blueprint("check", __name__)

AUTHORITY = "send-to"  # kept beside the details where the answers name no authority
KEY, SHOWN, AGAIN = "key", "shown", "again"


@page(check, "/{journey}/<draft_id>/{check}", "GET", "POST")
def show(draft_id: str) -> Answered:
    visit = open_visit(draft_id, even_if_changed=request.method == "POST")
    if not visit.arrived or not visit.recommendation.meetings:
        return go(next_address(visit, **{"from": "later"}))
    if request.method == "POST":
        require_token(visit.draft)
        return _send(visit)
    details = details_kept(visit)
    if not details:
        return go(address("details.begin", draft_id=draft_id))
    return keep(_page(visit, details), replace(visit.draft, has_details=True))


def _submission(visit: Visit, details: Details, key: str) -> Submission:
    corrects = visit.draft.corrects
    family = family_of(corrects, services().store) if corrects else None
    return Submission(
        draft=replace(visit.draft, language=language().code),
        details=details,
        recommendation=visit.recommendation,
        snapshots={
            code: recommendation_data(visit.recommendation, each)
            for code, each in services().languages.items()
        },
        key=key,
        confirmed_again=AGAIN in request.form,
        authority=details.get(AUTHORITY),
        linked_to=linked_references(visit),
        sent=sent_in(details) if visit.draft.corrects else None,
        family=family,
    )


def shown_digest(visit: Visit, details: Details) -> str:
    """Changes with an answer, a detail, the tree, or a time limit that passes."""
    shown = [
        recommendation_data(visit.recommendation, services().languages["en"]),
        [asdict(each) for listed in visit.draft.departures.values() for each in listed],
        {name: value for name, value in details.items() if name != SENT},
    ]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def _page(visit: Visit, details: Details, **notices: Any) -> Response:
    """The check page; `notices` say what happened to an attempt to send."""
    key = notices.pop("key", None) or new_submission_key(visit.draft, services().keyring)
    status = notices.pop("status", 200)
    shown = render_template(
        "pages/check.html",
        visit=visit,
        answers=answer_rows(visit, change="check"),
        departures=departure_rows(visit, details),
        needed=missing_people(visit, details),
        parts=detail_parts(visit, details, parts_of(visit)),
        missing=missing_fields(visit, details),
        notices=notices_of(visit, details),
        key=key,
        digest=shown_digest(visit, details),
        sent_as=sent_in(details),
        receipt=services().fields.receipt.address(details, visit.journey.facts),
        deciders=deciders(visit),
        **_of_sending(visit, details, key),
        **notices,
    )
    return Response(shown, status)


def _of_sending(visit: Visit, details: Details, key: str) -> dict[str, Any]:
    """The mails and what they correct; or the councils to choose from, where none is known."""
    try:
        return {
            "correction": correction_of(visit, _request(visit, details, key), details),
            "mails": _preview(visit, details, key),
            "authority_choices": [],
        }
    except AuthorityNeeded:
        return {"correction": None, "mails": (), "authority_choices": authority_choices()}


def _request(visit: Visit, details: Details, key: str) -> MeetingRequest:
    """What would be sent, still without a reference. Raises AuthorityNeeded."""
    submission = _submission(visit, details, key)
    return request_of(submission, "", services().fields, visit.context.now)


def _preview(visit: Visit, details: Details, key: str) -> tuple[Dispatch, ...]:
    place = services()
    submission = _submission(visit, details, key)
    render, context = place.renderer.render, visit.context
    return preview_mails(submission, place.directory, place.fields, render, context, short_mails())


def _send(visit: Visit) -> Answered:
    """Take what the check page posted: an authority, or the order to send."""
    key = request.form.get(KEY, "")
    if not is_submission_key(key, visit.draft, services().keyring):
        key = ""
    try:
        details = details_kept(visit)
        if AUTHORITY in request.form:
            return _choose_authority(visit, details)
        problem = _problem(visit, details, key)
        if not problem:
            return _sent(visit, _submit(visit, details, key))
        if earlier := _sent_under(visit, details, key):
            return _sent(visit, earlier)
        return _page(visit, details, status=422, **problem)
    except LooksTheSame as twin:
        return _ask_again(visit, key, twin)
    except AlreadySent as sent:
        return _page_of_sent(visit, sent)
    except StoreUnavailable:
        digest = request.form.get(SHOWN, "")
        return render_template("pages/not_sent.html", visit=visit, key=key, digest=digest), 503


def _problem(visit: Visit, details: Details, key: str) -> dict[str, Any]:
    """Why it cannot be sent as the page showed it; empty if it can."""
    if missing_fields(visit, details):
        return {"incomplete": True, "key": key}
    if _changes_nothing(visit, details, key):
        return {"key": key}
    if not key or request.form.get(SHOWN) != shown_digest(visit, details):
        return {"changed": True}
    return {}


def _changes_nothing(visit: Visit, details: Details, key: str) -> bool:
    """Whether this is a correction of what was sent, without a difference to it."""
    if not visit.draft.corrects or sent_in(details) is None:
        return False
    with suppress(AuthorityNeeded):
        return not _request(visit, details, key).changes
    return False


def _sent_under(visit: Visit, details: Details, key: str) -> Receipt | None:
    """A press whose answer was lost did send, whatever has changed since. Raises AlreadySent."""
    place, submission = services(), _submission(visit, details, key)
    if not key:
        return None
    return receipt_of_key(submission, place.store, place.fields, visit.context.now)


def _submit(visit: Visit, details: Details, key: str) -> Receipt:
    place = services()
    receipt = submit_meeting_request(
        _submission(visit, details, key),
        place.store,
        place.directory,
        place.fields,
        place.renderer.render,
        visit.context,
        short_mails(),
    )
    # One attempt at once; whatever it does, the request is safe and the loop goes on.
    deliver_pending(place.store, place.mailer, place.sender.assemble, place.attach, place.clock())
    with suppress(StoreUnavailable):  # for copies, corrections and a browser that misses this
        keep_details(visit, with_sent(details_kept(visit), receipt.request))
    return receipt


def _sent(visit: Visit, receipt: Receipt) -> Response:
    response = go(address("statuses.show", reference=receipt.reference))
    remember_sent(response, visit, receipt)
    return close(response, visit.draft.id)


def _choose_authority(visit: Visit, details: Details) -> Answered:
    chosen = request.form.get(AUTHORITY, "")
    if SWITCH in request.form:
        return _page(visit, details, chosen=chosen)
    if chosen not in services().library.authorities:
        error = _("Choose the council that this goes to")
        return _page(visit, details, status=422, authority_error=error)
    keep_details(visit, details | {AUTHORITY: chosen})
    return go(address("check.show", draft_id=visit.draft.id))


def _ask_again(visit: Visit, key: str, twin: LooksTheSame) -> Answered:
    return render_template(
        "pages/looks_the_same.html",
        visit=visit,
        reference=twin.reference,
        sent_at=twin.sent_at,
        key=key,
        digest=request.form.get(SHOWN, ""),
    )


def _page_of_sent(visit: Visit, sent: AlreadySent) -> Answered:
    return render_template("pages/already_sent.html", visit=visit, reference=sent.reference), 409
