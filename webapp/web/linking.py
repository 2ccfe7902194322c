"""From one journey into another: a linked draft that begins with the answers both ask for.

A linked draft has a code of its own and counts among the drafts of this browser. Each remembers
the other, so that whichever is sent later names the reference of the earlier one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, request

from webapp.meeting_requests.drafts import DraftTooLarge, new_draft
from webapp.meeting_requests.linking import carried_answers, carried_details, with_link
from webapp.meeting_requests.model import Details, Draft
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.meeting_requests.saved_details import save_details
from webapp.procedures.conditions import holds
from webapp.web.details import details_kept
from webapp.web.draft_cookies import (
    MOST_DRAFTS,
    keep,
    make_room,
    open_drafts,
    open_visit,
    versions_now,
)
from webapp.web.journey import Answered, go, next_address
from webapp.web.languages import address, language, page, text
from webapp.web.security import require_token
from webapp.web.sent import draft_of, opened, require_status_token, sent_from
from webapp.web.visits import Visit, services, visit_of

linking = Blueprint("linking", __name__)

# The lists of `carried_over` and `carried_details` in decision_trees/details.yaml.
SAME_PERSON, ANOTHER_PERSON = "same-person", "another-person"
AGAIN = "again"  # the button that asks for one more meeting about the same person


@dataclass(frozen=True)
class Link:
    """A way into a linked journey. `suggested`: the answers speak for it. `name`: of its button;
    `again` asks for one more meeting about the same person."""

    procedure: str
    text: str
    suggested: bool
    name: str = "procedure"


def links_of(visit: Visit) -> list[Link]:
    """The linked journeys that can be started; those that the answers suggest come first."""
    handed_over = hand_over_of(visit)
    links = []
    for each in services().library.procedures:
        words, own = services().fields.procedures[each], each == visit.procedure.id
        if handed_over is None or each != handed_over.procedure:
            suggested = not own and holds(words.suggested, visit.journey.facts)
            links.append(Link(each, text(words.another if own else words.link), suggested))
    return sorted(links, key=lambda link: not link.suggested)


def hand_over_of(visit: Visit) -> Link | None:
    """The journey of the same person in the procedure that the result names."""
    result = visit.procedure.results.get(visit.journey.result or "")
    procedure = result.hands_over_to if result else None
    if procedure is None or procedure not in services().library.procedures:
        return None
    return Link(procedure, text(services().fields.procedures[procedure].hand_over), True)


def links_after_sending(visit: Visit) -> list[Link]:
    """The same once a request was sent: first one more meeting, then what the result names."""
    again = Link(visit.procedure.id, text(visit.words.again), False, AGAIN)
    handed_over = hand_over_of(visit)
    return [again, *([handed_over] if handed_over else []), *links_of(visit)]


@page(linking, "/{journey}/<draft_id>/{link}", "POST")
def start(draft_id: str) -> Answered:
    """Begin a linked draft; a fifth one waits until another is closed."""
    visit = open_visit(draft_id)
    require_token(visit.draft)
    draft, kind = _chosen(visit)
    if len(open_drafts()) >= MOST_DRAFTS:
        return go(address("drafts.listing"))
    known: Details = {}
    with suppress(StoreUnavailable):  # then nothing comes along but the answers
        known = details_kept(visit)
    origin = replace(visit.draft, linked=with_link(visit.draft.linked, draft.id))
    response = _begin(draft, known, kind)
    with suppress(DraftTooLarge):  # then only the new draft remembers the link
        keep(response, origin)
    return response


@page(linking, "/{status}/<reference>/{link}", "POST")
def start_after_sending(reference: str) -> Answered:
    """The same from a status page, while the draft lives that was sent."""
    found = opened(reference)
    if found:
        require_status_token(found[1])
    resumed = draft_of(found[1]) if found else None
    if resumed is None:
        return go(address("statuses.show", reference=reference))
    if len(open_drafts()) >= MOST_DRAFTS:
        return go(address("drafts.listing"))
    draft, kind = _chosen(visit_of(resumed.draft))
    return _begin(draft, resumed.details, kind)


def _chosen(visit: Visit) -> tuple[Draft, str]:
    """A new draft as the pressed button says, and which list of details comes along."""
    again = request.form.get(AGAIN) == visit.procedure.id
    wanted = visit.procedure.id if again else request.form.get("procedure", "")
    procedure = services().library.procedures.get(wanted)
    if procedure is None:
        abort(422)
    handed_over = hand_over_of(visit)
    same = again or (handed_over is not None and handed_over.procedure == procedure.id)
    asked = services().fields.carried_over[SAME_PERSON if same else ANOTHER_PERSON]
    draft = replace(
        new_draft(procedure.id, versions_now(procedure), language().code, visit.context.now),
        answers=carried_answers(visit.journey.answers(), procedure, asked),
        linked=with_link((), visit.draft.id),
    )
    if same:
        return draft, SAME_PERSON
    own = procedure.id == visit.procedure.id
    return draft, visit.words.another_carries if own else ANOTHER_PERSON


def _begin(draft: Draft, known: Details, kind: str) -> Response:
    """At its first question, with the details that come along already stored."""
    place = services()
    carried = carried_details(known, place.fields.of(draft.procedure), kind)
    if carried:
        procedure = place.library.procedures[draft.procedure]
        with suppress(StoreUnavailable):
            save_details(draft, carried, procedure, place.store, place.clock())
            draft = replace(draft, has_details=True)
    return keep(make_room(go(next_address(visit_of(draft))), draft), draft)


@dataclass(frozen=True)
class LinkedDraft:
    """Another request of the same concern: where it is, and its reference once it was sent."""

    title: str
    href: str
    reference: str | None


def linked_drafts(visit: Visit) -> list[LinkedDraft]:
    """What this browser knows of the requests linked to this one."""
    opened = {draft.id: draft for draft in open_drafts()}
    found = []
    for draft_id in visit.draft.linked:
        if reference := sent_from(draft_id):
            where = address("statuses.show", reference=reference)
            found.append(LinkedDraft(reference, where, reference))
        elif draft_id in opened:
            title = text(services().library.procedures[opened[draft_id].procedure].title)
            where = address("drafts.go_on", draft_id=draft_id)
            found.append(LinkedDraft(title, where, None))
    return found


def linked_references(visit: Visit) -> tuple[str, ...]:
    """The references of the linked requests that this browser has sent."""
    return tuple(each.reference for each in linked_drafts(visit) if each.reference)
