"""Copies before and after sending, and other requests that begin after it."""

from __future__ import annotations

import io

import docx

from tests.browser.cases import DETAILS, ORDINARY, SIMPLE
from tests.web.after_sending import (
    change_a_detail,
    has_form,
    open_words,
    reference_of,
    sent_by,
    stored,
    token_of,
    words_of,
)
from tests.web.conftest import World
from tests.web.practitioner import Practitioner
from tests.web.test_draft_life import cookies_of
from webapp.meeting_requests.linking import carried_details


def text_of(document: bytes) -> str:
    opened = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in opened.paragraphs), *cells])


def test_a_copy_before_sending_holds_everything_on_the_page_and_in_the_document(
    world: World, lang: str
) -> None:
    practitioner = world.at_check(lang)
    copy = practitioner.link(f"/{words_of(practitioner, 'copy')}")
    practitioner.get(copy)
    assert "Not sent yet" in practitioner.text

    response = practitioner.client.get(f"{copy}.docx")

    assert response.headers["Cache-Control"] == "no-store"
    assert "meeting-request-not-sent" in response.headers["Content-Disposition"]
    document = text_of(response.data)
    for value in (*DETAILS[lang]["concern-what"].split("\n"), DETAILS[lang]["person-name"]):
        assert value in practitioner.text
        assert value in document


def test_a_copy_of_what_was_sent_stays_what_was_sent(world: World, lang: str) -> None:
    practitioner = sent_by(world, lang)
    status, reference = practitioner.path, reference_of(practitioner)
    practitioner.submit("correct")
    change_a_detail(practitioner, concern_what="Y fraich chwith.")

    open_words(practitioner.get(status), "copy")

    first_line = DETAILS[lang]["concern-what"].split("\n", maxsplit=1)[0]
    assert reference in practitioner.text
    assert first_line in practitioner.text
    assert "fraich chwith" not in practitioner.text
    response = practitioner.client.get(f"{practitioner.path}.docx")
    assert first_line in text_of(response.data)
    assert reference in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"
    for value in DETAILS[lang].values():
        assert value not in str(response.headers)


def test_when_the_draft_has_died_no_copy_is_made_and_the_page_says_why(
    world: World, lang: str
) -> None:
    practitioner = sent_by(world, lang)
    world.store.drafts.clear()

    practitioner.get(practitioner.path)
    assert "No copy can be made now" in practitioner.text
    assert not has_form(practitioner, "correct")
    open_words(practitioner, "copy")
    assert practitioner.status == 410
    assert practitioner.client.get(f"{practitioner.path}.docx").status_code == 410


def test_hiding_any_page_takes_the_drafts_of_sent_requests_out_of_reach(world: World) -> None:
    practitioner = sent_by(world, "en")
    status = practitioner.path
    other = world.at_recommendation("en", SIMPLE)
    for name, value in cookies_of(other).items():
        practitioner.client.set_cookie(name, value)
    practitioner.get(other.path)

    practitioner.post(f"{other.path.rsplit('/', 1)[0]}/hide", {"token": token_of(practitioner)})
    practitioner.get(status)

    assert practitioner.status == 200
    assert not has_form(practitioner, "correct")
    assert open_words(practitioner, "copy").status == 410


def test_a_copied_status_cookie_opens_a_draft_no_more_once_it_was_hidden(world: World) -> None:
    practitioner = sent_by(world, "en")
    status, before = practitioner.path, cookies_of(practitioner)
    practitioner.submit("correct")
    page = practitioner.path.rsplit("/", 1)[0]

    practitioner.post(f"{page}/hide", {"token": token_of(practitioner)})
    thief = world.practitioner("en")
    for name, value in before.items():
        thief.client.set_cookie(name, value)

    assert thief.get(status).status == 200
    assert not has_form(thief, "correct")
    assert open_words(thief, "copy").status == 410


def test_a_request_can_be_forgotten_on_this_device(world: World, lang: str) -> None:
    practitioner = sent_by(world, lang)
    status = practitioner.path

    practitioner.submit("forget")

    assert practitioner.get(status).status == 403


def press(practitioner: Practitioner, name: str, procedure: str) -> Practitioner:
    return practitioner.submit("link", **{name: procedure})


def test_another_adult_begins_with_the_parties_but_not_with_the_person(
    world: World, lang: str
) -> None:
    practitioner = sent_by(world, lang)
    first = reference_of(practitioner)

    press(practitioner, "procedure", "adult")
    practitioner.answer_all(SIMPLE)
    practitioner.get(practitioner.link(f"/{words_of(practitioner, 'details')}"))
    page = practitioner.path.rsplit("/", 1)[0]

    typed: dict[str, list[str]] = {}
    for number in range(1, 14):
        practitioner.get(f"{page}/{number}")
        if practitioner.status == 200:
            typed |= practitioner.typed()
    assert typed["alleged-name"] == [DETAILS[lang]["alleged-name"]]
    assert typed["requester-name"] == [DETAILS[lang]["requester-name"]]
    assert typed["person-name"] == [""]
    assert typed["concern-what"] == [""]
    practitioner.get(page.rsplit("/", 1)[0]).fill_all(
        DETAILS[lang] | {"person-name": "Rhywun Arall"}
    ).submit("send")
    assert stored(world)[-1].request.linked_to == (first,)


def test_one_more_meeting_begins_with_the_person_and_another_stage(world: World) -> None:
    case = {**ORDINARY, "user": "social-services"}
    practitioner = sent_by(world, "en", case)

    press(practitioner, "again", "adult")

    assert practitioner.status == 200
    practitioner.answer_all(case | {"stage": "another"})
    practitioner.get(practitioner.link("/details"))
    page = practitioner.path.rsplit("/", 1)[0]
    practitioner.get(f"{page}/2")
    assert practitioner.typed()["person-name"] == [DETAILS["en"]["person-name"]]


def test_another_person_in_a_position_of_trust_does_not_begin_with_the_first(
    world: World,
) -> None:
    words = world.services.fields.procedures["section-5"]
    known = {"alleged-name": "Dai", "person-name": "Megan", "requester-name": "Siân"}

    fields = world.services.fields.of("section-5")
    carried = carried_details(known, fields, words.another_carries)

    assert carried == {"person-name": "Megan", "requester-name": "Siân"}
