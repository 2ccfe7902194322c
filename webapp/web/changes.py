"""The page that says what has changed: the trees did, since the draft was last seen.

Nothing is lost: the answers that still fit are kept, and only the others are asked again.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from webapp.procedures.model import Question
from webapp.procedures.walking import read_answer
from webapp.web.draft_cookies import ARRIVED, TreesChanged, as_told, keep, open_visit
from webapp.web.journey import Answered, go, next_address, page_address
from webapp.web.languages import address, page, text
from webapp.web.presenting import answer_words
from webapp.web.security import require_token
from webapp.web.visits import Visit

changes = Blueprint("changes", __name__)


@changes.app_errorhandler(TreesChanged)
def tell(changed: TreesChanged) -> Response:
    """Whatever was asked for, this comes first."""
    return go(address("changes.show", draft_id=changed.draft_id))


@page(changes, "/{journey}/<draft_id>/{changed}", "GET", "POST")
def show(draft_id: str) -> Answered:
    visit = open_visit(draft_id, even_if_changed=True)
    told = as_told(visit.draft)
    if request.method == "POST":
        require_token(visit.draft)
        return keep(go(_onwards(visit)), told)
    if told.outcome == visit.draft.outcome:
        return go(next_address(visit))
    return render_template("pages/changed.html", visit=visit, **_what_changed(visit))


def _onwards(visit: Visit) -> str:
    """Only what has no answer that fits is asked, and not what may wait."""
    needed = next((each for each in visit.journey.unanswered if not each.can_wait), None)
    asked = visit.page_with(needed) if needed else None
    if asked is None:
        return next_address(visit)
    return page_address(visit, asked, change="recommendation" if _had_arrived(visit) else None)


def _had_arrived(visit: Visit) -> bool:
    return visit.draft.outcome.endswith(ARRIVED)


def _what_changed(visit: Visit) -> dict[str, Any]:
    """`dropped`: question and answers that count no more. `again` and `new`: to be answered."""
    draft, journey = visit.draft, visit.journey
    counts, open_now = journey.answers(), journey.unanswered
    return {
        "dropped": [
            (text(question.short), _answer_in_words(visit, question))
            for question in map(visit.procedure.questions.__getitem__, draft.counted)
            if question.id not in counts and question not in open_now
        ],
        "gone": draft.gone,
        "again": [text(each.text) for each in open_now if each.id in draft.counted],
        "new": [text(each.text) for each in open_now if _is_new(visit, each)],
        "had_arrived": _had_arrived(visit),
    }


def _answer_in_words(visit: Visit, question: Question) -> list[str]:
    """Empty where the answer itself is no longer offered."""
    step = read_answer(question, visit.draft.answers.get(question.id), [], visit.context)
    return answer_words(step) if step else []


def _is_new(visit: Visit, question: Question) -> bool:
    """Whether it was asked of nobody before it; what lay ahead anyway is not new."""
    draft, order = visit.draft, list(visit.procedure.questions)
    if question.id in draft.counted or question.can_wait:
        return False
    behind = [order.index(each) for each in draft.counted]
    return _had_arrived(visit) or order.index(question.id) < max(behind, default=-1)
