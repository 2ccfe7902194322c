"""The renderer of the short mails, which know where our pages are."""

from __future__ import annotations

from flask import current_app

from webapp.messages.notices import ShortMails
from webapp.web.languages import address
from webapp.web.visits import services


def short_mails() -> ShortMails:
    place = services()
    return ShortMails(place.languages, place.fields, status_page)


def status_page(reference: str, lang: str) -> str:
    """The address of a status page from anywhere: never from the Host of a request."""
    origin: str = current_app.config["ORIGIN"]
    return origin + address("statuses.show", lang, reference=reference)
