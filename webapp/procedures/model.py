"""What a procedure is made of. Everything here is frozen: loaded once, shared by all requests.

Every text is a `Text`: the English sentence of the tree and the context under which
`translations/` holds the Welsh. Ids are what code compares; texts are only ever shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from webapp.procedures.conditions import ALWAYS, Condition
from webapp.procedures.layers import Profile
from webapp.procedures.terms import Basis as Basis
from webapp.procedures.terms import Least as Least
from webapp.procedures.terms import Source as Source
from webapp.procedures.terms import Terms as Terms
from webapp.procedures.terms import Text as Text

NOT_KNOWN = "not-known"


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    DATE = "date"
    DATE_TIME = "datetime"

    @property
    def is_date(self) -> bool:
        return self in (Kind.DATE, Kind.DATE_TIME)


@dataclass(frozen=True)
class AnswerOption:
    id: str
    text: Text
    hint: Text | None = None
    leads_to: str | None = None
    exclusive: bool = False  # in a `many`: "none of these" unticks the rest
    prefill: Condition | None = None
    cites: tuple[str, ...] = ()
    record_only: bool = False  # passed on, and changes no recommendation


@dataclass(frozen=True)
class Span:
    """A length of time. `unit` is one of `timescales.UNITS`."""

    amount: int
    unit: str


@dataclass(frozen=True)
class Band:
    """A named stretch of dates; the first band of a question that fits a date is its band.

    `comparison` is None for the last band, which takes every other date; `out-of-hours`; or
    before, on-or-before, after, on-or-after `reference` (now, today or a date question's id)
    moved by `span`.
    """

    id: str
    text: Text
    comparison: str | None
    reference: str = "now"
    span: Span | None = None
    leads_to: str | None = None


@dataclass(frozen=True)
class Question:
    """One thing asked. `can_wait`: a recommendation can be made before it is answered."""

    id: str
    code: str  # opaque, stands in URLs
    kind: Kind
    text: Text
    short: Text  # how the question is named in a list of answers
    hint: Text | None
    options: tuple[AnswerOption, ...]
    bands: tuple[Band, ...]
    when: Condition
    basis: Basis
    not_future: bool = False
    can_wait: bool = False
    meanwhile: str | None = None  # the result that stands until this is answered
    record_only: bool = False  # passed on, and changes no recommendation

    @cached_property
    def choices(self) -> dict[str, AnswerOption | Band]:
        """Everything a condition may name: options, and the bands of a date."""
        choices: list[AnswerOption | Band] = [*self.options, *self.bands]
        return {choice.id: choice for choice in choices}

    @property
    def is_long_list(self) -> bool:
        """Whether the options are better shown as a select than as radios."""
        return self.kind is Kind.ONE and len(self.options) > 15


@dataclass(frozen=True)
class Exit:
    """A place in the order of questions where the journey ends if `when` holds."""

    result: str
    when: Condition


@dataclass(frozen=True)
class Group:
    """Questions shown on one page. The first group whose `when` holds wins a question."""

    id: str
    title: Text
    hint: Text | None
    questions: tuple[str, ...]
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Flag:
    """A fact that several rules need and that survives every result."""

    id: str
    text: Text
    when: Condition
    basis: Basis


@dataclass(frozen=True)
class Result:
    """Where a journey ends. `meeting` is true where a meeting is recommended.

    `hands_over_to`: the procedure whose duty team is the one to ring, if it is another one.
    """

    id: str
    title: Text
    body: tuple[Text, ...]
    next_steps: tuple[Text, ...]
    meeting: bool
    basis: Basis
    hands_over_to: str | None = None


@dataclass(frozen=True)
class TypeRule:
    """First match gives the type of a meeting and the ways to hold it, preferred first."""

    type: str
    modes: tuple[str, ...]
    when: Condition
    basis: Basis


@dataclass(frozen=True)
class ChairRule:
    """First match gives the chair."""

    chair: str
    when: Condition
    basis: Basis


@dataclass(frozen=True)
class MeetingRule:
    """One meeting that a journey can yield, with its own chair, attendees and duty inbox.

    `authority` names the questions whose answer may be the meeting's authority, best first.
    `anyway`: this is the meeting sent when a person asks for one against the result.
    """

    id: str
    procedure: str
    title: Text
    when: Condition
    authority: tuple[str, ...]
    types: tuple[TypeRule, ...]
    chairs: tuple[ChairRule, ...]
    basis: Basis
    anyway: bool = False


@dataclass(frozen=True)
class Rule:
    """Adds one thing to a recommendation when `when` holds.

    `effect`: one of `reading.EFFECTS`. For an attendee `role` and `status` are set and `text`
    is None; for the rest `text` is what is shown.
    """

    id: str
    effect: str
    meeting: str | None
    when: Condition
    basis: Basis
    text: Text | None = None
    role: str | None = None
    status: str | None = None
    urgent: bool = False


@dataclass(frozen=True)
class TimescaleRule:
    """A deadline. `runs_from` is a date question or one of the procedure's events.

    `deadline`: this is a latest time for holding the meeting itself. `force`: must, should, may.
    `met_by`: the date question that tells when it was done.
    Where the meeting is not recommended the timescale stands on its own if `when` still holds.
    """

    id: str
    meeting: str
    text: Text
    span: Span
    runs_from: str
    met_by: str | None
    force: str
    deadline: bool
    when: Condition
    basis: Basis


@dataclass(frozen=True)
class AgencyRule:
    """One agency beyond social services, counted when `when` holds."""

    id: str
    when: Condition


@dataclass(frozen=True)
class AgencyBand:
    id: str
    least: int
    most: int | None


@dataclass(frozen=True)
class Procedure:
    id: str
    title: Text
    version: str
    digest: str
    groups: tuple[Group, ...]
    flags: tuple[Flag, ...]
    sequence: tuple[Question | Exit, ...]
    default_result: str
    results: dict[str, Result]
    meetings: tuple[MeetingRule, ...]
    rules: tuple[Rule, ...]
    timescales: tuple[TimescaleRule, ...]
    events: dict[str, Text]
    agencies: tuple[AgencyRule, ...]
    agency_bands: tuple[AgencyBand, ...]
    terms: Terms
    sources: dict[str, Source]
    profile: Profile

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {item.id: item for item in self.sequence if isinstance(item, Question)}

    def start_of(self, runs_from: str) -> Text:
        """What a timescale is counted from: one of the events or a date question's short name."""
        if runs_from in self.events:
            return self.events[runs_from]
        return self.questions[runs_from].short

    @cached_property
    def question_by_code(self) -> dict[str, Question]:
        return {question.code: question for question in self.questions.values()}


Moment = date | datetime
