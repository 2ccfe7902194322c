"""What duty officers said, in words: for those who come after them, and for the requester."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup, escape

from webapp.meeting_requests.acknowledgement import CANNOT_ACT, HAVE_IT, Acknowledgement
from webapp.meeting_requests.model import Dispatch
from webapp.web.languages import moment, text

_TYPED = Markup("<bdi>%s</bdi>")  # a name may run from right to left


@dataclass(frozen=True)
class Said:
    """`choice` as in `acknowledgement.py`; `sentence` says who, when and what."""

    choice: str
    sentence: Markup


def said_of(dispatch: Dispatch, family: Iterable[Dispatch]) -> list[Said]:
    """What counts first, then the rest in the order of saying."""
    every, standing = list(dispatch.acknowledgements), dispatch.standing
    if standing:
        every.remove(standing)
        every.insert(0, standing)
    teams = {each.reference: text(each.team) for each in family}
    return [Said(each.choice, _sentence(each, teams.get(each.passed_to, ""))) for each in every]


def _sentence(said: Acknowledgement, team: str) -> Markup:
    words = {
        "name": _TYPED % said.name,
        "role": _TYPED % said.role,
        "moment": moment(said.at),
        "team": team,
    }
    return escape(_message(said)) % words


def _message(said: Acknowledgement) -> str:
    """The message with its placeholders: what is typed goes in only once it is escaped."""
    if said.choice == HAVE_IT:
        if said.role:
            return _("Confirmed by %(name)s (%(role)s) at %(moment)s.")
        return _("Confirmed by %(name)s at %(moment)s.")
    if said.choice == CANNOT_ACT:
        if said.role:
            return _("%(name)s (%(role)s) cannot act on this. Said at %(moment)s.")
        return _("%(name)s cannot act on this. Said at %(moment)s.")
    if said.role:
        return _("Passed on by %(name)s (%(role)s) at %(moment)s to: %(team)s.")
    return _("Passed on by %(name)s at %(moment)s to: %(team)s.")
