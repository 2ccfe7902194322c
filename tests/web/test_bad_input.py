"""Whatever is sent: a clear sentence in the right language, what was typed kept, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.cases import DETAILS, SIMPLE
from tests.web.conftest import World, number_of
from tests.web.practitioner import WORDS, Practitioner

BIDI = "\u202e\u2066"
CONTROLS = "\x00\x07\x1b[2J\x85\u2028"


@pytest.fixture
def at_details(world: World, lang: str) -> Practitioner:
    """On the first page of details."""
    practitioner = world.at_recommendation(lang, SIMPLE)
    return practitioner.get(practitioner.link(f"/{WORDS[practitioner.lang]['details']}"))


@pytest.fixture
def at_a_date(world: World, lang: str) -> Practitioner:
    """On the page that asks when the concern was identified."""
    return world.at_question(lang, "concern-identified")


@pytest.mark.parametrize("value", ["", "perhaps", "yes\r\nX: y", "yes" * 9000, "\x00", "../../etc"])
def test_an_answer_that_is_not_offered_is_refused_in_words(
    practitioner: Practitioner, value: str
) -> None:
    practitioner.start()
    code = practitioner.asked()[0].code

    practitioner.submit(**{code: value})

    assert practitioner.status == 422
    assert len(practitioner.errors()) == 1


def test_what_stands_alone_cannot_be_chosen_with_others(world: World) -> None:
    practitioner = world.at_question("en", "others-at-risk")

    practitioner.answer(others_at_risk=["children", "none"])

    assert practitioner.status == 422
    code = practitioner.asked()[0].code
    assert practitioner.typed()[code] == ["children", "none"]


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "31", "month": "2", "year": "2026"},
        {"day": "29", "month": "02", "year": "2025"},
        {"day": "0", "month": "0", "year": "0000"},
        {"day": "1", "month": "1", "year": "6"},
        {"day": "1 June 2026, nearly", "month": "", "year": ""},
        {"day": "ddoe", "month": "x", "year": "y"},
        {"day": "1", "month": "1", "year": "99999999999999999999"},
        {"day": "١", "month": "²", "year": "½"},
        {"day": "1", "month": "6", "year": ""},
        {"day": "", "month": "", "year": "", "time": "2pm"},
        {"day": "1", "month": "6", "year": "2026", "time": "25:00"},
        {"day": "1", "month": "6", "year": "2026", "time": "half past"},
        {"day": "1", "month": "6", "year": "2126"},
        {"day": "1", "month": "6", "year": "9999"},
        {"day": "1", "month": "6", "year": "2026", "known": "not-known"},
    ],
)
def test_an_impossible_date_is_explained_and_kept(
    at_a_date: Practitioner, typed: dict[str, str]
) -> None:
    code = at_a_date.asked()[0].code

    at_a_date.submit(**{f"{code}-{part}": value for part, value in typed.items()})

    assert at_a_date.status == 422
    assert len(at_a_date.errors()) == 1
    kept = at_a_date.typed()
    for part in ("day", "month", "year", "time"):
        assert kept[f"{code}-{part}"] == [typed.get(part, "")]


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "1", "month": "June", "year": "2026"},
        {"day": "1", "month": "Mehefin", "year": "2026", "time": "2.30yp"},
        {"day": " 01 ", "month": "06", "year": "2026", "time": "14:30"},
        {"day": "1", "month": "6", "year": "2026", "time": "9am"},
        {"known": "not-known"},
    ],
)
def test_a_date_is_taken_in_the_ways_people_write_it(
    at_a_date: Practitioner, typed: dict[str, str]
) -> None:
    code = at_a_date.asked()[0].code

    at_a_date.submit(**{f"{code}-{part}": value for part, value in typed.items()})

    assert at_a_date.status == 200


@pytest.mark.parametrize("names", [[], ["-day"], ["-day", "-day", "-month"], ["", "[]", "-year[]"]])
def test_a_date_form_that_was_taken_apart_is_only_incomplete(
    at_a_date: Practitioner, names: list[str]
) -> None:
    code, token = at_a_date.asked()[0].code, at_a_date.typed()["token"]

    at_a_date.post(at_a_date.path, {"token": token} | {f"{code}{name}": "1" for name in names})

    assert at_a_date.status == 422


def test_text_that_is_too_long_is_kept_and_named(at_details: Practitioner) -> None:
    at_details.submit(**{"concern-what": "ŵ" * 5001})

    assert at_details.status == 422
    assert at_details.typed()["concern-what"] == ["ŵ" * 5001]


@pytest.mark.parametrize("letter", ["ŵ", "’", "漢", "🙂"])
def test_every_field_of_a_page_may_be_full_in_any_script(
    at_details: Practitioner, letter: str
) -> None:
    full = {name: letter * 5000 for name, value in at_details.typed().items() if name != "token"}
    areas = {each.get("name") for each in at_details.form().iter("textarea")}

    at_details.submit(**{name: text for name, text in full.items() if name in areas})

    assert len(areas) == 7
    assert at_details.status != 413


@pytest.mark.parametrize("length", [8_000, 100_001])
def test_a_field_far_too_long_is_named_and_the_others_are_kept(
    at_details: Practitioner, length: int
) -> None:
    at_details.submit(**{"concern-what": "x" * length, "concern-injuries": "Clais ar y fraich"})

    assert at_details.status == 422
    assert len(at_details.typed()["concern-what"][0]) == length
    assert at_details.typed()["concern-injuries"] == ["Clais ar y fraich"]


@pytest.mark.parametrize("unseen", ["\u200d\u2800\u3164", "\U000e0061\ufff9", "\u0302"])
def test_what_cannot_be_seen_does_not_fill_a_required_field(
    at_details: Practitioner, unseen: str
) -> None:
    at_details.fill_details({"concern-what": unseen, "concern-last-incident": "Ddoe"})

    assert at_details.status == 422


def test_a_form_that_is_too_large_is_an_error_page_and_loses_no_answer(
    at_details: Practitioner,
) -> None:
    page = at_details.path

    at_details.submit(**{"concern-what": "x" * 1_000_001})
    assert at_details.status == 413

    at_details.get(page)
    assert at_details.status == 200


@pytest.mark.parametrize("bad", [BIDI, CONTROLS])
def test_characters_that_deceive_are_dropped_without_a_word(
    at_details: Practitioner, bad: str
) -> None:
    at_details.fill_details({"concern-what": f"Un{bad} dau", "concern-last-incident": "Ddoe"})
    assert at_details.status == 200

    section = at_details.path.rsplit("/", 1)[0] + "/1"
    kept = at_details.get(section).typed()["concern-what"][0]
    assert not set(kept) & set(BIDI + CONTROLS.replace("[", "").replace("2", "").replace("J", ""))
    assert kept.startswith("Un")


@pytest.mark.parametrize(
    "text",
    [
        '"><svg onload=alert(1)>',
        "{{ 7*7 }} {% debug %} %(name)s",
        "<b>[link](http://evil.example)</b>",
        "‘dyfyniad’ “quote” O’Brien Llŷr ŵ",
        "\n\n  first line empty",
    ],
)
def test_what_was_typed_is_shown_as_it_was_written(at_details: Practitioner, text: str) -> None:
    at_details.submit(**{"concern-what": text, "concern-last-incident": None})

    assert at_details.status == 422
    assert at_details.typed()["concern-what"] == [text]


def test_typed_text_keeps_its_lines_and_never_becomes_code(world: World) -> None:
    text = "{{ 7*7 }}\n  <script>alert(1)</script>\n%(x)s"

    practitioner = world.at_check("en", **{"concern-what": text})

    pre = "".join(next(practitioner.tree.iter("pre")).itertext())
    assert "{{ 7*7 }}" in pre
    assert "<script>alert(1)</script>" in pre
    assert "49" not in pre.split("What happened")[1][:60]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("requester-email", "a..b@c.example"),
        ("requester-email", "a@b.example\r\nBcc: c@d.example"),
        ("requester-email", "nobody"),
        ("requester-phone", "ring me"),
        ("requester-name", "x" * 201),
    ],
)
def test_a_contact_that_cannot_be_used_is_refused_and_kept(
    at_details: Practitioner, field: str, value: str
) -> None:
    at_details.get(at_details.path.rsplit("/", 1)[0] + f"/{number_of('requester')}")

    at_details.fill_details(DETAILS[at_details.lang] | {field: value})

    assert at_details.status == 422
    assert [each.replace("\r\n", "\n") for each in at_details.typed()[field]] == [
        value.replace("\r\n", "\n")
    ]


def test_a_header_line_break_reaches_no_header(world: World) -> None:
    practitioner = world.at_recommendation("en", SIMPLE)
    practitioner.fill_all(DETAILS["en"] | {"requester-name": "Carol\r\nBcc: evil@x.example"})
    practitioner.submit("send")
    practitioner.get("/mailbox")
    practitioner.get(practitioner.link("/mailbox/"))

    names = [dt.text for dt in practitioner.tree.iter("dt")]
    assert "Bcc:" not in names


@pytest.mark.parametrize("cookie", ["", "x", "k1:" + "A" * 80, "🙂", "a" * 3800])
def test_a_forged_cookie_opens_nothing(world: World, lang: str, cookie: str) -> None:
    practitioner = world.practitioner(lang).start()
    page = practitioner.path
    practitioner.client.set_cookie(f"draft-{practitioner.draft_id}", cookie)

    practitioner.get(page)

    assert practitioner.status == 404
    assert f"/{lang}/" in practitioner.link("resume" if lang == "en" else "ailgydio")


def test_a_cookie_of_another_draft_opens_nothing(world: World) -> None:
    practitioner = world.practitioner().start()
    mine, cookie = (
        practitioner.draft_id,
        practitioner.client.get_cookie(f"draft-{practitioner.draft_id}"),
    )
    practitioner.start()
    other = practitioner.path
    assert cookie is not None
    practitioner.client.set_cookie(f"draft-{practitioner.draft_id}", cookie.value)

    practitioner.get(other)

    assert practitioner.status == 404
    assert mine not in other


@pytest.mark.parametrize("body", [{"a[]": "1"}, {"token": ["x", "y"]}, {}])
def test_a_post_without_the_drafts_token_is_refused(
    practitioner: Practitioner, body: dict[str, Any]
) -> None:
    practitioner.start()

    practitioner.post(practitioner.path, body)

    assert practitioner.status == 403


def test_a_body_that_is_not_a_form_is_refused(practitioner: Practitioner) -> None:
    practitioner.start()

    practitioner._follow(practitioner.client.post(practitioner.path, json={"danger": "no"}))

    assert practitioner.status == 403
