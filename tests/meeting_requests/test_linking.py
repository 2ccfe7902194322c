"""What a linked journey takes over, and what it must ask again."""

from __future__ import annotations

from dataclasses import replace

from tests.meeting_requests.fakes import KEYRING, NOW, TRUST_ANSWERS, a_draft, fields, library
from webapp.meeting_requests.drafts import open_draft, seal_draft
from webapp.meeting_requests.linking import MOST_LINKS, carried_answers, with_link


def test_another_person_starts_with_what_happened_and_not_with_the_first_person() -> None:
    adult = library().procedures["adult"]

    carried = carried_answers(TRUST_ANSWERS, adult, fields().carried_over["another-person"])

    assert carried["crime"] == "not-sure"
    assert carried["conflict-of-interest"] == ["none"]
    assert carried["concern-identified"] == "2026-06-01T10:00"
    assert carried["area-of-concern"] == TRUST_ANSWERS["area-of-concern"]
    personal = {"age", "consent", "capacity", "others-at-risk", "risk", "preferred-language"}
    assert not personal & set(carried)


def test_an_option_that_the_other_procedure_does_not_have_is_asked_again() -> None:
    adult = library().procedures["adult"]
    answers = {"setting": ["care-home", "school"], "crime": "perhaps", "no-such-question": "yes"}

    carried = carried_answers(answers, adult, answers)

    assert carried == {"setting": ["care-home"]}


def test_a_draft_remembers_its_links_and_forgets_the_oldest() -> None:
    linked: tuple[str, ...] = ()
    for number in range(MOST_LINKS + 2):
        linked = with_link(linked, f"draft{number:05}")
    assert len(linked) == MOST_LINKS
    assert linked[0] == "draft00002"


def test_links_travel_in_the_sealed_cookie() -> None:
    procedures = library().procedures
    draft = replace(a_draft(TRUST_ANSWERS), linked=("abcdefghjk",))

    sealed = seal_draft(draft, KEYRING, procedures["adult"], now=NOW)
    opened = open_draft(draft.id, sealed, KEYRING, procedures, now=NOW)

    assert opened == draft
