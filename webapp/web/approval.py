"""What nobody has approved says so on every page; where the setting asks for it, it is not served.

The guard stands before every page of a draft, so that no page can forget it. Hiding and closing
a draft stay possible: they protect the person at the screen.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from webapp.procedures.approving import Approvals, Standing
from webapp.procedures.model import Procedure
from webapp.web.draft_cookies import DraftNotOpen, open_visit
from webapp.web.errors import ErrorPage
from webapp.web.languages import in_language, other
from webapp.web.phone_bar import bar_of
from webapp.web.visits import Visit, services

if TYPE_CHECKING:
    from webapp.settings import Settings

ALWAYS = ("drafts.shut", "drafts.lock")
NOT_APPROVED = ErrorPage(
    _("This procedure is not in use yet"),
    (
        _(
            "A safeguarding lead and a Welsh reviewer have to approve its questions and rules"
            " first. They have not approved this version."
        ),
        _("Ring the duty team. A telephone call is always as good as this form."),
        _("Nothing was sent. The answers you saved are kept."),
    ),
)


class NotApproved(Exception):
    """This may not be served here. `visit` tells whose telephone numbers to show."""

    def __init__(self, visit: Visit | None = None) -> None:
        super().__init__()
        self.visit = visit


def set_up_approval(app: Flask, settings: Settings) -> None:
    place = app.extensions["services"]
    app.extensions["approvals"] = Approvals(place.library.data, place.languages["cy"].text)
    app.config["APPROVED_ONLY"] = settings.approved_only
    for warning in settings.warnings:
        logging.getLogger(__name__).warning(warning)
    app.before_request(guard)
    app.register_error_handler(NotApproved, not_approved)
    app.add_template_global(unapproved_notice)


def _approvals() -> Approvals:
    found: Approvals = current_app.extensions["approvals"]
    return found


def standings() -> list[Standing]:
    """How everything stands that can be approved."""
    return list(_approvals().standings.values())


def is_approved(procedure: Procedure) -> bool:
    return _approvals().approved(procedure.id, procedure.profile.id)


def require_approval(procedure: Procedure, visit: Visit | None = None) -> None:
    """Raises NotApproved where only what is approved may be served, and this is not."""
    if current_app.config["APPROVED_ONLY"] and not is_approved(procedure):
        raise NotApproved(visit)


def guard() -> None:
    """Before every page of a draft, and before one is begun."""
    if not current_app.config["APPROVED_ONLY"] or request.endpoint in ALWAYS:
        return
    if request.endpoint == "drafts.start":
        procedure = services().library.procedures.get(request.form.get("procedure", ""))
        if procedure:
            require_approval(procedure)
    draft_id = (request.view_args or {}).get("draft_id")
    if not draft_id:
        return
    try:
        visit = open_visit(draft_id, even_if_changed=True)
    except DraftNotOpen:
        return  # the page itself says what to do
    require_approval(visit.procedure, visit)


def not_approved(error: NotApproved) -> Response:
    """One page in both languages, the reader's own first."""
    languages = (g.lang or "cy", other())
    bar = bar_of(error.visit) if error.visit else None
    phones = error.visit.phones if error.visit else ()
    parts = {}
    for level, each in enumerate(languages, 1):
        shown = {"page": NOT_APPROVED, "has_bar": False, "level": level, "phones": phones}
        part = partial(render_template, "errors/part.html", **shown)
        parts[each] = in_language(each, part)
    heading = str(NOT_APPROVED.heading)
    return Response(render_template("errors/page.html", parts=parts, heading=heading, bar=bar), 503)


def unapproved_notice(procedure: Procedure) -> dict[str, str]:
    """The notice in both languages, the page's own first; nothing where all is approved."""
    if is_approved(procedure):
        return {}
    return {each: in_language(each, _notice) for each in (g.lang or "cy", other())}


def _notice() -> str:
    return gettext("Not yet approved by a safeguarding lead and a Welsh reviewer.")
