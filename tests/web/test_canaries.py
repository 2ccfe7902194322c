"""Everything that can be typed is typed, and then looked for where it must not be."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest

from tests.web.canaries import CASES, everything_recorded, parts_of, sent_by, whole_journey
from tests.web.conftest import World
from webapp.adapters.embedded import SqliteStore


@pytest.mark.parametrize("which", CASES)
def test_nothing_typed_stands_in_an_address_a_log_line_a_header_or_a_file_name(
    make_world: Callable[..., World], lang: str, which: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = make_world()
    caplog.set_level(logging.DEBUG)
    with everything_recorded(world) as seen:
        canaries = whole_journey(world, lang, which)
    assert len(canaries.by_name) > 30
    mails = sent_by(world)
    headers = [
        f"{name}: {value}"
        for mail in mails
        for part in mail.walk()
        for name, value in part.items()
        # whom it goes to: the requester's own receipt has to be addressed
        if name.lower() != "to"
    ]
    own = [value for mail in mails for value in mail.get_all("To", [])]
    asked_for = "requester-email"
    for text in (*seen, *headers, caplog.text, json.dumps(world.store.outbox(), default=str)):
        assert canaries.found_in(text) == [], text
    assert {each for to in own for each in canaries.found_in(to)} <= {asked_for}
    assert any("concern-what" in canaries.found_in(text) for m in mails for _, text in parts_of(m))


@pytest.mark.parametrize("which", CASES)
def test_a_calendar_entry_names_nobody_and_nothing(world: World, lang: str, which: str) -> None:
    canaries = whole_journey(world, lang, which)
    entries = [
        text for mail in sent_by(world) for name, text in parts_of(mail) if name.endswith(".ics")
    ]

    assert entries
    for entry in entries:
        assert canaries.found_in(entry.replace("\r\n ", "").replace("\n ", "")) == []


def test_the_database_keeps_nothing_that_can_be_read(
    make_world: Callable[..., World], lang: str
) -> None:
    world = make_world()
    database = world.settings.database
    database.parent.mkdir(parents=True, exist_ok=True)
    store = SqliteStore(database, world.services.keyring)
    object.__setattr__(world.services, "store", store)
    canaries = whole_journey(world, lang, "adult with Section 5")

    written = b"".join(each.read_bytes() for each in database.parent.glob(database.name + "*"))

    assert len(written) > 10_000
    assert canaries.found_in(written.decode("latin-1")) == []
