"""The details pages: what the duty officer needs, a section or more a page, in the draft store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, request

from webapp.meeting_requests.departing import REMOVED, not_left_out, role_of
from webapp.meeting_requests.details import Field
from webapp.meeting_requests.model import Departures, Details
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.meeting_requests.saved_details import DraftLocked, load_details, save_details
from webapp.web.detail_forms import details_form, details_of
from webapp.web.draft_cookies import DraftNotOpen, keep, open_visit
from webapp.web.fields import PageForm
from webapp.web.journey import SWITCH, Answered, go, next_address
from webapp.web.languages import address, page, text
from webapp.web.notices import notices_of
from webapp.web.people import ADD, Role
from webapp.web.presenting import invited
from webapp.web.records import ADD_ENTRY
from webapp.web.security import require_token
from webapp.web.sheets import Sheet, sheets_of, urgent_sheet
from webapp.web.visits import Visit, services

details = Blueprint("details", __name__)


def roles_of(visit: Visit, field: Field) -> list[Role]:
    """Who may be offered for contact in a list of invitees: never those who must not come."""
    terms = services().library.terms
    roles: dict[str, Role] = {}
    for meeting in visit.recommendation.meetings:
        if meeting.rule.procedure not in field.mail:
            continue
        departures = visit.draft.departures.get(meeting.id, ())
        gone = {role_of(each): each.reason for each in departures if each.choice == REMOVED}
        for each in invited(meeting):
            name, status = text(terms.roles[each.role]), text(terms.statuses[each.status])
            role = Role(each.role, name, status, gone.get(each.role, ""))
            if not roles.setdefault(each.role, role).reason or not role.reason:
                roles[each.role] = replace(role, reason="")  # still invited to one of them
    return list(roles.values())


def details_kept(visit: Visit) -> Details:
    """What is stored for the draft. Raises StoreUnavailable, and DraftNotOpen where it was hidden
    since this browser's cookie was made."""
    place = services()
    try:
        return load_details(visit.draft, place.library.procedures, place.store, visit.context.now)
    except DraftLocked as error:
        raise DraftNotOpen from error


def keep_details(visit: Visit, values: Details) -> None:
    """Raises StoreUnavailable; then nothing was saved."""
    place = services()
    save_details(visit.draft, values, visit.procedure, place.store, visit.context.now)


@page(details, "/{journey}/<draft_id>/{details}")
def begin(draft_id: str) -> Answered:
    """The first page of details: on the urgent path the only one."""
    visit = open_visit(draft_id)
    if visit.urgent:
        return go(address("details.section", draft_id=draft_id, number=0))
    return go(address("details.section", draft_id=draft_id, number=sheets_of(visit)[0].number))


@page(details, "/{journey}/<draft_id>/{details}/<int:number>", "GET", "POST")
def section(draft_id: str, number: int) -> Answered:
    visit = open_visit(draft_id, even_if_changed=request.method == "POST")
    if not visit.arrived or not visit.recommendation.meetings:
        return go(next_address(visit, **{"from": "later"}))
    sheet = _sheet(visit, number)
    if request.method == "POST":
        require_token(visit.draft)
        return _take(visit, sheet)
    if sheet.number != number:
        return go(address("details.section", draft_id=draft_id, number=sheet.number))
    kept = details_kept(visit)
    return _show(visit, sheet, _form(visit, sheet, kept), notices=notices_of(visit, kept))


def _sheet(visit: Visit, number: int) -> Sheet:
    """The page with this section; for a change from the check page, the section alone."""
    if number == 0:
        return urgent_sheet(visit)
    found = [
        (each, part) for each in sheets_of(visit) for part in each.parts if part.number == number
    ]
    if not found:
        abort(404)
    sheet, part = found[0]
    return Sheet((part,)) if _is_change() else sheet


def _is_change() -> bool:
    return request.args.get("change") == "check"


def _form(visit: Visit, sheet: Sheet, kept: Details, typed: Any = None) -> PageForm:
    roles = [
        role
        for field in sheet.fields
        if field.kind == "person-list"
        for role in roles_of(visit, field)
    ]
    urgent = sheet.urgent or visit.urgent
    return details_form(sheet.fields, visit, roles, urgent, kept, typed)


def _take(visit: Visit, sheet: Sheet) -> Answered:
    form = _form(visit, sheet, {}, request.form)
    if {SWITCH, ADD, ADD_ENTRY} & set(request.form):
        return _show(visit, sheet, form)
    if not form.validate():
        return _show(visit, sheet, form), 422
    try:
        keep_details(visit, details_kept(visit) | details_of(form, sheet.fields))
    except StoreUnavailable:
        return _show(visit, sheet, form, not_saved=True), 503
    departures = _still_asked(visit, sheet, form)
    draft = replace(visit.draft, departures=departures, has_details=True)
    return keep(go(_after(visit, sheet)), draft)


def _still_asked(visit: Visit, sheet: Sheet, form: PageForm) -> Departures:
    """Whom the recommendation page left out, and this list invites, is left out no more."""
    departures = visit.draft.departures
    for field in sheet.fields:
        if field.kind == "person-list":
            invited = {each["role"] for each in form[field.id].data if not each["change"]}
            back = {each.id for each in roles_of(visit, field) if each.reason} & invited
            meetings = [
                each.id
                for each in visit.recommendation.meetings
                if each.rule.procedure in field.mail
            ]
            departures = not_left_out(departures, meetings, back)
    return departures


def _after(visit: Visit, sheet: Sheet) -> str:
    """The next page; the check page after the last, after a change, and when it is urgent."""
    later = [each.number for each in sheets_of(visit) if each.number > sheet.number]
    if sheet.urgent or _is_change() or not later:
        return address("check.show", draft_id=visit.draft.id)
    return address("details.section", draft_id=visit.draft.id, number=later[0])


def _back(visit: Visit, sheet: Sheet) -> str:
    if _is_change():
        return address("check.show", draft_id=visit.draft.id)
    before = [each.number for each in sheets_of(visit) if each.number < sheet.number]
    if sheet.urgent or not before:
        return address("recommendation.show", draft_id=visit.draft.id)
    return address("details.section", draft_id=visit.draft.id, number=before[-1])


def _show(visit: Visit, sheet: Sheet, form: PageForm, **said: Any) -> str:
    numbers = [each.number for each in sheets_of(visit)]
    alone = _is_change() or sheet.urgent
    return render_template(
        "pages/details.html",
        visit=visit,
        sheet=sheet,
        form=form,
        fields={each.name: each for each in form},
        heading=sheet.parts[0].heading,
        step=None if alone else numbers.index(sheet.number) + 1,
        steps=len(numbers),
        back=_back(visit, sheet),
        more_open=request.method == "POST" or "change" in request.args,
        **said,
    )
