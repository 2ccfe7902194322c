"""How the tests ask for something else than is recommended."""

from __future__ import annotations

from tests.browser.cases import DETAILS, Answers, case
from tests.web.conftest import World
from tests.web.practitioner import Practitioner
from tests.web.procedure_cases import DETAILS as OTHER_DETAILS
from webapp.meeting_requests.model import REQUEST, Dispatch

PLACES = {"cy": "gwahanol", "en": "departure"}
DETAILS_OF = {"adult": DETAILS, "child": OTHER_DETAILS, "section-5": OTHER_DETAILS}
TRUST = case(crime="yes", position_of_trust="yes", setting=["care-home"], implicated=["manager"])


def asking(
    world: World, lang: str, answers: Answers, procedure: str = "adult", number: int = 1
) -> Practitioner:
    practitioner = world.at_recommendation(lang, answers, procedure)
    return practitioner.get(practitioner.link(f"/{PLACES[lang]}/{number}"))


def ask(practitioner: Practitioner, **typed: str) -> Practitioner:
    """The form with some of it filled in; names with underscores."""
    values = {name.replace("_", "-"): value for name, value in typed.items()}
    return practitioner.post(practitioner.path, practitioner.typed() | values)


def person(number: int, role: str, choice: str, reason: str) -> dict[str, str]:
    key = f"person_{number}"
    return {f"{key}_role": role, f"{key}_choice": choice, f"{key}_reason": reason}


def on_page(practitioner: Practitioner, *words: str) -> None:
    for each in words:
        assert each in practitioner.text, each


def sent(world: World, practitioner: Practitioner) -> tuple[Dispatch, ...]:
    """The dispatches to duty teams after sending from the check page."""
    practitioner.submit("send")
    (submitted,) = world.store.requests.values()
    return tuple(each for each in submitted[0].dispatches if each.kind == REQUEST)
