"""Nothing reaches a Welsh reader that is missing, doubtful, English or at odds with the English."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from webapp.messages.catalogue import (
    catalogue_path,
    check_catalogue,
    extract,
    read_catalogue,
    write_po,
)
from webapp.settings import ROOT

TRANSLATIONS = ROOT / "translations"
Change = Callable[[Catalog], None]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pot") / "messages.pot"
    extract(ROOT, path)
    return path


@pytest.fixture
def said(tmp_path: Path, template: Path) -> Callable[[Change], str]:
    """What the gate says of the real catalogue after a change."""

    def check(change: Change) -> str:
        folder = tmp_path / "translations"
        shutil.copytree(TRANSLATIONS, folder)
        path = catalogue_path(folder)
        catalogue = read_catalogue(path)
        change(catalogue)
        with path.open("wb") as file:
            write_po(file, catalogue, width=0)
        return "\n".join(str(problem) for problem in check_catalogue(folder, template))

    return check


def entry(catalogue: Catalog, context: str) -> Message:
    return next(message for message in catalogue if message.context == context)


def test_the_real_catalogue_is_complete(template: Path) -> None:
    problems = check_catalogue(TRANSLATIONS, template)

    assert [str(problem) for problem in problems] == []


def put(context: str, welsh: str) -> Change:
    def change(catalogue: Catalog) -> None:
        entry(catalogue, context).string = welsh

    return change


def mark_fuzzy(catalogue: Catalog) -> None:
    entry(catalogue, "adult.danger").flags.add("fuzzy")


def drop(catalogue: Catalog) -> None:
    catalogue.delete(entry(catalogue, "adult.danger").id, "adult.danger")


def add_unused(catalogue: Catalog) -> None:
    catalogue.add("Nobody says this", "Does neb yn dweud hyn", context="nowhere")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(put("adult.danger", ""), "has no Welsh", id="missing"),
        pytest.param(drop, "No Welsh for 'Is anyone in immediate danger", id="not in the file"),
        pytest.param(mark_fuzzy, "is marked fuzzy", id="fuzzy"),
        pytest.param(
            put("adult.user.short", "Who you are"), "the Welsh is the English", id="identical"
        ),
        pytest.param(put("adult.user.short", "era uoy ohW"), "reversed English", id="reversed"),
        pytest.param(
            put("adult.rules.write-after-telephone.action", "Cadarnhewch o fewn 48 awr."),
            "the numbers differ",
            id="number",
        ),
        pytest.param(
            put("adult.crime.yes", "Ydy"), "are not a Welsh yes and no", id="yes of another verb"
        ),
        pytest.param(put("adult.crime.no", "Na"), "are not a Welsh yes and no", id="bare no"),
        pytest.param(
            put("adult.user.short", "Pwy ydych chi (in Welsh)"), "a note was left", id="note"
        ),
        pytest.param(add_unused, "is no longer used", id="unused"),
    ],
)
def test_the_gate_names_each_kind_of_gap(
    said: Callable[[Change], str], change: Change, words: str
) -> None:
    assert words in said(change)


def test_a_placeholder_must_stay_as_it_is(said: Callable[[Change], str]) -> None:
    def change(catalogue: Catalog) -> None:
        message = next(each for each in catalogue if "%(start)s" in str(each.id))
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        broken = tuple(form.replace("%(start)s", "%(dechrau)s") for form in forms)
        message.string = broken if len(broken) > 1 else broken[0]

    assert "the placeholders differ" in said(change)
