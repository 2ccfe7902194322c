"""What one web request knows about a draft: its answers replayed, and where it lives.

A draft's answers live in one sealed cookie per draft, so that two cases in two tabs never mix
and no store is needed to decide. Two more cookies belong to a draft: `hidden-…` holds it while
it is locked behind its resume code, and `sent-…` remembers where it was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound

from webapp.meeting_requests.contacts import CONFLICT_OF, PhoneLine
from webapp.meeting_requests.details import DetailFields, ProcedureWords
from webapp.meeting_requests.dispatching import CONFLICT_QUESTION
from webapp.meeting_requests.drafts import draft_id as id_of
from webapp.meeting_requests.drafts import is_draft_id, open_draft, seal_draft
from webapp.meeting_requests.model import Draft
from webapp.procedures.model import Group, Procedure, Question, Text
from webapp.procedures.recommending import Recommendation, recommend
from webapp.procedures.walking import Answer, Context, Journey, page_of, walk

if TYPE_CHECKING:
    from webapp.bootstrap import Services

MOST_DRAFTS = 4
DRAFT_LIFE = 24 * 60 * 60  # seconds: a shift, and the night after it


class DraftNotOpen(NotFound):
    """This browser has no such draft: never begun here, closed, hidden, or a forged cookie."""


def services() -> Services:
    """The services of `webapp.bootstrap`; the only place where pages take them from."""
    found: Services = current_app.extensions["services"]
    return found


@dataclass(frozen=True)
class Page:
    """One page of questions. Its address is the code of its first question."""

    group: Group | None
    questions: tuple[Question, ...]

    @property
    def code(self) -> str:
        return self.questions[0].code

    @property
    def can_wait(self) -> bool:
        return all(question.can_wait for question in self.questions)


@dataclass(frozen=True)
class Visit:
    """A draft with its answers replayed at the moment of the web request."""

    draft: Draft
    procedure: Procedure
    journey: Journey
    context: Context

    @cached_property
    def recommendation(self) -> Recommendation:
        return recommend(self.journey, self.context, self.draft.anyway)

    @property
    def arrived(self) -> bool:
        """Whether there is a result, and every question still open can wait."""
        journey = self.journey
        return bool(journey.result) and all(each.can_wait for each in journey.unanswered)

    @property
    def tree_changed(self) -> bool:
        """Whether the procedure is another one now than when the draft was begun."""
        began: dict[str, str] = self.draft.versions.get(self.procedure.id) or {}
        return began.get("digest") != self.procedure.digest

    @property
    def urgent(self) -> bool:
        """Whether as little as possible is asked for, and the request says URGENT."""
        return services().fields.is_urgent(self.journey.facts)

    @property
    def fields(self) -> DetailFields:
        """What is asked of the details in this procedure's journeys."""
        return services().fields.of(self.procedure.id)

    @property
    def words(self) -> ProcedureWords:
        return services().fields.procedures[self.procedure.id]

    @property
    def conflicts(self) -> frozenset[str]:
        return frozenset(self.journey.facts.answers.get(CONFLICT_QUESTION, ()))

    @property
    def authority(self) -> str | None:
        """The authority whose duty team this is for, as soon as an answer names one."""
        for rule in self.procedure.meetings:
            for question_id in rule.authority:
                for choice in self.journey.facts.answers.get(question_id, ()):
                    if choice in services().directory.authorities:
                        return choice
        return None

    @property
    def diverted(self) -> bool:
        """Whether a conflict of interest keeps this away from the duty team."""
        return CONFLICT_OF[self.draft.procedure] in self.conflicts

    @property
    def area(self) -> Text | None:
        """The name of that authority."""
        return services().library.authorities[self.authority].name if self.authority else None

    @property
    def phones(self) -> tuple[PhoneLine, ...]:
        """The duty team's numbers, in and out of hours; empty until the authority is known."""
        if self.authority is None:
            return ()
        result = self.procedure.results.get(self.journey.result or "")
        handed_over = result.hands_over_to if result else None
        return self.phones_of(self.authority, handed_over or self.draft.procedure)

    def phones_of(self, authority: str, procedure: str) -> tuple[PhoneLine, ...]:
        """The numbers for one meeting, away from any conflict of interest."""
        return services().directory.phones_for(authority, procedure, self.conflicts)

    def page_with(self, question: Question) -> Page | None:
        """The page that shows `question`, or None if the journey has not reached it."""
        met = {step.question.id for step in self.journey.steps}
        met |= {each.id for each in self.journey.unanswered}
        if question.id not in met:
            return None
        return Page(*page_of(self.journey, question))

    def pages(self) -> list[Page]:
        """The pages answered so far, in order."""
        pages: dict[str, Page] = {}
        for step in self.journey.steps:
            page = Page(*page_of(self.journey, step.question))
            pages.setdefault(page.code, page)
        return list(pages.values())

    def page_before(self, page: Page) -> Page | None:
        before = None
        for each in self.pages():
            if each.code == page.code:
                return before
            before = each
        return before

    def next_page(self) -> Page | None:
        """The page of the first question still open."""
        question = self.journey.next
        return Page(*page_of(self.journey, question)) if question else None

    def answering(self, answers: dict[str, Answer]) -> Visit:
        return visit_of(replace(self.draft, answers=answers), self.context.now)


def visit_of(draft: Draft, now: datetime | None = None) -> Visit:
    library = services().library.for_answers(draft.procedure, draft.answers)
    procedure = library.procedures[draft.procedure]
    context = Context(now or services().clock(), library.calendar)
    return Visit(draft, procedure, walk(procedure, draft.answers, context), context)


# -- cookies -------------------------------------------------------------------


def cookie_name(kind: str, draft_id: str) -> str:
    """`__Host-` ties a cookie to this host and path; browsers accept it over HTTPS only."""
    prefix = "__Host-" if current_app.config["HTTPS"] else ""
    return f"{prefix}{kind}-{draft_id}"


def set_cookie(response: Response, name: str, value: str, life: int = DRAFT_LIFE) -> None:
    https = current_app.config["HTTPS"]
    response.set_cookie(
        name, value, max_age=life, path="/", secure=https, httponly=True, samesite="Lax"
    )


def drop_cookie(response: Response, name: str) -> None:
    https = current_app.config["HTTPS"]
    response.delete_cookie(name, path="/", secure=https, httponly=True, samesite="Lax")


def open_visit(draft_id: str) -> Visit:
    """The visit to a draft that is open in this browser. Raises DraftNotOpen."""
    draft = _draft_in(cookie_name("draft", draft_id), draft_id)
    if draft is None:
        raise DraftNotOpen
    return visit_of(draft)


def open_drafts() -> list[Draft]:
    """Every draft open in this browser."""
    drafts = (_draft_in(cookie_name("draft", each), each) for each in _ids("draft"))
    return [draft for draft in drafts if draft]


def hidden_draft(code: str) -> Draft | None:
    """The hidden draft that this resume code opens, if this browser has it."""
    draft_id = id_of(code)
    draft = _draft_in(cookie_name("hidden", draft_id), draft_id)
    return draft if draft and draft.code == code else None


def _draft_in(name: str, draft_id: str) -> Draft | None:
    sealed = request.cookies.get(name)
    if not sealed or not is_draft_id(draft_id):
        return None
    return open_draft(draft_id, sealed, services().keyring, services().library.procedures)


def _ids(kind: str) -> Iterator[str]:
    prefix = cookie_name(kind, "")
    for name in request.cookies:
        if name.startswith(prefix):
            yield name.removeprefix(prefix)


def keep(response: Response, draft: Draft, free: int = 0) -> Response:
    """Put the draft into the response's cookie, with `free` characters left in it.

    Raises DraftTooLarge.
    """
    set_cookie(response, cookie_name("draft", draft.id), sealed(draft, free))
    return response


def hide(response: Response, draft: Draft) -> Response:
    """Lock the draft: from now on only its resume code opens it."""
    set_cookie(response, cookie_name("hidden", draft.id), sealed(draft))
    drop_cookie(response, cookie_name("draft", draft.id))
    return response


def take_out(response: Response, draft: Draft) -> Response:
    """The draft is no longer hidden."""
    drop_cookie(response, cookie_name("hidden", draft.id))
    return response


def close(response: Response, draft_id: str) -> Response:
    for kind in ("draft", "hidden"):
        drop_cookie(response, cookie_name(kind, draft_id))
    return response


def sealed(draft: Draft, free: int = 0) -> str:
    procedure = services().library.procedures[draft.procedure]
    return seal_draft(draft, services().keyring, procedure, free)
