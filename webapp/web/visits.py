"""What one web request knows about a draft: its answers, replayed. See also `draft_cookies`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app

from webapp.meeting_requests.contacts import PhoneLine
from webapp.meeting_requests.details import DetailFields, ProcedureWords
from webapp.meeting_requests.model import Dispatch, Draft
from webapp.procedures.model import Group, Procedure, Question, Text
from webapp.procedures.recommending import Recommendation, recommend
from webapp.procedures.walking import Answer, Context, Journey, page_of, walk

if TYPE_CHECKING:
    from webapp.bootstrap import Services


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
        """The offices that a conflict of interest closes to this request."""
        return services().directory.conflicts_in(self.journey.facts)

    @property
    def authority(self) -> str | None:
        """The authority whose duty team this is for, as soon as an answer names one."""
        for rule in self.procedure.meetings:
            for question_id in rule.authority:
                for choice in self.journey.facts.answers.get(question_id, ()):
                    if choice in services().library.authorities:
                        return choice
        return None

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
        directory = services().directory
        inboxes = directory.inboxes_for(procedure, self.journey.facts)
        return directory.phones_of(authority, inboxes, self.conflicts)

    def by_telephone(self, authority: str, procedure: str) -> bool:
        """Whether somebody whom a meeting concerns can only be rung."""
        directory, now = services().directory, (self.context.now, self.context.calendar)
        teams = [
            directory.team_for(authority, inbox, self.conflicts, *now)
            for inbox in directory.inboxes_for(procedure, self.journey.facts)
        ]
        return any(each.contact.mail is None for each in teams)

    def phones_of_part(self, planned: Dispatch) -> tuple[PhoneLine, ...]:
        """The numbers of the team that one part of the request would go to."""
        where = (planned.authority, planned.inbox)
        return services().directory.phones_for(*where, planned.conflicts)

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
