"""No English on a Welsh page, title or mail; no Welsh on an English one.

Strict on purpose: a text that is not in the catalogue, or not yet in Welsh, fails here.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.browser.conftest import LANGUAGES, spaced
from tests.browser.practitioner import Response
from tests.browser.tours import Tour

SAME = Path(__file__).parents[2] / "translations" / "same-in-both.txt"
SHORTEST = 12  # characters: shorter texts are names, or words that both languages have
# Words that no Welsh text holds, and none of whose letters make a Welsh word.
ENGLISH = re.compile(
    r"\b(the|and|with|which|should|this|that|you|your|have|must|from|what|when|who|for|of|is|are)\b",
    re.IGNORECASE,
)
WELSH = re.compile(r"\b(yn|yr|y|ac|mae|wedi|gyda|eich|neu|cyfarfod diogelu|nid)\b", re.IGNORECASE)
FOREIGN = {"cy": ENGLISH, "en": WELSH}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What stands in both languages on purpose: a notice, names of documents, addresses.
IN_BOTH = re.compile(
    "|".join(
        (
            r"Not yet approved by a safeguarding lead and a Welsh reviewer\.",
            r"Heb ei gymeradwyo eto gan arweinydd diogelu ac adolygydd Cymraeg\.",
            r"Practice Guidance for Team Managers: Managing Strategy Meetings",
            r"https?://\S+",
        )
    ).replace(" ", r"\s+")  # a mail breaks its lines
)
SPOKEN = ("aria-label", "title", "alt", "placeholder")


class _Reader(HTMLParser):
    """Collects what is seen or read out, but for parts marked as another language."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.open: list[tuple[str, bool]] = []  # tag, and whether its text counts
        self.texts: list[str] = []
        self.page_lang: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.page_lang = given.get("lang")
        counts = self.open[-1][1] if self.open else True
        counts = given["lang"] == self.lang if "lang" in given else counts
        counts = counts and tag not in ("script", "style")
        if counts:
            self.texts += [given[each] or "" for each in SPOKEN if each in given]
        if counts and tag == "input" and given.get("type") in ("submit", "button"):
            self.texts.append(given.get("value") or "")
        if tag not in VOID:
            self.open.append((tag, counts))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and (not self.open or self.open[-1][1]):
            self.texts.append(IN_BOTH.sub("", data))


def read(response: Response, lang: str) -> _Reader:
    reader = _Reader(lang)
    reader.feed(response.html)
    return reader


def pages_of(tour: Tour) -> list[Response]:
    """Every page of the tour with an address in its language, and its mails."""
    own = (f"/{tour.lang}/", *tour.mails)
    pages = [each for each in tour.responses if each.html and not 300 <= each.status < 400]
    return [each for each in pages if each.path.startswith(own)]


@pytest.fixture
def foreign(catalogue: list[tuple[str, str]], lang: str) -> list[str]:
    """Texts of the other language, as patterns: what is put into them may be anything."""
    same = {line.strip() for line in SAME.read_text(encoding="utf-8").splitlines()}
    texts = [en if lang == "cy" else cy for en, cy in catalogue if en not in same and en != cy]
    texts = [spaced(re.sub(r"%\(\w+\)[sd]|%%", "\0", text)) for text in texts]
    longest = [max(text.split("\0"), key=len).strip() for text in texts]
    return [each for each in dict.fromkeys(longest) if len(each) >= SHORTEST]


def test_no_text_of_the_other_language_is_on_a_page(tour: Tour, foreign: list[str]) -> None:
    pages, found = pages_of(tour), {}
    for response in pages:
        text = spaced(" ".join(read(response, tour.lang).texts))
        for each in foreign:
            if each in text:
                found.setdefault(each, f"{response.method} {response.path}")
    print(f"{len(pages)} responses in {tour.lang}, {len(foreign)} texts of the other language")
    assert len(pages) > 200
    assert not found, f"{len(found)} texts:\n" + "\n".join(
        f"{k!r} on {v}" for k, v in found.items()
    )


def test_no_word_of_the_other_language_is_on_a_page(tour: Tour) -> None:
    """Finds what never went through the catalogue."""
    found: dict[str, str] = {}
    for response in pages_of(tour):
        for text in read(response, tour.lang).texts:
            word = FOREIGN[tour.lang].search(text)
            if word:
                around = text[max(0, word.start() - 60) : word.end() + 90]
                found.setdefault(spaced(around), f"{response.method} {response.path}")
    assert not found, f"{len(found)} texts:\n" + "\n".join(
        f"{k!r} on {v}" for k, v in found.items()
    )


def test_every_page_says_its_language(tour: Tour) -> None:
    wrong = [
        f"{each.method} {each.path}: {read(each, tour.lang).page_lang}"
        for each in pages_of(tour)
        if not each.path.startswith("/mailbox") and read(each, tour.lang).page_lang != tour.lang
    ]
    assert not wrong


def test_a_page_with_a_problem_says_so_in_its_title(tour: Tour) -> None:
    first = {"cy": "Gwall: ", "en": "Error: "}[tour.lang]
    refused = [each for each in pages_of(tour) if each.status == 422 and 'id="page"' in each.html]
    assert len(refused) > 30
    wrong = [each.path for each in refused if f"<title>{first}" not in each.html]
    assert not wrong


def test_these_checks_see_what_is_said_and_pass_over_what_is_marked() -> None:
    page = """<html lang="cy"><title>Check this</title><main><h1>Iawn</h1>
    <p lang="en">Not the Welsh <b>either</b></p><input type="submit" value="Send the form">
    <img alt="A picture of the form">, ac wedyn</main></html>"""
    said = read(Response("GET", "/cy/", 200, {}, page), "cy")
    assert said.page_lang == "cy"
    texts = [spaced(each) for each in said.texts]
    assert texts == ["Check this", "Iawn", "Send the form", "A picture of the form", ", ac wedyn"]
    assert [each for each in texts if ENGLISH.search(each)] == texts[:1] + texts[2:4]


@pytest.mark.full  # one worker has to walk through both languages
def test_both_languages_have_the_same_pages(tours: object) -> None:
    assert callable(tours)
    names = [[stop.name for stop in tours(lang).stops] for lang in LANGUAGES]
    assert names[0] == names[1]
