"""Which language a page is in, where its twin is, and the texts of the trees in it.

The language is the first part of the address: no page depends on a cookie or a header for it,
so no cache and no shared link can mix the two up. `g.lang` is cy or en, or None on the few
pages that must speak both, such as `/` and an error whose address tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, current_app, g, request
from flask_babel import Babel, force_locale, gettext
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from webapp.meeting_requests import acknowledge_links
from webapp.messages.language import LANGUAGES, Language
from webapp.procedures.model import Moment, Text

# The words of our addresses, in each language. A path names them in braces.
WORDS = {
    "cy": {
        "start": "dechrau",
        "journey": "taith",
        "recommendation": "argymhelliad",
        "changed": "newidiwyd",
        "departure": "gwahanol",
        "anyway": "gofyn-er-hynny",
        "link": "cysylltu",
        "pack": "pecyn-y-cadeirydd",
        "details": "manylion",
        "check": "gwirio",
        "send": "anfon",
        "hide": "cuddio",
        "close": "cau",
        "status": "statws",
        "acknowledge": acknowledge_links.WORDS["cy"],
        "correct": "cywiro",
        "add": "ychwanegu",
        "withdraw": "tynnu-yn-ol",
        "copy": "copi",
        "forget": "anghofio",
        "resume": "ailgydio",
        "drafts": "drafftiau",
        "phone": "ffonio",
        "accessibility": "hygyrchedd",
        "privacy": "preifatrwydd",
        "cookies": "cwcis",
        "procedures": "gweithdrefnau",
        "table": "tabl",
        "sources": "ffynonellau",
    },
    "en": {
        "start": "start",
        "journey": "journey",
        "recommendation": "recommendation",
        "changed": "changed",
        "departure": "departure",
        "anyway": "ask-anyway",
        "link": "link",
        "pack": "chairs-pack",
        "details": "details",
        "check": "check",
        "send": "send",
        "hide": "hide",
        "close": "close",
        "status": "status",
        "acknowledge": acknowledge_links.WORDS["en"],
        "correct": "correct",
        "add": "add",
        "withdraw": "withdraw",
        "copy": "copy",
        "forget": "forget",
        "resume": "resume",
        "drafts": "drafts",
        "phone": "phone",
        "accessibility": "accessibility",
        "privacy": "privacy",
        "cookies": "cookies",
        "procedures": "procedures",
        "table": "table",
        "sources": "sources",
    },
}

View = Callable[..., Any]


def page(blueprint: Blueprint, path: str, *methods: str) -> Callable[[View], View]:
    """Register a view under both languages: `path` is like `/{journey}/<draft_id>/{check}`."""

    def register(view: View) -> View:
        for lang, words in WORDS.items():
            blueprint.add_url_rule(
                f"/{lang}{path.format(**words)}",
                view.__name__,
                view,
                methods=methods or ("GET",),
                defaults={"lang": lang},
            )
        return view

    return register


def set_up_languages(app: Flask, translations: str) -> None:
    Babel(
        app,
        default_translation_directories=translations,
        locale_selector=lambda: g.get("lang") or "en",
    )
    # One rule per language for each endpoint: Werkzeug must not redirect one to the other.
    app.url_map.redirect_defaults = False
    app.url_value_preprocessor(_take_language)
    app.add_template_filter(text, "text")
    app.add_template_filter(moment, "moment")
    app.add_template_global(address)
    app.add_template_global(twin)
    app.add_template_global(own_address)
    app.add_template_global(language_names)
    app.add_template_global(invitations)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Views do not take the language as an argument; it is the same for all of a response."""
    first = request.path.split("/", 2)[1] if request.path.startswith("/") else ""
    g.lang = first if first in LANGUAGES else None
    if values:
        values.pop("lang", None)


def invitations() -> dict[str, str]:
    """How each language invites its reader in, on the page that speaks both."""
    return {"cy": "Parhau yn Gymraeg", "en": "Continue in English"}


def language_names() -> dict[str, str]:
    """Each language under its own name, as the toggle shows it."""
    return {"cy": "Cymraeg", "en": "English"}


def other() -> str:
    return "en" if g.lang == "cy" else "cy"


def language() -> Language:
    """The language of this response."""
    languages: dict[str, Language] = current_app.extensions["services"].languages
    return languages[g.lang or "en"]


def text(value: Text | None) -> str:
    return language().text(value)


def moment(value: Moment) -> str:
    return language().moment(value)


def address(endpoint: str, lang: str | None = None, **values: Any) -> str:
    """The path of a page. Never holds a host, so that a forged Host header reaches nothing."""
    urls = current_app.url_map
    if urls.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = lang or g.lang or "en"
    return urls.bind("localhost").build(endpoint, values)


def own_address() -> str:
    """This page's own address with its query and without a fragment, for a form's action.

    A form without an action keeps the fragment of the skip link or of an error over every
    redirect, and the next page opens half way down.
    """
    query = request.query_string.decode("ascii", "replace")
    return quote(request.path) + (f"?{query}" if query else "")


def twin() -> str:
    """The address of the same page in the other language."""
    rule = request.url_rule
    if rule and g.lang and "GET" not in (rule.methods or ()):
        return address("pages.home", other())
    if g.lang and (posted := _of_another_method()):
        endpoint, values = posted
        return address(endpoint, other(), **values)
    if request.endpoint and request.view_args is not None and g.lang:
        kept = {name: request.args[name] for name in ("from", "change") if name in request.args}
        return address(request.endpoint, other(), **request.view_args, **kept)
    rest = request.path[3:] if g.lang else "/"
    return f"/{other()}{quote(rest)}"


def _of_another_method() -> tuple[str, dict[str, Any]] | None:
    """The page behind the address where it was asked for in a way that it does not take."""
    if not isinstance(request.routing_exception, MethodNotAllowed):
        return None
    urls = current_app.url_map.bind("localhost")
    for method in ("GET", "POST"):
        with suppress(HTTPException):
            endpoint, values = urls.match(request.path, method)
            return endpoint, {name: value for name, value in values.items() if name != "lang"}
    return None


def in_language(lang: str, say: Callable[[], str]) -> str:
    """What `say` gives when the page is in `lang`: for pages that speak both languages."""
    before = g.get("lang")
    g.lang = lang
    try:
        with force_locale(lang):
            return say()
    finally:
        g.lang = before


__all__ = [
    "LANGUAGES",
    "address",
    "gettext",
    "in_language",
    "language",
    "moment",
    "other",
    "page",
    "set_up_languages",
    "text",
    "twin",
]
