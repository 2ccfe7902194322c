from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.meeting_requests.fakes import (
    KEYRING,
    NOW,
    TRUST_ANSWERS,
    URGENT_ANSWERS,
    a_draft,
    library,
)
from webapp.meeting_requests.codes import draft_id, is_draft_id, new_code, parse_code
from webapp.meeting_requests.draft_data import fingerprint
from webapp.meeting_requests.drafts import (
    DraftLife,
    DraftTooLarge,
    every_answer,
    is_submission_key,
    new_submission_key,
    open_draft,
    seal_draft,
)
from webapp.meeting_requests.model import Departure, Draft

ADULT = library().procedures["adult"]
PROCEDURES = library().procedures


def test_a_draft_comes_back_from_its_cookie_as_it_was() -> None:
    departures = {"adult": (Departure("mode", "video", "Ŵyr neb pam"),)}
    draft = replace(a_draft(TRUST_ANSWERS, "cy"), departures=departures, anyway=True)

    assert (
        open_draft(
            draft.id, seal_draft(draft, KEYRING, ADULT, now=NOW), KEYRING, PROCEDURES, now=NOW
        )
        == draft
    )


@pytest.mark.parametrize("of", library().procedures)
def test_the_cookie_stays_small_on_a_journey_longer_than_any(of: str) -> None:
    procedure = library().procedures[of]
    draft = replace(a_draft(every_answer(procedure), of=of), counted=tuple(procedure.questions))
    draft = replace(draft, begun=NOW, outcome="0123456789ab+", locks=9, has_details=True)

    cookie = seal_draft(draft, KEYRING, procedure, now=NOW)

    assert len(cookie) <= 1_500
    assert open_draft(draft.id, cookie, KEYRING, PROCEDURES, now=NOW) == draft


def a_reasoned_draft(answers: dict[str, Any], reason: str) -> Draft:
    return replace(a_draft(answers), departures={"adult": (Departure("mode", "video", reason),)})


def test_reasons_too_long_for_a_cookie_are_refused_and_not_cut() -> None:
    draft = a_reasoned_draft({}, "".join(chr(0x4E00 + n) for n in range(2_000)))

    with pytest.raises(DraftTooLarge):
        seal_draft(draft, KEYRING, ADULT, now=NOW)


def test_reasons_leave_room_for_every_answer_that_may_still_come() -> None:
    reason = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(300))
    first, full = a_reasoned_draft({}, reason), a_reasoned_draft(every_answer(ADULT), reason)

    assert seal_draft(first, KEYRING, ADULT, now=NOW)
    for draft in (first, full):
        with pytest.raises(DraftTooLarge):
            seal_draft(draft, KEYRING, ADULT, now=NOW, room_for_answers=True)


def test_a_cookie_opens_its_draft_for_a_day_after_the_last_change() -> None:
    draft = replace(a_draft(TRUST_ANSWERS), begun=NOW)
    cookie = seal_draft(draft, KEYRING, ADULT, now=NOW)

    def opens(after: timedelta) -> bool:
        return bool(open_draft(draft.id, cookie, KEYRING, PROCEDURES, now=NOW + after))

    assert opens(timedelta(hours=24))
    assert not opens(timedelta(hours=24, minutes=1))
    assert opens(-timedelta(minutes=5)), "the clocks of two servers differ a little"


def test_a_cookie_sealed_again_and_again_opens_for_a_week() -> None:
    draft = replace(a_draft(TRUST_ANSWERS), begun=NOW)
    almost, later = NOW + timedelta(days=7), NOW + timedelta(days=7, minutes=1)
    cookie = seal_draft(draft, KEYRING, ADULT, now=almost)

    assert open_draft(draft.id, cookie, KEYRING, PROCEDURES, now=almost)
    assert open_draft(draft.id, cookie, KEYRING, PROCEDURES, now=later) is None
    longer = DraftLife(longest=timedelta(days=8))
    assert open_draft(draft.id, cookie, KEYRING, PROCEDURES, now=later, life=longer)


def test_a_cookie_opens_only_the_draft_it_belongs_to() -> None:
    mine, other = a_draft(TRUST_ANSWERS), a_draft(URGENT_ANSWERS)
    cookie = seal_draft(mine, KEYRING, ADULT, now=NOW)

    assert open_draft(other.id, cookie, KEYRING, PROCEDURES, now=NOW) is None


def test_a_changed_cut_or_foreign_cookie_is_no_draft() -> None:
    draft = a_draft(TRUST_ANSWERS)
    cookie = seal_draft(draft, KEYRING, ADULT, now=NOW)
    changed = [
        cookie[:at] + ("A" if cookie[at] != "A" else "B") + cookie[at + 1 :]
        for at in range(len(cookie))
    ]

    for text in [*changed, cookie[:-5], cookie + "A", "", "k1:", "ŵ", "%00" * 9]:
        assert open_draft(draft.id, text, KEYRING, PROCEDURES, now=NOW) is None
    assert open_draft(draft.id, cookie, {"k2": b"2" * 32}, PROCEDURES, now=NOW) is None
    assert open_draft(draft.id, cookie, {"k1": b"2" * 32}, PROCEDURES, now=NOW) is None


@given(st.text(max_size=200))
def test_no_text_makes_opening_fail_in_another_way(text: str) -> None:
    assert open_draft("0123456789", text, KEYRING, PROCEDURES, now=NOW) is None


def test_an_old_key_still_opens_and_a_new_one_seals() -> None:
    draft = a_draft(TRUST_ANSWERS)
    old = seal_draft(draft, KEYRING, ADULT, now=NOW)
    rotated = {"k2": b"2" * 32, **KEYRING}

    assert open_draft(draft.id, old, rotated, PROCEDURES, now=NOW) == draft
    new = seal_draft(draft, rotated, ADULT, now=NOW)
    assert open_draft(draft.id, new, KEYRING, PROCEDURES, now=NOW) is None


def test_an_answer_whose_question_is_gone_is_dropped_and_the_rest_stay() -> None:
    draft = a_draft(TRUST_ANSWERS)
    cookie = seal_draft(draft, KEYRING, ADULT, now=NOW)
    sequence = tuple(each for each in ADULT.sequence if getattr(each, "id", "") != "crime")

    without = {"adult": replace(ADULT, sequence=sequence)}
    opened = open_draft(draft.id, cookie, KEYRING, without, now=NOW)

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


@pytest.mark.parametrize("of", library().procedures)
def test_fingerprints_of_questions_and_options_are_unique(of: str) -> None:
    """Two that are alike would make one answer out of another."""
    questions = library().procedures[of].questions

    assert len({fingerprint(each, 4) for each in questions}) == len(questions)
    for question in questions.values():
        options = {each.id for each in question.options}
        assert len({fingerprint(each, 3) for each in options}) == len(options), question.id


def test_an_answer_without_any_option_does_no_harm() -> None:
    draft = replace(a_draft({}), answers={"danger": []})
    sealed = seal_draft(draft, KEYRING, ADULT, now=NOW)

    assert open_draft(draft.id, sealed, KEYRING, PROCEDURES, now=NOW)


def test_answers_that_counted_are_told_from_those_that_did_not() -> None:
    draft = replace(a_draft(TRUST_ANSWERS), counted=("crime", "danger", "user"))
    cookie = seal_draft(draft, KEYRING, ADULT, now=NOW)
    sequence = tuple(each for each in ADULT.sequence if getattr(each, "id", "") != "crime")

    without = {"adult": replace(ADULT, sequence=sequence)}
    opened = open_draft(draft.id, cookie, KEYRING, without, now=NOW)

    assert opened
    assert (opened.counted, opened.gone) == (("danger", "user"), 1)
