"""The pages anybody may read: no draft, no store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from webapp.meeting_requests.contacts import OFFICE_HOURS, PhoneLine
from webapp.procedures.model import Text
from webapp.web.languages import LANGUAGES, in_language, language, page, text
from webapp.web.privacy import kept_details
from webapp.web.visits import services

pages = Blueprint("pages", __name__)


@pages.get("/")
def languages() -> str:
    """Both languages, equally: nobody's language is the default."""
    parts = {
        lang: in_language(lang, lambda: render_template("parts/welcome.html")) for lang in LANGUAGES
    }
    return render_template("pages/languages.html", parts=parts)


@page(pages, "/")
def home() -> str:
    """The procedures, in plain words about who each is for."""
    place = services()
    offered = {each: place.fields.procedures[each] for each in place.library.procedures}
    return render_template("pages/home.html", procedures=offered)


@dataclass(frozen=True)
class AuthorityPhones:
    """The numbers of one authority: those of its offices by day, then whoever else answers."""

    code: str
    name: str
    by_day: list[tuple[Text, PhoneLine]]
    others: list[PhoneLine]


@page(pages, "/{phone}")
def phone() -> str:
    """Every authority's numbers, in the alphabet of the page."""
    listed = [_phones_of(each.code, text(each.name)) for each in _authorities()]
    listed = language().alphabetical(listed, lambda each: each.name)
    return render_template("pages/phone.html", listed=listed)


def _authorities() -> list[Any]:
    return list(services().library.authorities.values())


def _phones_of(code: str, name: str) -> AuthorityPhones:
    directory = services().directory
    by_day: dict[tuple[str, str], tuple[Text, PhoneLine]] = {}
    for inbox in directory.rules.inboxes.values():
        alone = len(directory.rules.of(inbox.procedure)) == 1
        for line in directory.phones_for(code, inbox.id):
            if line.when == OFFICE_HOURS:
                label = inbox.label if alone else line.label
                by_day.setdefault((label.english, line.phone), (label, line))
    lines = directory.phones_of(code, directory.rules.inboxes)
    others = [each for each in lines if each.when != OFFICE_HOURS]
    return AuthorityPhones(code, name, list(by_day.values()), others)


@page(pages, "/{accessibility}")
def accessibility() -> str:
    return render_template("pages/accessibility.html")


@page(pages, "/{privacy}")
def privacy() -> str:
    return render_template("pages/privacy.html", kept=kept_details(services().fields))


@page(pages, "/{cookies}")
def cookies() -> str:
    life = services().draft_life
    hours = int(life.idle.total_seconds()) // 3600
    return render_template("pages/cookies.html", hours=hours, days=life.longest.days)


@pages.get("/version")
def version() -> ResponseReturnValue:
    """Which trees are in use: for whoever runs or reviews the service."""
    library = services().library
    procedures = {
        each.id: {"version": each.version, "digest": each.digest}
        for each in library.procedures.values()
    }
    return jsonify(procedures=procedures, digest=library.digest)
