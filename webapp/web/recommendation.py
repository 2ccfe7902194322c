"""What is recommended and why, and where the practitioner asks for something else.

A recommendation is never a block: any part can be departed from with a reason, and a meeting
can be asked for against any result. The reasons travel with the request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.cleaning import REASON_LIMIT
from webapp.meeting_requests.contacts import PhoneLine
from webapp.meeting_requests.drafts import DraftTooLarge
from webapp.meeting_requests.model import Departure, Departures
from webapp.procedures.model import MeetingRule, Procedure, Text
from webapp.procedures.recommending import Meeting
from webapp.web.draft_cookies import keep, open_visit
from webapp.web.fields import Choice, OneOf, PageForm, Words
from webapp.web.journey import SWITCH, Answered, go, next_address
from webapp.web.languages import address, page, text
from webapp.web.linking import hand_over_of, linked_drafts, links_of
from webapp.web.presenting import (
    CALLED,
    NOT_INVITED,
    answer_rows,
    attendee_groups,
    deciders,
    departure_words,
    due_rows,
)
from webapp.web.security import require_token
from webapp.web.visits import Visit, services

recommendation = Blueprint("recommendation", __name__)

REMOVED = "removed"


@dataclass(frozen=True)
class MeetingView:
    """One recommended meeting as the page shows it. `number` counts from 1 and is its address."""

    number: int
    meeting: Meeting
    area: Text | None
    phones: tuple[PhoneLine, ...]
    groups: list[Any]
    called: list[Any]
    deadlines: list[Any]
    deadline: Any
    departures: list[Any]


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
        groups=attendee_groups(meeting),
        called=[each for each in attendee_groups(meeting) if each.status in CALLED],
        deadlines=due_rows(meeting.timescales, visit.procedure, visit.context.now),
        deadline=next(iter(due_rows(deadline, visit.procedure, visit.context.now)), None),
        departures=departure_words(visit.draft.departures.get(meeting.id, ())),
    )


def _last_page(visit: Visit) -> str:
    pages = visit.pages()
    code = pages[-1].code if pages else ""
    return address("journey.question", draft_id=visit.draft.id, code=code)


# -- something else than recommended --------------------------------------------


@page(recommendation, "/{journey}/<draft_id>/{departure}/<int:number>", "GET", "POST")
def depart(draft_id: str, number: int) -> Answered:
    """Ask for one part of one meeting to be different, and say why."""
    visit = open_visit(draft_id)
    if not visit.arrived:
        return go(next_address(visit, **{"from": "later"}))
    meetings = visit.recommendation.meetings
    if not 1 <= number <= len(meetings):
        abort(404)
    meeting = meetings[number - 1]
    form = _departure_form(meeting, visit.procedure)

    def chosen() -> Departure:
        part, _separator, choice = form["what"].data.rpartition("=")
        return Departure(part, choice, form["reason"].data)

    return _reasoned(visit, form, meeting.rule, chosen, _("Ask for something else"))


@page(recommendation, "/{journey}/<draft_id>/{anyway}", "GET", "POST")
def ask_anyway(draft_id: str) -> Answered:
    """Ask for a meeting although the result is not one."""
    visit = open_visit(draft_id)
    rule = _anyway_rule(visit)
    if rule is None or not visit.arrived:
        return go(next_address(visit, **{"from": "later"}))
    form = PageForm({"reason": _reason_field(_("Why is a discussion needed?"))})

    def chosen() -> Departure:
        return Departure("anyway", "", form["reason"].data)

    return _reasoned(visit, form, rule, chosen, _("Request a discussion anyway"))


def _reasoned(
    visit: Visit, form: PageForm, rule: MeetingRule, chosen: Callable[[], Departure], heading: str
) -> Answered:
    """Show or take a form whose answer is a departure."""
    form.process(request.form if request.method == "POST" else None)
    shown = {"visit": visit, "form": form, "fields": list(form), "heading": heading}
    shown["decides"] = services().fields.procedures[rule.procedure].decides
    if request.method == "GET" or SWITCH in request.form:
        if request.method == "POST":
            require_token(visit.draft)
        return render_template("pages/departure.html", **shown)
    require_token(visit.draft)
    if not form.validate():
        return render_template("pages/departure.html", **shown), 422
    departure = chosen()
    departures = _with(visit.draft.departures, rule.id, departure)
    anyway = visit.draft.anyway or departure.part == "anyway"
    back = go(address("recommendation.show", draft_id=visit.draft.id))
    try:
        draft = replace(visit.draft, departures=departures, anyway=anyway)
        return keep(back, draft, room_for_answers=True)
    except DraftTooLarge:
        form.refuse("reason", _("There is no room for more text here. Shorten your reasons."))
        return render_template("pages/departure.html", **shown), 422


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
    anyway = visit.draft.anyway and part != "anyway"
    draft = replace(visit.draft, departures=departures, anyway=anyway)
    return keep(go(address("recommendation.show", draft_id=draft_id)), draft)


def _with(departures: Departures, meeting: str, departure: Departure) -> Departures:
    """One departure per part: a later one takes the place of an earlier."""
    kept = [each for each in departures.get(meeting, ()) if each.part != departure.part]
    return departures | {meeting: (*kept, departure)}


def _anyway_rule(visit: Visit) -> MeetingRule | None:
    """The meeting that is sent against the result; None where it is recommended already."""
    held = {meeting.id for meeting in visit.recommendation.meetings}
    rules = [rule for rule in visit.procedure.meetings if rule.anyway]
    return next((each for each in rules if each.id not in held), None)


def _departure_form(meeting: Meeting, procedure: Procedure) -> PageForm:
    return PageForm(
        {
            "what": OneOf(
                _alternatives(meeting, procedure),
                label=_("What should be different?"),
                missing=_("Choose what should be different"),
            ),
            "reason": _reason_field(_("Why?")),
        }
    )


def _reason_field(label: str) -> Any:
    return Words(
        "long-text",
        check=_reason_problem,
        label=label,
        description=_("The duty officer sees your reason."),
        missing=_("Give a reason"),
    )


def _reason_problem(reason: str) -> str | None:
    if len(reason) <= REASON_LIMIT:
        return None
    return _("Shorten your text to %(limit)d characters or fewer", limit=REASON_LIMIT)


def _alternatives(meeting: Meeting, procedure: Procedure) -> list[Choice]:
    """Each part that can be different, as `part=choice`."""
    terms = procedure.terms
    chairs = [chair.chair for rule in procedure.meetings for chair in rule.chairs]
    return [
        *(
            Choice(f"type={each}", _("Kind of meeting: %(name)s", name=text(name)))
            for each, name in terms.types.items()
            if each != meeting.type.type
        ),
        *(
            Choice(f"mode={each}", _("How it is held: %(name)s", name=text(name)))
            for each, name in terms.modes.items()
            if each != meeting.type.modes[0]
        ),
        *(
            Choice(f"chair={each}", _("Chair: %(name)s", name=text(terms.roles[each])))
            for each in dict.fromkeys(chairs)
            if each != meeting.chair.chair
        ),
        *(
            Choice(
                f"attendee:{each.role}={REMOVED}",
                _("Do not invite: %(name)s", name=text(terms.roles[each.role])),
            )
            for each in meeting.attendees
            if each.status != NOT_INVITED
        ),
    ]
