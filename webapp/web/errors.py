"""Every error as a page: what happened to the answers, and whom to ring. One table.

An error page must not depend on what may just have failed: no store, and whatever goes wrong
while making it ends in a fixed page in both languages.
"""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask, Response, g, render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from webapp.meeting_requests.ports import StoreUnavailable
from webapp.web.draft_cookies import DraftNotOpen, open_visit
from webapp.web.journey import go
from webapp.web.languages import LANGUAGES, WORDS, address, in_language
from webapp.web.phone_bar import PhoneBar, bar_of
from webapp.web.security import METHODS
from webapp.web.sent import sent_from

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ErrorPage:
    """A heading, and sentences that say what happened to the answers and what to do.

    `of_drafts`: whether it helps to lead to the drafts of this browser.
    """

    heading: str
    happened: tuple[str, ...]
    of_drafts: bool = True


# Of this press only: an earlier one may have been sent although its answer was lost.
_NOT_SENT = _("Nothing was sent this time. The answers you saved are kept.")
_KEPT = _("The answers you saved are kept.")
_SENDING = _("If you were sending, check and send again: we notice if it has arrived already.")

# What stands for any other status: 500 for its kind, else 400.
PAGES = {
    400: ErrorPage(_("We could not read that"), (_NOT_SENT, _("Go back and try again."))),
    403: ErrorPage(
        _("This form can no longer be used"),
        (_NOT_SENT, _("It may come from another draft or another place. Open your draft again.")),
    ),
    404: ErrorPage(_("Page not found"), (_KEPT, _("Check the address, or go to the start page."))),
    405: ErrorPage(
        _("This page does not work like that"), (_NOT_SENT, _("Go back and try again."))
    ),
    413: ErrorPage(
        _("That is too much text for one page"),
        (
            _("Nothing from that page was saved or sent."),
            _("Go back, where your browser may still have your text, and shorten it."),
        ),
    ),
    422: ErrorPage(_("We could not use that answer"), (_NOT_SENT, _("Go back and try again."))),
    429: ErrorPage(_("Wait a minute, then try again"), (_NOT_SENT,)),
    500: ErrorPage(
        _("Something has gone wrong"),
        (_KEPT, _SENDING),
    ),
    503: ErrorPage(
        _("We cannot save or send anything just now"),
        (_KEPT, _SENDING, _("Try again in a minute. If it cannot wait, ring now.")),
    ),
}
DRAFT_NOT_OPEN = ErrorPage(
    _("This draft is not open in this browser"),
    (
        _("It may be closed, hidden, too old or on another device."),
        _("A resume code opens it again if it was hidden here, or once details are saved."),
    ),
)

ACKNOWLEDGE_NOT_OPEN = ErrorPage(
    _("This link opens no request"),
    (
        _("It may have been cut short on its way, or the request is kept no longer."),
        _("Open it again from the mail. If that does not help, ring the requester."),
        _("Nothing was recorded."),
    ),
    of_drafts=False,
)
ACKNOWLEDGE_NOT_NOW = ErrorPage(
    _("We cannot record anything just now"),
    (
        _("Nothing was recorded. If you have the request, act on it."),
        _("Try again in a minute, and ring the requester: the number is in the mail."),
    ),
    of_drafts=False,
)

# When even the error page fails: words that need no template, catalogue or contact.
LAST_RESORT = """<!DOCTYPE html>
<html lang="cy"><head><meta charset="utf-8"><title>Cyfarfod</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Cyfarfod</h1>
<p>Mae problem gyda’r gwasanaeth hwn. Os oeddech yn anfon cais, ni allwn ddweud a yw wedi
cyrraedd. Mewn perygl: ffoniwch
<a href="tel:999">999</a>. Fel arall, ffoniwch y tîm dyletswydd.</p>
<p lang="en">There is a problem with this service. If you were sending a request, we
cannot tell whether it has arrived. In danger: ring
<a href="tel:999">999</a>. Otherwise, ring the duty team.</p>
</main></body></html>"""


def set_up_errors(app: Flask) -> None:
    app.after_request(empty_redirect)
    app.register_error_handler(DraftNotOpen, draft_not_open)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(StoreUnavailable, store_unavailable)
    app.register_error_handler(Exception, unexpected)


def empty_redirect(response: Response) -> Response:
    """Werkzeug writes an English page into a redirect; no browser shows it, so none is sent."""
    if 300 <= response.status_code < 400:
        response.set_data(b"")
    return response


def draft_not_open(error: DraftNotOpen) -> Response:
    """A sent draft leads to its status; any other asks for its resume code."""
    reference = sent_from(_draft_in_address())
    if reference:
        return go(address("statuses.show", reference=reference))
    return error_page(404, DRAFT_NOT_OPEN)


def http_error(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error
    page = PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    response = error_page(status, page)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.valid_methods or METHODS)
    return response


def store_unavailable(error: StoreUnavailable) -> Response:
    logger.error("The store is unavailable: %s", type(error.__cause__).__name__)
    response = error_page(503, PAGES[503])
    response.headers["Retry-After"] = "60"
    return response


def unexpected(error: Exception) -> Response:
    """The error's own text is not logged: it may hold what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames))
    logger.error("%s at %s while serving %s", type(error).__name__, places, request.endpoint)
    return error_page(500, PAGES[500])


def error_page(status: int, page: ErrorPage) -> Response:
    """In the language of the address, or in both where it tells none."""
    try:
        return Response(_render(page), status)
    except Exception as error:  # the last resort must stand whatever fails
        logger.error("The error page failed: %s", type(error).__name__)
        return Response(LAST_RESORT, status)


def _render(page: ErrorPage) -> str:
    lang = g.get("lang")
    parts, headings = {}, []
    for level, each in enumerate([lang] if lang else LANGUAGES, 1):
        shown = {"page": page, "has_bar": bool(lang), "level": min(level, 2)}
        part = partial(render_template, "errors/part.html", **shown)
        parts[each] = in_language(each, part)
        headings.append(in_language(each, lambda: str(page.heading)))
    heading = " / ".join(headings)
    return render_template("errors/page.html", parts=parts, heading=heading, bar=_bar())


def _bar() -> PhoneBar | None:
    """The duty team's numbers, if the address is a draft's and its answers name an authority."""
    draft_id = _draft_in_address()
    try:
        return bar_of(open_visit(draft_id, even_if_changed=True)) if draft_id else None
    except Exception:  # no such draft, or the very fault that is being reported
        return None


def _draft_in_address() -> str:
    """The id of the draft that the address belongs to, whether or not there is such a page."""
    lang, _slash, rest = request.path.strip("/").partition("/")
    word, _slash, rest = rest.partition("/")
    is_drafts = lang in WORDS and word == WORDS[lang]["journey"]
    return rest.partition("/")[0] if is_drafts else ""
