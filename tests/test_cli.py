"""The command line is a contract: ids, dates, exit codes, and one clear sentence per mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from webapp.cli import main

CASE = {"danger": "yes", "danger-action": "called", "user": "other-agency", "age": "yes"}
CASE |= {"crime": "yes", "position-of-trust": "no", "mappa": "no"}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({**CASE, "others-at-risk": ["none"]}), encoding="utf-8")
    return path


def recommended(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["recommend", "adult", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_recommend_holds_everything_that_integrators_were_promised(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = recommended(capsys, "--answers", str(answers))

    promised = "procedure versions journey unanswered ignored flags result meetings actions_now"
    assert set(promised.split()) | {"warnings", "next"} <= set(data)
    meeting = data["meetings"][0]
    parts = "id type chair mode authority attendees timescales agenda duties"
    assert set(parts.split()) <= set(meeting)
    assert {"role", "status", "because", "source", "cites"} <= set(meeting["attendees"][0])
    due = {"id", "due", "unit", "runs_from", "strength", "source", "cites"}
    assert due <= set(meeting["timescales"][0])


def test_ids_are_the_same_in_both_languages_and_texts_are_not(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    english = recommended(capsys, "--answers", str(answers), "--lang", "en")
    welsh = recommended(capsys, "--answers", str(answers), "--lang", "cy")

    assert english["result"] == welsh["result"]
    assert english["meetings"][0]["chair"] == welsh["meetings"][0]["chair"]
    assert english["result_text"] != welsh["result_text"]


def test_the_authority_of_the_call_becomes_the_authority_of_the_meeting(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = recommended(capsys, "--answers", str(answers), "--authority", "W06000023")

    assert data["meetings"][0]["authority"] == "W06000023"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"dangr": "no"}', "Did you mean 'danger'?"),
        ('{"danger": "maybe"}', "'maybe' is not an option of 'danger'"),
        ("[]", "must be one JSON object"),
        ("{", "could not be read as JSON"),
        ('{"danger": 1}', "must be text"),
        ('{"report-received": "yesterday"}', "not a usable answer"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_how_to_put_it_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(text, encoding="utf-8")

    assert main(["recommend", "adult", "--answers", str(path)]) == 2
    assert said in capsys.readouterr().err


def test_questions_are_the_schema_of_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "adult", "--json", "--lang", "cy"]) == 0
    questions = json.loads(capsys.readouterr().out)["questions"]

    assert questions[0]["id"] == "danger"
    assert {"yes", "no"} <= {option["id"] for option in questions[0]["options"]}
    assert all(question["cites"] for question in questions)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_drawing_names_every_question_and_result(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert main(["draw", "adult", "--lang", language]) == 0
    drawn = capsys.readouterr().out

    assert drawn.startswith("flowchart TD")
    assert drawn.count("-->") + drawn.count("-.->") > 60


def test_the_whole_check_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().err
