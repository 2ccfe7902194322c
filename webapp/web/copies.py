"""A copy of the whole request for whoever wrote it: a page to print, and a Word document.

Before sending it is made from the draft. After sending it is made from what was kept beside the
draft's details, while the draft lives: what was sent cannot be read again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from webapp.meeting_requests.correcting import Family, family_of
from webapp.meeting_requests.model import Details, MeetingRequest, Submitted
from webapp.meeting_requests.saved_details import Resumed, sent_in
from webapp.messages.parts import Row, Section
from webapp.messages.plain_words import PlainWords
from webapp.messages.request_copy import Copied, copy_sections
from webapp.web.details import details_kept
from webapp.web.draft_cookies import open_visit
from webapp.web.journey import Answered, go, next_address
from webapp.web.languages import address, language, page, text
from webapp.web.phone_bar import PhoneBar, bar_of, bar_of_sent, lines_of
from webapp.web.sent import draft_of, opened
from webapp.web.statuses import ask_for_code, to_teams
from webapp.web.visits import Visit, services, visit_of

copies = Blueprint("copies", __name__)


@dataclass(frozen=True)
class Copy:
    """One copy in the language of the page. `name` is the file's, without anything personal."""

    title: str
    name: str
    typed_in: str
    made_at: datetime
    sections: list[Section]
    back: str
    document: str
    bar: PhoneBar | None


# -- before sending --------------------------------------------------------------


@page(copies, "/{journey}/<draft_id>/{copy}")
def of_draft(draft_id: str) -> Answered:
    visit = open_visit(draft_id)
    details = details_kept(visit)
    if not visit.arrived or not details:
        return go(next_address(visit, **{"from": "later"}))
    return _page(_draft_copy(visit, details))


@page(copies, "/{journey}/<draft_id>/{copy}.docx")
def document_of_draft(draft_id: str) -> Answered:
    visit = open_visit(draft_id)
    details = details_kept(visit)
    if not visit.arrived or not details:
        return go(next_address(visit, **{"from": "later"}))
    return _document(_draft_copy(visit, details))


def _draft_copy(visit: Visit, details: Details) -> Copy:
    facts = [
        Row(_("Reference"), _("Not sent yet")),
        Row(_("Made at"), language().moment(visit.context.now)),
    ]
    return Copy(
        title=_("Copy of a meeting request that is not sent"),
        name=_("meeting-request-not-sent"),
        typed_in=language().code,
        made_at=visit.context.now,
        sections=[Section(_("This copy"), rows=tuple(facts)), *_whole(visit, details)],
        back=address("check.show", draft_id=visit.draft.id),
        document=address("copies.document_of_draft", draft_id=visit.draft.id),
        bar=bar_of(visit),
    )


def _whole(visit: Visit, details: Details) -> list[Section]:
    words = PlainWords(language(), visit.procedure, visit.fields)
    copied = Copied(words, visit.recommendation, details, visit.draft.departures)
    return copy_sections(copied)


# -- after sending ---------------------------------------------------------------


@page(copies, "/{status}/<reference>/{copy}")
def of_sent(reference: str) -> Answered:
    made = _sent_copy(reference)
    return _page(made) if isinstance(made, Copy) else made


@page(copies, "/{status}/<reference>/{copy}.docx")
def document_of_sent(reference: str) -> Answered:
    made = _sent_copy(reference)
    return _document(made) if isinstance(made, Copy) else made


def _sent_copy(reference: str) -> Copy | Answered:
    """Of what was sent last from the draft; or a page that asks for the status code, or that says
    why there is no copy."""
    found = opened(reference)
    if found is None:
        return ask_for_code(reference)
    submitted, known = found
    resumed = draft_of(known)
    sent = sent_in(resumed.details) if resumed else None
    family = family_of(reference, services().store) or Family(submitted)
    latest = family.with_reference(sent.reference) if sent else None
    if resumed is None or sent is None or latest is None:
        shown = {"reference": reference, "bar": bar_of_sent(family.read)}
        return render_template("pages/no_copy.html", **shown), 410
    return _of_what_was_sent(latest, sent, resumed, family)


def _of_what_was_sent(
    submitted: Submitted, sent: MeetingRequest, resumed: Resumed, family: Family
) -> Copy:
    draft = replace(
        resumed.draft,
        answers=dict(sent.journey),
        departures=sent.departures,
        anyway=sent.anyway,
    )
    visit = visit_of(draft, sent.created_at)
    return Copy(
        title=_("Copy of meeting request %(reference)s", reference=sent.reference),
        name=_("meeting-request-%(reference)s", reference=sent.reference),
        typed_in=sent.language,
        made_at=services().clock(),
        sections=[_of_sending(submitted, sent, visit, family), *_whole(visit, sent.details)],
        back=address("statuses.show", reference=sent.reference),
        document=address("copies.document_of_sent", reference=sent.reference),
        bar=bar_of_sent(family.read),
    )


def _of_sending(
    submitted: Submitted, sent: MeetingRequest, visit: Visit, family: Family
) -> Section:
    """Reference, moment and whom to ring; and whether the rules have changed since."""
    rows = [
        Row(_("Reference"), sent.reference),
        *([Row(_("Corrects"), sent.corrects)] if sent.corrects else []),
        Row(_("Saved at"), language().moment(sent.created_at)),
    ]
    for each in to_teams(submitted):
        numbers = [line.phone for line in lines_of(family.read, each)] or [each.phone]
        rows.append(Row(text(each.team), "\n".join(numbers)))
    now = visit.procedure.digest
    same = sent.versions.get("digest") == now
    changed = _("The procedure has changed since. The recommendation here is by today’s version.")
    return Section(_("This copy"), () if same else (changed,), tuple(rows))


# -- both ------------------------------------------------------------------------


def _page(copy: Copy) -> str:
    return render_template("pages/copy.html", copy=copy, heading=copy.title, bar=copy.bar)


def _document(copy: Copy) -> Response:
    from webapp.messages.copy_document import copy_document
    from webapp.messages.word_document import MEDIA_TYPE

    content = copy_document(language(), copy.title, copy.typed_in, copy.made_at, copy.sections)
    response = Response(content, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{copy.name}.docx"'
    return response
