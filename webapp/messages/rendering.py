"""A meeting request and its live recommendation -> the mail to one duty team."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from webapp.meeting_requests.contacts import Team
from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.model import Mail, MeetingRequest
from webapp.messages import (
    changes_part,
    departures_part,
    details_part,
    first_screen,
    meeting_part,
)
from webapp.messages.language import Language
from webapp.messages.parts import Half, Section
from webapp.messages.plain_words import PlainWords
from webapp.messages.templating import mail_templates
from webapp.messages.writing import Writer
from webapp.procedures.approving import Approvals
from webapp.procedures.library import Library
from webapp.procedures.model import Procedure
from webapp.procedures.recommending import Recommendation

Notice = dict[str, tuple[tuple[str, str], ...]]  # language of a half -> (language, line)


class Renderer:
    """Renders mails; one for the whole process. `render` is a `dispatching.Render`."""

    def __init__(
        self, library: Library, fields: DetailFields, languages: Mapping[str, Language]
    ) -> None:
        self._library = library
        self._fields = fields
        self._languages = languages
        self._approvals = Approvals(library.data, languages["cy"].text)
        self._templates = mail_templates()

    def render(
        self,
        request: MeetingRequest,
        recommendation: Recommendation,
        meeting_ids: tuple[str, ...],
        team: Team,
        reference: str | None,
    ) -> Mail:
        """The mail in the languages of the team, each half complete in itself."""
        meetings = tuple(each for each in recommendation.meetings if each.id in meeting_ids)
        fields = self._fields.of(request.procedure)
        parts = (request, recommendation, meetings, team, reference)
        writers = [
            Writer(self._library, fields, self._languages[code], *parts) for code in team.languages
        ]
        following = [writer.language for writer in writers[1:]]
        pairs = itertools.zip_longest(writers, following[:1])
        notice = self._notice(recommendation.journey.procedure, team.languages)
        halves = [_half(writer, then, notice) for writer, then in pairs]
        subject = " / ".join(_corrected(writer, _subject(writer)) for writer in writers)
        return Mail(
            subject=f"{subject} / {reference}" if reference else subject,
            text=self._templates.get_template("request.txt").render(halves=halves),
            html=self._templates.get_template("request.html").render(halves=halves),
        )

    def _notice(self, procedure: Procedure, written: tuple[str, ...]) -> Notice:
        """What nobody has approved says so: in each half, or in both languages if there is one."""
        if self._approvals.approved(procedure.id, procedure.profile.id):
            return {}
        lines = {code: _not_approved(language) for code, language in self._languages.items()}
        if len(written) > 1:
            return {code: ((code, lines[code]),) for code in written}
        return {
            code: tuple(sorted(lines.items(), key=lambda each: each[0] != code)) for code in written
        }


def _not_approved(language: Language) -> str:
    return language.gettext("Not yet approved by a safeguarding lead and a Welsh reviewer.")


def _half(writer: Writer, then: Language | None, notice: Notice) -> Half:
    """`then`: the language of the half that follows; its readers are told so in it."""
    sections = [section for section in _sections(writer) if not section.empty]
    return Half(
        language=writer.language.code,
        typed_in=writer.request.language,
        urgent=writer.urgent,
        brand=writer.text(writer.team.brand_name),
        colour=writer.team.brand_colour,
        references=first_screen.references(writer),
        other_language=_follows(then) if then else "",
        first=first_screen.first_screen(writer),
        opening=first_screen.opening(writer),
        unapproved=notice.get(writer.language.code, ()),
        sections=tuple(sections),
        closing=_closing(writer),
    )


def _sections(writer: Writer) -> list[Section]:
    """In the order in which a duty officer needs them. Sources last: they count what was cited."""
    sections = [
        _changes(writer),
        departures_part.departures(writer),
        departures_part.missing(writer),
        first_screen.now(writer),
    ]
    for number, meeting in enumerate(writer.meetings):
        sections += [
            meeting_part.meeting(writer, meeting),
            meeting_part.attendees(writer, meeting, explained=number > 0),
            meeting_part.timescales(writer, meeting),
        ]
    sections += [
        meeting_part.other_timescales(writer),
        details_part.concern(writer),
        meeting_part.flags(writer),
    ]
    sections += details_part.other_details(writer)
    sections.append(meeting_part.actions(writer))
    for meeting in writer.meetings:
        sections += [
            meeting_part.agenda(writer, meeting),
            meeting_part.ready(writer, meeting),
            meeting_part.duties(writer, meeting),
        ]
    sections.append(details_part.answers(writer))
    sections += [details_part.sources(writer), first_screen.reaching(writer)]
    return sections


def _subject(writer: Writer) -> str:
    """How urgent, which procedure and which area. Nothing personal, nothing that was typed."""
    area = {"area": writer.text(writer.library.authorities[writer.team.authority].name)}
    urgent = writer.urgent
    if writer.team.procedure == "section-5":
        return (
            writer.gettext("URGENT: Section 5, %(area)s") % area
            if urgent
            else writer.gettext("Section 5, %(area)s") % area
        )
    if writer.team.procedure == "child":
        return (
            writer.gettext("URGENT: child at risk, %(area)s") % area
            if urgent
            else writer.gettext("Child at risk, %(area)s") % area
        )
    return (
        writer.gettext("URGENT: adult at risk, %(area)s") % area
        if urgent
        else writer.gettext("Adult at risk, %(area)s") % area
    )


def _corrected(writer: Writer, subject: str) -> str:
    if not writer.request.corrects:
        return subject
    return writer.gettext("Correction: %(subject)s") % {"subject": subject}


def _changes(writer: Writer) -> Section:
    """First in a correction: what is different. Empty in any other mail."""
    words = PlainWords(writer.language, writer.procedure, writer.fields)
    return changes_part.changes(words, writer.request, writer.team.procedure)


def _follows(language: Language) -> str:
    return language.gettext("The same request follows below in this language.")


def _closing(writer: Writer) -> tuple[str, ...]:
    lines = [
        writer.gettext("Do not reply to this mail: nobody reads the replies. Ring back instead."),
        writer.gettext(
            "Words in the requester's own hand are shown as they were written. They may name"
            " people who must not learn of this request: share it only with those who need it."
        ),
    ]
    return tuple(lines)
