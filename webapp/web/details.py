"""The details pages: what the duty officer needs, one section a page, kept in the draft store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _

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
from webapp.web.people import ADD, Role
from webapp.web.presenting import invited
from webapp.web.records import ADD_ENTRY
from webapp.web.security import require_token
from webapp.web.visits import Visit, services

details = Blueprint("details", __name__)


@dataclass(frozen=True)
class Part:
    """One page of details. `number` is its address; the page of the urgent path is 0."""

    number: int
    heading: str
    hint: str
    fields: tuple[Field, ...]
    urgent: bool


def parts_of(visit: Visit) -> list[Part]:
    """The sections that this journey calls for, in order."""
    catalogue, facts = visit.fields, visit.journey.facts
    parts = [
        Part(number, text(each.title), text(each.hint), catalogue.shown(each, facts), False)
        for number, each in enumerate(catalogue.sections, 1)
    ]
    return [part for part in parts if part.fields]


def urgent_part(visit: Visit) -> Part:
    return Part(
        number=0,
        heading=_("What the duty officer needs now"),
        hint=_("Fill in what you can. You can add the rest before or after you send."),
        fields=visit.fields.urgent_fields(visit.journey.facts),
        urgent=True,
    )


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
    return go(address("details.section", draft_id=draft_id, number=parts_of(visit)[0].number))


@page(details, "/{journey}/<draft_id>/{details}/<int:number>", "GET", "POST")
def section(draft_id: str, number: int) -> Answered:
    visit = open_visit(draft_id, even_if_changed=request.method == "POST")
    if not visit.arrived or not visit.recommendation.meetings:
        return go(next_address(visit, **{"from": "later"}))
    parts = [urgent_part(visit), *parts_of(visit)]
    part = next((each for each in parts if each.number == number), None)
    if part is None:
        abort(404)
    if request.method == "POST":
        require_token(visit.draft)
        return _take(visit, part)
    return _show(visit, part, _form(visit, part, details_kept(visit)))


def _form(visit: Visit, part: Part, kept: Details, typed: Any = None) -> PageForm:
    roles = [
        role
        for field in part.fields
        if field.kind == "person-list"
        for role in roles_of(visit, field)
    ]
    urgent = part.urgent or visit.urgent
    return details_form(part.fields, visit, roles, urgent, kept, typed)


def _take(visit: Visit, part: Part) -> Answered:
    form = _form(visit, part, {}, request.form)
    if {SWITCH, ADD, ADD_ENTRY} & set(request.form):
        return _show(visit, part, form)
    if not form.validate():
        return _show(visit, part, form), 422
    try:
        keep_details(visit, details_kept(visit) | details_of(form, part.fields))
    except StoreUnavailable:
        return _show(visit, part, form, not_saved=True), 503
    departures = _still_asked(visit, part, form)
    draft = replace(visit.draft, departures=departures, has_details=True)
    return keep(go(_after(visit, part)), draft)


def _still_asked(visit: Visit, part: Part, form: PageForm) -> Departures:
    """Whom the recommendation page left out, and this list invites, is left out no more."""
    departures = visit.draft.departures
    for field in part.fields:
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


def _after(visit: Visit, part: Part) -> str:
    """The next section; the check page after the last, after a change, and when it is urgent."""
    numbers = [each.number for each in parts_of(visit) if each.number > part.number]
    if part.urgent or request.args.get("change") == "check" or not numbers:
        return address("check.show", draft_id=visit.draft.id)
    return address("details.section", draft_id=visit.draft.id, number=numbers[0])


def _back(visit: Visit, part: Part) -> str:
    if request.args.get("change") == "check":
        return address("check.show", draft_id=visit.draft.id)
    before = [each.number for each in parts_of(visit) if each.number < part.number]
    if part.urgent or not before:
        return address("recommendation.show", draft_id=visit.draft.id)
    return address("details.section", draft_id=visit.draft.id, number=before[-1])


def _show(visit: Visit, part: Part, form: PageForm, not_saved: bool = False) -> str:
    numbers = [each.number for each in parts_of(visit)]
    return render_template(
        "pages/details.html",
        visit=visit,
        part=part,
        form=form,
        fields=list(form),
        heading=part.heading,
        step=numbers.index(part.number) + 1 if part.number in numbers else None,
        steps=len(numbers),
        back=_back(visit, part),
        not_saved=not_saved,
        more_open=request.method == "POST" or "change" in request.args,
    )
