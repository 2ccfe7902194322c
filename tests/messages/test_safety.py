"""What a mail must not say, and what typed words must not do in it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.meeting_requests.fakes import DETAILS, library
from tests.messages.mails import Reader, dispatches
from webapp.meeting_requests.model import ACK_LINK, Departure, Dispatch


def test_the_section_5_mail_is_kept_apart_from_the_adults(
    adult: Dispatch, section_5: Dispatch
) -> None:
    only_adult = ["Ward 4", "Room 12", "Sore on left hip", "Polish", "Keypad", "Capacity", "Nia"]
    only_section_5 = ["Night care assistant", "Hafod Example Ltd", "Employer knows:"]

    assert [each for each in only_adult if each in section_5.mail.text] == []
    assert [each for each in only_section_5 if each in adult.mail.text] == []
    assert all(each in section_5.mail.text for each in only_section_5)
    assert "Night worker Dai Sample" in adult.mail.text
    assert "Night worker Dai Sample" in section_5.mail.text
    assert "Do not tell the person of concern" in section_5.mail.text


def test_a_member_of_the_public_is_named_in_the_adults_mail_only(
    adult: Dispatch, section_5: Dispatch
) -> None:
    assert "Neighbour Nia Sample" in adult.mail.text
    assert "After 7pm only" in adult.mail.text
    assert "Nia Sample" not in section_5.mail.text + section_5.mail.html


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
