"""Sending what waits in the outbox: one bounded attempt for each dispatch that is due."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from webapp.meeting_requests.model import Dispatch
from webapp.meeting_requests.ports import (
    DeliveryRefused,
    Mailer,
    MeetingRequestStore,
    StoreUnavailable,
)

SENDING_TAKES = timedelta(seconds=30)  # at most
LEASE = 3 * SENDING_TAKES
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=15)

# (dispatch, number of the attempt) -> the message with its envelope
Assemble = Callable[[Dispatch, int], EmailMessage]


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
