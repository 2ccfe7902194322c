"""The app with fakes for what lies outside, and a practitioner for each language.

The Welsh of these tests is every English message between ⟦ and ⟧: so a text that bypasses the
catalogue is seen, whatever the translator has finished.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask

from tests.meeting_requests.fakes import (
    KEYRING,
    NOW,
    ROOT,
    FakeStore,
    directory,
    fields,
    library,
)
from tests.web.page_checks import CLOSE, OPEN
from tests.web.practitioner import Practitioner
from webapp.adapters.files import FolderMailer
from webapp.bootstrap import Services
from webapp.messages.catalogue import extract, read_catalogue
from webapp.messages.envelope import Sender
from webapp.messages.language import languages
from webapp.messages.rendering import Renderer
from webapp.settings import Settings
from webapp.web import create_app


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass(repr=False)
class World:
    """The app and what stands around it."""

    app: Flask
    services: Services
    store: FakeStore
    clock: Clock
    settings: Settings

    def practitioner(self, lang: str = "en", **options: Any) -> Practitioner:
        client = self.app.test_client(**options)
        return Practitioner(client, library().procedures["adult"], self.clock.now.date(), lang)


@pytest.fixture(scope="session")
def translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the marked catalogue."""
    folder = tmp_path_factory.mktemp("translations")
    template = folder / "messages.pot"
    extract(ROOT, template)
    catalogue = read_catalogue(template)
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(_marked(message.id[1]) for _ in range(catalogue.num_plurals))
        elif message.id:
            message.string = _marked(message.id)
    _write(catalogue, folder / "cy" / "LC_MESSAGES" / "messages.mo")
    return folder


def _marked(message: str) -> str:
    return f"{OPEN}{message}{CLOSE}"


def _write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)


@pytest.fixture
def make_world(translations: Path, tmp_path: Path) -> Callable[..., World]:
    def make(**environment: str) -> World:
        settings = Settings.from_environment(
            {
                "TRANSLATIONS_FOLDER": str(translations),
                "DATA_FOLDER": str(tmp_path / "data"),
                "KEY_FILE": str(tmp_path / "keys.json"),
                "ORIGIN": "http://localhost",
                **environment,
            }
        )
        speech, store, clock = languages(translations), FakeStore(), Clock()
        services = Services(
            library=library(),
            directory=directory(),
            fields=fields(),
            languages=speech,
            renderer=Renderer(library(), fields(), speech),
            sender=Sender(settings.mail_from, speech),
            store=store,
            mailer=FolderMailer(settings.mail_folder, loopback=True),
            keyring=KEYRING,
            clock=clock,
        )
        return World(create_app(services, settings), services, store, clock, settings)

    return make


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world()


@pytest.fixture(params=["cy", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def practitioner(world: World, lang: str) -> Practitioner:
    """One in each language: a test that uses this runs twice."""
    return world.practitioner(lang)
