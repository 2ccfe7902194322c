"""Conditions, rules and time limits in words of one language: for pictures, tables and reviews.

Everything is a whole sentence of the catalogue; nothing shows an id. A condition becomes a
`Clause`: a sentence, or a heading with the clauses that stand below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from webapp.procedures.conditions import Condition
from webapp.procedures.model import (
    AgencyBand,
    Basis,
    ChairRule,
    Procedure,
    Question,
    Rule,
    Terms,
    Text,
    TimescaleRule,
    TypeRule,
)
from webapp.procedures.recommending import Due

SEVERAL = " / "  # between options that lead to the same place
_MOST_NAMED = 8  # of a long list of options; beyond that the rest is named instead


class Speech(Protocol):
    """What `messages.language.Language` offers."""

    def text(self, text: Text | None) -> str: ...
    def gettext(self, message: str) -> str: ...
    def ngettext(self, singular: str, plural: str, number: int) -> str: ...
    def strength(self, basis: Basis, terms: Terms | None = None) -> str: ...
    def due(self, due: Due, starts: Callable[[str], Text]) -> str: ...


@dataclass(frozen=True)
class Clause:
    """One condition in words. With `parts`, `words` is the heading of a list."""

    words: str
    parts: tuple[Clause, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """The clause line by line, each with how deep it stands."""
        yield depth, self.words
        for part in self.parts:
            yield from part.lines(depth + 1)


class Wording:
    """Puts the parts of one procedure into the words of one language.

    `switches`: the sentences of the local arrangements that conditions may ask for.
    """

    def __init__(
        self, procedure: Procedure, speech: Speech, switches: Mapping[str, Text] | None = None
    ) -> None:
        self.procedure = procedure
        self.speech = speech
        self.numbers = {name: at for at, name in enumerate(procedure.questions, 1)}
        self._flags = {flag.id: flag.text for flag in procedure.flags}
        self._bands = {band.id: band for band in procedure.agency_bands}
        self._switches = switches or {}

    # -- conditions ------------------------------------------------------------------

    def condition(self, condition: Condition) -> Clause | None:
        """The condition in words; None where nothing has to hold."""
        kind, parts = condition[0], condition[1:]
        if kind == "not":
            return self._negated(parts[0])
        if kind not in ("all", "any"):
            return Clause(self._leaf(condition))
        clauses = [clause for clause in map(self.condition, parts) if clause]
        if len(clauses) < 2:
            return clauses[0] if clauses else None
        gettext = self.speech.gettext
        words = gettext("All of these:") if kind == "all" else gettext("At least one of these:")
        return Clause(words, tuple(clauses))

    def _negated(self, condition: Condition) -> Clause | None:
        if condition[0] == "not":
            return self.condition(condition[1])
        inner, gettext = self.condition(condition), self.speech.gettext
        if inner is None:
            return None
        if not inner.parts:
            return Clause(gettext("Not: %(what)s") % {"what": inner.words})
        whole = gettext("Not all of these together:")
        return Clause(gettext("None of these:") if condition[0] == "any" else whole, inner.parts)

    def _leaf(self, leaf: Condition) -> str:
        gettext, procedure = self.speech.gettext, self.procedure
        if leaf[0] == "answer":
            return self._answer(procedure.questions[leaf[1]], leaf[2])
        if leaf[0] == "flag":
            named = self._joined(self._flags[each] for each in leaf[1])
            return gettext("This applies: %(facts)s") % {"facts": named}
        if leaf[0] == "result":
            named = self._joined(procedure.results[each].title for each in leaf[1])
            return gettext("The result is: %(results)s") % {"results": named}
        if leaf[0] == "type":
            named = self._joined(procedure.terms.types[each] for each in leaf[1])
            return gettext("Kind of meeting: %(name)s") % {"name": named}
        if leaf[0] == "agencies":
            return SEVERAL.join(self._agencies(self._bands[each]) for each in leaf[1])
        return self._local(leaf[1])

    def _local(self, switches: Iterable[str]) -> str:
        message = self.speech.gettext("Where local arrangements say so: %(what)s")
        return message % {"what": self._joined(self._switches[each] for each in switches)}

    def _joined(self, texts: Iterable[Text]) -> str:
        return SEVERAL.join(self.speech.text(each) for each in texts)

    def _agencies(self, band: AgencyBand) -> str:
        words = {"least": band.least, "most": band.most}
        if band.most is None:
            return self.speech.gettext("Number of agencies: %(least)d or more") % words
        if band.most == band.least:
            return self.speech.gettext("Number of agencies: %(least)d") % words
        return self.speech.gettext("Number of agencies: %(least)d to %(most)d") % words

    def _answer(self, question: Question, ids: Iterable[str]) -> str:
        chosen, rest = list(ids), [each for each in question.choices if each not in ids]
        words = {"question": self.speech.text(question.short)}
        if len(chosen) > _MOST_NAMED and len(rest) < _MOST_NAMED:
            message = self.speech.gettext("%(question)s: any answer but %(options)s")
            return message % {**words, "options": self.choices(question, rest)}
        message = self.speech.gettext("%(question)s: %(options)s")
        return message % {**words, "options": self.choices(question, chosen)}

    def choices(self, question: Question, ids: Iterable[str]) -> str:
        """Options or bands in one line; the councils of a long list are counted."""
        listed = [question.choices[each] for each in ids]
        councils = [each for each in listed if each.text.context.startswith("authority.")]
        texts = [self.speech.text(each.text) for each in listed if each not in councils]
        if len(councils) > 3:
            message = self.speech.gettext("One of %(count)d councils")
            return SEVERAL.join([message % {"count": len(councils)}, *texts])
        return SEVERAL.join([*(self.speech.text(each.text) for each in councils), *texts])

    # -- what rules add --------------------------------------------------------------

    def rule(self, rule: Rule) -> str:
        """What a rule adds to the recommendation."""
        if rule.role and rule.status:
            terms = self.procedure.terms
            message = self.speech.gettext("Attendee: %(role)s. %(status)s.")
            role, status = terms.roles[rule.role], terms.statuses[rule.status]
            return message % {"role": self.speech.text(role), "status": self.speech.text(status)}
        message = self._effects().get(rule.effect, "%(text)s")
        return message % {"text": self.speech.text(rule.text)}

    def _effects(self) -> dict[str, str]:
        gettext = self.speech.gettext
        return {
            "agenda": gettext("Agenda: %(text)s"),
            "duty": gettext("Duty: %(text)s"),
            "action": gettext("Do now: %(text)s"),
            "warning": gettext("Take care: %(text)s"),
            "prepare": gettext("Have ready: %(text)s"),
            "minimum_action": gettext("Agree at the least: %(text)s"),
            "record": gettext("Record: %(text)s"),
            "circulate": gettext("Send afterwards: %(text)s"),
            "escalate": gettext("Take further: %(text)s"),
        }

    def type(self, rule: TypeRule) -> str:
        name = self.speech.text(self.procedure.terms.types[rule.type])
        return self.speech.gettext("Kind of meeting: %(name)s") % {"name": name}

    def chair(self, rule: ChairRule) -> str:
        name = self.speech.text(self.procedure.terms.roles[rule.chair])
        return self.speech.gettext("Chair: %(name)s") % {"name": name}

    def timescale(self, rule: TimescaleRule) -> str:
        """What is to be done, how soon and counted from what."""
        when = self.speech.due(Due(rule, None, None, False, None), self.procedure.start_of)
        words = {"what": self.speech.text(rule.text), "when": when}
        return self.speech.gettext("Time limit: %(what)s. %(when)s") % words

    def strength(self, basis: Basis) -> str:
        return self.speech.strength(basis, self.procedure.terms)

    def question(self, question: Question) -> str:
        """A question with its number, as it is named in another place."""
        words = {"number": self.numbers[question.id], "question": self.speech.text(question.short)}
        return self.speech.gettext("Question %(number)d: %(question)s") % words

    def target(self, target: str) -> str:
        """Where an option leads: a result, or a later question."""
        if target in self.procedure.results:
            return self.speech.text(self.procedure.results[target].title)
        return self.question(self.procedure.questions[target])
