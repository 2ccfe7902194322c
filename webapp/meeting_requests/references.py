"""References that people read to each other on the telephone: CFD-KM7R-T4XP.

Eight characters without look-alikes, every third a digit so that no words form, and the last
a check character: one wrong character, or two that changed places, is noticed. The dispatches
of a request add their number: CFD-KM7R-T4XP-1.
"""

from __future__ import annotations

import re
import secrets

PREFIX = "CFD"
DIGITS = "346789"
LETTERS = "ACDEFHJKMNPRTVWXY"
# 23 characters, a prime number: the weighted sum below then catches every single mistake.
ALPHABET = DIGITS + LETTERS
_LENGTH = 8
# What people type for what they see or hear.
_LOOK_ALIKES = str.maketrans({"B": "8", "G": "6", "U": "V", "O": "D", "0": "D", "Q": "D"})
_TYPED = re.compile(rf"(?:{PREFIX})?([{ALPHABET}]{{{_LENGTH}}})([1-9])?")


def new_reference() -> str:
    """A reference chosen at random; the store refuses one that is taken."""
    body = "".join(
        secrets.choice(DIGITS if position % 3 == 2 else LETTERS) for position in range(_LENGTH - 1)
    )
    return _shown(body + _check_character(body))


def dispatch_reference(reference: str, number: int) -> str:
    return f"{reference}-{number}"


def parse_reference(typed: str) -> str | None:
    """The family reference meant by what was typed, or None if it cannot be one.

    Case, spaces, hyphens, the prefix and a dispatch number do not matter.
    """
    kept = re.sub(r"[\s\-–—.]", "", typed.upper())
    if kept.startswith(PREFIX):
        kept = kept[len(PREFIX) :]
    number = kept[_LENGTH:]
    match = _TYPED.fullmatch(kept[:_LENGTH].translate(_LOOK_ALIKES) + number)
    if match is None:
        return None
    body = match.group(1)
    return _shown(body) if _check_character(body[:-1]) == body[-1] else None


def _check_character(body: str) -> str:
    total = sum(weight * ALPHABET.index(each) for weight, each in enumerate(body, 2))
    return ALPHABET[total % len(ALPHABET)]


def _shown(body: str) -> str:
    return f"{PREFIX}-{body[:4]}-{body[4:]}"
