"""Pictures and tables: the whole tree, from the data that runs, in words and never in ids."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from babel.support import NullTranslations

from webapp.messages.language import Language
from webapp.procedures.conditions import from_data
from webapp.procedures.drawing import Node, mermaid, nodes_of
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure
from webapp.procedures.picture import SIZE, TALLEST, WIDTH, sheets_of, whole, width_of, wrapped
from webapp.procedures.tabling import Paper, Tables
from webapp.procedures.wording import Wording

SVG = "{http://www.w3.org/2000/svg}"
PROCEDURES = ("adult", "child", "section-5")


@pytest.fixture(scope="session")
def english() -> Language:
    return Language("en", NullTranslations())


@pytest.fixture(scope="session", params=PROCEDURES)
def procedure(request: pytest.FixtureRequest, library: Library) -> Procedure:
    return library.procedures[request.param]


@pytest.fixture
def wording(procedure: Procedure, library: Library, english: Language) -> Wording:
    return Wording(procedure, english, library.switches)


@pytest.fixture
def nodes(procedure: Procedure, wording: Wording) -> list[Node]:
    return nodes_of(procedure, wording)


def ids_in(words: str, procedure: Procedure) -> set[str]:
    """Ids that no person would write: those with a hyphen."""
    ids = {*procedure.questions, *procedure.results, *(flag.id for flag in procedure.flags)}
    ids |= {choice for each in procedure.questions.values() for choice in each.choices}
    ids |= {rule.id for rule in procedure.rules}
    spoken = {"follow-up", "co-ordinator"}
    found = set(re.findall(r"[\w.]+(?:-[\w.]+)+", words))
    return {each for each in found & ids if each not in spoken}


def test_every_question_and_option_is_in_the_picture(
    procedure: Procedure, nodes: list[Node], wording: Wording, english: Language
) -> None:
    by_key = {node.key: node for node in nodes}
    for question in procedure.questions.values():
        node = by_key[question.id]
        assert english.text(question.text) in node.title
        labels = " / ".join([node.onward or "", *(each.label for each in node.branches)])
        for key in question.choices:
            councils = len(question.choices) > 22 and key.startswith("W0")
            assert councils or wording.choices(question, [key]) in labels


def test_every_result_and_every_meeting_is_in_the_picture(
    procedure: Procedure, nodes: list[Node], english: Language
) -> None:
    words = {node.title for node in nodes} | {b.target for node in nodes for b in node.branches}

    for result in procedure.results.values():
        assert english.text(result.title) in words
    for meeting in procedure.meetings:
        assert any(english.text(meeting.title) in each for each in words)


def test_a_condition_on_a_question_is_told_as_asked_if(nodes: list[Node]) -> None:
    conditional = [node for node in nodes if node.conditional]

    assert conditional
    for node in conditional:
        assert node.notes[0][1].startswith("Asked if")


def test_no_words_of_the_picture_are_an_id(procedure: Procedure, nodes: list[Node]) -> None:
    for node in nodes:
        said = [node.title, node.onward or "", *(words for _depth, words in node.notes)]
        said += [words for each in node.branches for words in (each.label, each.target)]
        assert not ids_in(" ".join(said), procedure)


def test_the_picture_is_svg_that_can_be_read_aloud(
    procedure: Procedure, nodes: list[Node], english: Language
) -> None:
    sheets = sheets_of("A title & more", nodes, english)
    for sheet in sheets:
        tree = ElementTree.fromstring(sheet.svg)
        assert tree.get("role") == "img"
        names = (tree.get("aria-labelledby") or "").split()
        named = {each.get("id") for each in tree.iter() if each.get("id")}
        assert set(names) <= named
        assert "A title & more" in (tree.findtext(f"{SVG}title") or "")
        assert tree.findtext(f"{SVG}desc")
        assert "style" not in sheet.svg
    assert sum(len(sheet.nodes) for sheet in sheets) == len(nodes)
    ElementTree.fromstring(whole(sheets, "A title", "en"))


def test_text_keeps_within_its_sheet(
    procedure: Procedure, nodes: list[Node], english: Language
) -> None:
    for sheet in sheets_of("A title", nodes, english):
        assert sheet.height <= TALLEST
        for each in ElementTree.fromstring(sheet.svg).iter(f"{SVG}tspan"):
            x, y = float(each.get("x") or 0), float(each.get("y") or 0)
            assert 0 <= y <= sheet.height
            assert x + width_of((each.text or "").strip(), 14) <= WIDTH + 4, each.text


def test_boxes_never_lie_on_one_another(nodes: list[Node], english: Language) -> None:
    for sheet in sheets_of("A title", nodes, english):
        boxes = [
            tuple(float(each.get(name) or 0) for name in ("x", "y", "width", "height"))
            for each in ElementTree.fromstring(sheet.svg).iter(f"{SVG}rect")
        ]
        for n, (x, y, wide, high) in enumerate(boxes):
            for other_x, other_y, other_wide, other_high in boxes[n + 1 :]:
                apart = x + wide <= other_x or other_x + other_wide <= x
                assert apart or y + high <= other_y or other_y + other_high <= y


def test_long_words_are_wrapped_at_spaces() -> None:
    words = "Penderfyniad ynghylch yr ymholiadau a’r cynllun gofal, cymorth ac amddiffyn"
    lines = wrapped(words, 200, SIZE)

    assert " ".join(lines) == words
    assert all(width_of(line, SIZE) <= 200 for line in lines)


def test_mermaid_holds_the_same_nodes(nodes: list[Node]) -> None:
    drawn = mermaid(nodes)

    assert drawn.startswith("flowchart TD\n")
    assert all(node.title.replace('"', "#quot;") in drawn for node in nodes)


# -- conditions in words ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "lines"),
    [
        ({}, []),
        ({"danger": "no"}, [(0, "Danger now: No")]),
        ({"danger": ["yes", "not-sure"]}, [(0, "Danger now: Yes / I am not sure")]),
        ({"not": {"danger": "no"}}, [(0, "Not: Danger now: No")]),
        ({"not": {"not": {"danger": "no"}}}, [(0, "Danger now: No")]),
        (
            {"any": [{"danger": "no"}, {"age": "no"}]},
            [(0, "At least one of these:"), (1, "Danger now: No"), (1, "Aged 18 or over: No")],
        ),
        (
            {"danger": "no", "not": {"any": [{"age": "no"}, {"crime": "no"}]}},
            [
                (0, "All of these:"),
                (1, "Danger now: No"),
                (1, "None of these:"),
                (2, "Aged 18 or over: No"),
                (2, "Possible crime: No"),
            ],
        ),
        ({"agencies": "three-or-more"}, [(0, "Number of agencies: 3 or more")]),
        ({"type": "meeting"}, [(0, "Kind of meeting: Strategy meeting")]),
        ({"flag": "refused"}, [(0, "This applies: The adult has not agreed")]),
    ],
)
def test_a_condition_is_told_in_words(
    adult: Procedure,
    library: Library,
    english: Language,
    condition: dict[str, object],
    lines: object,
) -> None:
    clause = Wording(adult, english, library.switches).condition(from_data(condition))

    assert (list(clause.lines()) if clause else []) == lines


def test_a_local_arrangement_is_told_in_its_own_sentence(
    adult: Procedure, library: Library, english: Language
) -> None:
    name, sentence = next(iter(library.switches.items()))
    clause = Wording(adult, english, library.switches).condition(("local", (name,)))

    assert clause
    assert clause.words == f"Where local arrangements say so: {sentence.english}"


# -- tables ----------------------------------------------------------------------------


def test_each_option_stands_in_the_table_with_what_mentions_it(
    procedure: Procedure, wording: Wording
) -> None:
    tables = {each.number: each for each in Tables(procedure, wording).questions()}

    for question in procedure.questions.values():
        rows = tables[wording.numbers[question.id]]
        answers = [row.answer for row in rows.options]
        assert len(answers) == len(set(answers))
        assert all(row.leads for row in rows.options)


def test_a_rule_stands_with_the_answers_that_it_names(adult: Procedure, english: Language) -> None:
    tables = Tables(adult, Wording(adult, english))
    crime = next(each for each in tables.questions() if "crime" in each.words)
    first, _unsure, last = crime.options

    assert "This applies: A criminal offence may have been committed" in dict(first.fired)
    assert not dict(last.fired).get("This applies: A criminal offence may have been committed")


def test_every_rule_is_in_the_tables_with_its_source(
    procedure: Procedure, wording: Wording
) -> None:
    rows = Tables(procedure, wording).rules()

    assert len(rows) == len(procedure.rules) + len(procedure.timescales)
    assert all(row.basis.source for row in rows)


def test_the_table_on_paper_has_as_many_cells_in_every_row(
    procedure: Procedure, wording: Wording, library: Library, english: Language
) -> None:
    documents = {key: english.text(each.title) for key, each in library.sources.items()}
    checked = {key: each.checked_on for key, each in library.sources.items()}
    rows = list(Paper(Tables(procedure, wording), documents, checked).rows())
    first, second = rows[: rows.index("")], rows[rows.index("") + 1 :]

    assert {row.count(" | ") for row in first} == {6}
    assert {row.count(" | ") for row in second} == {5}
