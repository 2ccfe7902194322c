"""What is recommended and why, and where the practitioner asks for something else.

A recommendation is never a block: any part can be departed from with a reason, and a meeting
can be asked for against any result. The reasons travel with the request.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.cleaning import REASON_LIMIT
from webapp.meeting_requests.contacts import PhoneLine
from webapp.meeting_requests.departing import ANYWAY, TYPE, Advised, invited_again, left_out
from webapp.meeting_requests.drafts import DraftTooLarge
from webapp.meeting_requests.model import Departure, Draft
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.messages.departures import INVITEES
from webapp.procedures.model import MeetingRule, Text
from webapp.procedures.recommending import Meeting
from webapp.web.asked import departure_rows, details_if_kept
from webapp.web.departing import ADD, departure_form, departures_of, too_long
from webapp.web.details import details_kept, keep_details
from webapp.web.draft_cookies import keep, open_visit
from webapp.web.fields import PageForm, Words
from webapp.web.journey import SWITCH, Answered, go, next_address
from webapp.web.languages import address, page, text
from webapp.web.linking import hand_over_of, linked_drafts, links_of
from webapp.web.presenting import CALLED, answer_rows, attendee_groups, deciders, due_rows
from webapp.web.security import require_token
from webapp.web.visits import Visit, services

recommendation = Blueprint("recommendation", __name__)


@dataclass(frozen=True)
class MeetingView:
    """One recommended meeting as the page shows it. `number` counts from 1 and is its address."""

    number: int
    meeting: Meeting
    area: Text | None
    phones: tuple[PhoneLine, ...]
    by_telephone: bool
    groups: list[Any]
    called: list[Any]
    deadlines: list[Any]
    deadline: Any


@page(recommendation, "/{journey}/<draft_id>/{recommendation}")
def show(draft_id: str) -> Answered:
    visit = open_visit(draft_id)
    if not visit.arrived:
        return go(next_address(visit, **{"from": "later"}))
    found = visit.recommendation
    left = [visit.page_with(question) for question in visit.journey.unanswered]
    return render_template(
        "pages/recommendation.html",
        visit=visit,
        found=found,
        heading=text(found.result.title) if found.result else visit.procedure.id,
        departed=departure_rows(visit, details_if_kept(visit)),
        meetings=[_view(visit, number, each) for number, each in enumerate(found.meetings, 1)],
        deadlines=due_rows(found.timescales, visit.procedure, visit.context.now),
        answers=answer_rows(visit, change="recommendation"),
        left={each.code: each for each in left if each},
        back=_last_page(visit),
        can_ask_anyway=_anyway_rule(visit) is not None,
        deciders=deciders(visit),
        hand_over=hand_over_of(visit),
        links=links_of(visit),
        linked=linked_drafts(visit),
    )


def _view(visit: Visit, number: int, meeting: Meeting) -> MeetingView:
    authority = meeting.authority
    deadline = (meeting.deadline,) if meeting.deadline else ()
    return MeetingView(
        number=number,
        meeting=meeting,
        area=services().library.authorities[authority].name if authority else None,
        phones=visit.phones_of(authority, meeting.rule.procedure) if authority else (),
        by_telephone=bool(authority and visit.by_telephone(authority, meeting.rule.procedure)),
        groups=attendee_groups(meeting),
        called=[each for each in attendee_groups(meeting) if each.status in CALLED],
        deadlines=due_rows(meeting.timescales, visit.procedure, visit.context.now),
        deadline=next(iter(due_rows(deadline, visit.procedure, visit.context.now)), None),
    )


def _last_page(visit: Visit) -> str:
    pages = visit.pages()
    code = pages[-1].code if pages else ""
    return address("journey.question", draft_id=visit.draft.id, code=code)


# -- something else than recommended --------------------------------------------


@page(recommendation, "/{journey}/<draft_id>/{departure}/<int:number>", "GET", "POST")
def depart(draft_id: str, number: int) -> Answered:
    """Ask for parts of one meeting to be different, and say why."""
    visit = open_visit(draft_id)
    if not visit.arrived:
        return go(next_address(visit, **{"from": "later"}))
    meetings = visit.recommendation.meetings
    if not 1 <= number <= len(meetings):
        abort(404)
    meeting = meetings[number - 1]
    before = visit.draft.departures.get(meeting.id, ())
    form = departure_form(Advised.of(meeting), visit.procedure)
    if request.method == "GET":
        form.process(None, data={field.name: before for field in form})
        return _form_page(visit, form, meeting.rule)
    require_token(visit.draft)
    form.process(request.form)
    if {SWITCH, ADD} & set(request.form):
        return _form_page(visit, form, meeting.rule)
    if not form.validate():
        return _form_page(visit, form, meeting.rule), 422
    asked = departures_of(form)
    if not asked and not before:
        form.refuse(TYPE, _("Choose what should be different"))
        return _form_page(visit, form, meeting.rule), 422
    against = tuple(each for each in before if each.part == ANYWAY)
    return _keep(visit, form, meeting.rule, (*against, *asked))


@page(recommendation, "/{journey}/<draft_id>/{anyway}", "GET", "POST")
def ask_anyway(draft_id: str) -> Answered:
    """Ask for a meeting although the result is not one."""
    visit = open_visit(draft_id)
    rule = _anyway_rule(visit)
    if rule is None or not visit.arrived:
        return go(next_address(visit, **{"from": "later"}))
    form = PageForm({"reason": _reason_field(_("Why is a discussion needed?"))})
    form.process(request.form if request.method == "POST" else None)
    if request.method == "GET":
        return _form_page(visit, form, rule)
    require_token(visit.draft)
    if SWITCH in request.form:
        return _form_page(visit, form, rule)
    if not form.validate():
        return _form_page(visit, form, rule), 422
    before = visit.draft.departures.get(rule.id, ())
    kept = [each for each in before if each.part != ANYWAY]
    return _keep(visit, form, rule, (Departure(ANYWAY, "", form["reason"].data), *kept))


def _form_page(visit: Visit, form: PageForm, rule: MeetingRule) -> str:
    several = len(visit.recommendation.meetings) > 1
    return render_template(
        "pages/departure.html",
        visit=visit,
        form=form,
        fields=list(form),
        anyway="reason" in form,
        meeting=text(rule.title) if several else "",
        decides=services().fields.procedures[rule.procedure].decides,
    )


def _keep(
    visit: Visit, form: PageForm, rule: MeetingRule, asked: tuple[Departure, ...]
) -> Answered:
    """Put what is asked for into the draft, if there is room."""
    others = {each: kept for each, kept in visit.draft.departures.items() if each != rule.id}
    departures = others | ({rule.id: asked} if asked else {})
    anyway = visit.draft.anyway or any(each.part == ANYWAY for each in asked)
    draft = replace(visit.draft, departures=departures, anyway=anyway)
    try:
        kept = keep(_back_to(visit), draft, room_for_answers=True)
    except DraftTooLarge:
        first = next(each for each in form.asked() if each.data)
        form.refuse(first.name, _("There is no room for more text here. Shorten your reasons."))
        return _form_page(visit, form, rule), 422
    _invite_again(visit, draft)
    return kept


def _back_to(visit: Visit) -> Response:
    return go(address("recommendation.show", draft_id=visit.draft.id))


@page(recommendation, "/{journey}/<draft_id>/{departure}", "POST")
def withdraw(draft_id: str) -> Answered:
    """Go back to what is recommended for one part."""
    visit = open_visit(draft_id)
    require_token(visit.draft)
    part, meeting = request.form.get("part", ""), request.form.get("meeting", "")
    departures = {
        each: tuple(one for one in listed if not (each == meeting and one.part == part))
        for each, listed in visit.draft.departures.items()
    }
    departures = {each: listed for each, listed in departures.items() if listed}
    anyway = visit.draft.anyway and part != ANYWAY
    draft = replace(visit.draft, departures=departures, anyway=anyway)
    kept = keep(_back_to(visit), draft)
    _invite_again(visit, draft)
    return kept


def _invite_again(visit: Visit, draft: Draft) -> None:
    """Whom the draft leaves out no more is not left out of the list of invitees either."""
    back = left_out(visit.draft.departures) - left_out(draft.departures)
    if not back or not draft.has_details:
        return
    with suppress(StoreUnavailable):  # the list still says so, and can be changed there
        details = details_kept(visit)
        people = invited_again(details.get(INVITEES) or (), back)
        keep_details(replace(visit, draft=draft), details | {INVITEES: people})


def _anyway_rule(visit: Visit) -> MeetingRule | None:
    """The meeting that is sent against the result; None where it is recommended already."""
    held = {meeting.id for meeting in visit.recommendation.meetings}
    rules = [rule for rule in visit.procedure.meetings if rule.anyway]
    return next((each for each in rules if each.id not in held), None)


def _reason_field(label: str) -> Any:
    return Words(
        "long-text",
        check=lambda reason: too_long(reason, REASON_LIMIT),
        label=label,
        description=_("The duty officer sees your reason."),
        missing=_("Give a reason"),
    )
