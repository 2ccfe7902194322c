"""What rests on each document: every question, fact, result, meeting, rule and time limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from webapp.procedures.model import Basis, Procedure, Text
from webapp.procedures.wording import Speech, Wording

KINDS = ("question", "fact", "result", "meeting", "rule", "limit")


@dataclass(frozen=True)
class Resting:
    """One thing that cites a document. `kind` is one of KINDS."""

    procedure: str
    kind: str
    words: str
    strength: str
    derived: bool


def resting_on(
    procedures: Iterable[Procedure], speech: Speech, switches: Mapping[str, Text]
) -> dict[str, list[Resting]]:
    """Source id -> what rests on it, each once. The same procedure may come under more profiles."""
    found: dict[str, dict[Resting, None]] = {}
    for procedure in procedures:
        wording = Wording(procedure, speech, switches)
        title = speech.text(procedure.title)
        for kind, words, basis in _everything(procedure, wording):
            strength = wording.strength(basis)
            resting = Resting(title, kind, words, strength, basis.derived)
            for source in basis.source:
                found.setdefault(source, {})[resting] = None
    return {source: list(each) for source, each in found.items()}


def _everything(procedure: Procedure, wording: Wording) -> Iterator[tuple[str, str, Basis]]:
    text = wording.speech.text
    for question in procedure.questions.values():
        yield "question", wording.question(question), question.basis
    for flag in procedure.flags:
        yield "fact", text(flag.text), flag.basis
    for result in procedure.results.values():
        yield "result", text(result.title), result.basis
    for meeting in procedure.meetings:
        yield "meeting", text(meeting.title), meeting.basis
        for kind in meeting.types:
            yield "meeting", wording.type(kind), kind.basis
        for chair in meeting.chairs:
            yield "meeting", wording.chair(chair), chair.basis
    for rule in procedure.rules:
        yield "rule", wording.rule(rule), rule.basis
    for limit in procedure.timescales:
        yield "limit", wording.timescale(limit), limit.basis
