"""Correcting or adding to a request in free words, and withdrawing it, from its status page.

Only the browser that remembers the request, or has its status code, comes here: the reference
alone opens nothing. Whatever fails, what was typed stays on the page.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.adding import Message, add_message
from webapp.meeting_requests.cleaning import LIMITS
from webapp.meeting_requests.contacts import PhoneLine
from webapp.meeting_requests.correcting import Family, Place, family_of, place_of
from webapp.meeting_requests.delivering import deliver_pending
from webapp.meeting_requests.drafts import is_key, new_key
from webapp.meeting_requests.model import CORRECTION, WITHDRAWAL, Dispatch
from webapp.meeting_requests.ports import AlreadySent, StoreUnavailable
from webapp.procedures.model import Text
from webapp.procedures.walking import Context
from webapp.web.fields import AnyOf, Choice, PageForm, Words
from webapp.web.journey import SWITCH, Answered, go
from webapp.web.languages import address, language, page, text
from webapp.web.phone_bar import bar_of_sent, lines_of
from webapp.web.sent import Remembered, remembered, require_status_token
from webapp.web.short_mails import short_mails
from webapp.web.statuses import ask_for_code
from webapp.web.visits import services

additions = Blueprint("additions", __name__)

KEY, TEAM, CONFLICT = "key", "team", "conflict"


@dataclass(frozen=True)
class Asked:
    """One of the two pages: what it sends, and its words."""

    kind: str
    endpoint: str
    heading: str
    label: str
    hint: str
    missing: str
    button: str


@page(additions, "/{status}/<reference>/{add}", "GET", "POST")
def add(reference: str) -> Answered:
    return _in_words(
        reference,
        Asked(
            kind=CORRECTION,
            endpoint="additions.add",
            heading=_("Correct or add something in your own words"),
            label=_("What is different, or what is new?"),
            hint=_("Say what is right now, and what it was before."),
            missing=_("Write what is different or new"),
            button=_("Send the correction"),
        ),
    )


@page(additions, "/{status}/<reference>/{withdraw}", "GET", "POST")
def withdraw(reference: str) -> Answered:
    return _in_words(
        reference,
        Asked(
            kind=WITHDRAWAL,
            endpoint="additions.withdraw",
            heading=_("Withdraw your request"),
            label=_("Why do you withdraw it?"),
            hint=_("The duty team reads your reason and decides."),
            missing=_("Give a reason"),
            button=_("Send the withdrawal"),
        ),
    )


def _in_words(reference: str, asked: Asked) -> Answered:
    """Show or take one of the two pages. Whatever fails, what was typed stays on the page."""
    known = remembered(reference)
    if known is None:
        return ask_for_code(reference)
    if request.method == "POST":
        require_status_token(known)
    try:
        family = family_of(reference, services().store)
        if family is None:
            return ask_for_code(reference)
        if request.method == "GET" or SWITCH in request.form:
            return _show(known, asked, _form(asked, family), family)
        return _take(known, asked, family)
    except StoreUnavailable:
        if request.method == "GET":
            raise
        return _show(known, asked, _form(asked), not_saved=True), 503


def _take(known: Remembered, asked: Asked, family: Family) -> Answered:
    form = _form(asked, family)
    if not form.validate():
        return _show(known, asked, form, family), 422
    key = request.form.get(KEY, "")
    if not is_key(key, _bound_to(known, asked), services().keyring):
        return _show(known, asked, form, family, changed=True), 422
    try:
        _send(asked, family, _places(form, family), form["message"].data, key)
    except AlreadySent:
        return _show(known, asked, form, family, sent_before=True), 409
    return go(address("statuses.show", reference=known.reference))


def _send(asked: Asked, family: Family, places: tuple[Place, ...], words: str, key: str) -> None:
    place = services()
    context = Context(place.clock(), place.library.calendar)
    message = Message(asked.kind, words, places, language().code, key)
    add_message(message, family, place.store, short_mails(), context)
    assemble, attach = place.sender.assemble, place.attach
    deliver_pending(place.store, place.mailer, assemble, attach, place.clock())


def _form(asked: Asked, family: Family | None = None) -> PageForm:
    """Which teams is asked where there are several: a withdrawal goes to all of them."""
    fields: dict[str, Any] = {}
    teams = list(family.latest.values()) if family and asked.kind == CORRECTION else []
    if len(teams) > 1:
        fields["to"] = AnyOf(
            [Choice(_place_id(each), text(each.team)) for each in teams],
            label=_("Which team is it for?"),
            description=_("Each team sees only what you send to it."),
            missing=_("Choose which team it is for"),
        )
    fields["message"] = Words(
        "long-text",
        check=_too_long,
        label=asked.label,
        description=asked.hint,
        missing=asked.missing,
    )
    form = PageForm(fields)
    form.process(request.form if request.method == "POST" else None)
    return form


def _too_long(words: str) -> str | None:
    if len(words) <= LIMITS["long-text"]:
        return None
    return _("Shorten your text to %(limit)d characters or fewer", limit=LIMITS["long-text"])


def _place_id(dispatch: Dispatch) -> str:
    return ".".join(place_of(dispatch))


def _places(form: PageForm, family: Family) -> tuple[Place, ...]:
    chosen = form["to"].data if "to" in form else None
    return tuple(
        place
        for place, each in family.latest.items()
        if chosen is None or _place_id(each) in chosen
    )


def _bound_to(known: Remembered, asked: Asked) -> str:
    return f"{asked.kind} {known.reference}"


def _show(
    known: Remembered,
    asked: Asked,
    form: PageForm,
    family: Family | None = None,
    **notices: bool,
) -> str:
    """Without a store the numbers come from what the form brought back."""
    teams = _teams(family) if family else _teams_of_form()
    posted = request.form.get(KEY, "")
    again = posted and not notices.get("changed") and not notices.get("sent_before")
    return render_template(
        "pages/add_words.html",
        known=known,
        asked=asked,
        form=form,
        fields=list(form),
        heading=asked.heading,
        key=posted if again else new_key(_bound_to(known, asked), services().keyring),
        teams=teams,
        conflicts=_conflicts(family) if family else request.form.getlist(CONFLICT),
        chosen=() if family else request.form.getlist("to"),
        phones=[line for each in teams for line in each.phones],
        bar=bar_of_sent(family.read) if family else None,
        **notices,
    )


@dataclass(frozen=True)
class Team:
    """A team whose numbers stand on the page; `name` is None where it cannot be looked up."""

    id: str
    name: Text | None
    by_mail: bool
    phones: tuple[PhoneLine, ...]


def _teams(family: Family) -> list[Team]:
    return [
        Team(_place_id(each), each.team, each.to is not None, lines_of(family.read, each))
        for each in family.latest.values()
    ]


def _conflicts(family: Family) -> list[str]:
    return sorted({each for sent in family.latest.values() for each in sent.conflicts})


def _teams_of_form() -> list[Team]:
    """The form names councils, inboxes and conflicts: enough to look up numbers."""
    directory, conflicts = services().directory, request.form.getlist(CONFLICT)
    teams = []
    for each in request.form.getlist(TEAM):
        authority, _dot, inbox = each.partition(".")
        with suppress(KeyError):  # not a name that we gave out
            phones = directory.phones_for(authority, inbox, conflicts)
            teams.append(Team(each, None, True, phones))
    return teams
