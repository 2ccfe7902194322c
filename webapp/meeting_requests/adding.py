"""A correction in free text, or a withdrawal, of a request that was sent: words to its teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from webapp.meeting_requests.correcting import Family, Notices, Place, follow_ups
from webapp.meeting_requests.dispatching import (
    content_digest,
    escalation_times,
    status_code_of,
    status_digest_of,
)
from webapp.meeting_requests.model import CORRECTION, Dispatch, MeetingRequest, Submitted
from webapp.meeting_requests.ports import AlreadySent, MeetingRequestStore, ReferenceTaken
from webapp.meeting_requests.references import new_reference
from webapp.procedures.walking import Context

MESSAGE = "message"  # the only detail of such a request


@dataclass(frozen=True)
class Message:
    """`kind`: CORRECTION or WITHDRAWAL. `places`: the teams it is for. `key`: sends it once."""

    kind: str
    text: str
    places: tuple[Place, ...]
    language: str
    key: str


def add_message(
    message: Message,
    family: Family,
    store: MeetingRequestStore,
    notices: Notices,
    context: Context,
) -> Submitted:
    """Commit it with one dispatch for each of its teams, at the address that got the last mail.

    The same key again gives what was sent. Raises AlreadySent (other words under this key) or
    StoreUnavailable.
    """
    while True:
        request = _request(message, family, new_reference(), context)
        dispatches = _dispatches(message, family, request, context)
        mails = [notices.message(request, each) for each in dispatches]
        sent = [replace(each, mail=mail) for each, mail in zip(dispatches, mails, strict=True)]
        submitted = Submitted(request, tuple(sent))
        try:
            store.commit(submitted, message.key, _digest(message, request))
        except ReferenceTaken:
            continue
        except AlreadySent as already:
            found = store.find_by_key(message.key) if already.same_content else None
            if found is None:
                raise
            return found
        return submitted


def _request(message: Message, family: Family, reference: str, context: Context) -> MeetingRequest:
    first = family.first.request
    return MeetingRequest(
        reference=reference,
        created_at=context.now,
        procedure=first.procedure,
        versions=first.versions,
        language=message.language,
        journey=(),
        recommendation={},
        authorities={},
        departures={},
        anyway=False,
        details={MESSAGE: message.text},
        status_digest=status_digest_of(status_code_of(message.key)),
        corrects=first.reference,
    )


def _dispatches(
    message: Message, family: Family, request: MeetingRequest, context: Context
) -> Sequence[Dispatch]:
    """A correction has to be confirmed like a request; a withdrawal waits for nobody."""
    to = [each for place, each in family.latest.items() if place in message.places]
    dispatches = follow_ups(request, to, message.kind)
    if message.kind != CORRECTION:
        return dispatches
    return [
        replace(each, escalations=escalation_times(each.urgent, context.now, context.calendar))
        for each in dispatches
    ]


def _digest(message: Message, request: MeetingRequest) -> str:
    places = tuple((f"{authority}.{procedure}", "") for authority, procedure in message.places)
    return content_digest(replace(request, journey=((message.kind, ""), *places)))
