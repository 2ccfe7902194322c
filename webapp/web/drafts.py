"""Beginning, finding, hiding and closing drafts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from flask import Blueprint, abort, make_response, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.codes import parse_code
from webapp.meeting_requests.drafts import new_draft
from webapp.meeting_requests.model import Draft
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.meeting_requests.saved_details import DraftLocked, lock_details, resume
from webapp.web.draft_cookies import (
    MOST_DRAFTS,
    close,
    hidden_draft,
    hide,
    keep,
    make_room,
    open_drafts,
    open_visit,
    take_out,
    versions_now,
)
from webapp.web.fields import PageForm, code_field, not_looked_up
from webapp.web.journey import SWITCH, Answered, go, next_address
from webapp.web.languages import address, in_language, language, page
from webapp.web.security import require_token
from webapp.web.sent import lock_sent
from webapp.web.visits import Visit, services, visit_of

drafts = Blueprint("drafts", __name__)


@page(drafts, "/{start}", "POST")
def start() -> Answered:
    """Begin a draft of the chosen procedure; a fifth one waits until another is closed."""
    procedure = services().library.procedures.get(request.form.get("procedure", ""))
    if procedure is None:
        abort(422)
    if len(open_drafts()) >= MOST_DRAFTS:
        return go(address("drafts.listing"))
    now = services().clock()
    draft = new_draft(procedure.id, versions_now(procedure), language().code, now)
    return keep(make_room(go(next_address(visit_of(draft))), draft), draft)


@page(drafts, "/{drafts}")
def listing() -> str:
    """The drafts open in this browser."""
    visits = [visit_of(draft) for draft in open_drafts()]
    return render_template(
        "pages/drafts.html",
        visits=[(visit, next_address(visit)) for visit in visits],
        full=len(visits) >= MOST_DRAFTS,
    )


@page(drafts, "/{journey}/<draft_id>")
def go_on(draft_id: str) -> Answered:
    """Where the draft was left."""
    return go(next_address(open_visit(draft_id)))


@page(drafts, "/{journey}/<draft_id>/{close}", "POST")
def shut(draft_id: str) -> Answered:
    """Take the draft out of this browser. What was stored stays behind its resume code."""
    visit = open_visit(draft_id, even_if_changed=True)
    require_token(visit.draft)
    _lock(visit.draft)
    return close(go(address("drafts.listing")), draft_id)


@page(drafts, "/{journey}/<draft_id>/{hide}", "POST")
def lock(draft_id: str) -> Answered:
    """Show a page that gives nothing away; only the resume code opens the draft again.

    The page speaks both languages, because it can be neither loaded again nor linked to.
    """
    visit = open_visit(draft_id, even_if_changed=True)
    require_token(visit.draft)
    languages = (language().code, language().other)
    parts = {
        each: in_language(each, partial(_holidays, visit, each, each == languages[0]))
        for each in languages
    }
    shown = render_template("pages/hidden.html", parts=parts, code=visit.draft.code)
    return lock_sent(hide(make_response(shown), _lock(visit.draft)))


def _lock(draft: Draft) -> Draft:
    """The draft as only its resume code opens it: where details are stored, a copy of an older
    cookie is refused from now on."""
    place = services()
    locked = replace(draft, locks=draft.locks + 1)
    with suppress(StoreUnavailable, DraftLocked):
        lock_details(locked, place.library.procedures, place.store, place.clock())
    return locked


def _holidays(visit: Visit, lang: str, first: bool) -> str:
    days = services().library.calendar.bank_holidays
    coming = sorted(day for day in days if day >= visit.context.now.date())[:8]
    names = [(day, days[day][lang == "cy"]) for day in coming]
    return render_template("parts/holidays.html", holidays=names, first=first)


@page(drafts, "/{resume}", "GET", "POST")
def take_up() -> Answered:
    """Open a draft again with its resume code, on this device or on another."""
    form = PageForm({"code": code_field(_("Resume code"), _("It has 20 characters."))})
    form.process(request.form if request.method == "POST" else None)
    if request.method == "GET" or SWITCH in request.form:
        return render_template("pages/resume.html", form=form)
    code = parse_code(form["code"].data)
    try:
        draft = _draft_behind(code) if code and form.validate() else None
    except StoreUnavailable:
        form.refuse("code", not_looked_up())
        return render_template("pages/resume.html", form=form), 503
    if draft is None:
        form.refuse("code", _("No draft has this resume code. Check it, or start again."))
        return render_template("pages/resume.html", form=form), 422
    others = [each for each in open_drafts() if each.id != draft.id]
    if len(others) >= MOST_DRAFTS:
        return go(address("drafts.listing"))
    return keep(make_room(take_out(go(next_address(visit_of(draft))), draft), draft), draft)


def _draft_behind(code: str) -> Draft | None:
    """A draft hidden in this browser needs no store; any other comes from it."""
    hidden = hidden_draft(code)
    if hidden:
        return hidden
    place = services()
    now = place.clock()
    resumed = resume(code, place.library.procedures, place.store, now)
    if resumed is None:
        return None
    # Whoever has the code and finds details begins the life of a cookie anew.
    begun = resumed.draft.begun or now
    alive = place.draft_life.lasts(begun, now, now)
    return resumed.draft if alive else replace(resumed.draft, begun=now)
