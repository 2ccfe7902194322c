"""What the rules of `infra/contacts.yaml` must hold: offices, inboxes and their conditions."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.meeting_requests.contacts import PROCEDURES
from webapp.meeting_requests.data_files import Mistake, keys_of, line_of
from webapp.procedures.conditions import from_data, mentions

LANGUAGES = ("en", "cy")
OFFICE = ("label", "closed_when", "purpose", "source")
INBOX = ("procedure", "office", "label", "purpose", "source")


@dataclass(frozen=True)
class Vocabulary:
    """What a condition may name: question -> its options; flags; sources. Of all trees."""

    questions: Mapping[str, Collection[str]] = field(default_factory=dict)
    flags: Collection[str] = ()
    sources: Collection[str] = ()


def about_rules(data: Any, file: str, known: Vocabulary | None) -> Iterator[Mistake]:
    """`known` is None where the trees cannot be read: then no id is looked up."""
    offices, inboxes = data["offices"], data["inboxes"]
    for kind, listed, needed, more in (
        ("Office", offices, OFFICE, ()),
        ("Inbox", inboxes, INBOX, ("when", "default")),
    ):
        for name, rule in listed.items():
            where = f"{kind} '{name}'"
            wrong = keys_of(rule, file, where, needed, more)
            yield from wrong or _about_rule(rule, file, where, known)
    if all(isinstance(each, dict) for each in inboxes.values()):
        yield from _about_choice(inboxes, offices, file)


def _about_rule(rule: Any, file: str, where: str, known: Vocabulary | None) -> Iterator[Mistake]:
    yield from keys_of(rule["label"], file, f"{where}: label", LANGUAGES)
    for key in ("closed_when", "when"):
        if key in rule:
            yield from _about_condition(rule[key], file, f"{where}: {key}", known)
    if known is None:
        return
    for source in rule["source"] if isinstance(rule["source"], list) else [rule["source"]]:
        if source not in known.sources:
            yield _unknown(file, source, f"{where}: '{source}' is no source.", known.sources)


def _about_condition(
    condition: Any, file: str, where: str, known: Vocabulary | None
) -> Iterator[Mistake]:
    try:
        leaves = list(mentions(from_data(condition)))
    except (AttributeError, TypeError, ValueError, IndexError):
        what = f"{where} is not a condition."
        yield Mistake(file, line_of(condition), what, "Write it as the trees do: question: option.")
        return
    for kind, question, ids in leaves:
        if kind not in ("answer", "flag"):
            what = f"{where} asks about '{kind}', which is not known when a request is sent."
            yield Mistake(file, line_of(condition), what, "Ask about answers and flags only.")
        elif known:
            yield from _about_leaf(condition, file, where, question, ids, known)


def _about_leaf(
    condition: Any,
    file: str,
    where: str,
    question: str,
    ids: tuple[str, ...],
    known: Vocabulary,
) -> Iterator[Mistake]:
    if question and question not in known.questions:
        what = f"{where} asks about '{question}', which is no question of any tree."
        yield _unknown(file, condition, what, known.questions, question)
        return
    among = known.questions[question] if question else known.flags
    for each in ids:
        if each not in among:
            what = f"'{each}' is no option of '{question}'." if question else f"no flag '{each}'."
            yield _unknown(file, condition, f"{where}: {what}", among, each)


def _about_choice(inboxes: Any, offices: Any, file: str) -> Iterator[Mistake]:
    for name, inbox in inboxes.items():
        for key, among in (("procedure", PROCEDURES), ("office", tuple(offices))):
            value = inbox.get(key)
            if value and value not in among:
                what = f"Inbox '{name}': '{value}' is no {key}."
                yield _unknown(file, value, what, among)
    for procedure in PROCEDURES:
        rules = [each for each in inboxes.values() if each.get("procedure") == procedure]
        certain = [each for each in rules if each.get("default") or not each.get("when")]
        if not certain:
            what = f"Nothing says which inbox has a request of '{procedure}' that nothing fits."
            yield Mistake(file, line_of(inboxes), what, "Add 'default: true' to one of them.")


def _unknown(file: str, value: Any, what: str, known: Collection[str], wrong: str = "") -> Mistake:
    close = difflib.get_close_matches(wrong or str(value), list(known), n=1)
    remedy = f"Did you mean '{close[0]}'?" if close else "Use one of: " + ", ".join(known) + "."
    return Mistake(file, line_of(value), what, remedy)
