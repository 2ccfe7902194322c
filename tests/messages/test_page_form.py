"""The page part: well formed, said in the right language, and made of what mail programs keep."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from tests.meeting_requests.fakes import DETAILS
from tests.messages.golden.cases import short_mails
from tests.messages.golden.files import FOLDER
from tests.messages.mails import Reader, dispatches
from tests.messages.styles import dropped, found_in
from webapp.meeting_requests.model import Dispatch
from webapp.messages.plain_text import COLUMNS, columns

PAGES = sorted(FOLDER.glob("*.html"))


def test_the_page_part_is_well_formed_accessible_and_styled_inline(adult: Dispatch) -> None:
    page = Reader(adult.mail.html)
    tables = [attributes for tag, attributes in page.tags if tag == "table"]
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert page.open == []
    assert page.tags[0] == ("html", {"lang": "en"})
    assert all(each["role"] == "presentation" for each in tables)
    assert [each["lang"] for each in tables if "lang" in each] == ["en", "cy"]
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))


def test_the_page_part_stays_below_what_mail_programs_cut_off(adult: Dispatch) -> None:
    """Gmail cuts a page at 102 kB; the longest narrative appears once per language."""
    long = dispatches(details=DETAILS | {"concern-what": "gair " * 1_000})[0]

    assert len(adult.mail.html.encode()) < 80_000
    assert len(long.mail.html.encode()) < 102_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_mail_uses_nothing_that_outlook_or_gmail_drop(page: Path) -> None:
    assert found_in(page.read_text(encoding="utf-8")) == []
    assert len(page.read_text(encoding="utf-8").encode()) < 102_000


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="position:absolute">',
        '<p style="margin:0 auto">',
        '<p style="margin-top:-4px">',
        '<p style="padding:8px">',
        '<div style="color:red;display:flex">',
        '<p style="max-width:30px">',
        '<p style="color:rgba(0,0,0,.5)">',
        '<p style="font-size:1.2rem">',
        '<td style="background:url(a.png)">',
        '<p class="big">',
        "<bdi>",
    ],
)
def test_what_they_drop_would_be_noticed(planted: str) -> None:
    closed = f"{planted}</{re.match('<([a-z]+)', planted).group(1)}>"

    assert found_in(closed)
    assert not found_in('<td style="padding:8px"><p style="margin:0;padding:0">Words</p></td>')


@pytest.mark.parametrize("kind", ["receipt", "correction", "withdrawal"])
def test_a_short_mail_has_the_same_form(kind: str) -> None:
    mail = short_mails("child")[kind]
    page = Reader(mail.html)

    assert found_in(mail.html) == []
    assert ("meta", {"name": "color-scheme", "content": "light dark"}) in page.tags
    assert "https://evil.example" not in [attributes.get("href") for _, attributes in page.tags]
    assert max(map(columns, mail.text.splitlines())) <= COLUMNS
    if kind != "receipt":
        assert mail.html.count('<span lang="cy" dir="auto">See https<span>://</span>evil') == 2


def test_everything_on_the_list_says_where_it_comes_from() -> None:
    entries = [each for entries in dropped().values() for each in entries]

    assert len(entries) > 25
    for each in entries:
        assert re.fullmatch(r"(css|html)-[a-z-]+", each["source"]), each
        assert each["dropped"]
        assert each.get("except", {"because": "-"})["because"]


def test_only_outlook_gets_a_width_of_its_own(adult: Dispatch) -> None:
    """It knows no greatest width: a table that no other program reads stands around each half."""
    opened = re.findall(r'<!--\[if mso\]><table [^>]*width="640"[^>]*>', adult.mail.html)

    assert len(opened) == len(adult.languages)
    assert adult.mail.html.count("<!--[if mso]></td></tr></table><![endif]-->") == len(opened)
