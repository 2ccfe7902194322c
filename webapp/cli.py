"""The command line: a stable contract for people who check trees, deploy and integrate.

Exit codes: 0 done; 1 a check found problems or the store cannot be used; 2 the call is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from webapp.cli_running import add_running_commands, print_json, report
from webapp.cli_trees import PROCEDURES, CallError, add_tree_commands, library_of, procedure_of
from webapp.meeting_requests.ports import StoreUnavailable
from webapp.messages.language import LANGUAGES
from webapp.messages.snapshot import question_data, recommendation_data
from webapp.procedures.library import Library
from webapp.procedures.marked_yaml import TreeError
from webapp.procedures.model import Procedure
from webapp.procedures.recommending import recommend
from webapp.procedures.timescales import london
from webapp.procedures.walking import Context, problems_with, walk
from webapp.settings import Settings, SettingsError


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int] = options.command
    try:
        return command(options, Settings.from_environment(os.environ))  # noqa: TID251
    except (CallError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 2
    except StoreUnavailable as error:
        print(error, file=sys.stderr)
        return 1
    except TreeError as error:
        return report(error.problems)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cyfarfod", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[..., int], purpose: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=purpose, description=purpose)
        added.set_defaults(command=command)
        return added

    check = add("check", _check, "check trees, sources, details, contacts and catalogue")
    check.add_argument("--coverage", action="store_true", help="where each seed rule is cited")
    for name, command, purpose in (
        ("questions", _questions, "every question and option, with ids and cites"),
        ("recommend", _recommend, "what a set of answers leads to"),
    ):
        added = add(name, command, purpose)
        added.add_argument("procedure", choices=PROCEDURES)
        added.add_argument("--lang", choices=LANGUAGES, default="en")
        added.add_argument("--json", action="store_true")
        if name == "recommend":
            added.add_argument("--answers", required=True, metavar="FILE|-")
            place = added.add_mutually_exclusive_group()
            place.add_argument("--profile", default="wales")
            place.add_argument("--authority", metavar="GSS")
            added.add_argument("--at", metavar="ISO8601", help="read the answers at this moment")
    add_tree_commands(add)
    add_running_commands(add)
    return parser


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from webapp.building import TREES, check

    if options.coverage:
        return _coverage(TREES)

    problems = check(settings)
    if problems:
        return report(problems)
    print("Trees, sources, details, contacts and catalogue fit together.")
    return 0


def _coverage(folder: Path) -> int:
    from webapp.procedures.coverage import coverage

    covered = coverage(folder)
    for each in covered:
        print(each.id, "; ".join(each.places) or each.context or "CITED NOWHERE", sep="\t")
    missing = [each.id for each in covered if each.missing]
    context = [each for each in covered if each.context and not each.places]
    print(
        f"{len(covered)} rules, {len(context)} of them context only, {len(missing)} cited nowhere."
    )
    if missing:
        print("Cite these in a tree or a profile: " + ", ".join(missing), file=sys.stderr)
    return 1 if missing else 0


def _questions(options: argparse.Namespace, settings: Settings) -> int:
    library, speech = library_of(settings)
    procedure, language = procedure_of(library, options.procedure), speech[options.lang]
    data = [question_data(each, language) for each in procedure.questions.values()]
    if options.json:
        print_json({"procedure": procedure.id, "version": procedure.version, "questions": data})
        return 0
    for question in data:
        print(f"\n{question['id']} ({question['kind']}): {question['text']}")
        for choice in (*question["options"], *question["bands"]):
            onward = f" -> {choice['leads_to']}" if choice["leads_to"] else ""
            print(f"  {choice['id']}: {choice['text']}{onward}")
        print(f"  [{', '.join(question['cites'])}]")
    return 0


def _recommend(options: argparse.Namespace, settings: Settings) -> int:
    library, speech = library_of(settings)
    library = _in_profile(library, options)
    procedure = procedure_of(library, options.procedure)
    context = Context(_moment(options.at), library.calendar)
    answers = _answers(options, library, procedure, context)
    recommendation = recommend(walk(procedure, answers, context), context)
    data = recommendation_data(recommendation, speech[options.lang])
    if options.json:
        print_json(data)
    else:
        _print_recommendation(data)
    return 0


def _in_profile(library: Library, options: argparse.Namespace) -> Library:
    """The library under the profile of the call, named or of its authority."""
    if options.authority and options.authority not in library.authorities:
        raise CallError(f"'{options.authority}' is not the GSS code of a Welsh authority.")
    if options.authority:
        return library.for_authority(options.authority)
    if options.profile not in library.profiles:
        known = ", ".join(library.profiles)
        raise CallError(f"There is no profile '{options.profile}'. Use one of: {known}.")
    return library.in_profile(options.profile)


def _answers(
    options: argparse.Namespace, library: Library, procedure: Procedure, context: Context
) -> dict[str, Any]:
    """The answers of the file, with the authority of the call where none is given."""
    try:
        text = sys.stdin.read() if options.answers == "-" else Path(options.answers).read_text()
        answers = json.loads(text)
    except (OSError, ValueError) as error:
        raise CallError(f"The answers could not be read as JSON: {error}.") from error
    if not isinstance(answers, dict):
        raise CallError('The answers must be one JSON object, such as {"danger": "no"}.')
    if options.authority:
        answers.setdefault("area-of-concern", options.authority)
    problems = problems_with(procedure, answers, context)
    if problems:
        raise CallError("\n".join(problems))
    return answers


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        return london(datetime.fromisoformat(text))
    except ValueError as error:
        raise CallError(f"--at: '{text}' is not ISO 8601, such as 2026-06-01T14:30.") from error


def _print_recommendation(data: dict[str, Any]) -> None:
    print(data["result_text"] or f"Next question: {data['next']}")
    for line in (*data["actions_now"], *data["warnings"]):
        print(f"! {line['text']}")
    for meeting in data["meetings"]:
        print(f"\n{meeting['title']}\n{meeting['type_text']}. {meeting['type_rule']['because']}")
        print(meeting["chair_text"])
        for attendee in meeting["attendees"]:
            print(f"  {attendee['status']}: {attendee['text']}. {' '.join(attendee['because'])}")
        for due in meeting["timescales"]:
            print(f"  {due['id']}: {due['text']}. {due['due_text']}")
        for line in meeting["agenda"]:
            print(f"  - {line['text']}")


if __name__ == "__main__":
    sys.exit(main())
