from __future__ import annotations

from jsonschema import Draft202012Validator

from tests.messages.attached_cases import cases, shown_in
from tests.web.conftest import World
from webapp.messages.request_json import request_data


def test_the_schema_is_where_the_data_says_and_may_be_kept(world: World) -> None:
    origin = world.settings.origin
    data = request_data(shown_in(cases()["adult and section 5"]), origin)
    address = data["$schema"]
    assert address.startswith(f"{origin}/")

    answer = world.app.test_client().get(address.removeprefix(origin))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.json["$id"] == address
    assert Draft202012Validator(answer.json).is_valid(data)
    assert not Draft202012Validator(answer.json).is_valid(data | {"more": 1})


def test_a_version_that_does_not_exist_is_not_found(world: World) -> None:
    assert world.app.test_client().get("/schemas/meeting-request/2").status_code == 404


def test_the_page_of_sources_leads_to_it(world: World, lang: str) -> None:
    practitioner = world.practitioner(lang)
    practitioner.get("/cy/ffynonellau" if lang == "cy" else "/en/sources")

    assert practitioner.link("/schemas/") == "/schemas/meeting-request/1"
