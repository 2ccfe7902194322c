from __future__ import annotations

from typing import Any

import pytest

from tests.meeting_requests.fakes import (
    DETAILS,
    TRUST_ANSWERS,
    FakeStore,
    a_submission,
    fields,
    library,
    recommended,
    renderer,
    submit,
)
from webapp.meeting_requests.contacts import PROCEDURES
from webapp.meeting_requests.detail_checks import validate
from webapp.meeting_requests.details import DetailFields
from webapp.procedures.conditions import Facts, mentions
from webapp.procedures.marked_yaml import parse

ANSWERED = Facts(answers={"raised-by": ("public",), "consent": ("given",)})
HEAD = """
document: details
version: "1"
seen_by: {duty-team: {text: The duty team}, invited: {text: Those invited}}
retention: {with-request: {text: As long as the request}}
purposes: {find-record: {text: The right record is found.}}
choices: {language: [{id: welsh, text: Welsh}]}
procedures:
  adult: &words {title: A, hint: B, decides: {text: C}, link: {text: D, when: {}},
    another: {text: E, details: another-person}, hand_over: {text: F}, again: {text: G}}
  child: *words
  section-5: *words
carried_over: {same-person: [crime], another-person: [crime]}
carried_details: {same-person: [person], another-person: [name], another-alleged: [name]}
receipt: {to: name, keep_off: {name: x}, when: {crime: "yes"}}
answers_in_linked_mail: {section-5: [crime]}
answers_never_in_mail: {adult: [crime]}
flags_in_linked_mail: {section-5: [crime]}
urgent_flags: [urgent]
first_screen:
  about: {adult: [[name]], child: [[name]], section-5: [[name]]}
  linked: {adult: [[name]]}
  caller: [name]
  phone: name
sections:
  - id: person
    title: The person
    fields:
"""
GOOD = """
      - id: name
        kind: name
        text: Name
        purpose: find-record
        seen_by: [duty-team]
        mail: [adult]
        retention: with-request
"""
NAME = "kind: name"
LIST = NAME.replace("name", "record-list") + "\n        parts:\n          - "


def mistakes(text: str) -> list[str]:
    parsed = parse(HEAD + text, "details.yaml")
    return [str(each) for each in validate(parsed.document, "details.yaml")]


def asked(procedure: str = "adult") -> DetailFields:
    """The fields of one procedure's journeys."""
    return fields().of(procedure)


def test_the_shipped_fields_have_no_mistakes() -> None:
    assert mistakes(GOOD) == []
    assert fields().fields


@pytest.mark.parametrize("key", ["purpose", "seen_by", "mail", "retention", "text", "kind"])
def test_a_field_without_its_purpose_readers_mails_and_retention_fails(key: str) -> None:
    lines = [line for line in GOOD.splitlines() if not line.strip().startswith(f"{key}:")]

    (found,) = [each for each in mistakes("\n".join(lines)) if "has no" in each]

    assert f"Field 'name' has no '{key}'." in found
    line = len(HEAD.splitlines()) + 2
    assert found.startswith(f"details.yaml:{line}:")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("mail: [adult]", "mail: [adlut]"), "'adlut' is not a known 'mail'"),
        (("kind: name", "kind: phone"), "has no field that says when it is safe to ring"),
        (("kind: name", "kind: one"), "has no options"),
        (("kind: name", "kind: record-list"), "has no parts"),
        (("kind: name", "kind: name\n        procedures: [chidl]"), "'chidl' is not a known"),
        (("kind: name", "kind: name\n        for: {child: {kind: text}}"), "cannot differ"),
        (("text: Name", "text: Name\n        hnit: x"), "Did you mean 'hint'?"),
        (("text: Name", "text: Name\n        minimum: true"), "Add 'urgent: true'"),
        (("text: Name", "text: Name\n        attached: [dcox]"), "'dcox' is not a known"),
        (("text: Name", "text: Name\n        private: true"), "is private, but enters more"),
        (("text: Name", "text: Name\n        more: true"), "is needed but folded away"),
        (("text: Name", "text: Name\n        attached: [docx]"), "who gets the meeting record"),
        (("purpose: find-record", "purpose: curiosity"), "'curiosity' is not a known 'purpose'"),
        (("purpose: find-record", "purpose: x"), "No field has the purpose 'find-record'"),
        (("kind: name", "kind: one\n        options: langauge"), "'langauge' is not a known"),
        ((NAME, LIST + "{id: a}"), "part 'a' has no 'text'"),
        ((NAME, LIST + "{id: a, text: A, knd: text}"), "Did you mean 'kind'?"),
        ((NAME, LIST + "{id: a, text: A, kind: one}"), "'options' belong to the kind 'one'"),
        ((NAME, LIST + "{id: a, text: A, kind: many}"), "'many' is not a known 'kind'"),
        ((NAME, LIST + "{id: a, text: A, kind: phone}"), "says when it is safe to ring"),
        ((NAME, LIST + "{id: a, text: A, mail: [child]}"), "'child' is not a known 'mail'"),
        ((NAME, "kind: person-list"), "Part 'contact' has no field that says"),
    ],
)
def test_mistakes_are_named_with_a_remedy(change: tuple[str, str], expected: str) -> None:
    assert any(expected in each for each in mistakes(GOOD.replace(*change)))


def test_a_field_that_is_defined_twice_fails() -> None:
    assert any("defined twice" in each for each in mistakes(GOOD + GOOD))


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_phone_number_has_its_safe_contact_on_the_same_page_and_in_the_same_mails(
    procedure: str,
) -> None:
    for section in asked(procedure).sections:
        for phone in (each for each in section.fields if each.kind == "phone"):
            beside = [each for each in section.fields if each.safe_contact_for == phone.id]

            assert beside, phone.id
            assert all(each.mail == phone.mail for each in beside)
            assert all(each.urgent == phone.urgent for each in beside)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_urgent_path_asks_little_and_needs_less(procedure: str) -> None:
    shown = asked(procedure).urgent_fields(Facts())
    needed = {field.id for field in asked(procedure).missing({}, Facts(), urgent=True)}
    where = {"person-where-now"} if procedure != "section-5" else set()

    assert len(shown) <= 25
    assert needed == {"concern-what", "requester-name", "requester-phone"} | where


def test_the_full_path_needs_to_know_whether_a_given_number_is_safe() -> None:
    given = {"person-phone": "029 2018 0991"}

    without = {field.id for field in asked().missing({}, Facts(), urgent=False)}
    with_number = {field.id for field in asked().missing(given, Facts(), urgent=False)}

    assert with_number - without == {"person-phone-safe"}


def test_who_raised_it_is_kept_only_while_the_answers_call_for_it() -> None:
    public = asked().kept(DETAILS, ANSWERED)
    anonymous = asked().kept(DETAILS, Facts(answers={"raised-by": ("anonymous",)}))

    assert public["raised-public"] == "Neighbour Nia Sample"
    assert not [key for key in anonymous if key.startswith("raised-")]
    assert asked().kept({"unknown": "x", "person-name": ""}, ANSWERED) == {}


def public(procedure: str) -> list[str]:
    """The fields that the journey asks only where a member of the public raised the concern."""
    wanted = ("answer", "raised-by", ("public",))
    return [f.id for f in asked(procedure).fields.values() if wanted in [*mentions(f.when)]]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_who_raised_it_of_the_public_is_in_one_mail_and_nowhere_else(procedure: str) -> None:
    named = public(procedure)
    here = asked(procedure).fields.values()

    assert "raised-public" in named
    assert [field.id for field in here if field.private] == named
    for field in (each for each in here if each.private):
        assert field.mail == (procedure,)
        assert not field.in_record
        assert not field.in_json
        assert not field.first


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_one_team_gets_the_mails_of_the_journeys_own_procedure(procedure: str) -> None:
    """So that what is private is in one mail: its meetings go by one authority."""
    tree = library().procedures[procedure]
    own = [each.authority for each in tree.meetings if each.procedure == procedure]

    assert own
    assert len(set(own)) == 1


def test_who_raised_it_of_the_public_reaches_one_mail_of_two() -> None:
    given = {key: f"{key} secret" for key in public("adult")} | {"raised-public-phone": "0123 987"}
    sent = submit(a_submission(details=DETAILS | given), FakeStore(), renderer().render)

    adult, section_5 = (f"{each.mail.text}{each.mail.html}" for each in sent.dispatches)
    assert all(value in adult for value in given.values())
    assert not [value for value in given.values() if value in section_5]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_part_of_an_entry_goes_nowhere_that_its_field_does_not(procedure: str) -> None:
    lists = [each for each in asked(procedure).fields.values() if each.parts]
    here = asked(procedure)

    assert lists
    for field in lists:
        assert {field.purpose} <= set(here.purposes)
        assert {field.retention} <= set(here.retention)
        assert field.seen_by
        for part in field.parts:
            assert part.mail
            assert set(part.mail) <= set(field.mail)
            assert set(part.attached) <= set(field.attached)


def test_what_another_worker_does_is_for_the_designated_officer_alone() -> None:
    others = asked().fields["alleged-others"]
    both = {part.id for part in others.parts_for("section-5")}

    assert both - {part.id for part in others.parts_for("adult")} == {"post", "employer"}


def test_grounds_that_the_answers_know_are_chosen_at_first() -> None:
    facts = recommended(TRUST_ANSWERS | {"capacity": "lacks"}).journey.facts

    assert asked().fields["consent-exceptions"].prefilled(facts) == [
        "capacity",
        "staff-implicated",
        "crime",
    ]
    assert asked().fields["consent-exceptions"].prefilled(Facts()) == []


@pytest.mark.parametrize(("procedure", "most"), [("adult", 15), ("child", 18), ("section-5", 13)])
def test_little_is_needed_and_what_is_rare_is_folded_away(procedure: str, most: int) -> None:
    rare = [each for each in asked(procedure).fields.values() if each.more]

    assert len(asked(procedure).missing({}, Facts(), urgent=False)) <= most
    assert rare
    assert not [each.id for each in rare if not each.optional]


def test_details_of_another_shape_are_left_behind() -> None:
    old = {"concern-others": "Two neighbours", "invitees": ["x"], "person-name": ["x"]}

    assert asked().kept(old, ANSWERED) == {}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_no_way_to_reach_anybody_is_in_the_meeting_record(procedure: str) -> None:
    for field in asked(procedure).fields.values():
        assert field.in_json or field.private
        if field.kind in ("phone", "email") or field.safe_contact_for:
            assert not field.in_record, field.id


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_member_of_the_public_and_the_employer_are_each_in_one_mail_only(procedure: str) -> None:
    for field in asked(procedure).fields.values():
        if field.id.startswith("raised-public"):
            assert field.mail == (procedure,)
        if field.id in ("alleged-post", "alleged-employer", "alleged-aware"):
            assert field.mail == ("section-5",)


def test_conditions_name_questions_options_and_flags_of_the_trees() -> None:
    for procedure, tree in library().procedures.items():
        flags = {flag.id for flag in tree.flags}
        for field in asked(procedure).fields.values():
            for kind, question, ids in mentions(field.when):
                known: Any = flags
                if kind == "answer":
                    known = tree.questions[question].choices
                assert set(ids) <= set(known), (procedure, field.id)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_procedure_asks_who_what_and_the_requester(procedure: str) -> None:
    here = asked(procedure)

    assert {"concern-what", "person-name", "alleged-name", "requester-phone"} <= set(here.fields)
    assert here.mails_answer("crime", procedure)
    assert not [each for each in here.fields.values() if "own" in each.mail]


def test_the_words_of_one_procedure_are_its_own() -> None:
    child = asked("child")

    assert child.fields["person-where-now"].text.english == "Where is the child now?"
    assert child.fields["person-where-now"].text.context.endswith("for.child")
    assert "other-children" in child.fields
    assert "other-children" not in asked().fields
    assert "consent-said" not in child.fields
    assert asked("section-5").fields["alleged-post"].when == ("all",)


def test_what_may_be_in_a_mail_names_questions_and_flags_of_the_trees() -> None:
    trees = library().procedures.values()
    known = {question for tree in trees for question in tree.questions}
    flags = {flag.id for tree in trees for flag in tree.flags}
    lists = (
        asked().answers_in_linked_mail,
        asked().answers_never_in_mail,
        asked().carried_over,
    )

    assert {each for named in lists for listed in named.values() for each in listed} <= known
    assert {each for listed in asked().flags_in_linked_mail.values() for each in listed} <= flags
    assert set(asked().urgent_flags) <= flags


def test_a_linked_mail_shows_only_what_it_needs() -> None:
    assert asked().mails_answer("capacity", "adult")
    assert not asked().mails_answer("capacity", "child")
    assert not asked().mails_answer("capacity", "section-5")
    assert not asked().mails_answer("employer-knows", "adult")


def test_browsers_are_asked_to_remember_only_the_requester() -> None:
    remembered = [each.id for each in asked().fields.values() if each.autocomplete]

    assert remembered
    assert all(each.startswith("requester-") for each in remembered)


def test_a_section_shows_what_the_journey_calls_for() -> None:
    facts = recommended(TRUST_ANSWERS).journey.facts
    alleged, raised = asked().section("alleged"), asked().section("raised-by")

    assert alleged
    assert raised
    assert "alleged-employer" in [each.id for each in asked().shown(alleged, facts)]
    assert "alleged-employer" not in [each.id for each in asked().shown(alleged, Facts())]
    assert "raised-professional" not in [each.id for each in asked().shown(raised, facts)]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("same-person: [person]", "same-person: [persons]"),
        ("to: name", "to: nam"),
        ("keep_off: {name: x}", "keep_off: {nam: x}"),
    ],
)
def test_a_list_that_names_no_field_and_no_section_is_a_mistake(right: str, wrong: str) -> None:
    parsed = parse(HEAD.replace(right, wrong) + GOOD, "details.yaml")

    (found,) = validate(parsed.document, "details.yaml")
    assert "neither a field nor a section" in str(found)


def test_the_first_screen_of_a_mail_names_fields_that_there_are() -> None:
    parsed = parse(HEAD.replace("phone: name", "phone: nam") + GOOD, "details.yaml")

    (found,) = validate(parsed.document, "details.yaml")
    assert "names 'nam', which is no field." in str(found)
