"""The record in Word, read back: what stands in it, and what a screen reader needs."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from functools import cache
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.meeting_requests.fakes import LANGUAGES, TRUST_ANSWERS, a_submission, library
from tests.messages.attached_cases import cases, sent, shown_in
from webapp.meeting_requests.minimum import IN_CONFLICT
from webapp.meeting_requests.model import Submitted
from webapp.messages.meeting_record import meeting_record

TRUST = "adult and section 5"
BOTH = "☐\u00a0Present\n☐\u00a0Apologies"


def file_of(found: Submitted, number: int = 0, code: str = "en", approved: bool = False) -> bytes:
    (meeting,) = found.dispatches[number].meetings
    return meeting_record(shown_in(found, number, code), meeting, approved).content


@cache
def record(name: str, number: int = 0, code: str = "en", approved: bool = False) -> Any:
    """Read only: tests share it."""
    return docx.Document(io.BytesIO(file_of(cases()[name], number, code, approved)))


def texts(document: Any) -> str:
    """Everything that can be read, cell by cell."""
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def headings(document: Any) -> list[str]:
    return [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]


def rows(document: Any, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, without its headers."""
    for table in document.tables:
        if table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == caption:
            return [[cell.text for cell in row.cells] for row in table.rows[1:]]
    raise AssertionError(caption)


def test_it_goes_from_who_and_why_to_what_is_done_afterwards() -> None:
    assert headings(record(TRUST)) == [
        "The meeting",
        "The person at risk",
        "Who was there",
        "Needed, and still missing",
        "What the request says",
        "Agenda and decisions",
        "Actions",
        "Recording it and sending it round",
        "What to record",
        "Who gets what",
        "Time limits",
        "Meeting again, disagreement and people who do not come",
    ]


def test_who_and_why_are_filled_in() -> None:
    document = record(TRUST)
    facts = dict(rows(document, "The meeting: kind, reason, time limit, chair"))

    assert facts["Kind of meeting"] == "Strategy meeting"
    assert facts["Why"].startswith("The higher the risk")
    assert facts["Reference"] == cases()[TRUST].dispatches[0].reference
    assert "Thursday 18 June 2026" in facts["Time limit"]
    assert facts["Held on (day, time)"] == ""
    assert dict(rows(document, "The person at risk"))["Name of the person at risk"] == (
        "Megan Example"
    )
    assert dict(rows(document, "Who asks for the meeting"))["Name"] == "Siân Practitioner"


def test_everybody_recommended_has_a_row_with_room_for_attendance() -> None:
    document = record(TRUST)
    meeting = cases()[TRUST].request.recommendation["en"]["meetings"][0]
    people = rows(document, "Who was invited, who came and how")
    kept_away = ("not-invited", "chair-decides")
    invited = [each["text"] for each in meeting["attendees"] if each["status"] not in kept_away]
    named = {row[0].partition("\n")[0]: row[1].partition("\n")[0] for row in people}

    assert list(named)[: len(invited)] == invited
    assert named["Police"] == "PC 1234"
    assert named["Tissue viability nurse"] == "Ann Sample"
    assert all(BOTH in row[2] and "☐\u00a0Video" in row[3] for row in people)
    assert [row[0] for row in people][-3:] == ["", "", ""]


def test_a_name_comes_with_agency_and_way_of_taking_part_but_no_telephone() -> None:
    people = rows(record("several children"), "Who was invited, who came and how")
    police = next(row for row in people if row[0].startswith("Police"))

    assert police[1].split("\n") == [
        "DC Example",
        "Agency: Heddlu Example",
        "How they would take part: Would join by video",
    ]


def test_what_was_done_has_a_row_for_each_time() -> None:
    done = dict(rows(record("several children"), "What is happening"))

    assert list(done.values())[-1].split("\n")[:2] == [
        "What was done: Took him to the nurse",
        "Who did it: Gwen Teacher",
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_nobody_who_must_be_kept_away_is_named(number: int) -> None:
    document = record(TRUST, number)
    meeting = cases()[TRUST].request.recommendation["en"]["meetings"][number]
    listed = [row[0] for row in rows(document, "Who was invited, who came and how")]
    away = [
        each["text"]
        for each in meeting["attendees"]
        if each["status"] in ("not-invited", "chair-decides")
    ]

    assert away
    assert not [each for each in away if any(each in row for row in listed)]


def test_the_agenda_is_in_order_with_room_beside_each_line() -> None:
    meeting = cases()[TRUST].request.recommendation["en"]["meetings"][0]
    items = rows(record(TRUST), "The agenda in order, with room for the decisions")

    assert [item for _, item, _ in items] == [each["text"] for each in meeting["agenda"]]
    assert [number for number, *_ in items] == [str(n) for n in range(1, len(items) + 1)]
    assert {room for *_, room in items} == {""}


def test_the_least_actions_wait_for_who_and_when() -> None:
    meeting = cases()[TRUST].request.recommendation["en"]["meetings"][0]
    actions = rows(record(TRUST), "Actions: what, who and by when")
    least = [each["text"] for each in meeting["pack"]["minimum_action"]]

    assert [action for action, *_ in actions] == [*least, "", "", "", ""]
    assert {(who, when) for _, who, when in actions} == {("", "")}


def test_a_time_limit_that_runs_from_the_meeting_has_its_rule_and_room_for_the_date() -> None:
    limits = rows(record(TRUST), "Time limits, with the date of each and when it was done")
    by_name = {name: (rule, day) for name, rule, day, _ in limits}

    rule, day = by_name["The lead practitioner sees the adult"]
    assert rule == "Within 5 working days. Counted from: the strategy discussion or meeting."
    assert day == ""
    assert by_name["Hold the strategy discussion or meeting"][1] == "Thursday 18 June 2026"
    assert "Complete the section 126 enquiries (normally)" not in by_name  # was done in time


def test_each_child_has_a_page_of_its_own() -> None:
    document = record("several children")
    pages = [
        each
        for each in document.paragraphs
        if each.style.name == "Heading 1" and each.paragraph_format.page_break_before
    ]

    assert [each.text for each in pages] == [f"Record for child {n}" for n in (1, 2, 3)]
    first, second, third = (
        dict(rows(document, f"Record for child {number}")) for number in (1, 2, 3)
    )
    assert first["Name of the child"] == "Siân O’Brien"
    assert second["What this child says and wants"] == "“Dw i isio Mam”"
    assert "4857773456" not in texts(document)
    assert second["Language the child prefers"]
    assert third == {"Name": "Llŷr D’Arcy-Ŵyn", "Link to the first child": "Cousin"}
    assert not [each for each in headings(record(TRUST)) if "child" in each]


def test_what_is_asked_for_differently_stands_there_without_the_reasons() -> None:
    document = record("departures")
    different = rows(document, "Where the request differs from the recommendation")

    assert different == [
        ["Kind of meeting", "Strategy discussion", "Strategy meeting"],
        ["Chair", "Rhodri Example", "Lead co-ordinator (social services)"],
    ]
    invited = rows(document, "Who was invited, who came and how")
    assert ["Housing", "Expected"] in [row[0].split("\n") for row in invited]
    assert "Employer" not in texts(document)  # whom only the chair is asked about
    assert "lift" not in texts(document)
    assert "neighbour" not in texts(document)  # why somebody should not come


def test_who_is_needed_and_missing_stands_there_with_what_to_do() -> None:
    missing = rows(
        record("nothing said"), "Who cannot be done without and was missing from the request"
    )

    assert "Police" in [who for who, *_ in missing]
    assert all(action and not done for _, action, done in missing)


def test_that_somebody_may_be_close_to_the_person_of_concern_does_not_go_round() -> None:
    answers = TRUST_ANSWERS | {"conflict-of-interest": ["police"]}
    found = sent(a_submission(answers))
    ids = [each.why for each in shown_in(found).missing(shown_in(found).meetings[0])]
    words = texts(docx.Document(io.BytesIO(file_of(found))))

    assert IN_CONFLICT in ids
    assert "close to the person of concern" not in words


@pytest.mark.parametrize("name", cases())
def test_it_holds_only_details_that_may_go_round(name: str) -> None:
    found = cases()[name]
    for number in range(len(found.dispatches)):
        shown = shown_in(found, number, "en")
        words = texts(record(name, number))
        for asked in shown.fields.fields.values():
            value = found.request.details.get(asked.id)
            if not isinstance(value, str) or len(value) < 6 or asked.options:
                continue
            if not (asked.in_record and shown.takes(asked)):
                assert value not in words, asked.id
        for person in found.request.details.get("invitees", ()):
            assert not person["contact"] or person["contact"] not in words


def test_who_raised_it_and_how_to_reach_anybody_are_left_out() -> None:
    for number in range(2):
        words = texts(record(TRUST, number))
        for each in ("Nia Sample", "029 2018", "01632"):
            assert each not in words


@pytest.mark.parametrize(("code", "language"), [("cy", "cy-GB"), ("en", "en-GB")])
def test_the_language_is_set_everywhere(code: str, language: str) -> None:
    document = record(TRUST, code=code)
    set_in = document.styles.element.iter(qn("w:lang"))

    assert {each.get(qn("w:val")) for each in set_in} == {language}
    assert document.core_properties.language == language
    typed = [
        run.text
        for table in document.tables
        for cell in table._cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if (lang := run._element.find(f".//{qn('w:lang')}")) is not None
        and lang.get(qn("w:val")) == "en-GB"
    ]
    assert ("Megan Example" in typed) == (code == "cy")  # typed on English pages


def test_nothing_in_the_properties_or_the_name_of_the_file_is_personal() -> None:
    found = cases()["several children"]
    (meeting,) = found.dispatches[0].meetings
    attachment = meeting_record(shown_in(found), meeting, approved=True)
    properties = record("several children").core_properties

    assert attachment.filename == f"{found.dispatches[0].reference}-child-record-en.docx"
    assert attachment.filename.isascii()
    assert properties.title == "Record: Strategy discussion or meeting about the child"
    assert properties.author == properties.last_modified_by == "Cyfarfod"
    assert [properties.subject, properties.comments, properties.keywords] == [""] * 3
    assert "Siân" not in properties._element.xml


@pytest.mark.parametrize("name", cases())
def test_every_table_says_what_it_is_and_repeats_its_headers(name: str) -> None:
    document = record(name)
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
        marked = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(table.rows) - 1)
        assert all(cell.text for cell in table.rows[0].cells)


def test_headings_follow_on_without_a_gap_and_every_list_is_one() -> None:
    document = record("several children")
    levels = [
        int(each.style.name[-1]) for each in document.paragraphs if "Heading" in each.style.name
    ]

    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert [each for each in document.paragraphs if each.style.name == "List Bullet"]
    assert not [each for each in document.paragraphs if each.text.startswith(("•", "- "))]


def test_the_footer_has_the_reference_and_the_page() -> None:
    footer = record(TRUST).sections[0].footer.paragraphs[0]
    fields = [each.get(qn("w:instr")) for each in footer._p.iter(qn("w:fldSimple"))]

    assert footer.text.startswith(f"Reference: {cases()[TRUST].dispatches[0].reference}\t")
    assert fields == ["PAGE", "NUMPAGES"]


def test_only_rules_that_nobody_has_approved_say_so() -> None:
    notice = "Not yet approved by a safeguarding lead and a Welsh reviewer."

    assert notice in texts(record(TRUST))
    assert notice not in texts(record(TRUST, approved=True))


def test_every_word_of_ours_comes_from_the_catalogue() -> None:
    """In the marked catalogue, whatever is neither typed nor marked is a gap."""
    typed = {*_strings(cases()[TRUST].request.details), *_strings(library().data["authorities"])}
    unmarked = [
        line
        for each in texts(record(TRUST, code="cy")).splitlines()
        if (line := each.removeprefix("☐\u00a0").strip()) and not line.startswith("¦")
        if line not in typed and not any(part in line for part in ("CFD-", "¦"))
    ]

    assert [each for each in unmarked if not _is_plain(each)] == []


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.splitlines()
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


def _is_plain(line: str) -> bool:
    """A number, a date as Babel writes it, or a name that has both languages in the data."""
    return line[:1].isdigit() or "dydd" in line.lower() or "Caerdydd" in line


def test_a_linked_mail_has_its_own_record() -> None:
    words = texts(record(TRUST, 1))

    assert "Night care assistant" in words
    assert "Night care assistant" not in texts(record(TRUST, 0))
    assert "Polish" not in words
    assert LANGUAGES["en"].gettext("Agenda and decisions") in words


def test_a_request_that_says_little_still_makes_a_whole_record() -> None:
    found = cases()["nothing said"]
    bare = replace(found, request=replace(found.request, details={}))

    assert len(file_of(bare)) > 20_000
    assert "What the request says" not in texts(docx.Document(io.BytesIO(file_of(bare))))
