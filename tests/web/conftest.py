"""The app with fakes for what lies outside, and a practitioner for each language.

The Welsh of these tests is every English message between ⟦ and ⟧: so a text that bypasses the
catalogue is seen, whatever the translator has finished.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from tests.browser.cases import DETAILS, ORDINARY, Answers
from tests.meeting_requests.fakes import (
    KEYRING,
    NOW,
    ROOT,
    FakeStore,
    a_draft,
    context,
    directory,
    fields,
    library,
)
from tests.web.page_checks import CLOSE, OPEN
from tests.web.practitioner import Practitioner, iso_day
from webapp.adapters.files import FolderMailer
from webapp.bootstrap import Services, life_of
from webapp.meeting_requests.acknowledge_links import AcknowledgeLinks
from webapp.meeting_requests.drafts import seal_draft
from webapp.meeting_requests.saved_details import save_details
from webapp.messages.attachments import Attacher
from webapp.messages.catalogue import extract, read_catalogue
from webapp.messages.envelope import Sender
from webapp.messages.language import Language, languages
from webapp.messages.rendering import Renderer
from webapp.procedures.walking import walk
from webapp.settings import Settings
from webapp.web import create_app
from webapp.web.languages import WORDS


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

    def practitioner(
        self, lang: str = "en", procedure: str = "adult", **options: Any
    ) -> Practitioner:
        client = self.app.test_client(**options)
        return Practitioner(client, library().procedures[procedure], self.clock.now.date(), lang)

    def at_recommendation(
        self, lang: str, case: Answers, procedure: str = "adult", **details: Any
    ) -> Practitioner:
        """Somebody who has answered all of `case`, without the pages in between."""
        practitioner = self.practitioner(lang, procedure)
        answers = answers_of(case, self.clock.now.date(), procedure)
        journey = walk(practitioner.procedure, answers, context(self.clock.now))
        draft = a_draft(journey.answers(), lang, procedure)
        sealed = seal_draft(draft, KEYRING, practitioner.procedure, now=self.clock.now)
        practitioner.client.set_cookie(f"draft-{draft.id}", sealed)
        if details:
            now = self.clock.now
            save_details(draft, details, practitioner.procedure, self.store, now)
        words = WORDS[lang]
        return practitioner.get(f"/{lang}/{words['journey']}/{draft.id}/{words['recommendation']}")

    def at_question(self, lang: str, question_id: str) -> Practitioner:
        """Somebody who has answered an ordinary case up to this question."""
        case = dict(ORDINARY)
        order = list(library().procedures["adult"].questions)
        for later in order[order.index(question_id) :]:
            case.pop(later, None)
        practitioner = self.at_recommendation(lang, case)
        assert question_id in [question.id for question in practitioner.asked()]
        return practitioner.get(practitioner.path.partition("?")[0])

    def at_check(
        self, lang: str, case: Answers = ORDINARY, procedure: str = "adult", **changes: Any
    ) -> Practitioner:
        """Somebody who has given every detail as well; `changes` by field id."""
        details = every_detail(lang, procedure) | changes
        practitioner = self.at_recommendation(lang, case, procedure, **details)
        chosen = {each.id for each in fields().fields.values() if each.options}
        practitioner.personal |= {
            value
            for field, value in details.items()
            if isinstance(value, str) and field not in chosen
        }
        path = practitioner.path.rsplit("/", 1)[0]
        return practitioner.get(f"{path}/{WORDS[lang]['check']}")


def number_of(section_id: str) -> int:
    """The number of a page of details, which is its address."""
    return [section.id for section in fields().sections].index(section_id) + 1


def answers_of(case: Answers, today: date, procedure: str = "adult") -> dict[str, Any]:
    """A case as a draft keeps it: its days become dates."""
    questions = library().procedures[procedure].questions
    return {
        question: iso_day(answer, today)
        if question in questions and questions[question].kind.is_date
        else answer
        for question, answer in case.items()
    }


def every_detail(lang: str, procedure: str = "adult") -> dict[str, Any]:
    """What the practitioner of each language types, and something for whatever is left."""
    others = {
        field.id: field.options[0].id if field.options else "rhywbeth"
        for field in fields().of(procedure).fields.values()
        if not field.optional and field.kind in ("one", "text", "long-text", "name")
    }
    return others | dict(DETAILS[lang])


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


class CompiledTemplates(BytecodeCache):
    """Each template is compiled once in a run: every test has an app of its own."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()


@pytest.fixture(scope="session")
def speech(translations: Path) -> dict[str, Language]:
    return languages(translations)


@pytest.fixture(scope="session")
def renderer(speech: dict[str, Language]) -> Renderer:
    return Renderer(library(), fields(), speech)


@pytest.fixture
def make_world(
    translations: Path, speech: dict[str, Language], renderer: Renderer, tmp_path: Path
) -> Callable[..., World]:
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
        store, clock = FakeStore(), Clock()
        services = Services(
            library=library(),
            directory=directory(),
            fields=fields(),
            languages=speech,
            renderer=renderer,
            sender=Sender(settings.mail_from, speech, AcknowledgeLinks(settings.origin, KEYRING)),
            attach=Attacher(library(), fields(), speech, settings.origin),
            store=store,
            mailer=FolderMailer(settings.mail_folder, loopback=True),
            keyring=KEYRING,
            clock=clock,
            draft_life=life_of(settings),
        )
        app = create_app(services, settings)
        app.jinja_env.bytecode_cache = TEMPLATES
        return World(app, services, store, clock, settings)

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
