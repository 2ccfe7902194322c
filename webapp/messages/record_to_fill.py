"""The part of a meeting’s record that the meeting fills in: decisions, actions, dates."""

from __future__ import annotations

from collections.abc import Sequence

from webapp.messages.shown import Data, Shown
from webapp.messages.word_document import WordDocument
from webapp.messages.word_parts import Cell, Words
from webapp.procedures.timescales import parse_moment

EMPTY: Cell = ()
MORE_ACTIONS = 4  # empty rows
WRITING_ROOM = 1.6  # cm


class ToFill:
    """Written into `document`, in the order in which a meeting goes."""

    def __init__(self, shown: Shown, meeting: Data, document: WordDocument) -> None:
        self.shown, self.meeting, self.document = shown, meeting, document
        self.gettext = shown.gettext

    def agenda(self) -> None:
        gettext = self.gettext
        rows = [
            ((Words(str(number)),), (Words(line["text"]),), EMPTY)
            for number, line in enumerate(self.meeting["agenda"], 1)
        ]
        heads = (gettext("No."), gettext("Item"), gettext("What was said and decided, and why"))
        self.document.heading(gettext("Agenda and decisions"))
        caption = gettext("The agenda in order, with room for the decisions")
        self.document.table(caption, heads, rows, (1.2, 6.2, 9.4), WRITING_ROOM)

    def actions(self) -> None:
        gettext = self.gettext
        rows: list[Sequence[Cell]] = [
            ((Words(line["text"]),), EMPTY, EMPTY)
            for line in self.meeting["pack"]["minimum_action"]
        ]
        rows += [(EMPTY, EMPTY, EMPTY)] * MORE_ACTIONS
        heads = (gettext("Action"), gettext("Who, for which agency"), gettext("By when"))
        self.document.heading(gettext("Actions"))
        caption = gettext("Actions: what, who and by when")
        self.document.table(caption, heads, rows, (8.4, 5.0, 3.4), WRITING_ROOM)

    def duties(self) -> None:
        gettext, pack = self.gettext, self.meeting["pack"]
        self.document.heading(gettext("Recording it and sending it round"))
        for title, lines in (
            (gettext("What to record"), pack["record"]),
            (gettext("Who gets what"), pack["circulate"]),
        ):
            if lines:
                self.document.heading(title, 2)
                self.document.bullets(line["text"] for line in lines)
        self._dates()
        if pack["escalate"]:
            self.document.heading(
                gettext("Meeting again, disagreement and people who do not come"), 2
            )
            self.document.bullets(line["text"] for line in pack["escalate"])

    def _dates(self) -> None:
        """Every time limit that is still open; a date to fill in where it runs from the meeting."""
        gettext = self.gettext
        rows = [
            ((Words(each["text"]),), (Words(each["due_text"]),), self._date(each), EMPTY)
            for each in self.meeting["timescales"]
            if each["met"] is None
        ]
        if rows:
            heads = (gettext("What"), gettext("Time limit"), gettext("Date"), gettext("Done on"))
            self.document.heading(gettext("Time limits"), 2)
            caption = gettext("Time limits, with the date of each and when it was done")
            self.document.table(caption, heads, rows, (5.1, 5.7, 3.4, 2.6))

    def _date(self, due: Data) -> Cell:
        if not due["due"]:
            return EMPTY
        return (Words(self.shown.language.standing(parse_moment(due["due"]))),)
