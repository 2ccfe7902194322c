"""An approval holds for what was seen, and for nothing else. The reviewers here are invented."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.support import NullTranslations

from tests.procedures.approvals import approved_by_both
from webapp import building
from webapp.cli import main
from webapp.messages.language import Language
from webapp.procedures.approving import (
    APPROVALS,
    LEAD,
    ROLES,
    WELSH,
    Approvals,
    digest_for,
    document_of,
    reviewed,
    subjects,
    welsh_of,
)
from webapp.procedures.comparing import Around, changes, welsh_changes
from webapp.procedures.compiling import compile_trees
from webapp.procedures.layers import NATIONAL
from webapp.procedures.library import Library
from webapp.procedures.terms import Text
from webapp.settings import ROOT

TREES = ROOT / "decision_trees"
Data = dict[str, Any]
Change = Callable[[Data], None]


def in_welsh(text: Text) -> str:
    return f"cy: {text.english}"


@pytest.fixture(scope="module")
def data() -> Data:
    plain: Data = json.loads(json.dumps(compile_trees(TREES)))
    return plain


@pytest.fixture
def changed(data: Data) -> Data:
    """The same, approved, and free to be changed."""
    return copy.deepcopy(approved_by_both(data, in_welsh))


def holding(data: Data, subject: str = "adult") -> set[str]:
    """The roles whose approval of a subject holds."""
    standing = Approvals(data, in_welsh).standings[subject]
    return {review.role for review in standing.reviews if review.holds}


def test_everything_is_shipped_unapproved(data: Data) -> None:
    assert data[APPROVALS] == []
    assert not (TREES / "approved").exists()
    assert not any(each.approved for each in Approvals(data, in_welsh).standings.values())


def test_trees_profiles_and_borrowed_numbers_are_approved_each_by_itself(data: Data) -> None:
    found = subjects(data)

    assert {"adult", NATIONAL} <= set(found)
    assert set(data["profiles"]) <= set(found)


def test_a_procedure_is_approved_when_both_roles_have_approved_all_it_rests_on(data: Data) -> None:
    both = approved_by_both(data, in_welsh)
    tree_only = approved_by_both(data, in_welsh, "adult")
    one_role = {**both, APPROVALS: [each for each in both[APPROVALS] if each["role"] == LEAD]}

    assert Approvals(both, in_welsh).approved("adult")
    assert not Approvals(tree_only, in_welsh).approved("adult")
    assert not Approvals(one_role, in_welsh).approved("adult")


def change_a_number(data: Data) -> None:
    document_of(data, "adult")["timescales"]["adult.T7"]["amount"] = 8


def change_a_condition(data: Data) -> None:
    document_of(data, "adult")["rules"][0]["when"] = {"danger": "no"}


def change_a_role_name(data: Data) -> None:
    data["terms"]["roles"]["police"]["text"] = "The police force"


def add_a_word_that_others_use(data: Data) -> None:
    data["terms"]["roles"]["nobody-here"] = {"text": "Somebody new"}


@pytest.mark.parametrize("change", [change_a_number, change_a_condition, change_a_role_name])
def test_any_change_to_what_was_seen_ends_the_approval(changed: Data, change: Change) -> None:
    assert holding(changed) == set(ROLES)
    change(changed)
    assert holding(changed) == set()


def test_what_the_tree_does_not_use_ends_nothing(changed: Data) -> None:
    add_a_word_that_others_use(changed)
    changed["sources"]["sources"]["P16"]["checked_on"] = "2027-01-01"

    assert holding(changed) == set(ROLES)


def test_a_change_in_welsh_ends_the_approval_of_the_welsh_reviewer_alone(changed: Data) -> None:
    def otherwise(text: Text) -> str:
        return "arall" if text.context == "adult.danger" else in_welsh(text)

    standing = Approvals(changed, otherwise).standings["adult"]

    assert {review.role for review in standing.reviews if review.holds} == {LEAD}
    assert all(review.last for review in standing.reviews)


def test_the_same_data_again_has_the_same_digest(data: Data) -> None:
    again = json.loads(json.dumps(compile_trees(TREES)))

    for role in ROLES:
        digests = {
            digest_for(role, seen, welsh_of(seen, in_welsh))
            for seen in (reviewed(data, "adult"), reviewed(again, "adult"))
        }
        assert len(digests) == 1


def test_an_approval_does_not_make_another_library_of_it(data: Data) -> None:
    assert (
        Library.from_data(data).digest == Library.from_data(approved_by_both(data, in_welsh)).digest
    )


# -- what changed, in words --------------------------------------------------------------


@pytest.fixture
def around(data: Data) -> Around:
    library = Library.from_data(data)
    names = [each.name for each in library.authorities.values()]
    english = Language("en", NullTranslations())
    return Around(names, library.profile, library.switches, english)


def add_a_question(data: Data) -> None:
    tree = document_of(data, "adult")
    new = {**tree["sequence"][0], "question": "new", "text": "Is this new?"}
    tree["sequence"].insert(1, new)


def remove_a_rule(data: Data) -> None:
    rules = document_of(data, "adult")["rules"]
    rules.remove(next(each for each in rules if each.get("agenda", "").startswith("Decide on a")))


def move_a_band(data: Data) -> None:
    for each in document_of(data, "adult")["sequence"]:
        for band in each.get("bands", []):
            if band["id"] == "within-window":
                band["amount"] = 15


def change_an_option(data: Data) -> None:
    document_of(data, "adult")["sequence"][0]["options"][0]["leads_to"] = "urgent"


def change_a_source_title(data: Data) -> None:
    data["sources"]["sources"]["P16"]["title"] = "Another title"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (add_a_question, "Added: question “Is this new?”."),
        (remove_a_rule, "Removed: rule “Agenda: Decide on a course of action.”."),
        (change_a_number, "Within 8 working days"),
        (move_a_band, "15 working-days"),
        (change_an_option, "An urgent strategy discussion should be held"),
        (change_a_condition, "now Danger now: No"),
        (change_a_role_name, "was Police; now The police force"),
        (change_a_source_title, "Another title"),
    ],
)
def test_what_changed_is_told_in_words(
    data: Data, around: Around, change: Change, words: str
) -> None:
    after = copy.deepcopy(data)
    change(after)
    told = changes(reviewed(data, "adult"), reviewed(after, "adult"), around)

    assert any(words in each for each in told), told
    assert len(told) < 12


def test_nothing_changed_is_nothing_told(data: Data, around: Around) -> None:
    for subject in subjects(data):
        seen = reviewed(data, subject)
        assert changes(seen, copy.deepcopy(seen), around) == []


def test_changes_of_a_profile_are_told_by_where_they_stand(data: Data, around: Around) -> None:
    after = copy.deepcopy(data)
    after["profiles"][NATIONAL]["office_closes"] = "16:00"
    told = changes(reviewed(data, NATIONAL), reviewed(after, NATIONAL), around)

    assert told == ["Changed: the document, office_closes: was 17:00; now 16:00."]


def test_welsh_is_compared_text_by_text() -> None:
    told = welsh_changes({"a": "un", "b": "dau"}, {"a": "un", "b": "tri", "c": "newydd"})

    assert told == ["Changed Welsh (b): was “dau”; now “tri”."]


# -- the command -------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the trees that the command line works on."""
    import shutil

    folder = tmp_path / "decision_trees"
    shutil.copytree(TREES, folder)
    monkeypatch.setattr(building, "TREES", folder)
    monkeypatch.setenv("COMPILED_FOLDER", str(tmp_path / "compiled"))
    return folder


def test_the_command_records_who_approved_what_and_later_what_changed(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["approve", "adult"]) == 0
    assert "nobody has approved adult yet" in capsys.readouterr().out
    for role, name in ((LEAD, "Mair Enghraifft"), (WELSH, 'Ifan "Iolo" Prawf: 1')):
        assert main(["approve", "adult", "--role", role, "--name", name]) == 0
    assert "# Who has reviewed" in (desk / "approvals.yaml").read_text(encoding="utf-8")
    capsys.readouterr()

    assert main(["approve", "adult"]) == 0
    assert capsys.readouterr().out.count("Nothing has changed since.") == 2

    tree = desk / "adult.yaml"
    text = tree.read_text(encoding="utf-8")
    tree.write_text(text.replace("Think about everyone who is there", "Think of everybody"))
    assert main(["approve", "adult"]) == 0
    told = capsys.readouterr().out
    assert "Mair Enghraifft approved version" in told
    assert "Think of everybody" in told


@pytest.mark.parametrize(
    "call",
    [
        ["approve", "nothing"],
        ["approve", "adult", "--role", LEAD],
        ["approve", "adult", "--name", "Mair Enghraifft"],
        ["approve", "adult", "--role", LEAD, "--name", "  "],
    ],
)
def test_a_wrong_call_records_nothing(desk: Path, call: list[str]) -> None:
    before = (desk / "approvals.yaml").read_text(encoding="utf-8")

    assert main(call) == 2
    assert (desk / "approvals.yaml").read_text(encoding="utf-8") == before


def test_a_role_that_does_not_exist_is_a_problem_with_its_line(desk: Path) -> None:
    from webapp.procedures.marked_yaml import TreeError

    rest = 'name: A B, approved_on: "2026-12-01", version: x, digest: x'
    line = f"  - {{subject: adult, role: boss, {rest}}}"
    (desk / "approvals.yaml").write_text(f"document: approvals\napprovals:\n{line}\n")

    with pytest.raises(TreeError, match=r"approvals.yaml:3: 'boss' is not a role"):
        compile_trees(desk)
