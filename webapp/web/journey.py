"""The questions, one page at a time: answer, go back, change, answer later.

Every request replays the answers in its draft's cookie; nothing here touches a store.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask_babel import gettext as _

from webapp.meeting_requests.drafts import DraftTooLarge
from webapp.procedures.model import Question
from webapp.procedures.walking import walk
from webapp.web.draft_cookies import keep, open_visit
from webapp.web.fields import PageForm
from webapp.web.forms import answers_of, question_form
from webapp.web.languages import address, page, text
from webapp.web.presenting import answer_rows
from webapp.web.security import require_token
from webapp.web.visits import Page, Visit

journey = Blueprint("journey", __name__)

SWITCH = "switch-language"  # the toggle of a page with a form: show it again, store nothing
LATER = "later"  # the button that leaves a page open for now
# Where a change link may come from, and so where a change leads back to.
CHANGES = {"check": "check.show", "recommendation": "recommendation.show"}

Answered = Response | tuple[str, int] | str


def go(where: str) -> Response:
    return make_response(redirect(where, 303))


def page_address(visit: Visit, shown: Page, **flags: str | None) -> str:
    return address("journey.question", draft_id=visit.draft.id, code=shown.code, **flags)


def next_address(visit: Visit, **flags: str | None) -> str:
    """The address of the first question still open, or of the recommendation."""
    following = visit.next_page()
    if following is None or visit.arrived:
        return address("recommendation.show", draft_id=visit.draft.id)
    return page_address(visit, following, **flags)


@page(journey, "/{journey}/<draft_id>/<code>", "GET", "POST")
def question(draft_id: str, code: str) -> Answered:
    visit = open_visit(draft_id)
    asked = visit.procedure.question_by_code.get(code)
    if asked is None:
        abort(404)
    shown = visit.page_with(asked)
    if shown is None:
        return go(next_address(visit, **{"from": "later"}))
    if shown.code != code:
        return go(page_address(visit, shown, change=_change()))
    if request.method == "POST":
        return _answer(visit, shown)
    return _show(visit, shown, _form(visit, shown))


def _form(visit: Visit, shown: Page, typed: Any = None) -> PageForm:
    return question_form(shown.questions, visit.journey, visit.context, visit.draft.answers, typed)


def _answer(visit: Visit, shown: Page) -> Answered:
    require_token(visit.draft)
    form = _form(visit, shown, request.form)
    if SWITCH in request.form:
        return _show(visit, shown, form)
    if LATER in request.form and shown.can_wait:
        return go(_after(visit, visit, shown))
    _excuse(visit, shown, form)
    if not form.validate():
        return _show(visit, shown, form), 422
    here = {each.id for each in shown.questions}
    kept = {each: answer for each, answer in visit.draft.answers.items() if each not in here}
    answered = visit.answering(kept | answers_of(form, shown.questions))
    try:
        return keep(go(_after(visit, answered, shown)), answered.draft)
    except DraftTooLarge:
        form.refuse(
            shown.questions[0].code,
            _("There is no room for this answer. Take back or shorten a reason you gave."),
        )
        return _show(visit, shown, form), 422


def _excuse(visit: Visit, shown: Page, form: PageForm) -> None:
    """Nothing is missing where the other answers on the page make a question fall away.

    Beside questions that cannot wait, those that can may be left open.
    """
    typed = visit.draft.answers | {each.id: form[each.code].data or [] for each in shown.questions}
    wanted = {each.id for each in walk(visit.procedure, typed, visit.context).unanswered}
    for each in shown.questions:
        if each.id not in wanted or (each.can_wait and not shown.can_wait):
            form.excuse(each.code)


def _after(before: Visit, after: Visit, shown: Page) -> str:
    """Where to go from a page: to the next open question, or back to where a change began."""
    change = _change()
    following = _after_change(before, after, shown) if change else _ahead(after, shown)
    following_page = after.page_with(following) if following else None
    if following_page:
        return page_address(after, following_page, change=change)
    if not after.arrived:
        return next_address(after)
    return address(CHANGES[change or "recommendation"], draft_id=after.draft.id)


def _ahead(after: Visit, shown: Page) -> Question | None:
    """The first open question behind this page in the tree: pages left for later stay there.

    Also one that the page itself has opened and that stands between its questions.
    """
    order = list(after.procedure.questions)
    first = min(order.index(each.id) for each in shown.questions)
    left = [each for each in after.journey.unanswered if each not in shown.questions]
    return next((each for each in left if order.index(each.id) > first), None)


def _after_change(before: Visit, after: Visit, shown: Page) -> Question | None:
    """What the change has newly opened, or what cannot wait."""
    for each in after.journey.unanswered:
        was_open = each in before.journey.unanswered
        if each not in shown.questions and not (each.can_wait and was_open):
            return each
    return None


def _change() -> str | None:
    """The page that a change came from; anything unknown is ignored."""
    change = request.args.get("change")
    return change if change in CHANGES else None


def _show(visit: Visit, shown: Page, form: PageForm) -> str:
    first = shown.questions[0]
    meanwhile = first.meanwhile if not shown.group else None
    return render_template(
        "pages/question.html",
        visit=visit,
        shown=shown,
        form=form,
        fields=[form[each.code] for each in shown.questions],
        heading=text(shown.group.title if shown.group else first.text),
        back=_back(visit, shown),
        answers=answer_rows(visit),
        meanwhile=visit.procedure.results.get(meanwhile or ""),
        from_later=request.args.get("from") == "later",
    )


def _back(visit: Visit, shown: Page) -> str:
    """The page before this one, without a script and without a history."""
    change = _change()
    if change:
        return address(CHANGES[change], draft_id=visit.draft.id)
    before = visit.page_before(shown)
    return page_address(visit, before) if before else address("pages.home")
