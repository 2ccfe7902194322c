"""Whether the service can be relied on: asked by machines, answered without anything personal."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from babel.support import NullTranslations

from tests.web.conftest import World
from webapp import readiness
from webapp.messages.language import Language


def test_a_process_that_answers_says_so_whatever_else_is_wrong(world: World) -> None:
    world.store.broken = True

    answer = world.app.test_client().get("/health")

    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_ready_when_nothing_is_wrong(world: World) -> None:
    answer = world.app.test_client().get("/health/ready")

    assert (answer.status_code, answer.get_json()) == (200, {"ready": True, "wrong": []})


def test_a_store_that_cannot_be_used_is_named_and_phone_numbers_still_work(world: World) -> None:
    world.store.broken = True

    answer = world.app.test_client().get("/health/ready")

    assert (answer.status_code, answer.get_json()) == (503, {"ready": False, "wrong": ["store"]})
    assert "029 2018 0130" in world.practitioner("cy").get("/cy/ffonio").text


@pytest.mark.parametrize(
    ("now", "wrong"),
    [
        (datetime(2027, 11, 30, 12, tzinfo=UTC), []),
        (datetime(2027, 12, 2, 12, tzinfo=UTC), ["holidays"]),
    ],
)
def test_bank_holidays_are_known_for_thirteen_months(
    world: World, now: datetime, wrong: list[str]
) -> None:
    world.clock.now = now

    assert list(readiness.problems(world.services)) == wrong


def test_a_catalogue_without_welsh_and_a_missing_authority_are_both_named_at_once(
    world: World,
) -> None:
    directory = world.services.directory
    services = replace(
        world.services,
        languages=world.services.languages | {"cy": Language("cy", NullTranslations())},
        directory=replace(directory, authorities=dict(list(directory.authorities.items())[1:])),
    )
    found = readiness.problems(services)

    assert list(found) == ["catalogue", "contacts"]
    assert all("cyfarfod" in each for each in found.values())


def test_asking_writes_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    world.app.test_client().get("/health/ready")
    assert caplog.text == ""
