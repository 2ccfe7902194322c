"""Correcting a request with its draft: its answers and details open again while it lives.

What is sent then says what has changed. Without the draft there are free words (`additions.py`).
Only the browser that remembers the request, or has its codes, comes here: the reference alone
opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint

from webapp.meeting_requests.model import (
    Details,
    Draft,
    MeetingRequest,
)
from webapp.meeting_requests.saved_details import save_details, sent_in
from webapp.messages.changes_part import changes
from webapp.messages.parts import Section
from webapp.messages.plain_words import PlainWords
from webapp.web.draft_cookies import MOST_DRAFTS, keep, make_room, open_drafts, open_visit
from webapp.web.journey import Answered, go, page_address
from webapp.web.languages import address, language, page
from webapp.web.security import require_token
from webapp.web.sent import Remembered, draft_of, opened, require_status_token
from webapp.web.statuses import ask_for_code
from webapp.web.visits import Visit, services, visit_of

corrections = Blueprint("corrections", __name__)

KEY, TEAM, CONFLICT = "key", "team", "conflict"


# -- with the draft -----------------------------------------------------------------


@page(corrections, "/{status}/<reference>/{correct}", "POST")
def begin(reference: str) -> Answered:
    """Open the draft again, as a correction of the first request of its family."""
    found = opened(reference)
    if found is None:
        return ask_for_code(reference)
    sent, known = found
    require_status_token(known)
    resumed = draft_of(known)
    if resumed is None:
        return go(address("additions.add", reference=reference))
    others = [each for each in open_drafts() if each.id != resumed.draft.id]
    if len(others) >= MOST_DRAFTS:
        return go(address("drafts.listing"))
    first = sent.request.corrects or sent.request.reference
    return _reopened(replace(resumed.draft, corrects=first), resumed.details)


@page(corrections, "/{journey}/<draft_id>/{correct}", "POST")
def mark(draft_id: str) -> Answered:
    """What is sent from this draft corrects what was sent from it before."""
    visit = open_visit(draft_id)
    require_token(visit.draft)
    place = services()
    resumed = draft_of(Remembered("", "", draft_id, visit.draft.code, 0, visit.draft.locks))
    sent = sent_in(resumed.details) if resumed else None
    if resumed is None or sent is None or place.store.find(sent.reference) is None:
        return go(address("check.show", draft_id=draft_id))
    return _reopened(
        replace(visit.draft, corrects=sent.corrects or sent.reference), resumed.details
    )


def _reopened(draft: Draft, details: Details) -> Answered:
    """At the check page; where it was urgent, at the first question that was left for later."""
    place = services()
    now = place.clock()
    save_details(draft, details, place.library.procedures[draft.procedure], place.store, now)
    visit = visit_of(draft)
    left = visit.next_page() if visit.urgent else None
    where = page_address(visit, left) if left else address("check.show", draft_id=draft.id)
    return keep(make_room(go(where), draft), draft)


# -- on the check page --------------------------------------------------------------


@dataclass(frozen=True)
class Correction:
    """What the check page says of a correction. `known`: whether the changes can be listed."""

    reference: str
    section: Section
    known: bool
    changed: bool


def correction_of(visit: Visit, request_: MeetingRequest, details: Details) -> Correction | None:
    """None where the draft corrects nothing."""
    if not request_.corrects:
        return None
    words = PlainWords(language(), visit.procedure, visit.fields)
    known = sent_in(details) is not None
    section = changes(words, request_, None)
    return Correction(request_.corrects, section, known, bool(request_.changes))
