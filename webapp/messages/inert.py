"""What was typed, in a page: shown as it was written, and nothing in it works.

Mail programs turn what looks like an address or a telephone number into a link. Nothing may be
put into the text against that: whoever copies a name has to get the name. So the places that
programs look for (the dot, the @, a digit in the middle) stand in an element of their own, which
splits the word for them and not for a reader. It is known to help in Gmail and Outlook; no
program promises it. The `format-detection` of the template does the same in Apple's.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_LOOKS_LIKE_A_LINK = re.compile(r"\S*\w\.\w\S*|\S*@\S*|\S*://\S*")
_SIGNS = re.compile(r"(?<=.)([.@]|://)(?=.)|^([.@]|://)")
_LOOKS_LIKE_A_NUMBER = re.compile(r"[+(]?\d(?:[ ()./-]{0,2}\d){5,}")


def inert(text: str) -> Markup:
    """The text as markup in which no mail program should find a link; `.text` is unchanged."""
    parts, done = [], 0
    for found in _found(text):
        parts += [escape(text[done : found.start()]), _split(found)]
        done = found.end()
    return Markup("").join([*parts, escape(text[done:])])


def _found(text: str) -> list[re.Match[str]]:
    links = list(_LOOKS_LIKE_A_LINK.finditer(text))
    taken = {at for each in links for at in range(*each.span())}
    numbers = [
        each
        for each in _LOOKS_LIKE_A_NUMBER.finditer(text)
        if taken.isdisjoint(range(*each.span()))
    ]
    return sorted([*links, *numbers], key=lambda each: each.start())


def _split(found: re.Match[str]) -> Markup:
    text = found.group()
    if found.re is _LOOKS_LIKE_A_NUMBER:
        digits = [at for at, each in enumerate(text) if each.isdigit()]
        places = [(at, at + 1) for at in digits[2:-1:3]]
    else:
        places = [each.span() for each in _SIGNS.finditer(text)]
    parts, done = Markup(""), 0
    for start, end in places:
        parts += escape(text[done:start]) + Markup("<span>{}</span>").format(text[start:end])
        done = end
    return parts + escape(text[done:])
