"""A mistake in a tree is found before anybody sees it: file, line and remedy, all at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp.procedures.compiling import compile_trees
from webapp.procedures.marked_yaml import TreeError

TREES = Path(__file__).parents[2] / "decision_trees"
Break = Callable[..., str]


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Replaces pieces of the real adult tree and returns what the loader says."""

    def break_tree(*changes: tuple[str, str]) -> str:
        folder = tmp_path / "decision_trees"
        shutil.copytree(TREES, folder)
        path = folder / "adult.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"the tree no longer holds: {old}"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        with pytest.raises(TreeError) as raised:
            compile_trees(folder)
        return str(raised.value)

    return break_tree


def test_the_real_trees_load() -> None:
    assert compile_trees(TREES)["procedures"]


DANGER = '      - {id: "no", text: "No"}\n\n  - question: danger-action'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            DANGER, DANGER.replace('"no", text', "no, text"), 'Write "no" in quotes', id="no"
        ),
        pytest.param(
            "    kind: one\n    text: Who are you?",
            "    kind: one\n    kind: one\n    text: Who are you?",
            "'kind' is given twice",
            id="duplicate key",
        ),
        pytest.param(
            "{id: not-sure, text: I am not sure, hint: We treat it as if it could be true.}",
            "{id: not-sure, text: I am not sure, hint: We treat it, as if it could be true.}",
            "Put the whole sentence in quotes",
            id="a comma inside braces",
        ),
        pytest.param(
            "leads_to: test-not-met",
            "leads_to: test-not-mett",
            "Did you mean 'test-not-met'?",
            id="misspelt target",
        ),
        pytest.param(
            "    source: [A2-6, A2-7]\n    cites: [adult.N0, ruling.4]\n",
            "    cites: [adult.N0, ruling.4]\n",
            "Question 'danger' has no 'source'",
            id="missing source",
        ),
        pytest.param(
            "source: [A2-6, A2-7]", "source: [A2-66]", "'A2-66' is not a known source", id="source"
        ),
        pytest.param(
            "    when: {flag: crime}\n    source: [P4, A2-7, A2-14]",
            '    when: {danger: "yes", not: {danger: "yes"}}\n    source: [P4, A2-7, A2-14]',
            "Nothing leads to question 'police-told'",
            id="unreachable question",
        ),
        pytest.param(
            "  - exit: outside-wales\n    when:\n      area-of-concern: outside-wales\n"
            "      person-place: [outside-wales, same-area]\n",
            "",
            "Nothing leads to result 'outside-wales'",
            id="unreachable result",
        ),
        pytest.param("unit: clock-hours", "unit: hours", "'hours' is not known", id="unit"),
        pytest.param(
            "when: {stage: review}", "when: {stag: review}", "Did you mean", id="question"
        ),
        pytest.param(
            "when: {stage: review}", "when: {stage: revue}", "'revue' is no option", id="option"
        ),
        pytest.param(
            "when: {stage: review}", "when: {raised-by: me}", "which is asked later", id="order"
        ),
        pytest.param("status: required", "status: need", "'need' is not a known", id="status"),
        pytest.param("attendee: police", "attendee: plice", "Did you mean 'police'", id="role"),
        pytest.param(
            "questions: [area-of-concern, person-place]",
            "questions: [danger, danger-action]",
            "asked on the same page",
            id="page that would need JavaScript",
        ),
        pytest.param("\ndefault_result:", "\ndefault_resul:", "Did you mean", id="unknown key"),
    ],
)
def test_a_mistake_is_named_with_its_file_line_and_remedy(
    broken: Break, old: str, new: str, said: str
) -> None:
    message = broken((old, new))

    assert said in message
    file, line, _rest = message.splitlines()[0].split(":", 2)
    assert file == "adult.yaml"
    assert int(line) > 1


def test_every_mistake_is_reported_at_once(broken: Break) -> None:
    message = broken(
        ("leads_to: test-not-met", "leads_to: nowhere"),
        ("unit: clock-hours", "unit: hours"),
        ("attendee: police", "attendee: plice"),
    )

    assert all(word in message for word in ("nowhere", "hours", "plice"))


def test_a_file_that_is_not_yaml_is_one_clear_problem(broken: Break) -> None:
    assert "not valid YAML" in broken(("procedure: adult", 'procedure: "adult'))
