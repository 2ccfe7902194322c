"""The templates of all mails, in one environment: text plain, pages escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from webapp.messages.inert import inert
from webapp.messages.plain_text import wrapped


@cache
def mail_templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("webapp.messages"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= {"wrapped": wrapped, "inert": inert}
    return templates
