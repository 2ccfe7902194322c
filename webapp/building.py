"""`build` and `check`: from the files that people write to the files that the app reads.

The only module, beside `procedures.compiling`, that reads YAML; serving never imports it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from webapp.bootstrap import CONTACTS_FILE, DETAILS_FILE
from webapp.meeting_requests import contact_checks, detail_checks
from webapp.meeting_requests.inbox_checks import Vocabulary
from webapp.messages.catalogue import catalogue_path, check_catalogue, compile_catalogue, extract
from webapp.procedures.compiling import compile_trees, read_authorities
from webapp.procedures.library import PROCEDURES_FILE, Library
from webapp.procedures.marked_yaml import TreeError, parse
from webapp.settings import ROOT, Settings

TREES = ROOT / "decision_trees"
CONTACTS = ROOT / "infra" / "contacts.yaml"
Compiled = dict[str, Any]


def compile_all() -> Compiled:
    """File name -> data for everything compiled. Raises TreeError with every problem."""
    problems: list[Any] = []
    compiled: Compiled = {}
    parts: list[tuple[str, Callable[[], Any]]] = [
        (PROCEDURES_FILE, lambda: compile_trees(TREES)),
        (DETAILS_FILE, lambda: _data_file(TREES / "details.yaml", detail_checks.validate)),
        (CONTACTS_FILE, lambda: compile_contacts(compiled.get(PROCEDURES_FILE))),
    ]
    for name, compile_part in parts:
        try:
            compiled[name] = compile_part()
        except TreeError as error:
            problems += error.problems
    if problems:
        raise TreeError(problems)
    return compiled


def compile_contacts(trees: Any = None) -> Any:
    """The contacts; a gap is for `contact_problems`. Raises TreeError."""
    document, problems = _read_contacts(trees)
    if wrong := contact_checks.stops_the_build(problems):
        raise TreeError(wrong)
    return document


def contact_problems() -> list[Any]:
    """Every mistake and every gap of the contacts; the trees are looked at for their ids."""
    try:
        trees = compile_trees(TREES)
    except TreeError:
        trees = None
    return _read_contacts(trees)[1]


def contact_gaps() -> list[Any]:
    """What the service runs without, by telephone: a reason to warn, not to stop."""
    found = contact_problems()
    wrong = contact_checks.stops_the_build(found)
    return [each for each in found if each not in wrong]


def _read_contacts(trees: Any) -> tuple[Any, list[Any]]:
    codes = [row["gss_code"] for row in read_authorities(TREES)]
    known = _vocabulary(Library.from_data(trees)) if trees else None
    parsed = parse(CONTACTS.read_text(encoding="utf-8"), CONTACTS.name)
    problems: list[Any] = [*parsed.problems]
    problems += contact_checks.validate(parsed.document, CONTACTS.name, codes, known)
    return parsed.document, sorted(problems, key=lambda each: each.line)


def _vocabulary(library: Library) -> Vocabulary:
    """Every question, option, flag and source that a rule of the contacts may name."""
    questions: dict[str, set[str]] = {}
    flags: set[str] = set()
    sources: set[str] = set()
    for tree in library.procedures.values():
        flags |= {flag.id for flag in tree.flags}
        sources |= set(tree.sources)
        for asked in tree.questions.values():
            questions.setdefault(asked.id, set()).update(asked.choices)
    return Vocabulary(questions, flags, sources)


def _data_file(path: Path, validate: Callable[[Any, str], Iterable[Any]]) -> Any:
    parsed = parse(path.read_text(encoding="utf-8"), path.name)
    problems = [*parsed.problems, *validate(parsed.document, path.name)]
    if problems:
        raise TreeError(problems)
    return parsed.document


def build(settings: Settings, force: bool = False) -> bool:
    """Compile what is stale. True if anything was compiled. Raises TreeError."""
    sources = [*TREES.rglob("*.*"), CONTACTS, *Path(__file__).parent.glob("*/*.py")]
    newest = max(path.stat().st_mtime_ns for path in sources)
    marker = settings.compiled_folder / PROCEDURES_FILE
    stale = force or not marker.exists() or marker.stat().st_mtime_ns < newest
    if stale:
        settings.compiled_folder.mkdir(parents=True, exist_ok=True)
        compiled = compile_all()
        for name in sorted(compiled, key=lambda each: each == PROCEDURES_FILE):
            text = json.dumps(compiled[name], ensure_ascii=False, separators=(",", ":"))
            (settings.compiled_folder / name).write_text(text, encoding="utf-8")
    catalogue = catalogue_path(settings.translations_folder)
    binary = catalogue.with_suffix(".mo")
    if force or not binary.exists() or binary.stat().st_mtime_ns < catalogue.stat().st_mtime_ns:
        compile_catalogue(settings.translations_folder)
        return True
    return stale


def check(settings: Settings) -> list[Any]:
    """Every problem of trees, details, contacts and catalogue."""
    problems: list[Any] = []
    try:
        compile_all()
    except TreeError as error:
        problems += error.problems
    problems += contact_gaps()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        try:
            extract(ROOT, template)
        except TreeError:
            return problems  # a file that is not YAML has been reported
        problems += check_catalogue(settings.translations_folder, template)
    return problems
