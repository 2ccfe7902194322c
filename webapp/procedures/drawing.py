"""What a picture of a procedure shows, from the data that runs; and the picture in Mermaid.

A picture is a spine of nodes in the order they are met. From each node arrows lead to the
side, named by the options that take them, and one leads down. `picture` draws the same nodes
as SVG; the pages list them in words. No node or arrow is named by an id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.procedures.conditions import Condition
from webapp.procedures.model import Exit, MeetingRule, Procedure, Question
from webapp.procedures.wording import Wording

QUESTION, EXIT, RESULT, MEETING = "question", "exit", "result", "meeting"


@dataclass(frozen=True)
class Branch:
    """An arrow to the side: what takes it, and where it leads. `waiting`: until answered."""

    label: str
    target: str
    key: str  # the node it leads to; two arrows with the same key end in the same place
    meeting: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Node:
    """One box. `notes` are (depth, sentence); `onward` names the arrow down, None if there is none.

    `conditional`: the box is passed by where its notes do not hold.
    """

    key: str
    kind: str
    title: str
    notes: tuple[tuple[int, str], ...] = ()
    branches: tuple[Branch, ...] = ()
    onward: str | None = None
    conditional: bool = False


def nodes_of(procedure: Procedure, wording: Wording) -> list[Node]:
    """The questions and exits in order, the result at their end, then each meeting."""
    drawer = _Drawer(procedure, wording)
    return [*drawer.sequence(), *(node for each in procedure.meetings for node in drawer.of(each))]


class _Drawer:
    def __init__(self, procedure: Procedure, wording: Wording) -> None:
        self.procedure = procedure
        self.wording = wording
        self.gettext = wording.speech.gettext
        self.text = wording.speech.text

    def sequence(self) -> Iterator[Node]:
        for position, item in enumerate(self.procedure.sequence):
            if isinstance(item, Question):
                yield self._question(item)
            else:
                yield self._exit(position, item)
        last = self.procedure.default_result
        yield Node(
            f"result {last}",
            RESULT,
            self.text(self.procedure.results[last].title),
            self._meets(last),
        )

    def _meets(self, result: str) -> tuple[tuple[int, str], ...]:
        if not self.procedure.results[result].meeting:
            return ()
        return ((0, self.gettext("A meeting is recommended.")),)

    def _question(self, question: Question) -> Node:
        words = {
            "number": self.wording.numbers[question.id],
            "question": self.text(question.text),
        }
        notes = list(self._asked_if(question.when))
        if question.kind.is_date:
            notes.append((0, self.gettext("A date is asked for.")))
        if question.kind.value == "many":
            notes.append((0, self.gettext("More than one answer can be chosen.")))
        if question.can_wait:
            notes.append((0, self.gettext("It may be answered later.")))
        staying = [key for key, choice in question.choices.items() if not choice.leads_to]
        return Node(
            question.id,
            QUESTION,
            self.gettext("%(number)d. %(question)s") % words,
            tuple(notes),
            tuple(self._branches(question)),
            self.wording.choices(question, staying) if staying else None,
            conditional=bool(question.when[1:]),
        )

    def _branches(self, question: Question) -> Iterator[Branch]:
        if question.meanwhile:
            waiting = self.gettext("Until this is answered")
            yield self._branch(waiting, question.meanwhile, waiting=True)
        leading: dict[str, list[str]] = {}
        for key, choice in question.choices.items():
            if choice.leads_to:
                leading.setdefault(choice.leads_to, []).append(key)
        for target, keys in leading.items():
            yield self._branch(self.wording.choices(question, keys), target)

    def _branch(self, label: str, target: str, waiting: bool = False) -> Branch:
        result = self.procedure.results.get(target)
        if result is None:
            later = self.wording.target(target)
            return Branch(label, self.gettext("Go on to: %(where)s") % {"where": later}, target)
        title = self.text(result.title)
        return Branch(label, title, f"result {target}", result.meeting, waiting)

    def _asked_if(self, condition: Condition) -> Iterator[tuple[int, str]]:
        clause = self.wording.condition(condition)
        if clause and not clause.parts:
            yield 0, self.gettext("Asked if: %(condition)s") % {"condition": clause.words}
        elif clause:
            yield 0, self.gettext("Asked if this holds:")
            yield from clause.lines(1)

    def _exit(self, position: int, item: Exit) -> Node:
        return self._either(f"exit {position}", item.when, self._branch("", item.result))

    def _either(self, key: str, condition: Condition, branch: Branch) -> Node:
        """A fork that asks nobody: to the side if the condition holds, else down."""
        clause = self.wording.condition(condition)
        if clause is None:
            always = Branch(self.gettext("Always"), branch.target, branch.key)
            return Node(key, EXIT, self.gettext("In every other case"), (), (always,))
        holds = self.gettext("It does")
        return Node(
            key,
            EXIT,
            self.gettext("Does this hold?"),
            tuple(clause.lines()),
            (Branch(holds, branch.target, branch.key, branch.meeting),),
            self.gettext("It does not"),
        )

    def of(self, meeting: MeetingRule) -> Iterator[Node]:
        """A meeting: when it is held, its kinds and its chairs, the first that fits."""
        clause = self.wording.condition(meeting.when)
        title = self.gettext("Meeting: %(name)s") % {"name": self.text(meeting.title)}
        held = self.gettext("Held if this holds:")
        notes = ((0, held), *clause.lines(1)) if clause else ()
        first = self.gettext("The first kind that fits")
        yield Node(f"meeting {meeting.id}", MEETING, title, notes, (), first)
        for kind in meeting.types:
            words = self.wording.type(kind)
            branch = Branch("", words, f"type {meeting.id} {kind.basis.id}")
            yield self._either(f"kind {meeting.id} {kind.basis.id}", kind.when, branch)
        title = self.gettext("Chair of: %(name)s") % {"name": self.text(meeting.title)}
        first = self.gettext("The first chair that fits")
        yield Node(f"chairs {meeting.id}", MEETING, title, (), (), first)
        for chair in meeting.chairs:
            words = self.wording.chair(chair)
            branch = Branch("", words, f"chair {meeting.id} {chair.basis.id}")
            yield self._either(f"chosen {meeting.id} {chair.basis.id}", chair.when, branch)


# -- Mermaid ---------------------------------------------------------------------------


def mermaid(nodes: list[Node]) -> str:
    """The picture as Mermaid text."""
    keys = [*(node.key for node in nodes), *(b.key for node in nodes for b in node.branches)]
    names = {key: f"n{position}" for position, key in enumerate(dict.fromkeys(keys))}
    drawn = {node.key for node in nodes}
    lines = ["flowchart TD"]
    for node, after in zip(nodes, [*nodes[1:], None], strict=True):
        words = "<br>".join([node.title, *(note for _depth, note in node.notes)])
        lines.append(f"  {names[node.key]}{_shape(node.kind, words)}")
        for branch in node.branches:
            if branch.key not in drawn:
                drawn.add(branch.key)
                lines.append(f"  {names[branch.key]}{_shape(RESULT, branch.target)}")
            arrow = "-.->" if branch.waiting else "-->"
            lines.append(f"  {names[node.key]} {arrow}{_label(branch.label)} {names[branch.key]}")
        if node.onward is not None and after:
            arrow = "-.->" if node.conditional else "-->"
            lines.append(f"  {names[node.key]} {arrow}{_label(node.onward)} {names[after.key]}")
    return "\n".join(lines) + "\n"


def _shape(kind: str, words: str) -> str:
    opened, closed = {QUESTION: ("[", "]"), EXIT: ("{", "}")}.get(kind, ("([", "])"))
    return f'{opened}"{_safe(words)}"{closed}'


def _label(words: str) -> str:
    return f'|"{_safe(words)}"|' if words else ""


def _safe(words: str) -> str:
    return words.replace('"', "#quot;")
