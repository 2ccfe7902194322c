"""Cyfarfod in a browser: pages, forms, languages, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from markupsafe import Markup

from webapp.web.acknowledge import acknowledge
from webapp.web.additions import additions
from webapp.web.approval import set_up_approval
from webapp.web.chairs_pack import chairs_pack
from webapp.web.changes import changes
from webapp.web.check import check
from webapp.web.copies import copies
from webapp.web.corrections import corrections
from webapp.web.details import details
from webapp.web.drafts import drafts
from webapp.web.errors import set_up_errors
from webapp.web.fields import PageForm, counting_words
from webapp.web.health import health
from webapp.web.journey import journey
from webapp.web.languages import other, set_up_languages
from webapp.web.linking import linking
from webapp.web.mailbox import mailbox
from webapp.web.pages import pages
from webapp.web.presenting import grounds, noted_sources, reasons
from webapp.web.procedures import procedures
from webapp.web.recommendation import recommendation
from webapp.web.schemas import set_up_schemas
from webapp.web.security import TOKEN_FIELD, form_token, set_up_security
from webapp.web.statuses import statuses
from webapp.web.transfer import set_up_transfer

if TYPE_CHECKING:
    from webapp.bootstrap import Services
    from webapp.meeting_requests.model import Draft
    from webapp.settings import Settings

BEFORE_SENDING = (
    *(pages, drafts, journey, changes),
    *(recommendation, chairs_pack, linking, details, check),
)
AFTER_SENDING = (statuses, acknowledge, corrections, additions, copies)
OWN_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def create_app(services: Services, settings: Settings) -> Flask:
    app = Flask("webapp.web", static_folder=None)
    app.extensions["services"] = services
    app.config["ORIGIN"] = settings.origin
    hosts = [urlsplit(settings.origin).hostname or ""]
    set_up_transfer(app)
    # after_request runs last registered first: headers are set before the page is compressed
    app.config["ORIGIN"] = settings.origin
    set_up_security(app, hosts + (OWN_HOSTS if settings.on_loopback else []), settings.behind_https)
    set_up_languages(app, str(settings.translations_folder))
    _set_up_templates(app)
    for blueprint in (*BEFORE_SENDING, *AFTER_SENDING):
        app.register_blueprint(blueprint)
    app.register_blueprint(procedures)
    app.register_blueprint(health)
    if settings.has_mailbox:
        app.register_blueprint(mailbox)
    set_up_schemas(app, settings.origin)
    set_up_errors(app)
    set_up_approval(app, settings)
    return app


def _set_up_templates(app: Flask) -> None:
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([PackageLoader("webapp.web"), govuk])
    app.add_template_filter(problem_list)
    app.add_template_global(token_input)
    app.add_template_global(counting_words)
    app.add_template_global(grounds)
    app.add_template_global(reasons)
    app.add_template_global(noted_sources)
    app.context_processor(lambda: {"other_language": other()})


def problem_list(form: PageForm) -> list[dict[str, str]]:
    """The errors of a form as the error summary takes them, each leading to its control."""
    return [
        {"text": field.error, "href": f"#{field.anchor}"} for field in form.asked() if field.error
    ]


def token_input(draft: Draft) -> Markup:
    """The hidden field that ties a form to its draft."""
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format(TOKEN_FIELD, form_token(draft))
