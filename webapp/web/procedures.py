"""What the procedures say, for whoever checks them: pictures, tables, documents, approvals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, current_app, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from webapp.messages.source_links import SourceLink, source_link
from webapp.procedures.approving import LEAD, Standing
from webapp.procedures.drawing import Node, nodes_of
from webapp.procedures.model import Basis, Procedure, Source
from webapp.procedures.picture import sheets_of
from webapp.procedures.resting import KINDS, Resting, resting_on
from webapp.procedures.tabling import Tables
from webapp.procedures.wording import Wording
from webapp.web.approval import require_approval, standings
from webapp.web.languages import language, page, text
from webapp.web.visits import services

procedures = Blueprint("procedures", __name__)


@dataclass(frozen=True)
class SubjectRow:
    """A tree or a profile and how it stands; `procedure` is its id if there are pages of it."""

    title: str
    version: str
    procedure: str | None
    reviews: list[str]


@page(procedures, "/{procedures}")
def listing() -> str:
    """Every procedure with its picture and its table, and who has approved what."""
    return render_template("pages/procedures.html", rows=[_subject(each) for each in standings()])


def _subject(standing: Standing) -> SubjectRow:
    library = services().library
    tree = library.procedures.get(standing.subject)
    profile = library.profiles.get(standing.subject)
    titles = [each.title for each in (tree, profile) if each]
    return SubjectRow(
        title=text(titles[0]) if titles else _("Numbers borrowed from English procedures"),
        version=standing.version,
        procedure=tree.id if tree else None,
        reviews=list(_reviews(standing)),
    )


def _reviews(standing: Standing) -> Iterator[str]:
    for review in standing.reviews:
        is_lead = review.role == LEAD
        if review.last is None:
            yield (
                _("No safeguarding lead has approved it.")
                if is_lead
                else _("No Welsh reviewer has approved it.")
            )
            continue
        words = {
            "name": review.last.name,
            "day": language().short_date(date.fromisoformat(review.last.approved_on)),
        }
        if not review.holds:
            yield (
                _("%(name)s approved an earlier version on %(day)s. It has changed since.") % words
            )
        elif is_lead:
            yield _("Approved by a safeguarding lead: %(name)s, %(day)s.") % words
        else:
            yield _("Approved by a Welsh reviewer: %(name)s, %(day)s.") % words


def _procedure(procedure_id: str) -> Procedure:
    procedure = services().library.procedures.get(procedure_id)
    if procedure is None:
        abort(404)
    require_approval(procedure)
    return procedure


def _wording(procedure: Procedure) -> Wording:
    return Wording(procedure, language(), services().library.switches)


@page(procedures, "/{procedures}/<procedure_id>")
def picture(procedure_id: str) -> str:
    """The whole tree as a picture, and the same as a list."""
    procedure = _procedure(procedure_id)
    title = text(procedure.title)
    kept: dict[tuple[str, str], tuple[list[Node], list[Markup]]]
    kept = current_app.extensions.setdefault("pictures", {})
    key = (procedure.id, language().code)
    if key not in kept:  # the trees stand still while the app runs
        nodes = nodes_of(procedure, _wording(procedure))
        kept[key] = nodes, [Markup(each.svg) for each in sheets_of(title, nodes, language())]  # noqa: S704 - our own, escaped
    nodes, sheets = kept[key]
    shown = {"nodes": nodes, "sheets": sheets}
    return render_template("pages/picture.html", procedure=procedure, title=title, **shown)


@page(procedures, "/{procedures}/<procedure_id>/{table}")
def table(procedure_id: str) -> str:
    """Every answer and every rule with its documents."""
    procedure = _procedure(procedure_id)
    tables = Tables(procedure, _wording(procedure))
    return render_template(
        "pages/procedure_table.html",
        procedure=procedure,
        title=text(procedure.title),
        tables=tables,
        checked=checked,
    )


def checked(basis: Basis) -> str:
    """The day on which the least recently compared of its documents was compared."""
    sources = services().library.sources
    return day_of(min(sources[each].checked_on for each in basis.source))


def day_of(iso: str) -> str:
    return language().short_date(date.fromisoformat(iso))


# -- documents -------------------------------------------------------------------------


@dataclass(frozen=True)
class SourceRow:
    """One document and what rests on it; `counts` are (name of the kind, number)."""

    id: str
    link: SourceLink
    version: str
    seen: str
    checked: str
    strengths: list[str]
    counts: list[str]
    resting: list[Resting]


@page(procedures, "/{sources}")
def sources() -> str:
    """Every document, how much of it was read and when, and what rests on it; then the gaps."""
    library = services().library
    every = [
        procedure
        for name in library.profiles
        for procedure in library.in_profile(name).procedures.values()
    ]
    kept = current_app.extensions.setdefault("resting", {})
    if language().code not in kept:
        kept[language().code] = resting_on(every, language(), library.switches)
    resting = kept[language().code]
    rows = [_source(each, resting.get(each.id, [])) for each in library.sources.values()]
    return render_template("pages/sources.html", rows=rows, gaps=library.gaps)


def _source(source: Source, resting: list[Resting]) -> SourceRow:
    names = _names()
    counts = {kind: sum(each.kind == kind for each in resting) for kind in KINDS}
    return SourceRow(
        id=source.id,
        link=source_link(source, language()),
        version=_version(source),
        seen=_seen(source),
        checked=day_of(source.checked_on),
        strengths=list(dict.fromkeys(each.strength for each in resting)),
        counts=[
            _("%(what)s: %(count)d", what=names[kind], count=number)
            for kind, number in counts.items()
            if number
        ],
        resting=resting,
    )


def _names() -> dict[str, str]:
    return {
        "question": _("Questions"),
        "fact": _("Facts that follow from answers"),
        "result": _("Results"),
        "meeting": _("Meetings, their kinds and chairs"),
        "rule": _("Rules"),
        "limit": _("Time limits"),
    }


def _version(source: Source) -> str:
    if source.dated:
        return _("Version: it is dated %(day)s.", day=day_of(source.dated))
    if source.edition == "first":
        return _("Version: first edition.")
    if source.edition == "revised":
        return _("Version: revised edition.")
    return _("Version: it names none; ours is of the day when it was last checked.")


def _seen(source: Source) -> str:
    if source.seen == "full":
        return _("We read all of it.")
    if source.seen == "derived":
        return _("It is our own; nobody has published it.")
    return _("We could read only a part of it.")
