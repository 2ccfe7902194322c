"""What goes with the mail of a dispatch: the request as data, calendar drafts, a record.

Made by the delivery step from the request as it is kept, each by itself: one that fails is left
out, and the mail says so. The libraries that write the files are imported where they are used.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.model import (
    CALENDAR,
    DATA,
    Attached,
    Attachment,
    Dispatch,
    MeetingRequest,
)
from webapp.messages.calendar_draft import calendar_draft
from webapp.messages.language import Language
from webapp.messages.request_json import request_json
from webapp.messages.shown import Shown
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
        fields = self.fields.of(request.procedure)
        shown = [
            Shown(request, dispatch, self.library, fields, self.languages[code])
            for code in dispatch.languages
        ]
        yield DATA, partial(request_json, shown[0], self.origin)
        domain = urlsplit(self.origin).hostname or "localhost"
        for meeting in dispatch.meetings:
            yield CALENDAR, partial(calendar_draft, shown, meeting, domain)
