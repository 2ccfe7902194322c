"""What stays of a departure: beside the list of invitees, after another answer, in each mail."""

from __future__ import annotations

from typing import Any

from tests.browser.cases import SIMPLE
from tests.web.conftest import World, number_of
from tests.web.departing import PLACES, ask, asking, on_page, person, sent
from tests.web.practitioner import WORDS
from tests.web.procedure_cases import CHILD, CHILD_MANY

# -- back again ----------------------------------------------------------------------------


def test_the_form_begins_with_what_is_asked_for_and_takes_it_back(world: World, lang: str) -> None:
    practitioner = asking(world, lang, SIMPLE)
    page = practitioner.path
    typed = {"mode": "face-to-face", "mode_reason": "Yn fyddar"}
    ask(practitioner, **typed, **person(1, "police", "required", "Cyllell"))

    practitioner.get(page)
    assert practitioner.typed()["mode"] == ["face-to-face"]
    assert practitioner.typed()["person-1-role"] == ["police"]
    assert practitioner.typed()["person-2-role"] == [""]

    ask(practitioner, mode="", mode_reason="")
    assert "Yn fyddar" not in practitioner.text
    on_page(practitioner, "Cyllell")


def test_what_another_answer_has_made_the_recommendation_is_no_departure(world: World) -> None:
    practitioner = asking(world, "en", SIMPLE)
    recommendation = practitioner.path.replace("departure/1", "recommendation")
    ask(practitioner, **person(1, "police", "required", "There was a knife"))
    crime = practitioner.procedure.questions["crime"]

    practitioner.get(
        recommendation.replace("recommendation", f"{crime.code}?change=recommendation")
    )
    practitioner.answer(crime="yes")

    assert "There was a knife" not in practitioner.text


def test_an_invitation_of_somebody_kept_away_since_becomes_a_question(world: World) -> None:
    practitioner = asking(world, "en", SIMPLE | {"agencies-involved": ["provider"]})
    recommendation = practitioner.path.replace("departure/1", "recommendation")
    ask(practitioner, **person(1, "provider", "required", "They know her"))
    on_page(practitioner, "Recommended: Expected")
    trust = practitioner.procedure.questions["position-of-trust"]

    practitioner.get(
        recommendation.replace("recommendation", f"{trust.code}?change=recommendation")
    )
    practitioner.answer(position_of_trust="yes")
    practitioner.get(recommendation)

    on_page(practitioner, "The chair is asked to invite them", "They know her")


def test_a_list_of_invitees_that_invites_somebody_again_takes_the_departure_back(
    world: World, lang: str
) -> None:
    practitioner = asking(world, lang, SIMPLE)
    recommendation = practitioner.path.replace(f"{PLACES[lang]}/1", "")
    ask(practitioner, **person(1, "police", "removed", "Gwybod yn barod"))
    shown = practitioner.path
    invitees = f"{recommendation}{WORDS[lang]['details']}/{number_of('invitees')}"

    practitioner.get(invitees)
    assert practitioner.typed()["invitees-police-remove"] == ["1"]
    practitioner.submit(**{"invitees-police-remove": None, "invitees-police-name": "PC 1234"})

    practitioner.get(shown)
    assert "Gwybod yn barod" not in practitioner.text


def test_whom_the_page_invites_again_is_not_left_out_of_the_list(world: World, lang: str) -> None:
    practitioner = asking(world, lang, SIMPLE)
    page = practitioner.path
    base = page.replace(f"{PLACES[lang]}/1", "")
    ask(practitioner, **person(1, "police", "removed", "Gwybod yn barod"))
    shown = practitioner.path
    invitees = f"{base}{WORDS[lang]['details']}/{number_of('invitees')}"
    practitioner.get(invitees).submit()
    practitioner.get(shown)
    assert practitioner.text.count("Gwybod yn barod") == 1, "one list, once"

    practitioner.get(page)
    ask(practitioner, person_1_role="", person_1_choice="", person_1_reason="")

    assert "Gwybod yn barod" not in practitioner.text
    practitioner.get(invitees)
    assert "invitees-police-remove" not in practitioner.typed()


# -- invitees, and what is missing -----------------------------------------------------------


def invitee(role: str = "", **changes: str) -> dict[str, str]:
    empty = dict.fromkeys(("role", "title", "name", "contact", "change", "reason"), "")
    return empty | {"role": role} | changes


def test_the_list_of_invitees_is_listed_with_the_rest(world: World, lang: str) -> None:
    people: list[Any] = [
        invitee("police", change="removed", reason="Gwybod yn barod"),
        invitee(title="Nyrs", name="Ann Dychmygol", change="added", reason="Gwelodd hi’r clwyf"),
    ]
    practitioner = world.at_check(lang, SIMPLE, invitees=people)

    asked = practitioner.text.index("What you ask for differently")
    for words in ("Gwybod yn barod", "Nyrs, Ann Dychmygol", "Gwelodd hi’r clwyf"):
        assert practitioner.text.index(words) > asked
    practitioner.get(practitioner.link("change=check"))
    assert practitioner.status == 200


def test_three_people_named_and_no_police_still_says_so(world: World, lang: str) -> None:
    people: list[Any] = [
        invitee("social-services-manager", name="A"),
        invitee("social-worker", name="B"),
        invitee("health", name="C"),
    ]
    practitioner = world.at_check(lang, CHILD, "child", invitees=people)

    on_page(practitioner, "Needed, and still missing", "There is no name or contact yet.")
    (child,) = sent(world, practitioner)
    words = " ".join(child.mail.text.split())
    assert "Ask the police for an officer with child protection responsibility" in words
    assert "Ask the health board" not in words


def test_nothing_is_missing_where_everybody_is_named(world: World) -> None:
    people: list[Any] = [invitee("police", contact="029 2018 0994"), invitee("health", name="C")]

    practitioner = world.at_check("en", CHILD, "child", invitees=people)

    assert "still missing" not in practitioner.text


def test_each_team_sees_what_is_asked_of_its_own_meeting(world: World) -> None:
    practitioner = world.at_check("en", CHILD_MANY, "child")
    base = practitioner.path.rsplit("/", 1)[0]
    practitioner.get(f"{base}/recommendation")
    numbers = [
        number
        for number in range(1, 9)
        if any(f"departure/{number}" in (a.get("href") or "") for a in practitioner.tree.iter("a"))
    ]
    for number in numbers:
        practitioner.get(f"{base}/departure/{number}")
        chair = {"chair": "other", "chair_who": "Jo Sample"}
        ask(practitioner, **chair, chair_reason=f"Reason of meeting {number}.")

    practitioner.get(f"{base}/check")
    dispatches = sent(world, practitioner)

    assert len(dispatches) > 1
    (submitted,) = world.store.requests.values()
    meetings = [each["id"] for each in submitted[0].request.recommendation["en"]["meetings"]]
    for each in dispatches:
        for number, meeting in enumerate(meetings, 1):
            inside = f"Reason of meeting {number}." in " ".join(each.mail.text.split())
            assert inside == (meeting in each.meetings), (each.procedure, meeting)
