"""The table of the privacy page says of every detail why, who sees it, where it goes, how long."""

from __future__ import annotations

import pytest

from tests.meeting_requests.fakes import fields
from tests.web.conftest import World
from tests.web.practitioner import Practitioner

PATHS = {"cy": "/cy/preifatrwydd", "en": "/en/privacy"}


@pytest.fixture
def privacy(world: World, lang: str) -> Practitioner:
    return world.practitioner(lang).get(PATHS[lang])


def rows(page: Practitioner) -> list[list[str]]:
    """The words of the cells of each row."""
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in row]
        for table in page.tree.iter("table")
        for row in table.iter("tr")
    ]


def test_every_detail_has_its_reason_readers_places_and_time(privacy: Practitioner) -> None:
    kept = [each for each in rows(privacy) if len(each) == 5]

    assert len(kept) == len(rows(privacy))
    assert all(all(each) for each in kept)
    assert len(list(privacy.tree.iter("table"))) == len(fields().sections)


def test_it_is_made_of_the_data_that_the_pages_and_mails_are_made_of(world: World) -> None:
    kept = rows(world.practitioner().get(PATHS["en"]))
    named = " ".join(each[0] for each in kept)

    for field in fields().fields.values():
        assert field.short.english in named
        reason = fields().purposes[field.purpose].english
        assert [each for each in kept if field.short.english in each[0] and reason in each[1]]


def test_who_raised_it_of_the_public_goes_in_one_mail_and_no_attachment(world: World) -> None:
    kept = rows(world.practitioner().get(PATHS["en"]))
    (row,) = [each for each in kept if "for social services only" in each[0]]

    assert row[2] == "Who sees it: The duty team"
    assert row[3] == "Where it goes: Only the mail about whoever the request is for"
