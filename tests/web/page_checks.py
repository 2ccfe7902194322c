"""What must be true of every page, in either language: the checking client applies it each time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

OPEN, CLOSE = "⟦", "⟧"  # around every message of the test catalogue
FIELDS = {"input", "select", "textarea"}
WRITTEN = ("text", "email", "tel", "search", "url", "number", "date", "password")
SPOKEN = ("aria-label", "title", "alt", "placeholder")
# Words that only English has: none may stand on a Welsh page outside a translated message.
ENGLISH = frozenset(
    {
        *("the", "and", "of", "to", "is", "are", "for", "with", "this", "that", "not", "your"),
        *("you", "error", "warning", "back", "skip", "main", "content", "continue", "change"),
        *("day", "month", "year", "menu", "page", "there", "problem", "answer", "question"),
        *("name", "number"),
    }
)
# A resume code is drawn by lot: now and then one of its groups is an English word.
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4})+")
OWN = ("requester-", "officer-")  # what a requester or a duty officer writes of themself
UNSEEN = {"script", "style", "head"}


def parse(html: str) -> Element:
    """The page as a browser reads it. Raises on any mistake in the HTML."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return tree


def words(element: Element) -> str:
    """What can be read of an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def check_page(path: str, html: str, headers: dict[str, str], personal: set[str]) -> Element:
    """`personal`: values that were typed and may stand in no address."""
    tree = parse(html)
    _check_headers(path, headers)
    _check_language(path, tree)
    _check_headings(tree)
    _check_ids(tree)
    _check_labels(tree)
    _check_autocomplete(tree)
    _check_addresses(tree, personal)
    if path.startswith("/cy/"):
        _check_no_english(tree)
    return tree


def _check_headers(path: str, headers: dict[str, str]) -> None:
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "base-uri 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store", path
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def _check_language(path: str, tree: Element) -> None:
    first = path.split("/")[1]
    if first in ("cy", "en"):
        assert tree.get("lang") == first
    for element in tree.iter():
        # The other language's name is in the other language.
        if element.get("class") == "cyf-toggle" and words(element) in ("Cymraeg", "English"):
            assert element.get("lang") == {"Cymraeg": "cy", "English": "en"}[words(element)]


def _check_headings(tree: Element) -> None:
    headings = [words(each) for each in tree.iter("h1")]
    assert len(headings) == 1, headings
    title = words(next(tree.iter("title"))).replace(OPEN, "").replace(CLOSE, "")
    heading = headings[0].replace(OPEN, "").replace(CLOSE, "")
    wrong = any("error-summary" in each.get("class", "") for each in tree.iter())
    assert title.startswith(f"Error: {heading}" if wrong else heading), title


def _check_ids(tree: Element) -> None:
    ids = Counter(each.get("id") for each in tree.iter() if each.get("id"))
    assert not [name for name, count in ids.items() if count > 1]
    for element in tree.iter():
        for name in (element.get("aria-describedby") or "").split():
            assert name in ids, f"aria-describedby names {name}, which is not there"
        href = element.get("href") or ""
        if href.startswith("#"):
            assert href[1:] in ids, f"{href} leads nowhere"
        if element.get("form"):
            assert element.get("form") in ids


def _check_labels(tree: Element) -> None:
    labelled = {each.get("for") for each in tree.iter("label")}
    for element in tree.iter():
        if element.tag in FIELDS and element.get("type") != "hidden":
            assert element.get("id") in labelled or element.get("aria-label"), element.attrib
        if element.tag in ("button", "a") and not element.get("aria-hidden"):
            assert words(element) or element.get("aria-label"), element.attrib


def _check_autocomplete(tree: Element) -> None:
    """A browser may offer, and learn, only what somebody writes of themself."""
    for element in tree.iter():
        if element.tag == "textarea" or element.get("type") in WRITTEN:
            own = (element.get("name") or "").startswith(OWN)
            assert own or element.get("autocomplete") == "off", element.attrib


def _check_addresses(tree: Element, personal: set[str]) -> None:
    for element in tree.iter():
        for attribute in ("href", "action", "formaction", "src"):
            where = unquote(element.get(attribute) or "").replace("+", " ")
            for value in personal:
                assert value not in where, f"{value} stands in {where}"
            # only documents of others are elsewhere: a form never goes there
            assert attribute == "href" or not where.startswith(("http", "//"))
    assert not [each for each in tree.iter() if each.get("style") or each.get("onclick")]


def _check_no_english(tree: Element) -> None:
    found = {
        word: text
        for text in spoken(tree)
        for word in re.findall(r"[a-zâêîôûŵŷ’']+", CODE.sub("", outside_messages(text)).lower())
        if word in ENGLISH
    }
    assert not found, f"English on a Welsh page: {found}"


def outside_messages(text: str) -> str:
    """What remains without the messages of the catalogue, nested ones too."""
    before = ""
    while text != before:
        before, text = text, re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)
    return text


def spoken(tree: Element) -> Iterator[str]:
    """Every piece of text that is read or heard, except what is marked as the other language
    and what somebody typed."""
    stack = [tree]
    while stack:
        element = stack.pop()
        if (
            element.tag in UNSEEN
            or element.get("lang") == "en"
            or element.tag in ("textarea", "pre")
        ):
            if element.tag == "head":
                yield words(next(element.iter("title")))
            continue
        if element.tag.endswith("}text"):  # in a picture: one text, its lines apart
            yield words(element)
            continue
        # Joined, because a message may hold elements.
        yield (
            words(element)
            if not list(element)
            else "".join([element.text or "", *(child.tail or "" for child in element)])
        )
        for attribute in SPOKEN:
            yield element.get(attribute) or ""
        stack.extend(element)


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
