"""One journey, several meetings: how they become dispatches, under the arrangements of an area."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.meeting_requests.fakes import (
    LANGUAGES,
    NOW,
    FakeStore,
    a_draft,
    a_submission,
    fields,
    library,
    submit,
)
from tests.web.conftest import answers_of
from tests.web.procedure_cases import CHILD_MANY
from webapp.messages.rendering import Renderer
from webapp.messages.snapshot import recommendation_data
from webapp.procedures.recommending import recommend
from webapp.procedures.walking import Context, walk


@pytest.mark.parametrize("profile", ["south-west"])
def test_a_complex_meeting_a_second_child_and_two_other_tracks_make_three_mails(
    profile: str,
) -> None:
    local = library().in_profile(profile)
    tree, context = local.procedures["child"], Context(NOW, local.calendar)
    answers = answers_of(CHILD_MANY, NOW.date(), "child")
    found = recommend(walk(tree, answers, context), context)
    assert [each.id for each in found.meetings] == [
        "child",
        "second-child",
        "complex",
        "section-5",
        "adult",
    ]
    submission = replace(
        a_submission(),
        draft=a_draft(answers, of="child"),
        recommendation=found,
        snapshots={code: recommendation_data(found, each) for code, each in LANGUAGES.items()},
    )

    render = Renderer(local, fields(), LANGUAGES).render
    sent = submit(submission, FakeStore(), render).dispatches

    assert [(each.procedure, each.meetings) for each in sent] == [
        ("child", ("child", "second-child", "complex")),
        ("section-5", ("section-5",)),
        ("adult", ("adult",)),
    ]
    assert len({each.family for each in sent}) == 1
    assert f"Local standard of {local.profile.title.english}" in " ".join(sent[0].mail.text.split())
