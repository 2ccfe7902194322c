"""The details of a draft in the store, under a key that only its resume code gives.

A copy of the answers lies beside them, so that the code opens the whole draft on another device.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from webapp.meeting_requests.codes import details_key, draft_id, parse_code
from webapp.meeting_requests.draft_data import draft_as_data, draft_from_data
from webapp.meeting_requests.model import Details, Draft, MeetingRequest
from webapp.meeting_requests.ports import DraftStore
from webapp.meeting_requests.sealing import CannotOpen, seal, unseal
from webapp.procedures.model import Procedure

DETAILS_KEPT = timedelta(hours=24)  # since they were last saved
SENT = "sent-as"  # kept beside the details: what was sent last, without the recommendation


class DraftLocked(Exception):
    """The draft was hidden since this copy of it was made: its resume code opens it."""


@dataclass(frozen=True)
class Resumed:
    draft: Draft
    details: Details


def save_details(
    draft: Draft, details: Details, procedure: Procedure, store: DraftStore, now: datetime
) -> None:
    """Keep the details, and a copy of the answers, under the key derived from the resume code."""
    data = {"draft": draft_as_data(draft, procedure), "details": details}
    plain = zlib.compress(json.dumps(data, ensure_ascii=False).encode())
    sealed = seal(plain, details_key(draft.code), draft.id)
    store.save_draft(draft.id, sealed, now + DETAILS_KEPT)


def with_sent(details: Details, request: MeetingRequest) -> Details:
    """The details, and with them the request that was made of them."""
    return details | {SENT: replace(request, recommendation={}).as_data()}


def sent_in(details: Details) -> MeetingRequest | None:
    """What was sent last from this draft, without the recommendation; None if nothing was."""
    try:
        return MeetingRequest.from_data(details[SENT])
    except (KeyError, TypeError, ValueError):
        return None


def load_details(
    draft: Draft, procedures: Mapping[str, Procedure], store: DraftStore, now: datetime
) -> Details:
    """The saved details; empty if there are none or they have expired. Raises DraftLocked."""
    resumed = resume(draft.code, procedures, store, now)
    if resumed and resumed.draft.locks > draft.locks:
        raise DraftLocked
    return resumed.details if resumed else {}


def lock_details(
    draft: Draft, procedures: Mapping[str, Procedure], store: DraftStore, now: datetime
) -> None:
    """From now on the details, if there are any, open only for drafts locked as often as this."""
    if details := load_details(draft, procedures, store, now):
        save_details(draft, details, procedures[draft.procedure], store, now)


def resume(
    code: str, procedures: Mapping[str, Procedure], store: DraftStore, now: datetime
) -> Resumed | None:
    """The draft with this resume code, as it was typed; None if there is none."""
    parsed = parse_code(code)
    if parsed is None:
        return None
    of = draft_id(parsed)
    sealed = store.load_draft(of, now)
    if sealed is None:
        return None
    try:
        data = json.loads(zlib.decompress(unseal(sealed, details_key(parsed), of)))
        draft = replace(draft_from_data(data["draft"], procedures), has_details=True)
        return Resumed(draft, data["details"])
    except (CannotOpen, zlib.error, ValueError, KeyError, TypeError):
        return None
