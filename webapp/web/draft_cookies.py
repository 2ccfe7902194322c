"""Where a draft lives: in one sealed cookie, so that two cases in two tabs never mix and no store
is needed to decide.

`draft-…` holds an open draft and `hidden-…` one that is locked behind its resume code. A draft
is sealed with what it led to under the trees of the day. Where the trees have changed since,
and with them what it leads to, nothing goes on before a page has said so (`changes.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound

from webapp.meeting_requests.codes import draft_id as id_of
from webapp.meeting_requests.codes import is_draft_id
from webapp.meeting_requests.drafts import HIDDEN, OPEN, open_draft, seal_draft
from webapp.meeting_requests.model import Draft
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.meeting_requests.saved_details import DraftLocked, load_details
from webapp.procedures.model import Procedure
from webapp.procedures.outcome import outcome_of
from webapp.web.visits import Visit, services, visit_of

MOST_DRAFTS = 4
ARRIVED = "+"  # after the outcome of a draft that had come to its recommendation


class DraftNotOpen(NotFound):
    """This browser has no such draft: never begun here, closed, hidden, too old or forged."""


class TreesChanged(Exception):
    """What the draft leads to is not what it led to when its practitioner last saw it."""

    def __init__(self, draft_id: str) -> None:
        super().__init__(draft_id)
        self.draft_id = draft_id


def cookie_name(kind: str, draft_id: str) -> str:
    """`__Host-` ties a cookie to this host and path; browsers accept it over HTTPS only."""
    prefix = "__Host-" if current_app.config["HTTPS"] else ""
    return f"{prefix}{kind}-{draft_id}"


def set_cookie(response: Response, name: str, value: str, life: timedelta) -> None:
    https = current_app.config["HTTPS"]
    response.set_cookie(
        name, value, max_age=life, path="/", secure=https, httponly=True, samesite="Lax"
    )


def drop_cookie(response: Response, name: str) -> None:
    https = current_app.config["HTTPS"]
    response.delete_cookie(name, path="/", secure=https, httponly=True, samesite="Lax")


# -- opening -------------------------------------------------------------------


def open_visit(draft_id: str, even_if_changed: bool = False) -> Visit:
    """The visit to a draft that is open in this browser.

    Raises DraftNotOpen; and TreesChanged, unless the page can do without.
    """
    draft = _draft_in(OPEN, draft_id)
    if draft is None:
        raise DraftNotOpen
    if draft.has_details:
        _refuse_locked(draft)
    if not _waits_to_be_told(draft):
        return visit_of(_as_read_now(draft))
    if even_if_changed:
        return visit_of(draft)
    raise TreesChanged(draft_id)


def _refuse_locked(draft: Draft) -> None:
    """A cookie copied before the draft was hidden opens it no more. Without a store it does."""
    place = services()
    with suppress(StoreUnavailable):
        try:
            load_details(draft, place.library.procedures, place.store, place.clock())
        except DraftLocked as error:
            raise DraftNotOpen from error


def open_drafts() -> list[Draft]:
    """Every draft open in this browser."""
    return _drafts(OPEN)


def hidden_draft(code: str) -> Draft | None:
    """The hidden draft that this resume code opens, if this browser has it."""
    draft = _draft_in(HIDDEN, id_of(code))
    return draft if draft and draft.code == code else None


def _drafts(kind: str) -> list[Draft]:
    drafts = (_draft_in(kind, each) for each in _ids(kind))
    return [draft for draft in drafts if draft]


def _draft_in(kind: str, draft_id: str) -> Draft | None:
    sealed, place = request.cookies.get(cookie_name(kind, draft_id)), services()
    if not sealed or not is_draft_id(draft_id):
        return None
    return open_draft(
        draft_id,
        sealed,
        place.keyring,
        place.library.procedures,
        now=place.clock(),
        kind=kind,
        life=place.draft_life,
    )


def _ids(kind: str) -> Iterator[str]:
    prefix = cookie_name(kind, "")
    for name in request.cookies:
        if name.startswith(prefix):
            yield name.removeprefix(prefix)


# -- reading under the trees of today --------------------------------------------


def versions_now(procedure: Procedure) -> dict[str, str]:
    return {procedure.id: procedure.version, "digest": services().library.digest}


def _waits_to_be_told(draft: Draft) -> bool:
    """Whether other trees lead elsewhere than the draft had come to."""
    if not draft.outcome or draft.versions.get("digest") == services().library.digest:
        return False
    return draft.outcome != as_told(draft).outcome


def _as_read_now(draft: Draft) -> Draft:
    procedure = services().library.procedures[draft.procedure]
    return replace(draft, versions=versions_now(procedure))


def as_told(draft: Draft) -> Draft:
    """The draft with what it leads to now, as its practitioner sees it."""
    visit = visit_of(draft)
    return replace(
        _as_read_now(draft),
        counted=tuple(visit.journey.answers()),
        outcome=outcome_of(visit.recommendation) + (ARRIVED if visit.arrived else ""),
        gone=0,
    )


# -- keeping -------------------------------------------------------------------


def keep(response: Response, draft: Draft, room_for_answers: bool = False) -> Response:
    """Put the draft into the response's cookie. Raises DraftTooLarge."""
    _set(response, OPEN, draft, room_for_answers)
    return response


def hide(response: Response, draft: Draft) -> Response:
    """Lock the draft: from now on only its resume code opens it."""
    _set(response, HIDDEN, draft)
    drop_cookie(response, cookie_name(OPEN, draft.id))
    return response


def take_out(response: Response, draft: Draft) -> Response:
    """The draft is no longer hidden."""
    drop_cookie(response, cookie_name(HIDDEN, draft.id))
    return response


def close(response: Response, draft_id: str) -> Response:
    for kind in (OPEN, HIDDEN):
        drop_cookie(response, cookie_name(kind, draft_id))
    return response


def make_room(response: Response, coming: Draft) -> Response:
    """At most four drafts, hidden ones too, or the browser's requests become too long to take.

    What opens nothing goes, then the drafts that were hidden longest ago.
    """
    alive = {kind: {each.id: each for each in _drafts(kind)} for kind in (OPEN, HIDDEN)}
    for kind, drafts in alive.items():
        for dead in set(_ids(kind)) - set(drafts):
            drop_cookie(response, cookie_name(kind, dead))
    hidden = [each for each in alive[HIDDEN].values() if each.id != coming.id]
    hidden.sort(key=lambda each: each.issued.timestamp() if each.issued else 0)
    room = MOST_DRAFTS - len(alive[OPEN].keys() | {coming.id})
    for oldest in hidden[: max(0, len(hidden) - room)]:
        drop_cookie(response, cookie_name(HIDDEN, oldest.id))
    return response


def _set(response: Response, kind: str, draft: Draft, room_for_answers: bool = False) -> None:
    place = services()
    sealed = seal_draft(
        draft if _waits_to_be_told(draft) else as_told(draft),
        place.keyring,
        place.library.procedures[draft.procedure],
        now=place.clock(),
        kind=kind,
        room_for_answers=room_for_answers,
    )
    set_cookie(response, cookie_name(kind, draft.id), sealed, place.draft_life.idle)
