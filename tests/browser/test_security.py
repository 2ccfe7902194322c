"""No page needs or allows what its policy forbids, and every response is protected.

That no page complains in the console is looked at with the rest, in test_every_page.py.
"""

from __future__ import annotations

import re

from tests.browser.looking import OpenBrowser
from tests.browser.tours import Tour

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style|\sstyle=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]+\son[a-z]+=", re.IGNORECASE),
    "a foreign resource": re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(?!/)", re.I),
    "a javascript address": re.compile(r"(?:href|action)=\"javascript:", re.IGNORECASE),
}


def is_mail(path: str) -> bool:
    """A mail's own part: its styles are inline, because mail programs drop all others."""
    return path.startswith("/mailbox/") and path.endswith("/html")


def test_no_page_holds_an_inline_script_or_style(tour: Tour) -> None:
    found = [
        f"{response.method} {response.path}: {what}"
        for response in tour.responses
        if not is_mail(response.path)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(response.html)
    ]
    assert not found, "\n".join(found)


def test_every_response_is_protected(tour: Tour) -> None:
    found = []
    for response in tour.responses:
        policy = response.headers.get("content-security-policy", "")
        wrong = [name for name, value in HEADERS.items() if response.headers.get(name) != value]
        if "default-src 'none'" not in policy:
            wrong.append("content-security-policy")
        if "unsafe" in policy and not is_mail(response.path):
            wrong.append("unsafe")
        if "no-store" not in response.headers.get("cache-control", ""):
            wrong.append("cache-control")
        found += [f"{response.method} {response.path}: {each}" for each in wrong]
    assert not found, "\n".join(found)


def test_nothing_personal_is_in_an_address(tour: Tour) -> None:
    told = re.compile(r"Lowri|Alice|Dychmygol|Invented|Mair|Carol|01632|1941", re.IGNORECASE)
    assert not [each.path for each in tour.responses if told.search(each.path)]


def test_the_browser_enforces_the_policy(tour: Tour, open_browser: OpenBrowser) -> None:
    """What a page might be tricked into holding does not run."""
    stop = tour.named("recommendation")
    page = open_browser(storage_state=stop.cookies).new_page()
    stop.open(page)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            document.body.setAttribute('style', 'opacity: 0.5');
        }"""
    )
    assert page.evaluate("() => window.ran === undefined")
    assert page.evaluate("() => getComputedStyle(document.body).opacity") == "1"
