"""A duty officer at the test client: opens the link of a mail and answers."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from tests.browser.cases import ORDINARY, Answers
from tests.web.conftest import World
from tests.web.practitioner import Practitioner
from webapp.meeting_requests.acknowledge_links import WORDS, token_of
from webapp.meeting_requests.model import Dispatch
from webapp.web.acknowledge import TOO_FAST

NAMES = {"cy": "Llŷr Ŵyn-O’Brien", "en": "D'Arcy <b>Lloyd</b>"}
OWN = {"name": "officer-name", "role": "officer-role"}  # the fields of the page
LINK = re.compile(r"http://localhost/(?:cy|en)/(?:cadarnhau|confirm)/[^\s\"<]+")


def sent(world: World, lang: str = "en", case: Answers = ORDINARY, **changes: Any) -> Practitioner:
    """The requester, on the status page of what they have just sent."""
    return world.at_check(lang, case, **changes).submit("send")


def dispatches(world: World) -> list[Dispatch]:
    """To duty teams; the receipt is not theirs."""
    ((submitted, _key, _content),) = world.store.requests.values()
    return [each for each in submitted.dispatches if each.for_team]


def page_of(world: World, dispatch: Dispatch, lang: str) -> str:
    token = token_of(dispatch, world.services.keyring)
    return f"/{lang}/{WORDS[lang]}/{token}"


def officer(world: World, lang: str = "en", dispatch: Dispatch | None = None) -> Practitioner:
    """On the acknowledge page, which they have had the time to read."""
    somebody = world.practitioner(lang)
    somebody.get(page_of(world, dispatch or dispatches(world)[0], lang))
    world.clock.now += TOO_FAST
    return somebody


def answer(somebody: Practitioner, **said: Any) -> Practitioner:
    typed = {"name": NAMES[somebody.lang], "choice": "have-it"} | said
    return somebody.submit(**{OWN.get(name, name): value for name, value in typed.items()})


def mails(world: World) -> list[EmailMessage]:
    """All mails so far, the newest last."""
    folder: Any = world.services.mailer
    return [folder.read(name) for name in reversed(folder.names())]


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def links_in(text: str) -> list[str]:
    """The acknowledge pages that a text leads to, as paths."""
    return [urlsplit(each).path for each in LINK.findall(text)]
