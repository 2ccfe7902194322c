"""The rest of a mail: the details page by page, the answers, the sources and the versions."""

from __future__ import annotations

from webapp.messages.first_screen import REQUESTER
from webapp.messages.parts import Group, Item, Note, Row, Section
from webapp.messages.source_links import source_link
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
    rows = [writer.row(asked) for asked in section.fields if not asked.first]
    groups = [writer.entries(each) for each in section.fields if each.kind == "record-list"]
    return Section(
        writer.text(section.title),
        rows=tuple(row for row in rows if row),
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
    return Section(writer.gettext("Answers"), rows=rows, groups=groups)


def _answer(writer: Writer, step: Step) -> str:
    if step.moment is not None:
        return writer.language.moment(step.moment)
    return "\n".join(writer.text(step.question.choices[choice].text) for choice in step.choices)


def sources(writer: Writer) -> Section:
    """What was cited, by number, and the version of the tree. Comes last: it needs the rest."""
    items = []
    for number, source_id in enumerate(writer.cited, 1):
        link = source_link(writer.procedure.sources[source_id], writer.language)
        notes = tuple(Note(each) for each in (link.address, link.note) if each)
        items.append(Item(f"[{number}] {link.title}", notes))
    words = {"version": writer.procedure.version, "digest": writer.procedure.digest}
    version = writer.gettext("Version %(version)s, checksum %(digest)s") % words
    rows = (Row(writer.text(writer.procedure.title), version),)
    return Section(
        writer.gettext("Sources and version"), rows=rows, groups=(Group("", tuple(items)),)
    )
