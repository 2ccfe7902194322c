"""What this browser remembers of the requests it has sent: a sealed cookie for each.

It holds the status code, which opens the status page, and for as long as the draft lives its
resume code: from it a copy can be made, and a correction can begin where the request ended.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from flask import Response, abort, request

from webapp.meeting_requests.model import Receipt, Submitted
from webapp.meeting_requests.references import parse_reference
from webapp.meeting_requests.saved_details import Resumed, resume
from webapp.meeting_requests.sealing import (
    CannotOpen,
    from_text,
    seal_with,
    to_text,
    unseal_with,
)
from webapp.web.draft_cookies import cookie_name, drop_cookie, set_cookie
from webapp.web.security import TOKEN_FIELD
from webapp.web.visits import Visit, services

STATUS_LIFE = timedelta(hours=24)  # afterwards the status code opens the page
MOST_REMEMBERED = 3  # or the browser's requests become too long to take


@dataclass(frozen=True)
class Remembered:
    """`code` is the status code; `resume_code` that of the draft, or empty. `at`: in seconds.
    `locks`: how often the draft had been hidden by then."""

    reference: str
    code: str
    draft_id: str
    resume_code: str
    at: int
    locks: int = 0

    @property
    def token(self) -> str:
        """What a form of the status page must carry."""
        digest = hmac.digest(self.code.encode(), b"form " + self.reference.encode(), hashlib.sha256)
        return to_text(digest[:18])


def remember_sent(response: Response, visit: Visit, receipt: Receipt) -> None:
    """What this browser may see of the request, and which draft it came from."""
    draft, at = visit.draft, int(services().clock().timestamp())
    known = Remembered(
        receipt.reference, receipt.status_code, draft.id, draft.code, at, draft.locks
    )
    _keep(response, known)
    _forget_the_oldest(response, receipt.reference)


def remember(response: Response, reference: str, code: str) -> None:
    """What a status code opens: the page, and no draft."""
    at = int(services().clock().timestamp())
    _keep(response, Remembered(reference, code, "", "", at))
    _forget_the_oldest(response, reference)


def _keep(response: Response, remembered: Remembered) -> None:
    draft = [remembered.draft_id, remembered.resume_code]
    data = [remembered.code, *draft, remembered.at, remembered.locks]
    plain = json.dumps(data, separators=(",", ":")).encode()
    bound_to = f"status {remembered.reference}"
    sealed = to_text(seal_with(services().keyring, plain, bound_to))
    set_cookie(response, cookie_name("status", remembered.reference), sealed, STATUS_LIFE)


def _forget_the_oldest(response: Response, coming: str) -> None:
    """Room for the one that is coming; what opens nothing any more goes first."""
    ages = {each: _age(each) for each in _names() if each != coming}
    newest = sorted(ages, key=ages.__getitem__, reverse=True)
    for each in newest[MOST_REMEMBERED - 1 :]:
        drop_cookie(response, cookie_name("status", each))


def forget_sent(response: Response, reference: str) -> Response:
    """From now on only the status code opens the page in this browser."""
    drop_cookie(response, cookie_name("status", reference))
    return response


def lock_sent(response: Response) -> Response:
    """Somebody hides a page: no status page opens a draft any more without its resume code."""
    for each in _names():
        known = remembered(each)
        if known and known.resume_code:
            _keep(response, replace(known, resume_code=""))
    return response


def _names() -> Iterator[str]:
    prefix = cookie_name("status", "")
    for name in request.cookies:
        if name.startswith(prefix):
            yield name.removeprefix(prefix)


def _age(reference: str) -> int:
    known = remembered(reference)
    return known.at if known else 0


def remembered(reference: str) -> Remembered | None:
    """None also once it is too old, however long a browser kept it."""
    sealed = request.cookies.get(cookie_name("status", reference))
    try:
        plain = unseal_with(services().keyring, from_text(sealed or ""), f"status {reference}")
        known = Remembered(reference, *json.loads(plain))
        age = services().clock().timestamp() - known.at
    except (CannotOpen, ValueError, TypeError):
        return None
    return known if age <= STATUS_LIFE.total_seconds() else None


def sent_from(draft_id: str) -> str | None:
    """The reference that this browser's draft was last sent under, if it was."""
    known = [each for each in map(remembered, _names()) if each and each.draft_id == draft_id]
    return max(known, key=lambda each: each.at).reference if known else None


# -- from a status page ------------------------------------------------------------


def opened(reference: str) -> tuple[Submitted, Remembered] | None:
    """The request, if this browser may see where it has got to. Raises StoreUnavailable."""
    if parse_reference(reference) != reference:
        return None
    known = remembered(reference)
    found = services().store.find(reference) if known else None
    return (found, known) if found and known else None


def require_status_token(known: Remembered) -> None:
    """Refuse a form that was not made for this status page."""
    given = request.form.get(TOKEN_FIELD, "")
    if not hmac.compare_digest(given.encode(), known.token.encode()):
        abort(403)


def draft_of(known: Remembered) -> Resumed | None:
    """The draft that a request came from, while it lives and unless it was hidden since: then a
    copy of an older cookie opens it no more. Raises StoreUnavailable."""
    place = services()
    if not known.resume_code:
        return None
    found = resume(known.resume_code, place.library.procedures, place.store, place.clock())
    return found if found and found.draft.locks <= known.locks else None
