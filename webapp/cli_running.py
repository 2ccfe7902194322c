"""The commands that run or deploy the service rather than explain it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from webapp.settings import ROOT, Settings

if TYPE_CHECKING:
    from webapp.adapters.backup import Kept


def add_running_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    outbox = add("outbox", _outbox, "what has been sent and what waits, without personal data")
    outbox.add_argument("--json", action="store_true")
    add("deliver", _deliver, "one round of sending what waits")
    for name, command, purpose in (
        ("backup", _backup, "copy the database to a new file; the service may run meanwhile"),
        ("restore", _restore, "put a copy in the place of the database; stop the service first"),
    ):
        add(name, command, purpose).add_argument("file", type=Path)
    build = add("build", _build, "compile trees, contacts and catalogue where they are stale")
    build.add_argument("--force", action="store_true")
    add("translations", _translations, "bring the catalogue up to date with the texts")
    contacts = add("contacts", _contacts, "contacts check: name every gap in the contacts file")
    contacts.add_argument("action", choices=("check",))
    serve = add("serve", _serve, "serve on this machine")
    serve.add_argument("--port", type=int, default=8000)


def report(problems: Sequence[Any]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}.", file=sys.stderr)
    return 1


def print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


def _contacts(_options: argparse.Namespace, _settings: Settings) -> int:
    from webapp.building import contact_problems

    if problems := contact_problems():
        return report(problems)
    print("Every authority has a usable contact for each procedure.")
    return 0


def _build(options: argparse.Namespace, settings: Settings) -> int:
    from webapp.building import build, contact_gaps

    built = build(settings, options.force)
    print("Compiled." if built else "Nothing to compile.")
    for gap in contact_gaps() if built else ():
        print(f"Warning: {gap}", file=sys.stderr)
    return 0


def _translations(_options: argparse.Namespace, settings: Settings) -> int:
    from webapp.messages.catalogue import check_catalogue, extract, update_catalogue

    template = settings.translations_folder / "messages.pot"
    extract(ROOT, template)
    update_catalogue(settings.translations_folder, template)
    return report(problems) if (problems := check_catalogue(template.parent, template)) else 0


def _outbox(options: argparse.Namespace, settings: Settings) -> int:
    from webapp.operating import outbox

    rows = outbox(settings)
    if options.json:
        print_json(rows)
        return 0
    for row in rows:
        print(*row.values(), sep="  ")
    print(f"{len(rows)} dispatches.")
    return 0


def _deliver(_options: argparse.Namespace, settings: Settings) -> int:
    from webapp.operating import deliver

    tally = deliver(settings)
    print(f"{tally.handed_over} handed over, {tally.failed} to try again, {tally.refused} refused.")
    return 0


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    from webapp.operating import backup

    kept = backup(settings, options.file)
    _print_kept(kept)
    print(f"Keep {settings.key_file} elsewhere: without it the copy cannot be read.")
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from webapp.operating import restore

    kept = restore(settings, options.file)
    _print_kept(kept)
    print("What waits goes again, labelled as a copy. What was there before lies beside it.")
    return 0


def _print_kept(kept: Kept) -> None:
    print(f"Meeting requests: {kept.requests}. Dispatches: {kept.dispatches}.", end=" ")
    print(f"Waiting: {kept.waiting}.")


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from dataclasses import replace

    from webapp.web.serving import serve

    origin = f"http://{settings.host}:{options.port}" if not settings.behind_https else None
    serve(replace(settings, port=options.port, origin=origin or settings.origin))
    return 0
