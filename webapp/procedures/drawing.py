"""A procedure as a Mermaid diagram, from the data that runs. Edges carry the words of options."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from webapp.procedures.conditions import ALWAYS, Condition
from webapp.procedures.model import Exit, Procedure, Question, Text

Speak = Callable[[Text], str]


def draw(procedure: Procedure, speak: Speak, otherwise: str) -> str:
    """Mermaid text. `speak` gives a text in the language wanted; `otherwise` labels an exit
    that is not taken."""
    lines = ["flowchart TD"]
    names = {item: f"n{position}" for position, item in enumerate(_ids(procedure))}
    for item in procedure.sequence:
        lines += _node(procedure, item, names, speak)
    for result in procedure.results.values():
        lines.append(f'  {names["result " + result.id]}(["{_safe(speak(result.title))}"])')
    lines += _edges(procedure, names, speak, otherwise)
    return "\n".join(lines) + "\n"


def _ids(procedure: Procedure) -> Iterator[str]:
    for position, item in enumerate(procedure.sequence):
        yield item.id if isinstance(item, Question) else f"exit {position}"
    for result in procedure.results:
        yield f"result {result}"


def _node(
    procedure: Procedure, item: Question | Exit, names: dict[str, str], speak: Speak
) -> Iterator[str]:
    if isinstance(item, Question):
        yield f'  {names[item.id]}["{_safe(speak(item.text))}"]'
    else:
        position = procedure.sequence.index(item)
        words = _safe(" / ".join(_words(item.when, procedure, speak)))
        yield f'  {names[f"exit {position}"]}{{"{words}"}}'


def _edges(
    procedure: Procedure, names: dict[str, str], speak: Speak, otherwise: str
) -> Iterator[str]:
    sequence = procedure.sequence
    for position, item in enumerate(sequence):
        after = sequence[position + 1] if position + 1 < len(sequence) else None
        onward = names[_id_of(after, position + 1, procedure)]
        if isinstance(item, Exit):
            exit_name = names[f"exit {position}"]
            yield f"  {exit_name} --> {names['result ' + item.result]}"
            yield f'  {exit_name} -->|"{_safe(otherwise)}"| {onward}'
            continue
        conditional = item.when != ALWAYS
        staying = [choice for choice in item.choices.values() if not choice.leads_to]
        if staying:
            label = _safe(" / ".join(speak(choice.text) for choice in staying[:6]))
            arrow = "-.->" if conditional else "-->"
            yield f'  {names[item.id]} {arrow}|"{label}"| {onward}'
        for choice in item.choices.values():
            if choice.leads_to:
                target = choice.leads_to
                key = target if target in procedure.questions else f"result {target}"
                yield f'  {names[item.id]} -->|"{_safe(speak(choice.text))}"| {names[key]}'


def _id_of(item: Question | Exit | None, position: int, procedure: Procedure) -> str:
    if item is None:
        return f"result {procedure.default_result}"
    return item.id if isinstance(item, Question) else f"exit {position}"


def _words(condition: Condition, procedure: Procedure, speak: Speak) -> Iterator[str]:
    """The texts that a condition names, for a label."""
    kind = condition[0]
    if kind in ("all", "any", "not"):
        for part in condition[1:]:
            yield from _words(part, procedure, speak)
    elif kind == "answer":
        question = procedure.questions[condition[1]]
        chosen = [speak(question.choices[each].text) for each in condition[2]][:3]
        yield f"{speak(question.short)}: {', '.join(chosen)}"
    elif kind == "flag":
        yield from (speak(flag.text) for flag in procedure.flags if flag.id in condition[1])


def _safe(words: str) -> str:
    return words.replace('"', "#quot;")
