"""The record of a meeting, begun from the request, for the duty officer to fill in and send round.

Those invited will read it: it holds the details that `details.yaml` lets into it, no telephone
numbers, no reasons against a person, and nobody who must be kept away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from webapp.meeting_requests.details import Field, Part, Section
from webapp.meeting_requests.minimum import IN_CONFLICT
from webapp.meeting_requests.model import Attachment
from webapp.messages.departures import Departed
from webapp.messages.first_screen import REQUESTER
from webapp.messages.record_to_fill import EMPTY, ToFill
from webapp.messages.shown import Data, Person, Shown, coming
from webapp.messages.word_document import MEDIA_TYPE, WIDTH, WordDocument
from webapp.messages.word_parts import Cell, Words
from webapp.messages.word_styles import NOTICE

BOX = "☐\u00a0"  # stays beside its word
LABELS = (5.0, WIDTH - 5.0)
MORE_PEOPLE = 3  # empty rows


def meeting_record(shown: Shown, meeting_id: str, approved: bool) -> Attachment:
    """In one language. `approved`: whether somebody has approved the rules behind it."""
    meeting = next(each for each in shown.meetings if each["id"] == meeting_id)
    title = shown.gettext("Record: %(meeting)s") % {"meeting": meeting["title"]}
    document = WordDocument(shown.language.code, title, shown.request.created_at)
    _Record(shown, meeting, document).write(approved)
    name = f"{shown.dispatch.reference}-{meeting_id}-record-{shown.language.code}.docx"
    return Attachment(name, MEDIA_TYPE, document.content)


class _Record:
    def __init__(self, shown: Shown, meeting: Data, document: WordDocument) -> None:
        self.shown, self.meeting, self.document = shown, meeting, document
        self.gettext = shown.gettext

    def write(self, approved: bool) -> None:
        self._top(approved)
        self._about_meeting()
        self._about_person()
        self._attendance()
        self._missing()
        self._departures()
        self._known()
        to_fill = ToFill(self.shown, self.meeting, self.document)
        to_fill.agenda()
        to_fill.actions()
        to_fill.duties()
        self._children()
        reference = self.gettext("Reference: %(reference)s")
        self.document.footer(
            reference % {"reference": self.shown.dispatch.reference},
            self.gettext("Page %(page)s of %(pages)s"),
        )

    # -- the top -----------------------------------------------------------------

    def _top(self, approved: bool) -> None:
        shown = self.shown
        team, area = shown.text(shown.dispatch.team), shown.area
        self.document.paragraph(Words(f"{team}, {area}"), "Subtitle")
        lines = [
            self.gettext(
                "A draft, begun from the request that was sent at %(moment)s. Check what is here"
                " and fill in the rest."
            )
            % {"moment": shown.language.moment(shown.request.created_at)},
            self.gettext(
                "It leaves out phone numbers and what only the duty team may know. Before you send"
                " it round, take out what a reader must not see."
            ),
        ]
        if not approved:
            lines.append(
                self.gettext("Not yet approved by a safeguarding lead and a Welsh reviewer.")
            )
        for line in lines:
            self.document.paragraph(Words(line), NOTICE)

    def _facts(self, caption: str, rows: Sequence[tuple[str, Cell]], head: str = "") -> None:
        heads = (head or self.gettext("What"), self.gettext("Given, or to fill in"))
        cells = [((Words(label, bold=True),), value) for label, value in rows]
        self.document.table(caption, heads, cells, LABELS)

    def _about_meeting(self) -> None:
        meeting, shown, gettext = self.meeting, self.shown, self.gettext
        modes = [meeting["mode"], *meeting["other_modes"]]
        names = [shown.text(shown.procedure.terms.modes.get(each)) for each in modes]
        deadline = meeting["deadline"]
        voice = gettext("In the reasons, “you” means the person who asks for the meeting.")
        rows = [
            (gettext("Kind of meeting"), (Words(meeting["type_text"]),)),
            (gettext("Why"), (Words(meeting["type_rule"]["because"]), Words(voice, quiet=True))),
            (gettext("Reference"), (Words(shown.dispatch.reference),)),
            (gettext("Time limit"), (Words(deadline["due_text"]),) if deadline else EMPTY),
            (gettext("Held on (day, time)"), EMPTY),
            (gettext("Where, or how"), (Words(BOX + f"    {BOX}".join(names)),)),
            (gettext("Chair"), (Words(meeting["chair_text"]), Words(gettext("Name:")))),
            (gettext("Note taker"), EMPTY),
        ]
        self.document.heading(gettext("The meeting"))
        self._facts(gettext("The meeting: kind, reason, time limit, chair"), rows)

    # -- what was given ----------------------------------------------------------

    def _about_person(self) -> None:
        for section in self.shown.fields.sections:
            if section.leads and (rows := self._rows(section)):
                title = self.shown.text(section.title)
                self.document.heading(title)
                self._facts(title, rows)

    def _known(self) -> None:
        pages = [each for each in self.shown.fields.sections if not each.leads]
        if not any(self._rows(each) for each in pages):
            return
        self.document.heading(self.gettext("What the request says"))
        for section in pages:
            if rows := self._rows(section):
                title = self._title(section)
                self._facts(title, rows, head=title)

    def _title(self, section: Section) -> str:
        if section.id == REQUESTER:
            return self.gettext("Who asks for the meeting")
        return self.shown.text(section.title)

    def _rows(self, section: Section) -> list[tuple[str, Cell]]:
        """What may stand in a record; children have pages of their own."""
        rows = []
        for asked, value in self.shown.given(section):
            label = self.shown.text(asked.short)
            if asked.in_record and asked.kind not in ("record-list", "person-list"):
                rows.append((label, self._typed(*self.shown.words(asked, value))))
            elif asked.in_record and not section.leads:
                rows += [(label, self._said(self.shown.parts(asked, each))) for each in value]
        return rows

    def _said(self, parts: list[tuple[Part, str]]) -> Cell:
        """What was said of an entry or a person, as far as it may go round."""
        return [
            Words(words, "" if part.options else self._typed_in, label=self.shown.text(part.text))
            for part, words in parts
            if part.in_record
        ]

    @property
    def _typed_in(self) -> str:
        return self.shown.request.language

    def _typed(self, text: str, typed: bool = True) -> Cell:
        return (Words(text, lang=self._typed_in if typed else ""),)

    # -- people ------------------------------------------------------------------

    def _attendance(self) -> None:
        gettext = self.gettext
        rows = [
            self._person_row(each["text"], self._status(each), self.shown.people(each))
            for each in coming(self.meeting)
        ]
        rows += [self._person_row(*each, []) for each in self.shown.added_roles(self.meeting)]
        rows += [self._added_row(each) for each in self.shown.added()]
        rows += [self._person_row("", "", [])] * MORE_PEOPLE
        heads = (
            gettext("Who is invited"),
            gettext("Name and agency"),
            gettext("Present or not"),
            gettext("How"),
        )
        self.document.heading(gettext("Who was there"))
        self.document.table(
            gettext("Who was invited, who came and how"), heads, rows, (4.9, 4.3, 3.9, 3.7), 1.2
        )

    def _status(self, attendee: Data) -> str:
        return self.shown.text(self.shown.procedure.terms.statuses.get(attendee["status"]))

    def _person_row(self, role: str, status: str, people: Sequence[Person]) -> list[Cell]:
        who = (Words(role, bold=True), Words(status, quiet=True)) if role else EMPTY
        coming_or_not = (self.gettext("Present"), self.gettext("Apologies"))
        ways = (self.gettext("In person"), self.gettext("Video"), self.gettext("Phone"))
        return [
            who,
            [words for person in people for words in self._named(person)],
            [Words(f"{BOX}{each}") for each in coming_or_not],
            [Words(f"{BOX}{each}") for each in ways],
        ]

    def _added_row(self, person: Person) -> list[Cell]:
        role = self.shown.role(person["role"]) if person["role"] else person["title"]
        return self._person_row(role, self.gettext("Added by the requester"), [person])

    def _named(self, person: Person) -> Iterator[Words]:
        """Without how to reach them: the record goes round."""
        if person["change"] != "removed":
            if person["name"]:
                yield Words(person["name"], lang=self._typed_in)
            yield from self._said(self.shown.said_of(person))

    def _departures(self) -> None:
        """Without the reasons, and without who should stay away: those invited will read it."""
        rows = [
            ((Words(each.label, bold=True),), self._asked(each), (Words(each.recommended),))
            for each in self.shown.departed(self.meeting)
        ]
        if not rows:
            return
        gettext = self.gettext
        heads = (gettext("What"), gettext("Asked for"), gettext("Recommended"))
        self.document.heading(gettext("Asked for differently"))
        self.document.paragraph(Words(gettext("The reasons stand in the request.")))
        caption = gettext("Where the request differs from the recommendation")
        self.document.table(caption, heads, rows, (5.0, 5.9, 5.9))

    def _asked(self, each: Departed) -> Cell:
        return self._typed(each.who) if each.who else (Words(each.asked),)

    def _missing(self) -> None:
        """What to do about somebody in conflict is for the duty team alone."""
        found = [each for each in self.shown.missing(self.meeting) if each.why != IN_CONFLICT]
        rows = [
            ((Words(each.who, bold=True),), (Words(each.action),), EMPTY)
            for each in self.shown.missing_in_words(found)
        ]
        if not rows:
            return
        gettext = self.gettext
        heads = (gettext("Who"), gettext("What to do"), gettext("What was done"))
        self.document.heading(gettext("Needed, and still missing"))
        caption = gettext("Who cannot be done without and was missing from the request")
        self.document.table(caption, heads, rows, (5.0, 5.9, 5.9))

    # -- a page for each child ---------------------------------------------------

    def _children(self) -> None:
        for section in self.shown.fields.sections:
            lists = [each for each in section.fields if self._is_of_children(each)]
            if not section.leads or not lists:
                continue
            self._child(1, self._rows(section))
            entries = [
                (asked, entry)
                for asked in lists
                for entry in self.shown.request.details.get(asked.id) or ()
            ]
            for number, (asked, entry) in enumerate(entries, 2):
                self._child(number, self._entry(asked, entry))

    def _is_of_children(self, asked: Field) -> bool:
        return asked.kind == "record-list" and asked.in_record and self.shown.takes(asked)

    def _entry(self, asked: Field, entry: Person) -> list[tuple[str, Cell]]:
        return [
            (self.shown.text(part.text), self._typed(words, not part.options))
            for part, words in self.shown.parts(asked, entry)
            if part.in_record
        ]

    def _child(self, number: int, rows: list[tuple[str, Cell]]) -> None:
        gettext = self.gettext
        title = gettext("Record for child %(number)d") % {"number": number}
        self.document.heading(title, new_page=True)
        keep = gettext("Keep this page in the child’s own record.")
        self.document.paragraph(Words(keep))
        if rows:
            self._facts(title, rows)
        questions = (
            gettext("What this child says and wants"),
            gettext("Risk to this child, and what protects the child"),
            gettext("Decisions for this child, and why"),
            gettext("Actions for this child: what, who and by when"),
        )
        heads = (gettext("About this child"), gettext("What was said and decided, and why"))
        to_fill = [((Words(each, bold=True),), EMPTY) for each in questions]
        self.document.table(title, heads, to_fill, LABELS, 3.0)
