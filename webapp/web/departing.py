"""The form that asks for something else than one meeting's recommendation: several things at once.

It begins with what is asked for already, and what it sends takes the place of that.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from webapp.meeting_requests import departing
from webapp.meeting_requests.cleaning import MOST_PEOPLE, REASON_LIMIT, clean_text
from webapp.meeting_requests.departing import (
    CHAIR_DECIDES,
    Advised,
    other_roles,
    role_choices,
    role_of,
)
from webapp.meeting_requests.model import Departure
from webapp.procedures.model import Procedure
from webapp.procedures.recommending import KEPT_AWAY
from webapp.web.fields import Asked, Choice, PageForm
from webapp.web.languages import language, text

ADD = "add-person"  # the button that asks for one more empty row
PEOPLE = "person"  # begins the name of every field about a person


@dataclass
class Wish:
    """What was typed about one part; `key` begins the names of its fields."""

    key: str
    choice: str = ""
    reason: str = ""
    who: str = ""
    role: str = ""
    wrong: str = ""  # the field that `error` is about
    error: str = ""

    @property
    def shown(self) -> str:
        """For a text area: browsers drop a first line break, so it is doubled."""
        return f"\n{self.reason}" if self.reason[:1] in ("\n", "\r") else self.reason

    @property
    def is_empty(self) -> bool:
        return not any(each.strip() for each in (self.choice, self.reason, self.who, self.role))

    def as_departure(self, part: str) -> Departure:
        who = self.who if self.choice == departing.OTHER else ""
        return Departure(part, self.choice, clean_text(self.reason, lines=True), clean_text(who))

    def refuse(self, field: str, message: str) -> None:
        self.wrong, self.error = field, message
        raise StopValidation(message)

    def need_reason(self, name: str) -> None:
        reason = clean_text(self.reason, lines=True)
        if not reason:
            self.refuse("reason", _("Give a reason: %(name)s", name=name))
        if problem := too_long(reason, REASON_LIMIT):
            self.refuse("reason", problem)


def too_long(written: str, limit: int) -> str | None:
    if len(written) <= limit:
        return None
    return _("Shorten your text to %(limit)d characters or fewer", limit=limit)


class Part(Asked):
    """The kind of meeting, the way of meeting or the chair. `data` is a list of departures."""

    kind = "part"

    def __init__(self, choices: Sequence[Choice], recommended: str, **options: Any) -> None:
        super().__init__(**options)
        self.choices, self.recommended = choices, recommended
        self.wish = Wish(self.name)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        given = {each.part: each for each in data or ()}.get(self.name)
        self.wish = Wish(self.name)
        if formdata is not None:
            typed = (formdata.get(f"{self.name}{end}", "") for end in ("", "-reason", "-who"))
            self.wish = Wish(self.name, *typed)
        elif given:
            self.wish = Wish(self.name, given.choice, given.reason, given.who)
        self.data = [self.wish.as_departure(self.name)] if self.wish.choice else []

    @property
    def items(self) -> list[dict[str, Any]]:
        """As the GOV.UK macros take them; the first asks for nothing."""
        listed = [{"value": each.id, "text": each.text} for each in self.choices]
        return [{"value": "", "text": _("As recommended")}, *listed]

    def pre_validate(self, form: BaseForm) -> None:
        wish, name = self.wish, str(self.label.text)
        try:
            if wish.is_empty:
                return
            if not wish.choice:
                wish.refuse("", _("Choose what should be different: %(name)s", name=name))
            if wish.choice not in {each.id for each in self.choices}:
                wish.refuse("", _("Choose one of the answers on this page"))
            if wish.choice == departing.OTHER:
                self._named()
            wish.need_reason(name)
        finally:
            self.anchor = "-".join(each for each in (self.name, wish.wrong) if each)

    def _named(self) -> None:
        who = clean_text(self.wish.who)
        if not who:
            self.wish.refuse("who", _("Say who should chair"))
        if problem := too_long(who, departing.WHO_LIMIT):
            self.wish.refuse("who", problem)


@dataclass(frozen=True)
class Group:
    """Roles under one heading of the list."""

    title: str
    choices: list[Choice]


class People(Asked):
    """Who comes: each row a role, what should be different and why. `data`: departures."""

    kind = "wishes"

    def __init__(self, groups: list[Group], advised: Advised, tree: Procedure, **options: Any):
        super().__init__(**options)
        self.groups, self._advised, self._tree = groups, advised, tree
        self.rows: list[Wish] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.rows = list(self._typed(formdata) if formdata is not None else self._kept(data or ()))
        self.data = [
            row.as_departure(f"{departing.ATTENDEE}:{row.role}") for row in self.rows if row.role
        ]
        self.anchor = f"{self.rows[0].key}-role" if self.rows else self.name

    def _kept(self, departures: Sequence[Departure]) -> Iterator[Wish]:
        """A row for each that is asked for already, and an empty one."""
        own = [each for each in departures if role_of(each)]
        for number, each in enumerate(own, 1):
            yield Wish(f"{PEOPLE}-{number}", each.choice, each.reason, role=role_of(each))
        yield Wish(f"{PEOPLE}-{len(own) + 1}")

    def _typed(self, formdata: Any) -> Iterator[Wish]:
        keys = [f"{PEOPLE}-{number}" for number in range(1, MOST_PEOPLE + 1)]
        there = list(itertools.takewhile(lambda key: f"{key}-role" in formdata, keys))
        for key in there:
            choice, reason, role = (
                formdata.get(f"{key}-{each}", "") for each in ("choice", "reason", "role")
            )
            yield Wish(key, choice, reason, role=role)
        if ADD in formdata:
            yield from (Wish(key) for key in keys[len(there) : len(there) + 1])

    @property
    def choices(self) -> list[dict[str, str]]:
        """What can be different about somebody; whether it can be for this one is checked."""
        statuses = self._tree.terms.statuses
        invited = [each for each in statuses if each not in KEPT_AWAY]
        return [
            {"value": "", "text": _("Choose from the list")},
            {"value": departing.REMOVED, "text": _("Do not invite them")},
            *({"value": each, "text": text(statuses[each])} for each in invited),
            {"value": CHAIR_DECIDES, "text": text(statuses[CHAIR_DECIDES])},
            {"value": departing.ASK_CHAIR, "text": _("Ask the chair to invite them")},
        ]

    def pre_validate(self, form: BaseForm) -> None:
        seen: set[str] = set()
        for row in self.rows:
            try:
                self._check(row, seen)
            finally:
                if row.error:
                    self.anchor = f"{row.key}-{row.wrong}"
            seen.add(row.role)

    def _check(self, row: Wish, seen: set[str]) -> None:
        if row.is_empty:
            return
        if not row.role:
            row.refuse("role", _("Choose who it is about"))
        choices = role_choices(self._tree, self._advised, row.role)
        name = text(self._tree.terms.roles.get(row.role))
        if not choices:
            row.refuse("role", _("Choose one of the people on this page"))
        if row.role in seen:
            row.refuse("role", _("This is here twice: %(name)s", name=name))
        if not row.choice:
            row.refuse("choice", _("Choose what should be different: %(name)s", name=name))
        if choices == (departing.ASK_CHAIR,) and row.choice not in choices:
            row.refuse(
                "choice", _("You can only ask the chair to invite them: %(name)s", name=name)
            )
        if row.choice not in choices:
            message = _(
                "This is what is recommended, or it cannot be asked for: %(name)s", name=name
            )
            row.refuse("choice", message)
        row.need_reason(name)


def departure_form(advised: Advised, tree: Procedure) -> PageForm:
    """The form of one meeting; `departures_of` reads it."""
    terms, others = tree.terms, departing.parts_of_meeting(advised, tree)
    types, modes, chairs = others[departing.TYPE], others[departing.MODE], others[departing.CHAIR]
    somebody = {departing.OTHER: _("Somebody else")}
    named = {each: text(terms.roles[each]) for each in chairs if each in terms.roles} | somebody
    fields: dict[str, Any] = {
        departing.TYPE: Part(
            [Choice(each, text(terms.types[each])) for each in types],
            text(terms.types[advised.type]),
            label=_("Kind of meeting"),
        ),
        departing.MODE: Part(
            [Choice(each, text(terms.modes[each])) for each in modes],
            text(terms.modes[advised.mode]),
            label=_("How it is held"),
        ),
        departing.CHAIR: Part(
            [Choice(each, named[each]) for each in chairs],
            text(terms.roles[advised.chair]),
            label=_("Chair"),
        ),
        PEOPLE: People(_groups(advised, tree), advised, tree, label=_("Who comes")),
    }
    return PageForm(fields)


def _groups(advised: Advised, tree: Procedure) -> list[Group]:
    """Who may be asked about: the recommended, those kept away, and others by the alphabet."""
    terms = tree.terms
    named = {
        role: text(terms.roles[role]) for role in (*advised.attendees, *other_roles(tree, advised))
    }
    asked = [role for role in advised.attendees if role_choices(tree, advised, role)]
    away = [role for role in asked if advised.attendees[role] in KEPT_AWAY]
    others = other_roles(tree, advised)
    others = language().alphabetical(others, lambda role: named[role])
    groups = {
        _("Recommended"): [role for role in asked if role not in away],
        _("Kept away: you can only ask the chair"): away,
        _("Not in the recommendation"): others,
    }
    return [
        Group(title, [Choice(role, named[role]) for role in roles])
        for title, roles in groups.items()
        if roles
    ]


def departures_of(form: PageForm) -> tuple[Departure, ...]:
    """Everything that a valid form asks for."""
    return tuple(each for field in form.asked() for each in field.data)
