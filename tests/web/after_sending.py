"""What the tests of the pages after sending share."""

from __future__ import annotations

from typing import Any

from tests.browser.cases import ORDINARY, Answers
from tests.web.conftest import World
from tests.web.practitioner import Practitioner
from webapp.meeting_requests.model import Submitted
from webapp.web.languages import WORDS


def sent_by(world: World, lang: str, case: Answers = ORDINARY, **changes: Any) -> Practitioner:
    """Somebody on the status page of what they have just sent."""
    practitioner = world.at_check(lang, case, **changes)
    return practitioner.get(practitioner.path).submit("send")


def stored(world: World) -> list[Submitted]:
    return [each for each, _key, _content in world.store.requests.values()]


def reference_of(practitioner: Practitioner) -> str:
    return practitioner.path.rsplit("/", 1)[1]


def words_of(practitioner: Practitioner, name: str) -> str:
    return WORDS[practitioner.lang][name]


def change_a_detail(practitioner: Practitioner, **details: str) -> Practitioner:
    """From the check page to the first page of details and back."""
    page = practitioner.path.rsplit("/", 1)[0]
    practitioner.get(f"{page}/{words_of(practitioner, 'details')}/1?change=check")
    typed = {name.replace("_", "-"): value for name, value in details.items()}
    practitioner.personal |= set(details.values())
    return practitioner.submit(**typed)


def open_words(practitioner: Practitioner, page: str) -> Practitioner:
    return practitioner.get(f"{practitioner.path}/{words_of(practitioner, page)}")


def has_form(practitioner: Practitioner, form_id: str) -> bool:
    return any(each.get("id") == form_id for each in practitioner.tree.iter("form"))


def token_of(practitioner: Practitioner) -> str:
    inputs = [each for each in practitioner.tree.iter("input") if each.get("name") == "token"]
    return inputs[0].get("value") or ""
