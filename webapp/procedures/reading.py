"""From the plain data of a compiled tree to the frozen model. Data is valid by now.

The serving app comes in here: it reads JSON, never YAML.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from webapp.procedures import model as m
from webapp.procedures.conditions import from_data
from webapp.procedures.layers import Profile, with_layers
from webapp.procedures.texts import prefix_of, with_texts

Data = Mapping[str, Any]


def digest_of(*documents: Any) -> str:
    """Twelve characters that change whenever any of the documents does."""
    canonical = json.dumps(documents, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def code_of(procedure_id: str, question_id: str) -> str:
    """Six letters for a URL, which tell nobody what is being asked."""
    digest = hashlib.sha256(f"{procedure_id}/{question_id}".encode()).digest()
    return base64.b32encode(digest)[:6].decode().lower()


def terms_from(data: Data) -> m.Terms:
    """The shared names from `terms.yaml`."""
    texts = with_texts(data, (prefix_of(data),))
    return m.Terms(
        **{
            part: {name: entry["text"] for name, entry in texts[part].items()}
            for part in ("roles", "types", "modes", "statuses", "strengths", "forces", "agencies")
        },
        kept_out={
            role: entry["kept_out"] for role, entry in data["roles"].items() if "kept_out" in entry
        },
        minimum=tuple(_least(key, entry) for key, entry in texts.get("minimum", {}).items()),
    )


def _least(key: str, entry: Data) -> m.Least:
    return m.Least(
        id=key,
        roles=_ids(entry["roles"]),
        procedures=_ids(entry.get("procedures")),
        statuses=_ids(entry.get("statuses", "required")),
        named_by_team=bool(entry.get("named_by_team", False)),
        through=entry.get("through"),
        action=entry["action"],
        in_conflict=entry.get("in_conflict"),
        basis=_basis(entry, key),
    )


def sources_from(data: Data) -> dict[str, m.Source]:
    """The cited documents from `sources.yaml`."""
    texts = with_texts(data, (prefix_of(data),))
    return {
        key: m.Source(
            id=key,
            title=entry["title"],
            url_en=entry.get("url_en"),
            url_cy=entry.get("url_cy"),
            seen=entry["seen"],
            checked_on=entry["checked_on"],
            edition=entry.get("edition"),
            dated=entry.get("dated"),
        )
        for key, entry in texts["sources"].items()
    }


def gaps_from(data: Data) -> tuple[m.Text, ...]:
    """What still needs a person, from `sources.yaml`."""
    texts = with_texts(data, (prefix_of(data),))
    return tuple(entry["text"] for entry in texts.get("gaps") or ())


def switches_from(data: Data) -> dict[str, m.Text]:
    """The sentence of each local switch, from the national profile."""
    texts = with_texts(data, (prefix_of(data),))
    return {name: entry["text"] for name, entry in texts["local"].items()}


def procedure_from(
    data: Data,
    terms: m.Terms,
    sources: dict[str, m.Source],
    authorities: Sequence[m.Text],
    profile: Profile,
) -> m.Procedure:
    """One tree under one profile. The context of each of `authorities` ends in its GSS code."""
    texts = with_layers(with_texts(data, (prefix_of(data),)), profile.layers)
    name, first_meeting = texts["procedure"], next(iter(texts["meetings"]))
    return m.Procedure(
        id=name,
        title=texts["title"],
        version=texts["version"],
        digest=digest_of(data),
        groups=tuple(_group(key, entry) for key, entry in texts.get("groups", {}).items()),
        flags=tuple(_flag(key, entry) for key, entry in texts["flags"].items()),
        sequence=tuple(_item(name, item, authorities) for item in texts["sequence"]),
        default_result=texts["default_result"],
        results={key: _result(key, entry) for key, entry in texts["results"].items()},
        meetings=tuple(_meeting(key, entry) for key, entry in texts["meetings"].items()),
        rules=tuple(_rule(entry, first_meeting) for entry in texts["rules"]),
        timescales=tuple(_timescale(k, v, first_meeting) for k, v in texts["timescales"].items()),
        events={key: entry["text"] for key, entry in texts["events"].items()},
        agencies=tuple(_agency(key, entry) for key, entry in texts["agencies"].items()),
        agency_bands=tuple(_agency_band(k, v) for k, v in texts["agency_bands"].items()),
        terms=terms,
        sources=sources,
        profile=profile,
    )


def _agency(key: str, entry: Data) -> m.AgencyRule:
    return m.AgencyRule(key, from_data(entry["when"]))


def _agency_band(key: str, entry: Data) -> m.AgencyBand:
    return m.AgencyBand(key, int(entry["least"]), int(entry["most"]) if "most" in entry else None)


def _ids(value: Any) -> tuple[str, ...]:
    return (str(value),) if isinstance(value, str) else tuple(str(item) for item in value or ())


def _basis(entry: Data, key: str) -> m.Basis:
    return m.Basis(
        id=key,
        because=entry.get("because"),
        source=_ids(entry["source"]),
        cites=_ids(entry["cites"]),
        strength=str(entry.get("strength", "national")),
        derived=bool(entry.get("derived", False)),
        local_to=entry.get("local_to"),
        borrowed=bool(entry.get("borrowed", False)),
    )


def _group(key: str, entry: Data) -> m.Group:
    return m.Group(
        id=key,
        title=entry["title"],
        hint=entry.get("hint"),
        questions=_ids(entry["questions"]),
        when=from_data(entry.get("when")),
    )


def _flag(key: str, entry: Data) -> m.Flag:
    return m.Flag(key, entry["text"], from_data(entry["when"]), _basis(entry, key))


def _item(procedure_id: str, item: Data, authorities: Sequence[m.Text]) -> m.Question | m.Exit:
    if "exit" in item:
        return m.Exit(str(item["exit"]), from_data(item["when"]))
    return m.Question(
        id=item["question"],
        code=code_of(procedure_id, item["question"]),
        kind=m.Kind(item["kind"]),
        text=item["text"],
        short=item.get("short", item["text"]),
        hint=item.get("hint"),
        options=_options(item, authorities),
        bands=tuple(_band(entry) for entry in item.get("bands", ())),
        when=from_data(item.get("when")),
        basis=_basis(item, item["question"]),
        not_future=bool(item.get("not_future", False)),
        can_wait=bool(item.get("can_wait", False)),
        meanwhile=item.get("meanwhile"),
        record_only=bool(item.get("record_only", False)),
    )


def _options(item: Data, authorities: Sequence[m.Text]) -> tuple[m.AnswerOption, ...]:
    written = tuple(
        m.AnswerOption(
            id=entry["id"],
            text=entry["text"],
            hint=entry.get("hint"),
            leads_to=entry.get("leads_to"),
            exclusive=bool(entry.get("exclusive", False)),
            prefill=from_data(entry["prefill"]) if "prefill" in entry else None,
            cites=_ids(entry.get("cites")),
            record_only=bool(entry.get("record_only", False)),
        )
        for entry in item["options"]
    )
    if item.get("options_from") != "authorities":
        return written
    listed = tuple(m.AnswerOption(text.context.split(".")[-1], text) for text in authorities)
    return listed + written


def _band(entry: Data) -> m.Band:
    return m.Band(
        id=entry["id"],
        text=entry["text"],
        comparison=entry.get("is"),
        reference=entry.get("than", "now"),
        span=m.Span(int(entry["amount"]), entry["unit"]) if "unit" in entry else None,
        leads_to=entry.get("leads_to"),
    )


def _result(key: str, entry: Data) -> m.Result:
    return m.Result(
        id=key,
        title=entry["title"],
        body=tuple(entry["body"]),
        next_steps=tuple(entry["next_steps"]),
        meeting=bool(entry["meeting"]),
        basis=_basis(entry, key),
        hands_over_to=entry.get("hands_over_to"),
    )


def _meeting(key: str, entry: Data) -> m.MeetingRule:
    return m.MeetingRule(
        id=key,
        procedure=entry["procedure"],
        title=entry["title"],
        when=from_data(entry["when"]),
        authority=_ids(entry["authority"]),
        types=tuple(
            m.TypeRule(
                each["type"],
                _ids(each["modes"]),
                from_data(each.get("when")),
                _basis(each, each["id"]),
            )
            for each in entry["types"]
        ),
        chairs=tuple(
            m.ChairRule(each["chair"], from_data(each.get("when")), _basis(each, each["id"]))
            for each in entry["chairs"]
        ),
        basis=_basis(entry, key),
        anyway=bool(entry.get("anyway", False)),
    )


# What the chair is given for a meeting, beside its agenda.
PACK = ("prepare", "minimum_action", "record", "circulate", "escalate")
EFFECTS = ("attendee", "agenda", "duty", "action", "warning", *PACK)


def _rule(entry: Data, first_meeting: str) -> m.Rule:
    effect = next(each for each in EFFECTS if each in entry)
    is_attendee = effect == "attendee"
    return m.Rule(
        id=entry["id"],
        effect=effect,
        meeting=None if entry.get("meeting") == "none" else entry.get("meeting", first_meeting),
        when=from_data(entry.get("when")),
        basis=_basis(entry, entry["id"]),
        text=None if is_attendee else entry[effect],
        role=str(entry[effect]) if is_attendee else None,
        status=entry.get("status"),
        urgent=bool(entry.get("urgent", False)),
    )


def _timescale(key: str, entry: Data, first_meeting: str) -> m.TimescaleRule:
    return m.TimescaleRule(
        id=key,
        meeting=entry.get("meeting", first_meeting),
        text=entry["text"],
        span=m.Span(int(entry.get("amount", 0)), entry["unit"]),
        runs_from=entry["runs_from"],
        met_by=entry.get("met_by"),
        force=entry["force"],
        deadline=bool(entry.get("deadline", False)),
        when=from_data(entry.get("when")),
        basis=_basis(entry, key),
    )
