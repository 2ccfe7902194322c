"""Where a sent request has got to: saved, handed over, to be rung. Only for who sent it.

The page is opened by the sealed cookie of the browser that sent the request, or by its status
code. It shows references and teams, and nothing of what was sent; from it corrections, copies
and linked requests begin, while the draft lives.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.acknowledgement import CANNOT_ACT, HAVE_IT, WRONG_TEAM
from webapp.meeting_requests.codes import parse_code
from webapp.meeting_requests.correcting import Family, family_of
from webapp.meeting_requests.model import RECEIPT, WITHDRAWAL, Dispatch, Submitted
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.meeting_requests.references import parse_reference
from webapp.meeting_requests.use_cases import opens_status, status_of
from webapp.web.acknowledged import said_of
from webapp.web.fields import PageForm, code_field, not_looked_up
from webapp.web.journey import SWITCH, Answered, go
from webapp.web.languages import address, page
from webapp.web.linking import links_after_sending
from webapp.web.phone_bar import bar_of_sent, lines_of
from webapp.web.sent import (
    Remembered,
    draft_of,
    forget_sent,
    opened,
    remember,
    require_status_token,
)
from webapp.web.visits import services, visit_of

statuses = Blueprint("statuses", __name__)


@page(statuses, "/{status}/<reference>")
def show(reference: str) -> Answered:
    known = parse_reference(reference)
    if known and known != reference:
        return go(address("statuses.show", reference=known))
    found = opened(reference)
    if found is None:
        return ask_for_code(reference)
    sent, remembered = found
    family = family_of(reference, services().store)
    return _page(sent, remembered, family or Family(sent))


def _page(sent: Submitted, remembered: Remembered, family: Family) -> str:
    resumed = draft_of(remembered)
    visit = visit_of(resumed.draft) if resumed else None
    others = [each for each in (family.first, *family.later) if each.request != sent.request]
    kinds = {dispatch.kind for each in family.later for dispatch in each.dispatches}
    return render_template(
        "pages/status.html",
        sent=_sent(sent, family),
        others=[_sent(each, family) for each in others],
        withdrawn=WITHDRAWAL in kinds,
        corrects=sent.request.corrects,
        bar=bar_of_sent(family.read),
        code=remembered.code,
        known=remembered,
        alive=visit is not None,
        add_now=visit is not None and visit.urgent and not family.later,
        links=links_after_sending(visit) if visit else (),
        heading=_heading(sent),
    )


def _heading(sent: Submitted) -> str:
    """Saved, sent and confirmed are three truths; this never says more than is so."""
    states = {status_of(each) for each in sent.dispatches if each.for_team} - {WRONG_TEAM}
    if states & {"telephone-only", "refused", CANNOT_ACT}:
        return _("Your request is saved. Now you must ring.")
    if states == {HAVE_IT}:
        return _("Your request is confirmed")
    if states <= {"handed-over", HAVE_IT}:
        return _("Your request is sent")
    return _("Your request is saved")


def to_teams(sent: Submitted) -> list[Dispatch]:
    """The dispatches to duty teams, without the requester's own receipt."""
    return [each for each in sent.dispatches if each.for_team]


@page(statuses, "/{status}/<reference>/{forget}", "POST")
def forget(reference: str) -> Answered:
    """This browser opens the page no more without the status code."""
    found = opened(reference)
    if found is None:
        return ask_for_code(reference)
    require_status_token(found[1])
    return forget_sent(go(address("pages.home")), reference)


@page(statuses, "/{status}", "GET", "POST")
def find() -> Answered:
    """Open a status page by its code. A wrong code and an unknown reference look the same."""
    if request.method == "GET":
        return _ask(_form(""))
    form = _form("", request.form)
    if SWITCH in request.form:
        return _ask(form)
    if not form.validate():
        return _ask(form), 422
    reference, code = parse_reference(form["reference"].data), parse_code(form["code"].data)
    try:
        found = services().store.find(reference) if reference and code else None
    except StoreUnavailable:
        form.refuse("code", not_looked_up())
        return _ask(form), 503
    if found is None or code is None or not opens_status(found.request, code):
        form.refuse("code", _("No request has this reference and this status code"))
        return _ask(form), 422
    response = go(address("statuses.show", reference=found.request.reference))
    remember(response, found.request.reference, code)
    return response


def ask_for_code(reference: str) -> Answered:
    return _ask(_form(reference)), 403


def _form(reference: str, typed: Any = None) -> PageForm:
    form = PageForm(
        {
            "reference": code_field(_("Reference"), _("For example, CFD-KM7R-T4XP")),
            "code": code_field(
                _("Status code"), _("It was shown when the request was sent. It has 20 characters.")
            ),
        }
    )
    form.process(typed, data={"reference": reference})
    return form


def _ask(form: PageForm) -> str:
    return render_template("pages/status_code.html", form=form)


def _sent(found: Submitted, family: Family) -> dict[str, Any]:
    """What the page shows: per duty team where the request is, and by when to ring."""
    teams = to_teams(found)
    return {
        "reference": found.request.reference,
        "at": found.request.created_at,
        "kind": teams[0].kind if teams else "",
        "deciders": [
            services().fields.procedures[each].decides
            for each in dict.fromkeys(each.procedure for each in teams)
        ],
        "dispatches": [_share(found, family, each) for each in teams],
        "receipt": next(
            (
                {"status": status_of(each), "handed_over_at": each.handed_over_at}
                for each in found.dispatches
                if each.kind == RECEIPT
            ),
            None,
        ),
    }


def _share(found: Submitted, family: Family, dispatch: Dispatch) -> dict[str, Any]:
    return {
        "team": dispatch.team,
        "phone": dispatch.phone,
        "phones": lines_of(family.read, dispatch),
        "status": status_of(dispatch),
        "said": said_of(dispatch, found.dispatches),
        "urgent": dispatch.urgent and dispatch.kind != WITHDRAWAL,
        "handed_over_at": dispatch.handed_over_at,
        "ring_by": dispatch.escalations[0].due_at if dispatch.escalations else None,
    }
