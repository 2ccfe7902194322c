"""The page part: well formed, said in the right language, and made of what mail programs keep."""

from __future__ import annotations

import itertools
import re

from tests.meeting_requests.fakes import DETAILS
from tests.messages.mails import Reader, dispatches
from webapp.meeting_requests.model import Dispatch


def test_the_page_part_is_well_formed_accessible_and_styled_inline(adult: Dispatch) -> None:
    page = Reader(adult.mail.html)
    tables = [attributes for tag, attributes in page.tags if tag == "table"]
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert page.open == []
    assert page.tags[0] == ("html", {"lang": "en"})
    assert all(each["role"] == "presentation" for each in tables)
    assert [each["lang"] for each in tables if "lang" in each] == ["en", "cy"]
    assert not any("class" in attributes for _, attributes in page.tags)
    assert "url(" not in adult.mail.html
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))


def test_the_page_part_stays_below_what_mail_programs_cut_off(adult: Dispatch) -> None:
    """Gmail cuts a page at 102 kB; the longest narrative appears once per language."""
    long = dispatches(details=DETAILS | {"concern-what": "gair " * 1_000})[0]

    assert len(adult.mail.html.encode()) < 80_000
    assert len(long.mail.html.encode()) < 102_000
