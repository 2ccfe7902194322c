"""The receipt as a dispatch: to the requester, in the same outbox as the mails to duty teams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from webapp.meeting_requests.contacts import Directory
from webapp.meeting_requests.correcting import Notices
from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.model import RECEIPT, Dispatch, Mail, MeetingRequest
from webapp.meeting_requests.references import dispatch_reference
from webapp.procedures.model import Text
from webapp.procedures.recommending import Recommendation

REQUESTER = Text("dispatch.receipt", "The requester", "Y sawl a wnaeth y cais")


def plan_receipt(
    request: MeetingRequest,
    recommendation: Recommendation,
    dispatches: tuple[Dispatch, ...],
    fields: DetailFields,
    directory: Directory,
    notices: Notices | None,
) -> tuple[Dispatch, ...]:
    """The receipt with its mail, or nothing: without a safe address there is none.

    It is never sent to an inbox of a duty team, where it would look like a request.
    """
    to = fields.receipt.address(request.details, recommendation.journey.facts)
    if notices is None or to is None or _same(to) in set(_inboxes(asdict(directory))):
        return ()
    blank = _blank(request, dispatches, to)
    return (replace(blank, mail=notices.receipt(request, dispatches)),)


def _blank(request: MeetingRequest, dispatches: tuple[Dispatch, ...], to: str) -> Dispatch:
    """The receipt without its mail. Nobody has to confirm it, so nothing is due."""
    return replace(
        dispatches[0],
        reference=dispatch_reference(request.reference, len(dispatches) + 1),
        kind=RECEIPT,
        corrects="",
        meetings=(),
        team=REQUESTER,
        phone="",
        to=to,
        languages=(request.language,),
        mail=Mail("", "", ""),
        escalations=(),
        urgent=False,
        next_attempt_at=request.created_at,
    )


def _inboxes(data: Any) -> Iterator[str]:
    """Every address of the directory, wherever it stands in it."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name == "mail" and value:
                yield _same(value)
            else:
                yield from _inboxes(value)
    elif isinstance(data, (list, tuple)):
        for each in data:
            yield from _inboxes(each)


def _same(mail: str) -> str:
    return mail.strip().lower()
