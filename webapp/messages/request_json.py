"""The request as data for another system: `schemas/meeting-request-1.json` says what is in it.

Ids are language-neutral; texts are in the first language of the mail, and what was typed is as it
was typed. Dates and moments are ISO 8601, moments with the offset of London.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from webapp.meeting_requests.cleaning import PERSON
from webapp.meeting_requests.details import Field, Part
from webapp.meeting_requests.model import Attachment
from webapp.messages.shown import DATES, Data, Person, Shown
from webapp.messages.snapshot import iso
from webapp.procedures.model import NOT_KNOWN, Question
from webapp.procedures.timescales import london, parse_moment
from webapp.procedures.walking import Answer

# A new number when a reader of the old one could no longer read what is written.
VERSION = 1
ADDRESS = f"/schemas/meeting-request/{VERSION}"
MEDIA_TYPE = "application/json"
_SCHEMA = Path(__file__).with_name("schemas") / f"meeting-request-{VERSION}.json"


def schema(origin: str) -> Data:
    """The schema as it is published: its `$id` is where it can be fetched."""
    found: Data = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return {**found, "$id": origin + ADDRESS}


def request_json(shown: Shown, origin: str) -> Attachment:
    data = json.dumps(request_data(shown, origin), ensure_ascii=False, indent=1)
    name = f"{shown.dispatch.reference}.json"
    return Attachment(name, MEDIA_TYPE, data.encode() + b"\n")


def request_data(shown: Shown, origin: str) -> Data:
    """Only what the mail itself may show."""
    request, dispatch = shown.request, shown.dispatch
    return {
        "$schema": origin + ADDRESS,
        "reference": dispatch.reference,
        "family": dispatch.family,
        "kind": dispatch.kind,
        "corrects": request.corrects or None,
        "linked_to": list(request.linked_to),
        "sent_at": iso(london(request.created_at)),
        "urgent": dispatch.urgent,
        "language": shown.language.code,
        "typed_in": request.language,
        "procedure": dispatch.procedure,
        "authority": {"code": dispatch.authority, "text": shown.area},
        "team": shown.text(dispatch.team),
        "tree": _tree(shown),
        "asked_anyway": request.anyway,
        "flags": [_named(each, flag.text if flag else None, shown) for each, flag in shown.flags()],
        "answers": [_answer(each, answer, asked, shown) for each, answer, asked in shown.answers()],
        "unanswered": [
            _named(each, asked.short if asked else None, shown)
            for each, asked in shown.unanswered()
        ],
        "details": _details(shown),
        "meetings": [_meeting(each, shown) for each in shown.meetings],
        "added_people": [_person(each, shown) for each in shown.added()],
    }


def _tree(shown: Shown) -> Data:
    versions = shown.snapshot["versions"]
    procedure = shown.request.procedure
    return {
        "procedure": procedure,
        "version": versions[procedure],
        "digest": versions["digest"],
        "profile": shown.snapshot["profile"],
    }


def _named(each: str, text: Any, shown: Shown) -> Data:
    """An id with its words; what the trees no longer know is named by its id."""
    return {"id": each, "text": shown.text(text) or each}


def _answer(each: str, answer: Answer, asked: Question | None, shown: Shown) -> Data:
    named = _named(each, asked.short if asked else None, shown)
    if _is_date(answer, asked):
        if answer == NOT_KNOWN:
            return {**named, "not_known": True}
        return {**named, "moment": iso(parse_moment(str(answer)))}
    chosen = [answer] if isinstance(answer, str) else answer
    choices = asked.choices if asked else {}
    texts = {each: choices[each].text if each in choices else None for each in chosen}
    return {**named, "options": [_named(each, text, shown) for each, text in texts.items()]}


def _is_date(answer: Answer, asked: Question | None) -> bool:
    """Seen by its first digit where the question is no longer asked."""
    return asked.kind.is_date if asked else isinstance(answer, str) and answer[:1].isdigit()


def _details(shown: Shown) -> list[Data]:
    return [
        {"page": section.id, **_detail(asked, value, shown)}
        for section in shown.fields.sections
        for asked, value in shown.given(section)
        if asked.in_json
    ]


def _detail(asked: Field, value: Any, shown: Shown) -> Data:
    named = {"id": asked.id, "label": shown.text(asked.short)}
    if asked.kind == "record-list":
        return {**named, "entries": [_entry(asked, each, shown) for each in value]}
    if value == NOT_KNOWN and asked.not_known:
        return {**named, "not_known": True}
    if asked.options:
        chosen = [value] if isinstance(value, str) else value
        texts = asked.option_texts
        return {**named, "options": [_named(each, texts.get(each), shown) for each in chosen]}
    return {**named, "date" if asked.kind in DATES else "text": value}


def _entry(asked: Field, entry: Person, shown: Shown) -> list[Data]:
    return _parts(shown.parts(asked, entry), entry, shown)


def _parts(parts: list[tuple[Part, str]], entry: Person, shown: Shown) -> list[Data]:
    return [
        {"id": part.id, "label": shown.text(part.text), "text": words}
        | ({"option": entry[part.id]} if part.options else {})
        for part, words in parts
        if part.in_json
    ]


def _person(person: Person, shown: Shown) -> Data:
    kept: Data = {key: person[key] for key in PERSON if person.get(key)}
    if role := person["role"]:
        kept["role"] = _named(role, shown.procedure.terms.roles.get(role), shown)
    more = _parts(shown.said_of(person), person, shown)
    return kept | {"more": more} if more else kept


def _meeting(meeting: Data, shown: Shown) -> Data:
    terms = shown.procedure.terms
    return {
        "id": meeting["id"],
        "title": meeting["title"],
        "type": {"id": meeting["type"], "text": meeting["type_text"]},
        "why": meeting["type_rule"]["because"],
        "chair": {"id": meeting["chair"], "text": meeting["chair_text"]},
        "modes": [
            _named(each, terms.modes.get(each), shown)
            for each in (meeting["mode"], *meeting["other_modes"])
        ],
        "departures": [asdict(each) for each in shown.departures(meeting)],
        "missing": _missing(meeting, shown),
        "deadline": _due(meeting["deadline"]) if meeting["deadline"] else None,
        "timescales": [_due(each) for each in meeting["timescales"]],
        "attendees": [_attendee(each, shown) for each in meeting["attendees"]],
        "agenda": [_line(each) for each in meeting["agenda"]],
        "duties": [_line(each) for each in meeting["duties"]],
        "pack": {kind: [_line(each) for each in lines] for kind, lines in meeting["pack"].items()},
    }


def _missing(meeting: Data, shown: Shown) -> list[Data]:
    found = shown.missing(meeting)
    return [
        {
            "role": {"id": each.role, "text": words.who},
            "why": {"id": each.why, "text": words.why},
            "action": words.action,
        }
        for each, words in zip(found, shown.missing_in_words(found), strict=True)
    ]


def _attendee(attendee: Data, shown: Shown) -> Data:
    status = attendee["status"]
    return {
        "role": {"id": attendee["role"], "text": attendee["text"]},
        "status": _named(status, shown.procedure.terms.statuses.get(status), shown),
        "because": [each for each in attendee["because"] if each],
        "sources": attendee["source"],
        "people": [_person(each, shown) for each in shown.people(attendee)],
    }


def _due(due: Data) -> Data:
    kept = ("id", "text", "due", "due_text", "overdue", "unit", "amount", "runs_from", "started")
    return {key: due[key] for key in (*kept, "force", "strength")} | {"sources": due["source"]}


def _line(line: Data) -> Data:
    return {"id": line["id"], "text": line["text"], "sources": line["source"]}
