"""A duty officer says: I have it, wrong team, or cannot act. What follows is written with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from webapp.meeting_requests.acknowledgement import CANNOT_ACT, WRONG_TEAM, Acknowledgement
from webapp.meeting_requests.contacts import Directory, Team
from webapp.meeting_requests.model import NEWS, RECEIPT, Dispatch, Mail, Submitted
from webapp.meeting_requests.ports import MeetingRequestStore, Overtaken
from webapp.meeting_requests.references import dispatch_reference
from webapp.procedures.walking import Context

MOST_DISPATCHES = 9  # of one request: a reference ends in one digit

# (languages, dispatch, what was said of it, the dispatch it was passed on as) -> the mail
WriteNews = Callable[[tuple[str, ...], Dispatch, Acknowledgement, Dispatch | None], Mail]


def teams_to_pass_on_to(
    submitted: Submitted, dispatch: Dispatch, directory: Directory, context: Context
) -> list[Team]:
    """The other teams of the same council, then the team of every other council for the same
    procedure. Nobody whom a conflict of interest keeps out, and nobody without mail.

    None where the answers are not known, or when it has been passed on too often: then ring.
    """
    request = submitted.request
    if not request.journey or _next_number(submitted) > MOST_DISPATCHES:
        return []
    wanted = [(dispatch.authority, each) for each in directory.rules.inboxes]
    wanted += [(each, dispatch.inbox or dispatch.procedure) for each in directory.authorities]
    teams: dict[tuple[str | None, str], Team] = {}
    for place in dict.fromkeys(wanted):
        if place[0] in directory.authorities:
            team = directory.team_for(*place, dispatch.conflicts, context.now, context.calendar)
            teams.setdefault((team.contact.mail, team.procedure), team)
    return [each for each in teams.values() if each.contact.mail not in (None, dispatch.to)]


def acknowledge(
    dispatch: Dispatch,
    said: Acknowledgement,
    form: str,
    team: Team | None,
    store: MeetingRequestStore,
    write_news: WriteNews,
) -> bool:
    """Keep what was said; with it, the dispatch to `team` and the news for the requester.

    Of two officers at once both are kept, and the second is written knowing the first. False if
    this form was kept before, or the request no longer is. Raises StoreUnavailable.
    """
    while True:
        submitted = store.find(dispatch.family)
        current = _current(submitted, dispatch)
        if submitted is None or current is None:
            return False
        passed_on = _passed_on(submitted, current, said, team)
        complete = replace(said, passed_to=passed_on.reference if passed_on else "")
        is_new = passed_on is not None and passed_on not in submitted.dispatches
        follow: tuple[Dispatch, ...] = (passed_on,) if passed_on and is_new else ()
        if is_new or said.choice not in [each.choice for each in current.acknowledgements]:
            follow += _news(submitted, current, complete, passed_on, write_news)
        try:
            return store.acknowledge(current, complete, form, follow)
        except Overtaken:
            continue


def _current(submitted: Submitted | None, dispatch: Dispatch) -> Dispatch | None:
    every = submitted.dispatches if submitted else ()
    return next((each for each in every if each.reference == dispatch.reference), None)


def _passed_on(
    submitted: Submitted, dispatch: Dispatch, said: Acknowledgement, team: Team | None
) -> Dispatch | None:
    """The same mail to the right team, under the next reference and with the same clock.

    Where that team has the same mail and has not answered yet, that dispatch.
    """
    if said.choice != WRONG_TEAM or team is None:
        return None
    carried = (team.contact.mail, dispatch.kind, dispatch.meetings)
    for each in submitted.dispatches:
        if (each.to, each.kind, each.meetings) == carried and not each.standing:
            return each
    reference = dispatch_reference(dispatch.family, _next_number(submitted))
    return replace(
        _unsent(dispatch, said.at),
        reference=reference,
        procedure=team.procedure,
        inbox=team.inbox,
        diverted=team.alternative,
        authority=team.authority,
        team=team.contact.name,
        phone=team.ring.phone,
        to=team.contact.mail,
        mail=_renamed(dispatch.mail, dispatch.reference, reference),
        corrects="",
        passed_from=dispatch.reference,
        passed_by=dispatch.team,
    )


def _unsent(dispatch: Dispatch, at: datetime) -> Dispatch:
    """The same dispatch as if it had only now been saved."""
    return replace(
        dispatch,
        saved_at=at,
        attempts=0,
        next_attempt_at=at,
        handed_over_at=None,
        refused_at=None,
        acknowledgements=(),
    )


def _renamed(mail: Mail, old: str, new: str) -> Mail:
    """The same words under another reference, so that all who speak of it say the same."""
    return Mail(*(part.replace(old, new) for part in (mail.subject, mail.text, mail.html)))


def _next_number(submitted: Submitted) -> int:
    numbers = [
        int(match.group(1))
        for each in submitted.dispatches
        if (match := re.search(r"-(\d+)$", each.reference))
    ]
    return max(numbers, default=0) + 1


def _news(
    submitted: Submitted,
    dispatch: Dispatch,
    said: Acknowledgement,
    passed_on: Dispatch | None,
    write: WriteNews,
) -> tuple[Dispatch, ...]:
    """For the requester, to where the receipt went, because mail was safe there; else none."""
    receipt = next((each for each in submitted.dispatches if each.kind == RECEIPT), None)
    if receipt is None or receipt.to is None:
        return ()
    number = len([each for each in submitted.dispatches if each.kind == NEWS]) + 1
    news = replace(
        _unsent(receipt, said.at),
        kind=NEWS,
        reference=f"{dispatch.family}-N{number}",
        corrects=receipt.reference,
        mail=write(receipt.languages, dispatch, said, passed_on),
        urgent=said.choice == CANNOT_ACT,
        escalations=(),
    )
    return (news,)
