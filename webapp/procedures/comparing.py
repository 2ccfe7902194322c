"""What has changed in a tree or a profile since somebody approved it, in words.

Both versions are told in the same words, entry by entry; what differs is said. English, because
the command line is; the Welsh of a text is compared as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from webapp.procedures.conditions import Condition
from webapp.procedures.layers import Profile
from webapp.procedures.model import Band, Basis, Procedure, Question, Text
from webapp.procedures.reading import procedure_from, terms_from
from webapp.procedures.wording import Speech, Wording

Data = Mapping[str, Any]
Facts = dict[str, str]
_NOTHING = "nothing"


@dataclass(frozen=True)
class Around:
    """What stands around a tree and is no part of it: names of councils, a profile, switches."""

    councils: Sequence[Text]
    profile: Profile
    switches: Mapping[str, Text]
    speech: Speech


def changes(before: Data, after: Data, around: Around) -> list[str]:
    """One sentence for each difference between two versions of what is reviewed."""
    return list(_differences(_told(before, around), _told(after, around)))


def welsh_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """One sentence for each Welsh text that has changed; contexts say where a text stands."""
    return [
        f"Changed Welsh ({context}): was “{before[context]}”; now “{welsh}”."
        for context, welsh in after.items()
        if context in before and before[context] != welsh
    ]


def _told(seen: Data, around: Around) -> dict[str, tuple[str, Facts]]:
    """Key -> (what it is called, its facts in words)."""
    document = seen["document"]
    told: dict[str, tuple[str, Facts]] = {}
    if "sequence" in document:
        terms = terms_from(seen["terms"])
        bare = replace(around.profile, layers=())
        procedure = procedure_from(document, terms, {}, around.councils, bare)
        wording = Wording(procedure, around.speech, around.switches)
        told.update(_Teller(procedure, wording).everything())
    else:
        told["document"] = ("the document", dict(_flat(document, ())))
    told["terms"] = ("the shared names", dict(_flat(seen["terms"], ())))
    told["sources"] = ("the documents", dict(_flat(seen["sources"], ())))
    return told


def _flat(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every value under the words that lead to it; items of a list go by their id."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _flat(each, (*path, str(key)))
    elif isinstance(value, list):
        for position, each in enumerate(value, 1):
            named = str(each.get("id", position)) if isinstance(each, Mapping) else str(position)
            yield from _flat(each, (*path, named))
    else:
        yield " › ".join(path), str(value)


class _Teller:
    """Tells a tree as entries that can be compared."""

    def __init__(self, procedure: Procedure, wording: Wording) -> None:
        self.procedure = procedure
        self.wording = wording
        self.text = wording.speech.text

    def everything(self) -> Iterator[tuple[str, tuple[str, Facts]]]:
        procedure = self.procedure
        order = " / ".join(self.text(each.short) for each in procedure.questions.values())
        facts = {"title": self.text(procedure.title), "order": order}
        facts["result at the end"] = self.wording.target(procedure.default_result)
        facts |= dict(self._exits())
        yield "tree", ("the order of the questions", facts)
        for question in procedure.questions.values():
            name = f"question “{self.text(question.text)}”"
            yield f"question {question.id}", (name, dict(self._question(question)))
        yield from self._facts_and_results()
        yield from self._meetings()
        yield from self._rules()

    def _exits(self) -> Iterator[tuple[str, str]]:
        before = "the start"
        for item in self.procedure.sequence:
            if isinstance(item, Question):
                before = self.text(item.short)
            else:
                result = self.wording.target(item.result)
                yield f"end after {before} in “{result}”", self._when(item.when)

    def _question(self, question: Question) -> Iterator[tuple[str, str]]:
        yield "short name", self.text(question.short)
        yield "hint", self.text(question.hint)
        yield "asked when", self._when(question.when)
        yield "how it is answered", question.kind.value
        yield "may wait", str(question.can_wait)
        yield "may lie in the future", str(not question.not_future)
        yield "until it is answered", question.meanwhile or _NOTHING
        for option in question.options:
            leads = self.wording.target(option.leads_to) if option.leads_to else "goes on"
            parts = [self.text(option.text), self.text(option.hint), leads]
            parts += ["stands alone"] if option.exclusive else []
            parts += [f"ticked when {self._when(option.prefill)}"] if option.prefill else []
            yield f"answer “{self.text(option.text)}”", "; ".join(each for each in parts if each)
        for band in question.bands:
            yield f"dates “{self.text(band.text)}”", self._band(band)
        yield from self._grounds(question.basis)

    def _band(self, band: Band) -> str:
        leads = self.wording.target(band.leads_to) if band.leads_to else "goes on"
        if band.comparison is None:
            return f"every other date; {leads}"
        known = self.procedure.questions
        start = (
            self.text(known[band.reference].short) if band.reference in known else band.reference
        )
        span = f" moved by {band.span.amount} {band.span.unit}" if band.span else ""
        return f"{band.comparison} {start}{span}; {leads}"

    def _facts_and_results(self) -> Iterator[tuple[str, tuple[str, Facts]]]:
        for flag in self.procedure.flags:
            facts = {"raised when": self._when(flag.when), **dict(self._grounds(flag.basis))}
            yield f"flag {flag.id}", (f"fact “{self.text(flag.text)}”", facts)
        for result in self.procedure.results.values():
            facts = {
                "text": " ".join(self.text(each) for each in result.body),
                "next steps": " ".join(self.text(each) for each in result.next_steps),
                "a meeting is recommended": str(result.meeting),
                **dict(self._grounds(result.basis)),
            }
            yield f"result {result.id}", (f"result “{self.text(result.title)}”", facts)
        for agency in self.procedure.agencies:
            name = self.text(self.procedure.terms.agencies[agency.id])
            facts = {"counted when": self._when(agency.when)}
            yield f"agency {agency.id}", (f"agency “{name}”", facts)
        for band in self.procedure.agency_bands:
            facts = {"least": str(band.least), "most": str(band.most)}
            yield f"agencies {band.id}", (f"number of agencies “{band.id}”", facts)

    def _meetings(self) -> Iterator[tuple[str, tuple[str, Facts]]]:
        for meeting in self.procedure.meetings:
            facts = {"held when": self._when(meeting.when), **dict(self._grounds(meeting.basis))}
            facts["authority from"] = ", ".join(meeting.authority)
            modes = self.procedure.terms.modes
            for at, kind in enumerate(meeting.types, 1):
                ways = ", ".join(self.text(modes[each]) for each in kind.modes)
                words = f"{self.wording.type(kind)} ({ways}) when {self._when(kind.when)}"
                facts[f"kind {at}"] = words
            for at, chair in enumerate(meeting.chairs, 1):
                words = f"{self.wording.chair(chair)} when {self._when(chair.when)}"
                facts[f"chair {at}"] = words
            yield f"meeting {meeting.id}", (f"meeting “{self.text(meeting.title)}”", facts)

    def _rules(self) -> Iterator[tuple[str, tuple[str, Facts]]]:
        for rule in self.procedure.rules:
            words = self.wording.rule(rule)
            facts = {"words": words, "when": self._when(rule.when)}
            facts["meeting"] = rule.meeting or _NOTHING
            facts |= dict(self._grounds(rule.basis))
            yield f"rule {rule.id}", (f"rule “{words}”", facts)
        for limit in self.procedure.timescales:
            words = self.wording.timescale(limit)
            facts = {"words": words, "when": self._when(limit.when), "force": limit.force}
            facts |= {"meeting": limit.meeting, "limits the meeting": str(limit.deadline)}
            facts |= {"shown done by": limit.met_by or _NOTHING, **dict(self._grounds(limit.basis))}
            yield f"limit {limit.id}", (f"time limit “{self.text(limit.text)}”", facts)

    def _when(self, condition: Condition) -> str:
        clause = self.wording.condition(condition)
        return "; ".join(words for _depth, words in clause.lines()) if clause else "always"

    def _grounds(self, basis: Basis) -> Iterator[tuple[str, str]]:
        yield "reason", self.text(basis.because)
        yield "strength", self.wording.strength(basis)
        yield "source", ", ".join(basis.source)
        yield "cites", ", ".join(basis.cites)
        yield "our own design", str(basis.derived)


def _differences(
    before: dict[str, tuple[str, Facts]], after: dict[str, tuple[str, Facts]]
) -> Iterator[str]:
    for key, (name, _facts) in before.items():
        if key not in after:
            yield f"Removed: {name}."
    for key, (name, facts) in after.items():
        if key not in before:
            yield f"Added: {name}."
            continue
        former_name, former = before[key]
        if former_name != name:
            yield f"Changed: {former_name} is now {name}."
        for label in dict.fromkeys([*former, *facts]):
            was, now = former.get(label) or _NOTHING, facts.get(label) or _NOTHING
            if was != now and not (label == "words" and former_name != name):
                yield f"Changed: {name}, {label}: was {was}; now {now}."
