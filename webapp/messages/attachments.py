"""What goes with the mail of a dispatch: the request as data, calendar drafts, a record.

Made by the delivery step from the request as it is kept, each by itself: one that fails is left
out, and the mail says so. The libraries that write the files are imported where they are used.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import urlsplit

from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.model import (
    CALENDAR,
    DATA,
    RECORD,
    Attached,
    Attachment,
    Dispatch,
    MeetingRequest,
)
from webapp.messages.calendar_draft import calendar_draft
from webapp.messages.language import Language
from webapp.messages.meeting_record import meeting_record
from webapp.messages.request_json import request_json
from webapp.messages.shown import Shown
from webapp.procedures.approving import Approvals
from webapp.procedures.library import Library

_LOG = logging.getLogger("cyfarfod")
Make = Callable[[], Attachment]


@dataclass(frozen=True)
class Attacher:
    """Makes attachments; calling it is a `delivering.Attach`. `origin`: where the app stands."""

    library: Library
    fields: DetailFields
    languages: Mapping[str, Language]
    origin: str

    def __call__(self, request: MeetingRequest, dispatch: Dispatch) -> Attached:
        made, missing = [], []
        for kind, make in self._plan(request, dispatch):
            try:
                made.append(make())
            except Exception as error:  # its words may be personal; its type is not
                _LOG.error("An attachment (%s) could not be made: %s", kind, type(error).__name__)
                missing.append(kind)
        return Attached(tuple(made), tuple(dict.fromkeys(missing)))

    def _plan(self, request: MeetingRequest, dispatch: Dispatch) -> Iterator[tuple[str, Make]]:
        if not request.recommendation:  # a message without a journey: the mail says it all
            return
        fields = self.fields.of(request.procedure)
        shown = [
            Shown(request, dispatch, self.library, fields, self.languages[code])
            for code in dispatch.languages
        ]
        yield DATA, partial(request_json, shown[0], self.origin)
        domain = urlsplit(self.origin).hostname or "localhost"
        for meeting in dispatch.meetings:
            yield CALENDAR, partial(calendar_draft, shown, meeting, domain)
            for each in shown:
                yield RECORD, partial(meeting_record, each, meeting, self._approved(each))

    def _approved(self, shown: Shown) -> bool:
        return self._approvals.approved(shown.procedure.id, shown.snapshot["profile"])

    @cached_property
    def _approvals(self) -> Approvals:
        return Approvals(self.library.data, self.languages["cy"].text)
