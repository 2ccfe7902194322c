"""The rest of a mail: the details page by page, the answers, the sources and the versions."""

from __future__ import annotations

from webapp.messages.first_screen import REQUESTER, seen
from webapp.messages.parts import Group, Item, Row, Section
from webapp.messages.source_links import SourceLink, source_link
from webapp.messages.writing import Writer
from webapp.procedures.walking import Step

CONCERN = "concern"


def concern(writer: Writer) -> Section:
    """What is happening, in the requester's words; what is on the first screen is not repeated."""
    return _details(writer, CONCERN)


def other_details(writer: Writer) -> list[Section]:
    """The other pages of details, in the order in which they are asked."""
    pages = [section.id for section in writer.fields.sections]
    return [_details(writer, page) for page in pages if page not in (CONCERN, REQUESTER)]


def _details(writer: Writer, page: str) -> Section:
    section = writer.fields.section(page)
    if section is None:
        return Section(page)
    rows = [
        row
        for asked in section.fields
        if (row := writer.row(asked)) and not asked.first and not seen(writer, asked, row)
    ]
    groups = [writer.entries(each) for each in section.fields if each.kind == "record-list"]
    return Section(
        writer.text(section.title),
        rows=tuple(rows),
        groups=tuple(group for group in groups if group.items),
    )


def answers(writer: Writer) -> Section:
    """The journey: every answer that this mail may show, and what was left open."""
    journey = writer.recommendation.journey
    procedure = writer.team.procedure
    rows = tuple(
        Row(writer.text(step.question.short), _answer(writer, step))
        for step in journey.steps
        if writer.fields.mails_answer(step.question.id, procedure)
    )
    left_open = tuple(
        Item(writer.text(question.short))
        for question in journey.unanswered
        if writer.fields.mails_answer(question.id, procedure)
    )
    groups = (Group(writer.gettext("Not answered"), left_open),) if left_open else ()
    return Section(writer.gettext("Answers"), rows=rows, groups=groups, dense=True)


def _answer(writer: Writer, step: Step) -> str:
    if step.moment is not None:
        return writer.language.moment(step.moment)
    return "; ".join(writer.text(step.question.choices[choice].text) for choice in step.choices)


def sources(writer: Writer) -> Section:
    """What was cited, by number, and the version of the tree. Comes last: it needs the rest.

    What is not in the language of the mail stands by itself, under one line that says so.
    """
    by_note: dict[str, list[Item]] = {"": []}
    for number, source_id in enumerate(writer.cited, 1):
        link = source_link(writer.procedure.sources[source_id], writer.language)
        item = Item(f"[{number}] {link.title}", address=link.address or "")
        by_note.setdefault(_in_which_language(writer, link), []).append(item)
    words = {"version": writer.procedure.version, "digest": writer.procedure.digest}
    version = writer.gettext("Version %(version)s, checksum %(digest)s") % words
    rows = (Row(writer.text(writer.procedure.title), version),)
    groups = tuple(Group(note, tuple(items)) for note, items in by_note.items() if items)
    return Section(writer.gettext("Sources and version"), rows=rows, groups=groups, dense=True)


def _in_which_language(writer: Writer, link: SourceLink) -> str:
    if link.language is None:
        return ""
    if link.language == "en":
        return writer.gettext("These documents are in English")
    return writer.gettext("These documents are in Welsh")
