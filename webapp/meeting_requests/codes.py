"""Resume codes, and what is derived from them: a draft's id, and the key of its details.

The server keeps neither code nor key.
"""

from __future__ import annotations

import re
import secrets

from webapp.meeting_requests.sealing import derive

CODE_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_CODE_LENGTH = 20  # of 5 bits each: 100 bits
_TYPED_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """100 random bits as five groups of four: 7K3M-9PXA-…"""
    characters = "".join(secrets.choice(CODE_CHARACTERS) for _ in range(_CODE_LENGTH))
    return shown_code(characters)


def parse_code(typed: str) -> str | None:
    """The resume code meant by what was typed, or None if it cannot be one."""
    kept = re.sub(r"[\s\-–—]", "", typed.upper()).translate(_TYPED_AS)
    if len(kept) != _CODE_LENGTH or any(each not in CODE_CHARACTERS for each in kept):
        return None
    return shown_code(kept)


def draft_id(code: str) -> str:
    """Ten lower-case characters, fit for a URL; the code cannot be found from them."""
    derived = derive(_secret(code), "draft id", 10)
    return "".join(CODE_CHARACTERS[byte % 32] for byte in derived).lower()


def details_key(code: str) -> bytes:
    """The key under which the details of the draft with this resume code are stored."""
    return derive(_secret(code), "draft details")


def is_draft_id(text: str) -> bool:
    return len(text) == 10 and all(each.upper() in CODE_CHARACTERS for each in text)


def _secret(code: str) -> bytes:
    """The 100 bits of a resume code. Raises ValueError if it is not one."""
    parsed = parse_code(code)
    if parsed is None:
        raise ValueError("This is not a resume code.")
    return parsed.encode("ascii")


def shown_code(characters: str) -> str:
    """In groups of four, as people copy it."""
    return "-".join(characters[at : at + 4] for at in range(0, len(characters), 4))
