"""The link in the mail: it opens one dispatch, for whom it was sent to, and cannot be guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.meeting_requests.fakes import KEYRING, NOW, FakeStore, a_submission, submit
from webapp.meeting_requests.acknowledge_links import (
    FORM_LIFE,
    AcknowledgeLinks,
    dispatch_of,
    form_id,
    form_shown_at,
    new_form,
    token_of,
)
from webapp.meeting_requests.model import NEWS, RECEIPT, Dispatch

NEW_KEY = {"k2": b"2" * 32}


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def dispatch(store: FakeStore) -> Dispatch:
    found: Dispatch = submit(a_submission(), store).dispatches[0]
    return found


def test_a_token_opens_its_own_dispatch(store: FakeStore, dispatch: Dispatch) -> None:
    found = dispatch_of(token_of(dispatch, KEYRING), KEYRING, store.find)

    assert found
    assert found[1] == dispatch
    assert found[0] == store.find(dispatch.family)


def test_the_same_dispatch_has_the_same_link_at_each_send_and_copy(dispatch: Dispatch) -> None:
    links = AcknowledgeLinks("https://service.example", KEYRING)

    assert links(dispatch, "en") == links(replace(dispatch, attempts=2), "en")
    assert str(links(dispatch, "cy")).startswith("https://service.example/cy/cadarnhau/CFD-")
    assert str(links(dispatch, "en"))[-1].isalnum(), "mail programs leave a last hyphen out"


def test_what_goes_to_the_requester_or_to_nobody_has_no_link(dispatch: Dispatch) -> None:
    links = AcknowledgeLinks("https://service.example", KEYRING)

    for kind in (RECEIPT, NEWS):
        assert links(replace(dispatch, kind=kind), "en") is None
    assert links(replace(dispatch, to=None), "en") is None


def test_every_other_token_opens_nothing(store: FakeStore, dispatch: Dispatch) -> None:
    other = submit(a_submission(details={"person-name": "Other"}), store).dispatches[0]
    token = token_of(dispatch, KEYRING)
    reference, key, proof = token.split(".")
    changed = proof[:-1] + ("a" if proof[-1] != "a" else "b")
    wrong = [
        f"{reference}.{key}.{changed}",
        f"{other.reference}.{key}.{proof}",
        f"{dispatch.family}-2.{key}.{proof}",
        f"{dispatch.family}-9.{key}.{proof}",
        f"CFD-KM7R-T4XP-1.{key}.{proof}",
        f"{reference}.aaaaa.{proof}",
        token_of(replace(dispatch, to="else@where.example"), KEYRING),
        token_of(dispatch, NEW_KEY),
        *(token[:length] for length in range(len(token))),
        token + "a",
        token.upper(),
        token.lower(),
        f"{token}\n",
    ]

    assert [each for each in wrong if dispatch_of(each, KEYRING, store.find)] == []


def test_a_dispatch_to_the_requester_opens_for_no_token(
    store: FakeStore, dispatch: Dispatch
) -> None:
    receipt = store._change(dispatch, kind=RECEIPT)

    assert dispatch_of(token_of(receipt, KEYRING), KEYRING, store.find) is None


def test_a_link_works_after_its_key_was_followed_by_another_and_not_without_it(
    store: FakeStore, dispatch: Dispatch
) -> None:
    token = token_of(dispatch, KEYRING)

    assert dispatch_of(token, {**NEW_KEY, **KEYRING}, store.find)
    assert dispatch_of(token_of(dispatch, {**NEW_KEY, **KEYRING}), NEW_KEY, store.find)
    assert dispatch_of(token, NEW_KEY, store.find) is None


def test_any_key_id_makes_a_token_that_fits_an_address(
    store: FakeStore, dispatch: Dispatch
) -> None:
    keyring = {"../k?#.é 1": b"3" * 32}

    token = token_of(dispatch, keyring)

    assert all(each.isascii() and (each.isalnum() or each in "-.") for each in token)
    assert dispatch_of(token, keyring, store.find)


def test_a_form_tells_when_its_page_was_shown(dispatch: Dispatch) -> None:
    token = token_of(dispatch, KEYRING)
    form = new_form(token, KEYRING, NOW)

    assert form_shown_at(form, token, KEYRING, NOW + FORM_LIFE) == NOW
    assert form_shown_at(form, token, {**NEW_KEY, **KEYRING}, NOW) == NOW
    assert form_shown_at(form, token, KEYRING, NOW + FORM_LIFE + timedelta(seconds=1)) is None


def test_a_form_is_good_for_its_own_page_only(dispatch: Dispatch) -> None:
    token = token_of(dispatch, KEYRING)
    form = new_form(token, KEYRING, NOW)

    for wrong in ("", "x", form[:-1], form + "A", f"{form[:-2]}AA", "\x00", "é"):
        assert form_shown_at(wrong, token, KEYRING, NOW) is None
    assert form_shown_at(form, token + "a", KEYRING, NOW) is None
    assert form_shown_at(form, token, NEW_KEY, NOW) is None


def test_each_showing_of_the_page_has_a_form_of_its_own(dispatch: Dispatch) -> None:
    token = token_of(dispatch, KEYRING)
    forms = {form_id(new_form(token, KEYRING, NOW)) for _showing in range(20)}

    assert len(forms) == 20
