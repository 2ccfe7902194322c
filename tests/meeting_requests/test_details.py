from __future__ import annotations

from typing import Any

import pytest

from tests.meeting_requests.fakes import DETAILS, TRUST_ANSWERS, fields, library, recommended
from webapp.meeting_requests.details import validate
from webapp.procedures.conditions import Facts, mentions
from webapp.procedures.marked_yaml import parse

ANSWERED = Facts(answers={"raised-by": ("public",), "consent": ("given",)})
HEAD = """
document: details
version: "1"
seen_by: {duty-team: The duty team}
retention: {with-request: As long as the request}
answers_in_mail: {section-5: [crime]}
answers_never_in_mail: {adult: [crime]}
flags_in_mail: {section-5: [crime]}
urgent_flags: [urgent]
sections:
  - id: person
    title: The person
    fields:
"""
GOOD = """
      - id: name
        kind: name
        text: Name
        purpose: To find the record.
        seen_by: [duty-team]
        mail: [adult]
        retention: with-request
"""


def mistakes(text: str) -> list[str]:
    parsed = parse(HEAD + text, "details.yaml")
    return [str(each) for each in validate(parsed.document, "details.yaml")]


def test_the_shipped_fields_have_no_mistakes() -> None:
    assert mistakes(GOOD) == []
    assert fields().fields


@pytest.mark.parametrize("key", ["purpose", "seen_by", "mail", "retention", "text", "kind"])
def test_a_field_without_its_purpose_readers_mails_and_retention_fails(key: str) -> None:
    lines = [line for line in GOOD.splitlines() if not line.strip().startswith(f"{key}:")]

    (found,) = [each for each in mistakes("\n".join(lines)) if "has no" in each]

    assert f"Field 'name' has no '{key}'." in found
    assert found.startswith("details.yaml:15:")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("mail: [adult]", "mail: [adlut]"), "'adlut' is not a known 'mail'"),
        (("kind: name", "kind: phone"), "has no field that says when it is safe to ring"),
        (("kind: name", "kind: one"), "has no options"),
        (("text: Name", "text: Name\n        hnit: x"), "Did you mean 'hint'?"),
        (("text: Name", "text: Name\n        minimum: true"), "Add 'urgent: true'"),
    ],
)
def test_mistakes_are_named_with_a_remedy(change: tuple[str, str], expected: str) -> None:
    assert any(expected in each for each in mistakes(GOOD.replace(*change)))


def test_a_field_that_is_defined_twice_fails() -> None:
    assert any("defined twice" in each for each in mistakes(GOOD + GOOD))


def test_every_phone_number_has_its_safe_contact_on_the_same_page_and_in_the_same_mails() -> None:
    for section in fields().sections:
        for phone in (each for each in section.fields if each.kind == "phone"):
            beside = [each for each in section.fields if each.safe_contact_for == phone.id]

            assert beside, phone.id
            assert all(each.mail == phone.mail for each in beside)
            assert all(each.urgent == phone.urgent for each in beside)


def test_the_urgent_path_asks_little_and_needs_less() -> None:
    asked = fields().urgent_fields(Facts())
    needed = {field.id for field in fields().missing({}, Facts(), urgent=True)}

    assert len(asked) <= 25
    assert needed == {"concern-what", "person-where-now", "requester-name", "requester-phone"}


def test_the_full_path_needs_to_know_whether_a_given_number_is_safe() -> None:
    given = {"person-phone": "029 2018 0991"}

    without = {field.id for field in fields().missing({}, Facts(), urgent=False)}
    with_number = {field.id for field in fields().missing(given, Facts(), urgent=False)}

    assert with_number - without == {"person-phone-safe"}


def test_who_raised_it_is_kept_only_while_the_answers_call_for_it() -> None:
    public = fields().kept(DETAILS, ANSWERED)
    anonymous = fields().kept(DETAILS, Facts(answers={"raised-by": ("anonymous",)}))

    assert public["raised-public"] == "Neighbour Nia Sample"
    assert not [key for key in anonymous if key.startswith("raised-")]
    assert fields().kept({"unknown": "x", "person-name": ""}, ANSWERED) == {}


def test_a_member_of_the_public_and_the_employer_are_each_in_one_mail_only() -> None:
    for field in fields().fields.values():
        if field.id.startswith("raised-public"):
            assert field.mail == ("adult",)
        if field.id in ("alleged-post", "alleged-employer", "alleged-aware"):
            assert field.mail == ("section-5",)


def test_conditions_name_questions_options_and_flags_of_the_tree() -> None:
    adult = library().procedures["adult"]
    flags = {flag.id for flag in adult.flags}

    for field in fields().fields.values():
        for kind, question, ids in mentions(field.when):
            known: Any = adult.questions[question].choices if kind == "answer" else flags
            assert set(ids) <= set(known), field.id


def test_what_may_be_in_a_mail_names_questions_and_flags_of_the_tree() -> None:
    adult = library().procedures["adult"]
    flags = {flag.id for flag in adult.flags}
    questions = [*fields().answers_in_mail.values(), *fields().answers_never_in_mail.values()]

    assert {each for listed in questions for each in listed} <= set(adult.questions)
    assert {each for listed in fields().flags_in_mail.values() for each in listed} <= flags
    assert set(fields().urgent_flags) <= flags


def test_browsers_are_asked_to_remember_only_the_requester() -> None:
    remembered = [each.id for each in fields().fields.values() if each.autocomplete]

    assert remembered
    assert all(each.startswith("requester-") for each in remembered)


def test_a_section_shows_what_the_journey_calls_for() -> None:
    facts = recommended(TRUST_ANSWERS).journey.facts
    alleged, raised = fields().section("alleged"), fields().section("raised-by")

    assert alleged
    assert raised
    assert "alleged-employer" in [each.id for each in fields().shown(alleged, facts)]
    assert "alleged-employer" not in [each.id for each in fields().shown(alleged, Facts())]
    assert "raised-professional" not in [each.id for each in fields().shown(raised, facts)]
