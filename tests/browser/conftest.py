"""The real server, on a free port with data of its own, and a real browser.

Each pytest worker has one server, one browser and one walk through the service per language;
the tests look at what that walk met. Two councils' mails are set to one language each here, to
see that no other language gets into them: as shipped, all mails are in both.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser.cases import GWYNEDD, POWYS
from tests.browser.guide import tour_of
from tests.browser.practitioner import Practitioner
from tests.browser.tours import Tour
from webapp.messages.language import Language, languages
from webapp.procedures.library import Library

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LANGUAGES = ("cy", "en")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


# -- the server ----------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """`origin` without a slash at its end; `compiled` and `translations` are what it reads."""

    origin: str
    compiled: Path
    translations: Path
    log: Path


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server")) as place:
        yield place


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """The program as `cyfarfod serve` starts it, with everything it keeps in `folder`."""
    place = Server(
        f"http://127.0.0.1:{_free_port()}",
        folder / "compiled",
        folder / "translations",
        folder / "server.log",
    )
    environment = os.environ | {
        "DATA_FOLDER": str(folder / "data"),
        "KEY_FILE": str(folder / "keys" / "keys.json"),
        "COMPILED_FOLDER": str(place.compiled),
        "TRANSLATIONS_FOLDER": str(place.translations),
    }
    shutil.copytree(ROOT / "translations", place.translations)
    _command("build", environment=environment, check=True)
    _one_language(place.compiled / "contacts.json", {GWYNEDD: "cy", POWYS: "en"})
    with place.log.open("wb") as log:
        process = _command(
            "serve", "--port", place.origin.rpartition(":")[2], environment=environment, log=log
        )
        try:
            _wait_for(process, place)
            yield place
        finally:
            process.terminate()
            process.wait(10)
    written = place.log.read_text(encoding="utf-8")
    assert "Traceback" not in written, written
    assert "ERROR" not in written, written


def _command(
    *arguments: str, environment: dict[str, str], check: bool = False, log: Any = None
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    assert not check or process.wait(60) == 0, f"cyfarfod {' '.join(arguments)} failed"
    return process


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _one_language(contacts: Path, wanted: dict[str, str]) -> None:
    data = json.loads(contacts.read_text(encoding="utf-8"))
    for authority, lang in wanted.items():
        data["authorities"][authority]["mail_language"] = lang
    contacts.write_text(json.dumps(data), encoding="utf-8")


def _wait_for(process: subprocess.Popen[bytes], place: Server) -> None:
    host, port = place.origin.removeprefix("http://").split(":")
    for _attempt in range(200):
        assert process.poll() is None, place.log.read_text(encoding="utf-8")
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("The server did not start")


# -- what it says -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def library(server: Server) -> Library:
    return Library.load(server.compiled)


@pytest.fixture(scope="session")
def speech(server: Server) -> dict[str, Language]:
    return languages(server.translations)


# -- the browser --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = browser_path()
    if path is None and not Path(playwright.chromium.executable_path).exists():
        message = "No Chromium: set CHROMIUM_PATH or install it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


def browser_path() -> str | None:
    """None: the one that Playwright has downloaded, if it has."""
    wanted = os.environ.get("CHROMIUM_PATH")
    return wanted or next(filter(None, map(shutil.which, BROWSERS)), None)


OpenBrowser = Callable[..., BrowserContext]


@pytest.fixture
def open_browser(chromium: Browser, server: Server) -> Iterator[OpenBrowser]:
    """Opens a fresh browser profile; `options` are Playwright's. Closed after the test."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        context = chromium.new_context(base_url=server.origin, **options)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def new_practitioner(
    playwright: Playwright, server: Server, library: Library
) -> Iterator[Callable[[str], Practitioner]]:
    opened = []

    def new(lang: str, cookies: Any = None, procedure: str = "adult") -> Practitioner:
        request = playwright.request.new_context(base_url=server.origin, storage_state=cookies)
        opened.append(request)
        return Practitioner(request, lang, library.procedures[procedure])

    yield new
    for request in opened:
        request.dispose()


@pytest.fixture(scope="session")
def tours(
    new_practitioner: Callable[[str], Practitioner], library: Library
) -> Callable[[str], Tour]:
    """Everything there is to see in a language; walked when first asked for."""
    walked: dict[str, Tour] = {}

    def tour(lang: str) -> Tour:
        if lang not in walked:
            walked[lang] = tour_of(lang, new_practitioner, library)
        return walked[lang]

    return tour


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture
def tour(tours: Callable[[str], Tour], lang: str) -> Tour:
    return tours(lang)


@pytest.fixture(scope="session")
def catalogue(server: Server) -> list[tuple[str, str]]:
    """Every text in English and in Welsh, as the catalogue has them."""
    from babel.messages.pofile import read_po

    path = server.translations / "cy" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        messages = [each for each in read_po(file, locale="cy") if each.id]
    return [pair for message in messages for pair in _pairs(message)]


def _pairs(message: Any) -> list[tuple[str, str]]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(each, strings[0]) for each in ids]


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
