"""A procedure as tables for people who check facts: what each answer does, and on what it rests.

The same data as the picture, with the documents. Everything is in words of one language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from webapp.procedures.conditions import Condition, mentions
from webapp.procedures.model import Basis, Exit, Procedure, Question
from webapp.procedures.wording import Clause, Wording


@dataclass(frozen=True)
class Fired:
    """One thing that a condition brings about. `basis` is None where no document is behind it."""

    words: str
    basis: Basis | None
    when: Condition
    meeting: str = ""


@dataclass(frozen=True)
class OptionRow:
    """One answer: where it leads, and what mentions it. `fired` is (sentence, basis)."""

    answer: str
    leads: tuple[str, ...]
    fired: tuple[tuple[str, Basis | None], ...]


@dataclass(frozen=True)
class QuestionRows:
    """One question with all its answers."""

    number: int
    words: str
    hint: str
    asked: Clause | None
    basis: Basis
    options: tuple[OptionRow, ...]


@dataclass(frozen=True)
class RuleRow:
    """One rule of any kind: what it says, for which meeting, and when it holds."""

    words: str
    meeting: str
    when: Clause | None
    basis: Basis


class Tables:
    """The tables of one procedure in one language."""

    def __init__(self, procedure: Procedure, wording: Wording) -> None:
        self.procedure = procedure
        self.wording = wording
        self.gettext = wording.speech.gettext
        self._text = wording.speech.text

    def questions(self) -> Iterator[QuestionRows]:
        """Every question in order, with what each answer does."""
        for item in self.procedure.questions.values():
            yield QuestionRows(
                number=self.wording.numbers[item.id],
                words=self._text(item.text),
                hint=self._text(item.hint),
                asked=self.wording.condition(item.when),
                basis=item.basis,
                options=tuple(self._options(item)),
            )

    def _options(self, question: Question) -> Iterator[OptionRow]:
        """The councils of a long list count as one answer: no rule tells them apart."""
        councils = [
            key for key, c in question.choices.items() if c.text.context[:10] == "authority."
        ]
        if councils:
            words = self.wording.choices(question, councils)
            yield OptionRow(words, (self.gettext("To the next question."),), ())
        for key, choice in question.choices.items():
            if key not in councils:
                yield OptionRow(
                    self._text(choice.text),
                    tuple(self._leads(question, key)),
                    tuple(self._brought_about("answer", question.id, key)),
                )

    def _leads(self, question: Question, key: str) -> Iterator[str]:
        target = question.choices[key].leads_to
        if target in self.procedure.results:
            words = {"result": self.wording.target(target)}
            yield self.gettext("The journey ends: %(result)s") % words
            return
        if target:
            yield self.gettext("Go on to: %(where)s") % {"where": self.wording.target(target)}
        else:
            yield self.gettext("To the next question.")
        for other in self.procedure.questions.values():
            for kind, of, ids in mentions(other.when):
                if (kind, of) == ("answer", question.id) and key in ids:
                    asked = {"question": self.wording.question(other)}
                    yield self.gettext("It decides whether this is asked: %(question)s") % asked

    def brought_about_by(self, flag: str) -> list[tuple[str, Basis | None]]:
        """What turns on a flag."""
        return list(self._brought_about("flag", "", flag))

    def _brought_about(self, kind: str, of: str, key: str) -> Iterator[tuple[str, Basis | None]]:
        for fired in self._everything:
            against = _mentioned(fired.when, kind, of, key)
            if against is None:
                continue
            words = {"what": fired.words}
            stops = self.gettext("Not with this: %(what)s") % words
            yield stops if against else fired.words, fired.basis

    @cached_property
    def _everything(self) -> list[Fired]:
        return [*self._facts_and_exits(), *self._meetings(), *self._rules()]

    def _facts_and_exits(self) -> Iterator[Fired]:
        for flag in self.procedure.flags:
            words = self.gettext("This applies: %(facts)s") % {"facts": self._text(flag.text)}
            yield Fired(words, flag.basis, flag.when)
        for item in self.procedure.sequence:
            if isinstance(item, Exit):
                result = self.procedure.results[item.result]
                ends = {"result": self._text(result.title)}
                message = self.gettext("The journey ends: %(result)s") % ends
                yield Fired(message, result.basis, item.when)
        for agency in self.procedure.agencies:
            name = self._text(self.procedure.terms.agencies[agency.id])
            yield Fired(
                self.gettext("An agency is counted: %(name)s") % {"name": name}, None, agency.when
            )

    def _meetings(self) -> Iterator[Fired]:
        for meeting in self.procedure.meetings:
            title = self._text(meeting.title)
            held = self.gettext("Meeting: %(name)s") % {"name": title}
            yield Fired(held, meeting.basis, meeting.when)
            for kind in meeting.types:
                yield Fired(self.wording.type(kind), kind.basis, kind.when, title)
            for chair in meeting.chairs:
                yield Fired(self.wording.chair(chair), chair.basis, chair.when, title)

    def _rules(self) -> Iterator[Fired]:
        titles = {meeting.id: self._text(meeting.title) for meeting in self.procedure.meetings}
        for rule in self.procedure.rules:
            title = titles.get(rule.meeting or "", "")
            yield Fired(self.wording.rule(rule), rule.basis, rule.when, title)
        for timescale in self.procedure.timescales:
            words = self.wording.timescale(timescale)
            yield Fired(words, timescale.basis, timescale.when, titles.get(timescale.meeting, ""))

    def facts(self) -> list[RuleRow]:
        """Every flag, and when it is raised."""
        return [
            RuleRow(self._text(flag.text), "", self.wording.condition(flag.when), flag.basis)
            for flag in self.procedure.flags
        ]

    def meetings(self) -> list[RuleRow]:
        """Every meeting, its kinds and chairs in order: the first that fits is used."""
        return self._rows(self._meetings())

    def rules(self) -> list[RuleRow]:
        """Everything that rules and time limits add."""
        return self._rows(self._rules())

    def results(self) -> list[RuleRow]:
        """Every result; the ways to it stand with the questions."""
        return [
            RuleRow(self._text(each.title), "", None, each.basis)
            for each in self.procedure.results.values()
        ]

    def _rows(self, fired: Iterator[Fired]) -> list[RuleRow]:
        return [
            RuleRow(each.words, each.meeting, self.wording.condition(each.when), each.basis)
            for each in fired
            if each.basis
        ]


def _mentioned(
    condition: Condition, kind: str, of: str, key: str, against: bool = False
) -> bool | None:
    """Whether a condition names this option or flag: False as a reason for, True as one against."""
    head, parts = condition[0], condition[1:]
    if head == "not":
        return _mentioned(parts[0], kind, of, key, not against)
    if head in ("all", "any"):
        found = [_mentioned(part, kind, of, key, against) for part in parts]
        return next((each for each in found if each is not None), None)
    ids = parts[1] if head == "answer" else parts[0]
    named = head == kind and (kind != "answer" or parts[0] == of) and key in ids
    return against if named else None


class Paper:
    """The tables as Markdown text. `documents` and `checked` are told by the id of a source."""

    def __init__(self, tables: Tables, documents: dict[str, str], checked: dict[str, str]) -> None:
        self._tables = tables
        self._documents = documents
        self._checked = checked
        self.gettext = tables.wording.speech.gettext

    def rows(self) -> Iterator[str]:
        """The questions with their answers, then everything that facts and rules add."""
        gettext = self.gettext
        grounds = (gettext("Source"), gettext("Strength"), gettext("Checked on"))
        leads, adds = gettext("Where it leads"), gettext("What it brings about")
        yield from _head(gettext("Question"), gettext("Answer"), leads, adds, *grounds)
        for question in self._tables.questions():
            yield from self._answers(question)
        yield ""
        yield from _head(gettext("Rule"), gettext("Meeting"), gettext("When"), *grounds)
        tables = self._tables
        for row in (*tables.facts(), *tables.results(), *tables.meetings(), *tables.rules()):
            when = "; ".join(words for _depth, words in row.when.lines()) if row.when else ""
            yield _row(row.words, row.meeting, when, *self._grounds(row.basis))

    def _answers(self, question: QuestionRows) -> Iterator[str]:
        words = {"number": question.number, "question": question.words}
        asked = self.gettext("%(number)d. %(question)s") % words
        for option in question.options:
            for said, basis in option.fired or (("", None),):
                leads = " ".join(option.leads)
                yield _row(
                    asked, option.answer, leads, said, *self._grounds(basis or question.basis)
                )

    def _grounds(self, basis: Basis) -> tuple[str, str, str]:
        named = "; ".join(self._documents[each] for each in basis.source)
        oldest = min(self._checked[each] for each in basis.source)
        return named, self._tables.wording.strength(basis), oldest


def _head(*heads: str) -> Iterator[str]:
    yield _row(*heads)
    yield _row(*("---" for _each in heads))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
