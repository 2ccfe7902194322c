"""A duty officer in the tour: the page behind the link of a mail, before and after an answer."""

from __future__ import annotations

import re
import time

from tests.browser.practitioner import Practitioner, Response

LINK = re.compile(r'href="https?://[^/"]+(/(?:cy/cadarnhau|en/confirm)/[^"]+)"')
TEAM = re.compile(r'<option value="(W[^"]+)"')
CHOICES = ("have-it", "cannot-act", "wrong-team")
NAME = {"cy": "Llŷr Swyddog", "en": "D’Arcy Lloyd"}
READING = 2.1  # seconds: whoever answers sooner has not read the page


def link_in(html: str) -> str | None:
    """The page that a mail leads to; none in what the requester gets."""
    found = LINK.search(html)
    return found.group(1) if found else None


def say(officer: Practitioner, path: str, choice: str) -> Response:
    """Open the page, read it, answer; who passes it on takes the first team that is offered."""
    page = officer.get(path)
    teams = TEAM.findall(page.html)[:1] if choice == "wrong-team" else [""]
    time.sleep(READING)
    said = {"officer-name": [NAME[officer.lang]], "choice": [choice], "team": teams}
    answered = officer.post(path, page.form().values | said)
    assert answered.status == 200, answered.status
    return answered
