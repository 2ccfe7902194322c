"""A draft as short data, and back: what its cookie and its stored copy hold."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import astuple
from datetime import UTC, datetime
from typing import Any

from webapp.meeting_requests.codes import draft_id
from webapp.meeting_requests.model import Draft, departures_from_data
from webapp.procedures.model import Kind, Procedure, Question
from webapp.procedures.walking import Answer


def draft_as_data(draft: Draft, procedure: Procedure) -> dict[str, Any]:
    """Short JSON-able data: ids of questions and options become fingerprints.

    Fingerprints, not positions, so that a draft survives a change of the tree. The answers that
    counted come first.
    """
    counted = [each for each in draft.counted if each in draft.answers]
    answers = {each: draft.answers[each] for each in counted} | draft.answers
    data: dict[str, Any] = {
        "c": draft.code,
        "p": draft.procedure,
        "v": draft.versions,
        "l": draft.language,
        "a": [
            [fingerprint(question, 4), *_packed(answer)]
            for question, answer in answers.items()
            if question in procedure.questions
        ],
        "n": len(counted),
    }
    if draft.departures:
        data["d"] = {
            meeting: [_without_end(astuple(each)) for each in departures]
            for meeting, departures in draft.departures.items()
        }
    return data | _rare(draft)


def _rare(draft: Draft) -> dict[str, Any]:
    """What most drafts do without, left out where it is."""
    rare = {
        "b": minutes(draft.begun) if draft.begun else 0,
        "o": draft.outcome,
        "g": draft.gone,
        "w": int(draft.anyway),
        "k": list(draft.linked),
        "x": draft.locks,
        "s": int(draft.has_details),
        "f": draft.corrects,
    }
    return {name: value for name, value in rare.items() if value}


def draft_from_data(data: Mapping[str, Any], procedures: Mapping[str, Procedure]) -> Draft:
    """Raises KeyError, ValueError or TypeError if the data is not a draft's."""
    procedure = procedures[data["p"]]
    by_print = {fingerprint(question_id, 4): question_id for question_id in procedure.questions}
    answers: dict[str, Answer] = {}
    for mark, *packed in data["a"]:
        if question_id := by_print.get(mark):
            answer = _unpacked(packed, procedure.questions[question_id])
            if answer is not None:
                answers[question_id] = answer
    counted = [by_print.get(each[0]) for each in data["a"][: int(data.get("n", 0))]]
    code = data["c"]
    return Draft(
        code=code,
        id=draft_id(code),
        procedure=procedure.id,
        versions=data["v"],
        language=data["l"],
        answers=answers,
        departures=departures_from_data(_named(data.get("d", {}))),
        anyway=bool(data.get("w")),
        begun=from_minutes(data["b"]) if "b" in data else None,
        counted=tuple(each for each in counted if each),
        outcome=str(data.get("o", "")),
        gone=counted.count(None) + int(data.get("g", 0)),
        linked=tuple(str(each) for each in data.get("k", ())),
        locks=int(data.get("x", 0)),
        has_details=bool(data.get("s")),
        corrects=str(data.get("f", "")),
    )


def _named(departures: Mapping[str, Any]) -> dict[str, Any]:
    parts = ("part", "choice", "reason", "who")
    if any(len(each) not in (3, 4) for listed in departures.values() for each in listed):
        raise ValueError("not a departure")
    return {
        meeting: [dict(zip(parts, each, strict=False)) for each in listed]
        for meeting, listed in departures.items()
    }


def _without_end(departure: tuple[str, ...]) -> list[str]:
    """Shorter by the name that is hardly ever there."""
    return list(departure if departure[-1] else departure[:-1])


def _packed(answer: Answer) -> list[str]:
    """Fingerprints of option ids; a date as it is, after an equals sign."""
    given = [answer] if isinstance(answer, str) else answer
    return ["=" + each if each[:1].isdigit() else fingerprint(each, 3) for each in given]


def _unpacked(packed: list[str], question: Question) -> Answer | None:
    """The answer meant, without options that the question no longer has."""
    by_print = {fingerprint(option.id, 3): option.id for option in question.options}
    chosen = [each[1:] if each[0] == "=" else by_print.get(each) for each in packed]
    known = [each for each in chosen if each is not None]
    if question.kind is Kind.MANY:
        return known or None
    return known[0] if known else None


def fingerprint(identifier: str, length: int) -> str:
    """A short fingerprint of an id, the same for ever."""
    digest = hashlib.sha256(identifier.encode()).digest()
    return base64.urlsafe_b64encode(digest)[:length].decode("ascii")


def minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def from_minutes(minutes: int) -> datetime:
    return datetime.fromtimestamp(minutes * 60, UTC)
