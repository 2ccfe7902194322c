"""A draft entry for a calendar, one for each meeting: the duty officer sets the time and sends it.

It invites nobody. It has no METHOD, so that a calendar keeps it as an entry and starts no
scheduling; whoever saves it becomes the organizer. Attendees are roles under addresses that
cannot exist. Nothing that was typed stands in it, and no line that depends on an answer stands in
its words: calendars are shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from webapp.meeting_requests.model import CORRECTION, Attachment
from webapp.messages.shown import Data, Shown, coming
from webapp.procedures.conditions import ALWAYS
from webapp.procedures.model import Moment
from webapp.procedures.timescales import day_of, parse_moment

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
NOWHERE = "roles.invalid"  # a domain that can never exist
LENGTH = timedelta(hours=1)
_DAY = timedelta(days=1)
# Anything else may come: where appropriate.
_PARTS = {"required": "REQ-PARTICIPANT", "expected": "REQ-PARTICIPANT"}


def calendar_draft(shown: Sequence[Shown], meeting_id: str, domain: str) -> Attachment:
    """`shown`: the dispatch in each language of its mail, in their order."""
    from icalendar import Calendar

    first = shown[0]
    calendar = Calendar()
    calendar.add("prodid", "-//Cyfarfod//Draft of a meeting//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(_event(shown, meeting_id, domain))
    name = f"{first.dispatch.reference}-{meeting_id}.ics"
    return Attachment(name, MEDIA_TYPE, calendar.to_ical())


def _event(shown: Sequence[Shown], meeting_id: str, domain: str) -> Event:
    from icalendar import Event

    first = shown[0]
    request, correction = first.request, first.dispatch.kind == CORRECTION
    meetings = [_meeting(each, meeting_id) for each in shown]
    event = Event()
    # a correction takes the place of the entry that it corrects
    event.add("uid", f"{request.corrects or request.reference}.{meeting_id}@{domain}")
    event.add("sequence", int(request.created_at.timestamp()) // 60 if correction else 0)
    event.add("dtstamp", request.created_at.astimezone(UTC))
    start, end = _when(meetings[0], request.created_at)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", " / ".join(map(_summary, shown, meetings)))
    event.add("location", " / ".join(map(_mode, shown, meetings)))
    event.add("description", "\n\n".join(map(_description, shown, meetings)))
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    _add_attendees(event, meetings[0])
    return event


def _meeting(shown: Shown, meeting_id: str) -> Data:
    return next(each for each in shown.meetings if each["id"] == meeting_id)


def _when(meeting: Data, sent_at: datetime) -> tuple[Moment, Moment]:
    """Where the draft stands until it has a time: the whole of the last day, or the hour before
    the latest moment, in UTC. Today where it has no date, or the date is past."""
    due = _open_due(meeting)
    if due is None:
        today = day_of(sent_at)
        return today, today + _DAY
    if isinstance(due, datetime):
        return (due - LENGTH).astimezone(UTC), due.astimezone(UTC)
    return due, due + _DAY


def _open_due(meeting: Data) -> date | datetime | None:
    deadline = meeting["deadline"]
    if not deadline or not deadline["due"] or deadline["overdue"]:
        return None
    return parse_moment(deadline["due"])


def _summary(shown: Shown, meeting: Data) -> str:
    due = _open_due(meeting)
    words = {"meeting": meeting["title"], "reference": shown.dispatch.reference}
    if due is None:
        message = shown.gettext("DRAFT, as soon as possible: %(meeting)s (%(reference)s)")
    elif isinstance(due, datetime):
        message = shown.gettext("DRAFT, ends at the latest time: %(meeting)s (%(reference)s)")
    else:
        message = shown.gettext("DRAFT, the latest day: %(meeting)s (%(reference)s)")
    return message % words


def _mode(shown: Shown, meeting: Data) -> str:
    return shown.text(shown.procedure.terms.modes.get(meeting["mode"]))


def _description(shown: Shown, meeting: Data) -> str:
    lines = [
        shown.gettext(
            "This is a draft. Nobody has been invited. Set the day and time, put people’s addresses"
            " in the place of the roles, and send it from your own calendar."
        ),
        shown.gettext("Write no names and nothing about the person in a calendar."),
    ]
    if meeting["deadline"]:
        lines += ["", shown.gettext("Time limit"), meeting["deadline"]["due_text"]]
    lines += ["", shown.gettext("Who is recommended to come")]
    for each in coming(meeting):
        status = shown.procedure.terms.statuses.get(each["status"])
        lines.append(f"- {each['text']} ({shown.text(status)})")
    if agenda := _agenda(shown, meeting):
        lines += ["", shown.gettext("Agenda of every such meeting"), *agenda]
    return "\n".join(lines)


def _agenda(shown: Shown, meeting: Data) -> list[str]:
    """The lines that stand on the agenda whatever the answers were."""
    always = {rule.id for rule in shown.procedure.rules if rule.when == ALWAYS}
    lines = [each["text"] for each in meeting["agenda"] if each["id"] in always]
    return [f"{number}. {line}" for number, line in enumerate(lines, 1)]


def _add_attendees(event: Event, meeting: Data) -> None:
    from icalendar import vCalAddress

    for each in coming(meeting):
        address = vCalAddress(f"mailto:{each['role']}@{NOWHERE}")
        chair = each["role"] == meeting["chair"]
        part = "CHAIR" if chair else _PARTS.get(each["status"], "OPT-PARTICIPANT")
        address.params["CN"] = each["text"]
        address.params["CUTYPE"] = "GROUP"
        address.params["ROLE"] = part
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "FALSE"
        # no calendar server may write to these addresses by itself
        address.params["SCHEDULE-AGENT"] = "NONE"
        event.add("attendee", address, encode=False)
