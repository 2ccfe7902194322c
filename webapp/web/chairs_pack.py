"""The chair's pack: one page for each meeting, to be printed and taken into the room."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from webapp.web.asked import departure_rows, details_if_kept
from webapp.web.draft_cookies import open_visit
from webapp.web.journey import Answered, go, next_address
from webapp.web.languages import page, text
from webapp.web.presenting import attendee_groups, due_rows
from webapp.web.visits import services

chairs_pack = Blueprint("chairs_pack", __name__)


@page(chairs_pack, "/{journey}/<draft_id>/{pack}/<int:number>")
def show(draft_id: str, number: int) -> Answered:
    """`number` counts the recommended meetings from 1, as on the recommendation page."""
    visit = open_visit(draft_id)
    if not visit.arrived:
        return go(next_address(visit, **{"from": "later"}))
    meetings = visit.recommendation.meetings
    if not 1 <= number <= len(meetings):
        abort(404)
    meeting = meetings[number - 1]
    held = [each for each in meeting.timescales if each.rule.deadline]
    after = [each for each in meeting.timescales if not each.rule.deadline]
    return render_template(
        "pages/chairs_pack.html",
        visit=visit,
        meeting=meeting,
        heading=_("Chair’s pack"),
        decides=text(services().fields.procedures[meeting.rule.procedure].decides),
        groups=attendee_groups(meeting),
        held=due_rows(tuple(held), visit.procedure, visit.context.now),
        after=due_rows(tuple(after), visit.procedure, visit.context.now),
        departures=[
            each
            for each in departure_rows(visit, details_if_kept(visit))
            if each.departed.meeting in ("", meeting.id)
        ],
    )
