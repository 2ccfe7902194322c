"""Where a sent request has got to: saved, handed over, to be rung. Only for who sent it.

The page is opened by the sealed cookie of the browser that sent the request, or by its status
code. It shows the reference and the team, and nothing of what was sent.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.acknowledgement import CANNOT_ACT, HAVE_IT, WRONG_TEAM
from webapp.meeting_requests.codes import parse_code
from webapp.meeting_requests.model import Receipt, Submitted
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.meeting_requests.references import parse_reference
from webapp.meeting_requests.sealing import (
    CannotOpen,
    from_text,
    seal_with,
    to_text,
    unseal_with,
)
from webapp.meeting_requests.use_cases import opens_status, status_of
from webapp.web.acknowledged import said_of
from webapp.web.draft_cookies import cookie_name, drop_cookie, set_cookie
from webapp.web.fields import PageForm, code_field, not_looked_up
from webapp.web.journey import SWITCH, Answered, go
from webapp.web.languages import address, page
from webapp.web.phone_bar import bar_of_sent, lines_of
from webapp.web.visits import Visit, services

statuses = Blueprint("statuses", __name__)

STATUS_LIFE = timedelta(hours=24)  # afterwards the status code opens the page
MOST_REMEMBERED = 3  # or the browser's requests become too long to take


def remember_sent(response: Response, visit: Visit, receipt: Receipt) -> None:
    """What this browser may see of the request, and which draft it came from."""
    _remember(response, receipt.reference, receipt.status_code, visit.draft.id)


def _remember(response: Response, reference: str, code: str, draft_id: str = "") -> None:
    now = services().clock()
    plain = json.dumps({"code": code, "draft": draft_id, "at": int(now.timestamp())}).encode()
    sealed = to_text(seal_with(services().keyring, plain, f"status {reference}"))
    set_cookie(response, cookie_name("status", reference), sealed, STATUS_LIFE)
    _forget_the_oldest(response, reference)


def _forget_the_oldest(response: Response, coming: str) -> None:
    """Room for the one that is coming; what opens nothing any more goes first."""
    prefix = cookie_name("status", "")
    names = [each.removeprefix(prefix) for each in request.cookies if each.startswith(prefix)]
    ages = {each: (_remembered(each) or {"at": 0})["at"] for each in names if each != coming}
    newest = sorted(ages, key=ages.__getitem__, reverse=True)
    for each in newest[MOST_REMEMBERED - 1 :]:
        drop_cookie(response, cookie_name("status", each))


def _remembered(reference: str) -> dict[str, Any] | None:
    """None also once it is too old, however long a browser kept it."""
    sealed = request.cookies.get(cookie_name("status", reference))
    try:
        plain = unseal_with(services().keyring, from_text(sealed or ""), f"status {reference}")
        remembered: dict[str, Any] = json.loads(plain)
        age = services().clock().timestamp() - remembered["at"]
    except (CannotOpen, ValueError, KeyError):
        return None
    return remembered if age <= STATUS_LIFE.total_seconds() else None


def sent_from(draft_id: str) -> str | None:
    """The reference that this browser's draft was sent under, if it was."""
    prefix = cookie_name("status", "")
    for name in request.cookies:
        reference = name.removeprefix(prefix)
        remembered = _remembered(reference) if reference != name else None
        if remembered and remembered.get("draft") == draft_id:
            return reference
    return None


@page(statuses, "/{status}/<reference>")
def show(reference: str) -> Answered:
    known = parse_reference(reference)
    if known and known != reference:
        return go(address("statuses.show", reference=known))
    remembered = _remembered(known) if known else None
    found = services().store.find(known) if known and remembered else None
    if found is None or remembered is None:
        return _ask(_form(reference)), 403
    sent = _sent(found)
    return render_template(
        "pages/status.html",
        sent=sent,
        bar=bar_of_sent(found),
        code=remembered["code"],
        heading=_heading(sent),
    )


def _heading(sent: dict[str, Any]) -> str:
    """Saved, sent and confirmed are three truths; this never says more than is so."""
    states = {each["status"] for each in sent["dispatches"]} - {WRONG_TEAM}
    if states & {"telephone-only", "refused", CANNOT_ACT}:
        return _("Your request is saved. Now you must ring.")
    if states == {HAVE_IT}:
        return _("Your request is confirmed")
    if states <= {"handed-over", HAVE_IT}:
        return _("Your request is sent")
    return _("Your request is saved")


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
    _remember(response, found.request.reference, code)
    return response


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


def _sent(found: Submitted) -> dict[str, Any]:
    """What the page shows: per duty team where the request is, and by when to ring."""
    return {
        "reference": found.request.reference,
        "at": found.request.created_at,
        "deciders": [
            services().fields.procedures[each].decides
            for each in dict.fromkeys(each.procedure for each in found.dispatches if each.for_team)
        ],
        "dispatches": [
            {
                "team": each.team,
                "phone": each.phone,
                "phones": lines_of(found, each),
                "status": status_of(each),
                "said": said_of(each, found.dispatches),
                "urgent": each.urgent,
                "handed_over_at": each.handed_over_at,
                "ring_by": each.escalations[0].due_at if each.escalations else None,
            }
            for each in found.dispatches
            if each.for_team
        ],
    }
