"""The duty officer's page: opened by the link in the mail, changed only by a person's answer.

Mail programs and scanners open links, run scripts and press buttons. So opening changes nothing,
no script is sent, and an answer needs a name, a choice and the form of a page that was shown
long enough to be read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.acknowledge_links import (
    dispatch_of,
    form_id,
    form_shown_at,
    new_form,
)
from webapp.meeting_requests.acknowledgement import (
    CANNOT_ACT,
    HAVE_IT,
    WRONG_TEAM,
    Acknowledgement,
)
from webapp.meeting_requests.acknowledging import (
    acknowledge as keep_acknowledgement,
)
from webapp.meeting_requests.acknowledging import teams_to_pass_on_to
from webapp.meeting_requests.cleaning import LIMITS
from webapp.meeting_requests.contacts import Team
from webapp.meeting_requests.delivering import deliver_pending
from webapp.meeting_requests.model import WITHDRAWAL, Dispatch, Mail, Submitted
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.messages.news import NewsWriter
from webapp.procedures.walking import Context
from webapp.web.acknowledged import said_of
from webapp.web.errors import ACKNOWLEDGE_NOT_NOW, ACKNOWLEDGE_NOT_OPEN, error_page
from webapp.web.fields import Asked, Choice, OneOf, PageForm, Words
from webapp.web.journey import SWITCH, Answered, go
from webapp.web.languages import address, language, page, text
from webapp.web.security import CONTENT_POLICY
from webapp.web.visits import services

logger = logging.getLogger(__name__)
acknowledge = Blueprint("acknowledge", __name__)

FORM = "form"
NAME, ROLE = "officer-name", "officer-role"
TOO_FAST = timedelta(seconds=2)  # nobody reads the page and writes a name in that time
POLICY = CONTENT_POLICY.replace("script-src 'self'", "script-src 'none'")


@dataclass(frozen=True)
class Opened:
    """What a link has opened. `teams`: to whom the mail could be passed on, by their keys."""

    token: str
    submitted: Submitted
    dispatch: Dispatch
    teams: dict[str, Team]
    now: datetime


@dataclass(frozen=True)
class Since:
    """A later mail to the same team: a withdrawal, or a correction."""

    withdraws: bool
    reference: str
    at: datetime


View = Callable[[Opened], Answered]


def opened(view: View) -> Callable[[str], Answered]:
    """A token that opens nothing gets the same page, whatever is wrong with it."""

    @wraps(view)
    def show(token: str) -> Answered:
        place = services()
        try:
            found = dispatch_of(token, place.keyring, place.store.find)
            if found is None:
                logger.warning("An acknowledge link opened nothing.")
                return error_page(404, ACKNOWLEDGE_NOT_OPEN)
            return view(_opened(token, *found))
        except StoreUnavailable as error:
            logger.error("The store is unavailable: %s", type(error.__cause__).__name__)
            response = error_page(503, ACKNOWLEDGE_NOT_NOW)
            response.headers["Retry-After"] = "60"
            return response

    return show


def _opened(token: str, submitted: Submitted, dispatch: Dispatch) -> Opened:
    place = services()
    context = Context(place.clock(), place.library.calendar)
    teams = teams_to_pass_on_to(submitted, dispatch, place.directory, context)
    keyed = {f"{each.authority}.{each.inbox}": each for each in teams}
    return Opened(token, submitted, dispatch, keyed, context.now)


@page(acknowledge, "/{acknowledge}/<token>", "GET", "POST")
@opened
def show(here: Opened) -> Answered:
    if request.method == "POST":
        return _answered(here)
    # who or what opened it is not known, so nobody is told
    logger.info("%s was opened.", here.dispatch.reference)
    return _page(here, _form(here), new_form(here.token, services().keyring, here.now))


def _answered(here: Opened) -> Answered:
    form, given = _form(here, request.form), request.form.get(FORM, "")
    shown_at = form_shown_at(given, here.token, services().keyring, here.now)
    if SWITCH in request.form and shown_at:
        return _page(here, form, given)
    if shown_at is None:
        given = new_form(here.token, services().keyring, here.now)
        return _page(here, form, given, 403, refused=True)
    if not _is_complete(here, form):
        return _page(here, form, given, 422)
    if here.now - shown_at < TOO_FAST:
        return _page(here, form, given, 422, too_fast=True)
    _keep(here, form, form_id(given))
    return go(address("acknowledge.show", token=here.token))


def _is_complete(here: Opened, form: PageForm) -> bool:
    valid: bool = form.validate()
    wrong_team = form["choice"].data == WRONG_TEAM and bool(here.teams)
    if wrong_team and not form["team"].data:
        form.refuse("team", _("Choose the team that it is passed on to"))
        return False
    return valid


def _keep(here: Opened, form: PageForm, key: str) -> None:
    place = services()
    said = Acknowledgement(
        choice=form["choice"].data,
        name=form[NAME].data,
        role=form[ROLE].data,
        at=here.now,
    )
    team = here.teams.get(form["team"].data or "") if here.teams else None
    keep_acknowledgement(here.dispatch, said, key, team, place.store, _news_writer(here))
    # One attempt at once to pass it on and to tell the requester; then the loop goes on.
    deliver_pending(place.store, place.mailer, place.sender.assemble, place.attach, place.clock())


def _news_writer(here: Opened) -> Callable[..., Mail]:
    def status_page(reference: str, lang: str) -> str:
        path = address("statuses.show", lang, reference=reference)
        return f"{current_app.config['ORIGIN']}{path}"

    def write(
        codes: tuple[str, ...],
        dispatch: Dispatch,
        said: Acknowledgement,
        passed_on: Dispatch | None,
    ) -> Mail:
        answering = replace(dispatch, phone=_number_now(here, dispatch))
        return NewsWriter(services().languages, status_page)(codes, answering, said, passed_on)

    return write


def _number_now(here: Opened, dispatch: Dispatch) -> str:
    """Whom to ring at this hour; the number of then where the council is no longer known."""
    place = services()
    if dispatch.authority not in place.directory.authorities:
        return dispatch.phone
    where = (dispatch.authority, dispatch.inbox or dispatch.procedure)
    turn = place.directory.contact_at(*where, dispatch.conflicts, here.now, place.library.calendar)
    return turn.ring.phone


# -- the form ----------------------------------------------------------------------------------


def _form(here: Opened, typed: Any = None) -> PageForm:
    fields: dict[str, Any] = {
        NAME: _words("name", _("Your name"), "name", _("Write your name")),
        ROLE: _words("text", _("Your role (you may leave this empty)"), "organization-title"),
        "choice": OneOf(
            _choices(here),
            label=_("What happens with this request now?"),
            missing=_("Say what happens with this request now"),
        ),
        "team": OneOf(
            [Choice(key, _team_name(each)) for key, each in _in_order(here)],
            long=True,
            label=_("If it is for another team: which one?"),
            description=_("It gets the same mail at once. The clock goes on."),
        ),
    }
    if not here.teams:
        del fields["team"]
    form = PageForm(fields)
    form.process(typed)
    return form


def _words(kind: str, label: str, autocomplete: str, missing: str | None = None) -> Any:
    def check(value: str) -> str | None:
        return _("That is too long: shorten it") if len(value) > LIMITS[kind] else None

    return Words(kind, check, label=label, autocomplete=autocomplete, missing=missing)


def _choices(here: Opened) -> list[Choice]:
    passes_on = [Choice(WRONG_TEAM, _("Wrong team: pass it on to the team chosen below"))]
    return [
        Choice(HAVE_IT, _("I have it and will act")),
        *(passes_on if here.teams else []),
        Choice(CANNOT_ACT, _("I cannot act on it: the requester must ring")),
    ]


def _in_order(here: Opened) -> list[tuple[str, Team]]:
    """The teams of the same council first, then all others by name."""
    listed = language().alphabetical(here.teams.items(), lambda each: _team_name(each[1]))
    return sorted(listed, key=lambda each: each[1].authority != here.dispatch.authority)


def _team_name(team: Team) -> str:
    return text(team.contact.name)


def _page(here: Opened, form: PageForm, given: str, status: int = 200, **notices: bool) -> Response:
    dispatch = here.dispatch
    shown = render_template(
        "pages/acknowledge.html",
        heading=_heading(dispatch),
        dispatch=dispatch,
        area=services().library.authorities[dispatch.authority].name,
        said=said_of(dispatch, here.submitted.dispatches),
        standing=dispatch.standing.choice if dispatch.standing else "",
        since=_since(here),
        form=form,
        fields=[each for each in form if isinstance(each, Asked)],
        given=given,
        **notices,
    )
    response = make_response(shown, status)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _since(here: Opened) -> list[Since]:
    """What this team has been sent since: an answer to the first mail must not miss it."""
    own = (here.dispatch.to, here.dispatch.corrects or here.dispatch.reference)
    later = services().store.find_corrections(here.submitted.request.reference)
    return [
        Since(each.kind == WITHDRAWAL, each.reference, each.saved_at)
        for sent in later
        for each in sent.dispatches
        if each.for_team and (each.to, each.corrects) == own
    ]


def _heading(dispatch: Dispatch) -> str:
    choice = dispatch.standing.choice if dispatch.standing else ""
    if choice == HAVE_IT:
        return _("This request is confirmed")
    if choice == WRONG_TEAM:
        return _("This request was passed on")
    if choice == CANNOT_ACT:
        return _("Nobody has taken this request on yet")
    return _("Confirm that you have this request")
