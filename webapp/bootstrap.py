"""Puts the parts together: the only place that chooses adapters."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from webapp.adapters.embedded import SqliteStore
from webapp.adapters.files import FolderMailer, load_keyring
from webapp.meeting_requests.acknowledge_links import AcknowledgeLinks
from webapp.meeting_requests.contacts import Directory
from webapp.meeting_requests.delivering import Attach
from webapp.meeting_requests.details import DetailFields
from webapp.meeting_requests.drafts import DRAFT_LIFE, DraftLife
from webapp.meeting_requests.ports import DraftStore, Mailer, MeetingRequestStore
from webapp.meeting_requests.sealing import Keyring
from webapp.messages.attachments import Attacher
from webapp.messages.envelope import Sender
from webapp.messages.language import Language, languages
from webapp.messages.rendering import Renderer
from webapp.procedures.library import Library
from webapp.settings import Settings

DETAILS_FILE = "details.json"
CONTACTS_FILE = "contacts.json"


class Store(DraftStore, MeetingRequestStore, Protocol):
    """Both stores in one, as every backend offers them."""


@dataclass(frozen=True)
class Services:
    """Everything a way in needs. `clock` returns the present moment, aware, in UTC."""

    library: Library
    directory: Directory
    fields: DetailFields
    languages: dict[str, Language]
    renderer: Renderer
    sender: Sender
    attach: Attach
    store: Store
    mailer: Mailer
    keyring: Keyring
    clock: Callable[[], datetime]
    draft_life: DraftLife = DRAFT_LIFE


def build_services(settings: Settings) -> Services:
    """Raises FileNotFoundError, naming the file, if `cyfarfod build` has not run."""
    library = Library.load(settings.compiled_folder)
    fields = DetailFields.from_data(_read(settings.compiled_folder / DETAILS_FILE))
    speech = languages(settings.translations_folder)
    keyring = load_keyring(settings.key_file)
    store, mailer = _adapters(settings, keyring)
    return Services(
        library=library,
        directory=Directory.from_data(_read(settings.compiled_folder / CONTACTS_FILE)),
        fields=fields,
        languages=speech,
        renderer=Renderer(library, fields, speech),
        sender=Sender(settings.mail_from, speech, AcknowledgeLinks(settings.origin, keyring)),
        attach=Attacher(library, fields, speech, settings.origin),
        store=store,
        mailer=mailer,
        keyring=keyring,
        clock=utc_now,
        draft_life=life_of(settings),
    )


def life_of(settings: Settings) -> DraftLife:
    return DraftLife(timedelta(hours=settings.draft_hours), timedelta(days=settings.draft_days))


def utc_now() -> datetime:
    return datetime.now(UTC)


def _adapters(settings: Settings, keyring: Keyring) -> tuple[Store, Mailer]:
    if settings.store != "sqlite" or settings.mailer != "folder":
        raise NotImplementedError("Only STORE=sqlite and MAILER=folder are built so far.")
    mailer = FolderMailer(settings.mail_folder, loopback=settings.on_loopback)
    return SqliteStore(settings.database, keyring), mailer


def _read(path: Path) -> dict[str, object]:
    data: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return data
