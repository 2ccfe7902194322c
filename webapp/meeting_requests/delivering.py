"""Sending what waits in the outbox: one bounded attempt for each dispatch that is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial

from webapp.meeting_requests.model import (
    CALENDAR,
    CORRECTION,
    DATA,
    RECORD,
    REQUEST,
    Attached,
    Dispatch,
    MeetingRequest,
)
from webapp.meeting_requests.ports import (
    DeliveryRefused,
    Mailer,
    MeetingRequestStore,
    StoreUnavailable,
)

_LOG = logging.getLogger("cyfarfod")
SENDING_TAKES = timedelta(seconds=30)  # at most
LEASE = 3 * SENDING_TAKES
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=15)

# (dispatch, number of the attempt, what goes with it) -> the message with its envelope
Assemble = Callable[[Dispatch, int, Attached], EmailMessage]
# What goes with the mail of a dispatch. Never raises for a single file: it is `missing` then.
Attach = Callable[[MeetingRequest, Dispatch], Attached]
WITH_ATTACHMENTS = (REQUEST, CORRECTION)


@dataclass(frozen=True)
class Deliveries:
    """How many dispatches were handed over, will be tried again, or never will be."""

    handed_over: int = 0
    failed: int = 0
    refused: int = 0


def deliver_pending(
    store: MeetingRequestStore,
    mailer: Mailer,
    assemble: Assemble,
    attach: Attach,
    now: datetime,
    limit: int = 10,
) -> Deliveries:
    """Send what is due. Never raises for a mail or the store: what fails stays due."""
    try:
        leased = store.lease_due(now, LEASE, limit)
    except StoreUnavailable:
        return Deliveries()
    tally = {"handed_over": 0, "failed": 0, "refused": 0}
    message_of = partial(_message, store, assemble, attach)
    for dispatch, token in leased:
        tally[_deliver(dispatch, token, store, mailer, message_of, now)] += 1
    return Deliveries(**tally)


def _deliver(
    dispatch: Dispatch,
    token: str,
    store: MeetingRequestStore,
    mailer: Mailer,
    message_of: Callable[[Dispatch], EmailMessage],
    now: datetime,
) -> str:
    """handed_over, failed or refused. A record that cannot be written is made good by the
    lease: it lapses, and the mail goes again as a labelled copy."""
    with suppress(StoreUnavailable):
        try:
            mailer.send(message_of(dispatch))
        except DeliveryRefused:
            store.record_refusal(dispatch, token, now)
            return "refused"
        except Exception:  # whatever it is, it must not take the requester's page with it
            store.record_failure(dispatch, token, now + _retry_after(dispatch.attempts))
            return "failed"
        store.record_handed_over(dispatch, token, now)
        return "handed_over"
    return "failed"


def _message(
    store: MeetingRequestStore, assemble: Assemble, attach: Attach, dispatch: Dispatch
) -> EmailMessage:
    return assemble(dispatch, dispatch.attempts, _attached(store, attach, dispatch))


def _attached(store: MeetingRequestStore, attach: Attach, dispatch: Dispatch) -> Attached:
    """A mail never waits for what goes with it: without it, it says so."""
    if dispatch.kind not in WITH_ATTACHMENTS or not dispatch.meetings or dispatch.to is None:
        return Attached()
    try:
        submitted = store.find(dispatch.family)
        if submitted is not None:
            return attach(submitted.request, dispatch)
    except Exception as error:  # its words may be personal; its type is not
        _LOG.error("Attachments could not be made: %s", type(error).__name__)
    return Attached(missing=(DATA, CALENDAR, RECORD))


def _retry_after(attempts: int) -> timedelta:
    """One minute, then twice as long each time, up to a quarter of an hour."""
    return min(FIRST_RETRY * 2 ** min(attempts - 1, 10), LONGEST_RETRY)
