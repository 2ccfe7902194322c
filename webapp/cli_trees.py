"""The commands about what the trees say: drawing a procedure, and approving what was read."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from webapp.messages.language import LANGUAGES, Language, languages
from webapp.procedures.approving import (
    ROLES,
    WELSH,
    Approval,
    approvals_from,
    digest_for,
    last_of,
    reviewed,
    subjects,
    version_of,
    welsh_of,
)
from webapp.procedures.comparing import Around, changes, welsh_changes
from webapp.procedures.drawing import mermaid, nodes_of
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure
from webapp.procedures.picture import sheets_of, whole
from webapp.procedures.tabling import Paper, Tables
from webapp.procedures.wording import Wording
from webapp.settings import Settings

PROCEDURES = ("adult", "child", "section-5")
FORMATS = ("mermaid", "svg", "table")
Add = Callable[..., argparse.ArgumentParser]


class CallError(Exception):
    """The call is wrong; the message says how and what to do."""


def add_tree_commands(add: Add) -> None:
    drawn = add("draw", draw, "a procedure as a picture or as a table for fact-checkers")
    drawn.add_argument("procedure", choices=PROCEDURES)
    drawn.add_argument("--lang", choices=LANGUAGES, default="en")
    drawn.add_argument("--format", choices=FORMATS, default=FORMATS[0])
    drawn.add_argument("--profile", default="wales", help="whose local arrangements")
    given = add("approve", approve, "what changed since the last approval; record a new one")
    given.add_argument("subject", metavar="TREE", help="a tree, a profile or 'borrowed'")
    given.add_argument("--role", choices=ROLES)
    given.add_argument("--name", help="who has reviewed it")


def library_of(settings: Settings) -> tuple[Library, dict[str, Language]]:
    """The compiled library, compiled again first if the trees have changed."""
    from webapp.building import build

    build(settings)
    return Library.load(settings.compiled_folder), languages(settings.translations_folder)


def procedure_of(library: Library, name: str) -> Procedure:
    if name not in library.procedures:
        known = ", ".join(library.procedures)
        raise CallError(f"The {name} procedure is not here yet. Use one of: {known}.")
    return library.procedures[name]


def draw(options: argparse.Namespace, settings: Settings) -> int:
    library, speech = library_of(settings)
    if options.profile not in library.profiles:
        known = ", ".join(library.profiles)
        raise CallError(f"There is no profile '{options.profile}'. Use one of: {known}.")
    library, language = library.in_profile(options.profile), speech[options.lang]
    procedure = procedure_of(library, options.procedure)
    wording = Wording(procedure, language, library.switches)
    if options.format == "table":
        documents = {key: language.text(each.title) for key, each in library.sources.items()}
        checked = {key: each.checked_on for key, each in library.sources.items()}
        for row in Paper(Tables(procedure, wording), documents, checked).rows():
            print(row)
        return 0
    nodes, title = nodes_of(procedure, wording), language.text(procedure.title)
    if options.format == "svg":
        print(whole(sheets_of(title, nodes, language), title, language.code), end="")
    else:
        print(mermaid(nodes), end="")
    return 0


# -- approving -------------------------------------------------------------------------


def approve(options: argparse.Namespace, settings: Settings) -> int:
    """Without a role: what stands. With one: what changed since its last approval, recorded."""
    from webapp.building import TREES

    library, speech = library_of(settings)
    if options.subject not in subjects(library.data):
        known = ", ".join(subjects(library.data))
        raise CallError(f"There is no '{options.subject}' to approve. Use one of: {known}.")
    if bool(options.role) != bool((options.name or "").strip()):
        raise CallError("Give both --role and --name, or neither to see what has changed.")
    desk = _Desk(library, speech, options.subject, TREES)
    for role in [options.role] if options.role else ROLES:
        print(desk.told(role))
    if options.role:
        approval = desk.record(options.role, options.name.strip())
        print(f"Recorded: {approval.name} approved {approval.subject}, {approval.version}.")
    return 0


class _Desk:
    """One subject on the reviewer's desk. `folder` holds approvals.yaml and approved/."""

    def __init__(
        self, library: Library, speech: dict[str, Language], subject: str, folder: Path
    ) -> None:
        self.library = library
        self.subject = subject
        self.folder = folder
        self.seen = json.loads(json.dumps(reviewed(library.data, subject)))
        self.welsh = welsh_of(self.seen, speech["cy"].text)
        names = [each.name for each in library.authorities.values()]
        self.around = Around(names, library.profile, library.switches, speech["en"])

    def told(self, role: str) -> str:
        """What a reviewer in this role finds: approved, never approved, or what has changed."""
        last = last_of(approvals_from(self.library.data), self.subject, role)
        if last is None:
            return f"{role}: nobody has approved {self.subject} yet."
        said = f"{last.name} approved version {last.version} on {last.approved_on}"
        if last.digest == digest_for(role, self.seen, self.welsh):
            return f"{role}: {said}. Nothing has changed since."
        return "\n".join([f"{role}: {said}. Changed since:", *self._changes(last)])

    def _changes(self, last: Approval) -> list[str]:
        path = self._copy_of(last)
        if not path.exists():
            return [f"  The copy of what was seen is missing: {path.name}."]
        kept = json.loads(path.read_text(encoding="utf-8"))
        found = changes(kept["seen"], self.seen, self.around)
        if last.role == WELSH:
            found += welsh_changes(kept["welsh"], self.welsh)
        return [f"  {each}" for each in found or ["Only the order of the file or its version."]]

    def _copy_of(self, approval: Approval) -> Path:
        name = f"{approval.subject}.{approval.role}.{approval.digest}.json"
        return self.folder / "approved" / name

    def record(self, role: str, name: str) -> Approval:
        """Add an approval to the file, with a copy of what was seen."""
        approval = Approval(
            subject=self.subject,
            role=role,
            name=name,
            approved_on=datetime.now(UTC).date().isoformat(),
            version=version_of(self.seen["document"]),
            digest=digest_for(role, self.seen, self.welsh),
        )
        path = self._copy_of(approval)
        path.parent.mkdir(exist_ok=True)
        kept = {"seen": self.seen, "welsh": self.welsh}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _append(self.folder / "approvals.yaml", approval)
        return approval


def _append(path: Path, approval: Approval) -> None:
    """One line per approval; JSON strings are YAML strings that no rule of YAML reads otherwise."""
    text = path.read_text(encoding="utf-8").rstrip("\n").replace("approvals: []", "approvals:")
    parts = ", ".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in vars(approval).items()
    )
    path.write_text(f"{text}\n  - {{{parts}}}\n", encoding="utf-8")
