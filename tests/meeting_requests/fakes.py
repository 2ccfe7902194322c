"""Stand-ins for the store and the mailer, and an example case on the real trees and data."""

from __future__ import annotations

import secrets
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations

from webapp.meeting_requests.acknowledgement import Acknowledgement
from webapp.meeting_requests.contacts import Directory
from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.dispatching import Render
from webapp.meeting_requests.drafts import new_draft, new_submission_key
from webapp.meeting_requests.model import Attached, Dispatch, Draft, Mail, Submitted
from webapp.meeting_requests.ports import (
    AlreadySent,
    LooksTheSame,
    Overtaken,
    ReferenceTaken,
    StoreUnavailable,
)
from webapp.meeting_requests.use_cases import Submission
from webapp.messages.language import Language
from webapp.messages.rendering import Renderer
from webapp.messages.snapshot import recommendation_data
from webapp.procedures.compiling import compile_trees
from webapp.procedures.library import Library
from webapp.procedures.marked_yaml import parse
from webapp.procedures.recommending import Recommendation, recommend
from webapp.procedures.walking import Context, walk

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 6, 11, 9, 30, tzinfo=UTC)  # Thursday, 10.30 in London
KEYRING = {"k1": b"1" * 32}
CARDIFF, GWYNEDD, POWYS = "W06000015", "W06000002", "W06000023"


class FakeStore:
    """Both stores in memory. `broken` makes every call fail as an unreachable database does."""

    def __init__(self) -> None:
        self.broken = False
        self.lock = threading.Lock()
        self.drafts: dict[str, tuple[bytes, datetime]] = {}
        self.requests: dict[str, tuple[Submitted, str, str]] = {}
        self.leases: dict[str, tuple[str, datetime]] = {}
        self.forms: set[tuple[str, str]] = set()

    def check(self) -> None:
        if self.broken:
            raise StoreUnavailable

    def save_draft(self, draft_id: str, sealed: bytes, expires_at: datetime) -> None:
        self.check()
        self.drafts[draft_id] = (sealed, expires_at)

    def load_draft(self, draft_id: str, now: datetime) -> bytes | None:
        self.check()
        sealed, expires_at = self.drafts.get(draft_id, (b"", now))
        return sealed if expires_at > now else None

    def forget_draft(self, draft_id: str) -> None:
        self.check()
        self.drafts.pop(draft_id, None)

    def commit(
        self, submitted: Submitted, key: str, content: str, twins_since: datetime | None = None
    ) -> None:
        self.check()
        with self.lock:
            for earlier, earlier_key, earlier_content in self.requests.values():
                if earlier_key == key:
                    raise AlreadySent(earlier.request.reference, earlier_content == content)
            if twins_since and (twin := self._twin(content, twins_since)):
                raise LooksTheSame(*twin)
            if submitted.request.reference in self.requests:
                raise ReferenceTaken
            self.requests[submitted.request.reference] = (submitted, key, content)

    def find(self, reference: str) -> Submitted | None:
        self.check()
        return self.requests[reference][0] if reference in self.requests else None

    def find_by_key(self, key: str) -> Submitted | None:
        self.check()
        return next((each for each, used, _ in self.requests.values() if used == key), None)

    def find_corrections(self, reference: str) -> tuple[Submitted, ...]:
        self.check()
        every = [each for each, _, _ in self.requests.values()]
        of = [each for each in every if each.request.corrects == reference]
        return tuple(sorted(of, key=lambda each: each.request.created_at))

    def _twin(self, content: str, since: datetime) -> tuple[str, datetime] | None:
        found = [
            (each.request.created_at, reference)
            for reference, (each, _, its_content) in self.requests.items()
            if its_content == content and each.request.created_at >= since
        ]
        return max(found)[::-1] if found else None

    def _dispatches(self) -> list[Dispatch]:
        return [each for sent, _, _ in self.requests.values() for each in sent.dispatches]

    def lease_due(self, now: datetime, length: timedelta, limit: int) -> list[tuple[Dispatch, str]]:
        self.check()
        leased = []
        for each in self._dispatches():
            free = self.leases.get(each.reference, ("", now))[1] <= now
            waits = not each.handed_over_at and not each.refused_at and each.next_attempt_at
            if free and waits and each.next_attempt_at <= now and len(leased) < limit:
                token = secrets.token_hex(4)
                self.leases[each.reference] = (token, now + length)
                leased.append((self._change(each, attempts=each.attempts + 1), token))
        return leased

    def outbox(self) -> list[dict[str, str | int]]:
        times = ("next_attempt_at", "handed_over_at", "refused_at")
        return [
            {"reference": each.reference, "kind": each.kind, "attempts": each.attempts}
            | {name: str(getattr(each, name) or "") for name in times}
            for each in self._dispatches()
        ]

    def record_handed_over(self, dispatch: Dispatch, token: str, at: datetime) -> bool:
        return self._record(dispatch, token, handed_over_at=at)

    def record_failure(self, dispatch: Dispatch, token: str, retry_at: datetime) -> bool:
        return self._record(dispatch, token, next_attempt_at=retry_at)

    def record_refusal(self, dispatch: Dispatch, token: str, at: datetime) -> bool:
        return self._record(dispatch, token, refused_at=at)

    def _record(self, dispatch: Dispatch, token: str, **times: Any) -> bool:
        self.check()
        if self.leases.get(dispatch.reference, ("", NOW))[0] != token:
            return False
        del self.leases[dispatch.reference]
        self._change(dispatch, **times)
        return True

    def acknowledge(
        self,
        dispatch: Dispatch,
        said: Acknowledgement,
        form: str,
        follow: tuple[Dispatch, ...] = (),
    ) -> bool:
        self.check()
        with self.lock:
            if (dispatch.reference, form) in self.forms:
                return False
            every = {each.reference: each for each in self._dispatches()}
            kept = every[dispatch.reference]
            seen = dispatch.acknowledgements
            if kept.acknowledgements != seen or any(each.reference in every for each in follow):
                raise Overtaken
            self.forms.add((dispatch.reference, form))
            self._change(kept, acknowledgements=(*seen, said))
            submitted, key, content = self.requests[dispatch.family]
            more = (*submitted.dispatches, *follow)
            self.requests[dispatch.family] = (replace(submitted, dispatches=more), key, content)
        return True

    def _change(self, dispatch: Dispatch, **changes: Any) -> Dispatch:
        submitted, key, content = self.requests[dispatch.family]
        changed = replace(dispatch, **changes)
        dispatches = tuple(
            changed if each.reference == dispatch.reference else each
            for each in submitted.dispatches
        )
        self.requests[dispatch.family] = (replace(submitted, dispatches=dispatches), key, content)
        return changed


class FakeMailer:
    """Keeps what was sent; raises `error` instead while it is set."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.error: Exception | None = None

    def send(self, message: EmailMessage) -> None:
        if self.error:
            raise self.error
        self.sent.append(message)


class MarkedTranslations(NullTranslations):
    """A catalogue in which every message is marked, so that one that bypasses it is seen."""

    def gettext(self, message: str) -> str:
        return f"¦{message}"

    def pgettext(self, context: str, message: str) -> str:
        return f"¦{message}"

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return f"¦{singular if number == 1 else plural}"


LANGUAGES = {
    "en": Language("en", NullTranslations()),
    "cy": Language("cy", MarkedTranslations()),
}


@cache
def library() -> Library:
    return Library.from_data(compile_trees(ROOT / "decision_trees"))


def document(path: str) -> Any:
    file = ROOT / path
    return parse(file.read_text(encoding="utf-8"), file.name).document


@cache
def fields() -> DetailFields:
    return DetailFields.from_data(document("decision_trees/details.yaml"))


@cache
def directory() -> Directory:
    return Directory.from_data(document("infra/contacts.yaml"))


@cache
def renderer() -> Renderer:
    return Renderer(library(), fields(), LANGUAGES)


def plain_mail(request: Any, _recommendation: Any, meetings: Any, _team: Any, _ref: Any) -> Mail:
    """A `Render` for tests that are not about the mail."""
    return Mail("Subject", f"Text {meetings} {request.details}", "<body>Text</body>")


def no_attachments(_request: Any, _dispatch: Any) -> Attached:
    """An `Attach` for tests that are not about what goes with a mail."""
    return Attached()


def context(now: datetime = NOW) -> Context:
    return Context(now, library().calendar)


# A night worker in a Cardiff care home: an adult meeting and a Section 5 discussion.
TRUST_ANSWERS: dict[str, Any] = {
    "danger": "no",
    "user": "social-services",
    "area-of-concern": CARDIFF,
    "person-place": "same-area",
    "others-at-risk": ["none"],
    "crime": "not-sure",
    "position-of-trust": "yes",
    "mappa": "no",
    "conflict-of-interest": ["none"],
    "age": "yes",
    "experiencing": "yes",
    "care-needs": "yes",
    "unable-to-protect": "yes",
    "concern-identified": "2026-06-01T10:00",
    "reported": "yes",
    "report-received": "2026-06-01T11:30",
    "report-how": "telephone",
    "same-day": ["none"],
    "stage": "first",
    "screening": "enquiries",
    "enquiries": "concluded",
    "enquiries-concluded": "2026-06-09",
    "determination": "determination-3",
    "circumstances": ["neglect", "professional-or-staff"],
    "urgent-action": ["none"],
    "domestic-abuse": "no",
    "capacity": "has",
    "consent": "given",
    "preferred-language": "other",
    "communication": ["interpreter"],
    "setting": ["care-home"],
    "implicated": ["worker"],
    "employer-knows": "no",
    "risk": "high",
    "complexity": ["none"],
    "raised-by": "public",
}
# Police at a house in Gwynedd where somebody is in danger.
URGENT_ANSWERS: dict[str, Any] = {
    "danger": "yes",
    "danger-action": "called",
    "user": "other-agency",
    "area-of-concern": GWYNEDD,
    "age": "yes",
    "others-at-risk": ["adults"],
    "crime": "yes",
    "position-of-trust": "no",
    "mappa": "no",
    "conflict-of-interest": ["none"],
}
DETAILS: dict[str, Any] = {
    "concern-what": "Left in a wet bed all night.\n\nShe said: “Neb yn dod.”",
    "concern-need-tonight": "A safe bed tonight",
    "concern-injuries": "Sore on left hip",
    "concern-medication": "Insulin at 8pm: dangerous if missed",
    "concern-injury-map": [
        {
            "where": "Left hip",
            "look": "4 cm, round, red",
            "seen": "Today, 8am",
            "by": "Nurse Ann Sample",
            "said": "",
        }
    ],
    "concern-safety-measures": "A second carer each night; the manager checks at 10pm",
    "concern-done": [{"what": "Moved to ward 4", "who": "Ann Sample", "when": "Today, 9am"}],
    "concern-others": [
        {
            "name": "Residents of the night wing",
            "born": "",
            "relation": "Neighbours",
            "where": "Hafod Example",
            "why": "The same night worker",
        }
    ],
    "concern-visitor-safety": "Keypad on the door",
    "concern-hazards": ["dogs", "hard-to-enter"],
    "person-name": "Megan Example",
    "person-born": "1942-03-02",
    "person-address": "Room 12, Hafod Example",
    "person-where-now": "Ward 4, Example Hospital",
    "person-safe-until": "8am tomorrow",
    "person-phone": "029 2018 0991",
    "person-phone-safe": "ring-only",
    "person-nhs-number": "999 123 4567",
    "person-language-other": "Polish",
    "interpreter-language": "Polish, Silesian",
    "person-wishes": "not-known",
    "alleged-name": "Night worker Dai Sample",
    "alleged-relationship": "Care worker",
    "alleged-others": [
        {
            "name": "Manager Cai Sample",
            "link": "Manager",
            "where": "",
            "contact": "Twenty residents",
            "post": "Home manager",
            "employer": "Hafod Example Holdings",
        }
    ],
    "alleged-post": "Night care assistant",
    "alleged-employer": "Hafod Example Ltd",
    "consent-said": "Yes, on Monday",
    "meeting-language": "welsh",
    "meeting-venue": "Not at the home",
    "meeting-documents": [
        {"what": "Night log, June", "where": "Locked drawer, ward office", "who": "statutory"}
    ],
    "raised-public": "Neighbour Nia Sample",
    "raised-public-phone": "029 2018 0992",
    "raised-public-phone-how": "After 7pm only",
    "requester-name": "Siân Practitioner",
    "requester-role": "Social worker",
    "requester-phone": "029 2018 0990",
    "requester-phone-safe": "ring-only",
    "after-shift-name": "Jo Sample",
    "after-shift-phone": "029 2018 0993",
    "invitees": [
        {
            "role": "police",
            "title": "",
            "name": "PC 1234",
            "contact": "029 2018 0994",
            "change": "",
            "reason": "",
            "agency": "Heddlu Example",
            "contact-how": "Do not leave a message",
            "attendance": "video",
            "language": "welsh",
            "needs": "Captions",
        },
        {
            "role": "",
            "title": "Tissue viability nurse",
            "name": "Ann Sample",
            "contact": "",
            "change": "added",
            "reason": "She saw the wound",
        },
    ],
}


def recommended(answers: dict[str, Any], now: datetime = NOW, of: str = "adult") -> Recommendation:
    procedure = library().procedures[of]
    return recommend(walk(procedure, answers, context(now)), context(now))


def a_draft(answers: dict[str, Any], language: str = "en", of: str = "adult") -> Draft:
    procedure = library().procedures[of]
    versions = {of: {"version": procedure.version, "digest": procedure.digest}}
    return replace(new_draft(of, versions, language), answers=answers)


def a_submission(
    answers: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
    now: datetime = NOW,
    **changes: Any,
) -> Submission:
    """The care-home case, changed where a test needs it."""
    draft = a_draft(answers or TRUST_ANSWERS)
    recommendation = recommended(draft.answers, now)
    submission = Submission(
        draft=draft,
        details=DETAILS if details is None else details,
        recommendation=recommendation,
        snapshots={
            code: recommendation_data(recommendation, each) for code, each in LANGUAGES.items()
        },
        key=new_submission_key(draft, KEYRING),
    )
    return replace(submission, **changes)


def submit(
    submission: Submission, store: Any, render: Render = plain_mail, now: datetime = NOW
) -> Any:
    from webapp.meeting_requests.use_cases import submit_meeting_request

    return submit_meeting_request(submission, store, directory(), fields(), render, context(now))
