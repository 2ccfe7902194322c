"""What the use cases need from the world, and the errors an adapter may raise."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol

from webapp.meeting_requests.acknowledgement import Acknowledgement
from webapp.meeting_requests.model import Dispatch, Submitted


class StoreUnavailable(Exception):
    """The store cannot be read or written now. Nothing was saved by the failed call.

    The text is for whoever runs the service: what is wrong and what to do, nothing personal.
    """


class DeliveryFailed(Exception):
    """The mail may go later: try again."""


class DeliveryRefused(Exception):
    """The mail will never go as it is: do not try again."""


class ReferenceTaken(Exception):
    """A request with this reference exists; choose another."""


class AlreadySent(Exception):
    """This submission key was used before. `same_content`: for the very same request."""

    def __init__(self, reference: str, same_content: bool) -> None:
        super().__init__(reference)
        self.reference = reference
        self.same_content = same_content


class LooksTheSame(Exception):
    """The same content was sent under another key within a day. Ask, do not block."""

    def __init__(self, reference: str, sent_at: datetime) -> None:
        super().__init__(reference)
        self.reference = reference
        self.sent_at = sent_at


class Overtaken(Exception):
    """Somebody else has just written what this was worked out from: read it again."""


class DraftStore(Protocol):
    """Keeps sealed drafts. It never holds what would open them."""

    def save_draft(self, draft_id: str, sealed: bytes, expires_at: datetime) -> None: ...

    def load_draft(self, draft_id: str, now: datetime) -> bytes | None:
        """None when there is none or it has expired."""

    def forget_draft(self, draft_id: str) -> None: ...


class MeetingRequestStore(Protocol):
    """Keeps meeting requests and is the outbox: what is committed here will be sent."""

    def commit(
        self, submitted: Submitted, key: str, content: str, twins_since: datetime | None = None
    ) -> None:
        """Request, dispatches, submission key and escalation times, all or nothing.

        `content` is a digest of what was asked. Raises AlreadySent when `key` was used, then
        LooksTheSame when `content` was sent at or after `twins_since`, then ReferenceTaken when
        the reference was. Of several commits at the same instant one comes first, and the
        others see it.
        """

    def find(self, reference: str) -> Submitted | None: ...

    def find_by_key(self, key: str) -> Submitted | None: ...

    def find_corrections(self, reference: str) -> tuple[Submitted, ...]:
        """What corrects, adds to or withdraws the request, the oldest first."""

    def lease_due(self, now: datetime, length: timedelta, limit: int) -> list[tuple[Dispatch, str]]:
        """Dispatches to send now, each with the token of a lease that no one else holds.

        A lease counts as one attempt; it lapses after `length`.
        """

    def check(self) -> None:
        """Raises StoreUnavailable if nothing could be saved now."""

    def outbox(self) -> list[dict[str, str | int]]:
        """What was sent and what waits, the oldest first, without anything personal:
        reference, kind, attempts, next_attempt_at, handed_over_at, refused_at ("" where unset)."""

    def record_handed_over(self, dispatch: Dispatch, token: str, at: datetime) -> bool:
        """False when the lease was lost: another sender's word counts, not ours."""

    def record_failure(self, dispatch: Dispatch, token: str, retry_at: datetime) -> bool: ...

    def record_refusal(self, dispatch: Dispatch, token: str, at: datetime) -> bool: ...

    def acknowledge(
        self,
        dispatch: Dispatch,
        said: Acknowledgement,
        form: str,
        follow: tuple[Dispatch, ...] = (),
    ) -> bool:
        """Keep what a duty officer said and the dispatches that follow from it, all or nothing.

        Unless they cannot act, the escalations of the dispatch are marked as ended. `form`: the
        form it was said in; False if that was sent before. Raises Overtaken when the dispatch
        has other acknowledgements than `dispatch` shows, or a reference of `follow` is taken.
        """


class Mailer(Protocol):
    """Hands a mail over to whatever carries it."""

    def send(self, message: EmailMessage) -> None:
        """Raises DeliveryFailed or DeliveryRefused."""
