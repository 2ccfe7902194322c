from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.meeting_requests.fakes import KEYRING, TRUST_ANSWERS, URGENT_ANSWERS, a_draft, library
from webapp.meeting_requests.drafts import (
    DraftTooLarge,
    draft_id,
    is_draft_id,
    is_submission_key,
    new_code,
    new_submission_key,
    open_draft,
    parse_code,
    seal_draft,
)
from webapp.meeting_requests.model import Departure, Draft

ADULT = library().procedures["adult"]
PROCEDURES = library().procedures


def every_answer() -> dict[str, Any]:
    """Longer than any journey: every question answered, `many` with all that may stand together."""
    answers: dict[str, Any] = {}
    for question in ADULT.questions.values():
        options = [each.id for each in question.options if not each.exclusive]
        if question.kind.is_date:
            answers[question.id] = "2026-06-01T14:30"
        elif question.kind == "many":
            answers[question.id] = options
        else:
            answers[question.id] = options[0]
    return answers


def test_a_draft_comes_back_from_its_cookie_as_it_was() -> None:
    departures = {"adult": (Departure("mode", "video", "Ŵyr neb pam"),)}
    draft = replace(a_draft(TRUST_ANSWERS, "cy"), departures=departures, anyway=True)

    assert open_draft(draft.id, seal_draft(draft, KEYRING, ADULT), KEYRING, PROCEDURES) == draft


def test_the_cookie_stays_small_on_a_journey_longer_than_any() -> None:
    draft = a_draft(every_answer())

    cookie = seal_draft(draft, KEYRING, ADULT)

    assert len(cookie) <= 1_500
    assert open_draft(draft.id, cookie, KEYRING, PROCEDURES) == draft


def test_reasons_too_long_for_a_cookie_are_refused_and_not_cut() -> None:
    reason = "".join(chr(0x4E00 + n) for n in range(2_000))
    draft = replace(a_draft({}), departures={"adult": (Departure("mode", "video", reason),)})

    with pytest.raises(DraftTooLarge):
        seal_draft(draft, KEYRING, ADULT)


def test_a_cookie_opens_only_the_draft_it_belongs_to() -> None:
    mine, other = a_draft(TRUST_ANSWERS), a_draft(URGENT_ANSWERS)
    cookie = seal_draft(mine, KEYRING, ADULT)

    assert open_draft(other.id, cookie, KEYRING, PROCEDURES) is None


def test_a_changed_cut_or_foreign_cookie_is_no_draft() -> None:
    draft = a_draft(TRUST_ANSWERS)
    cookie = seal_draft(draft, KEYRING, ADULT)
    changed = [
        cookie[:at] + ("A" if cookie[at] != "A" else "B") + cookie[at + 1 :]
        for at in range(len(cookie))
    ]

    for text in [*changed, cookie[:-5], cookie + "A", "", "k1:", "ŵ", "%00" * 9]:
        assert open_draft(draft.id, text, KEYRING, PROCEDURES) is None
    assert open_draft(draft.id, cookie, {"k2": b"2" * 32}, PROCEDURES) is None
    assert open_draft(draft.id, cookie, {"k1": b"2" * 32}, PROCEDURES) is None


@given(st.text(max_size=200))
def test_no_text_makes_opening_fail_in_another_way(text: str) -> None:
    assert open_draft("0123456789", text, KEYRING, PROCEDURES) is None


def test_an_old_key_still_opens_and_a_new_one_seals() -> None:
    draft = a_draft(TRUST_ANSWERS)
    old = seal_draft(draft, KEYRING, ADULT)
    rotated = {"k2": b"2" * 32, **KEYRING}

    assert open_draft(draft.id, old, rotated, PROCEDURES) == draft
    new = seal_draft(draft, rotated, ADULT)
    assert open_draft(draft.id, new, KEYRING, PROCEDURES) is None


def test_an_answer_whose_question_is_gone_is_dropped_and_the_rest_stay() -> None:
    draft = a_draft(TRUST_ANSWERS)
    cookie = seal_draft(draft, KEYRING, ADULT)
    sequence = tuple(each for each in ADULT.sequence if getattr(each, "id", "") != "crime")

    opened = open_draft(draft.id, cookie, KEYRING, {"adult": replace(ADULT, sequence=sequence)})

    assert opened
    expected = {key: value for key, value in TRUST_ANSWERS.items() if key != "crime"}
    assert opened.answers == expected


def test_a_resume_code_is_understood_however_it_is_typed() -> None:
    code = new_code()

    assert len(code) == 24
    assert len(code.split("-")) == 5
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "O")):
        assert parse_code(typed) == code
        assert draft_id(typed) == draft_id(code)
    assert parse_code(code[:-1]) is None
    assert parse_code(code + "A") is None
    assert parse_code("UUUU-" * 4 + "UUUU") is None


def test_the_id_is_fit_for_an_address_and_does_not_tell_the_code() -> None:
    draft = a_draft({})

    assert is_draft_id(draft.id)
    assert not is_draft_id("../../etc")
    assert draft.id.upper() not in draft.code.replace("-", "")


def test_a_submission_key_belongs_to_one_draft() -> None:
    mine, other = a_draft({}), a_draft({})
    key = new_submission_key(mine, KEYRING)

    assert is_submission_key(key, mine, KEYRING)
    assert is_submission_key(key, mine, {"k2": b"2" * 32, **KEYRING})
    assert not is_submission_key(key, other, KEYRING)
    assert not is_submission_key(key[:-1], mine, KEYRING)
    assert not is_submission_key("ŵ.ŷ", mine, KEYRING)
    assert new_submission_key(mine, KEYRING) != key


def test_fingerprints_of_questions_and_options_are_unique() -> None:
    """Two that are alike would make one answer out of another."""
    options = {each.id for question in ADULT.questions.values() for each in question.options}
    for question in ADULT.questions:
        draft = Draft("0" * 20, draft_id("0" * 20), "adult", {}, "en", {question: []})
        assert open_draft(draft.id, seal_draft(draft, KEYRING, ADULT), KEYRING, PROCEDURES)
    from webapp.meeting_requests.drafts import _print

    assert len({_print(each, 4) for each in ADULT.questions}) == len(ADULT.questions)
    assert len({_print(each, 3) for each in options}) == len(options)
