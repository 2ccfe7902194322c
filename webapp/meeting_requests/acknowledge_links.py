"""The link by which a duty officer acknowledges, and the form behind it; neither is stored.

A link follows from a key of the keyring, the reference of the dispatch and the address that its
mail goes to: it opens that one dispatch, for that purpose, as long as the dispatch is kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from webapp.meeting_requests.model import Dispatch, Submitted
from webapp.meeting_requests.references import ALPHABET
from webapp.meeting_requests.sealing import (
    CannotOpen,
    Keyring,
    derive,
    from_text,
    seal_with,
    to_text,
    unseal_with,
)

WORDS = {"cy": "cadarnhau", "en": "confirm"}  # of the page's address
FORM_LIFE = timedelta(hours=24)
_PURPOSE = "acknowledge link"
_BITS = 128
# reference, which key, proof: the proof ends in a letter or digit, as mail programs like it
_TOKEN = re.compile(
    rf"((CFD-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}})-[1-9])\.([a-z2-7]{{5}})\.([a-z2-7]{{26}})"
)


@dataclass(frozen=True)
class AcknowledgeLinks:
    """Addresses of the acknowledge page, for `Sender`. `origin`: how people reach the service."""

    origin: str
    keyring: Keyring

    def __call__(self, dispatch: Dispatch, lang: str) -> str | None:
        """None for what goes to the requester, or to nobody by mail."""
        if not dispatch.for_team or dispatch.to is None:
            return None
        return f"{self.origin}/{lang}/{WORDS[lang]}/{token_of(dispatch, self.keyring)}"


def token_of(dispatch: Dispatch, keyring: Keyring) -> str:
    """Under the first key; the token names the key, so that others may follow it."""
    key_id = next(iter(keyring))
    return f"{dispatch.reference}.{_name_of(key_id)}.{_proof(keyring[key_id], dispatch)}"


def dispatch_of(
    token: str, keyring: Keyring, find: Callable[[str], Submitted | None]
) -> tuple[Submitted, Dispatch] | None:
    """What the token opens; None if it was guessed, cut short, or made for something else."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    reference, family, key_name, proof = match.groups()
    keys = [key for key_id, key in keyring.items() if _name_of(key_id) == key_name]
    submitted = find(family) if keys else None
    for dispatch in submitted.dispatches if submitted else ():
        if dispatch.reference == reference and dispatch.for_team:
            right = [hmac.compare_digest(proof, _proof(key, dispatch)) for key in keys]
            return (submitted, dispatch) if submitted and any(right) else None
    return None


def _name_of(key_id: str) -> str:
    """A key id may be any text; this is a piece of an address."""
    return _letters(hashlib.sha256(key_id.encode()).digest())[:5]


def _proof(key: bytes, dispatch: Dispatch) -> str:
    bound_to = f"{dispatch.reference}\n{dispatch.to}".encode()
    digest = hmac.digest(derive(key, _PURPOSE), bound_to, hashlib.sha256)
    return _letters(digest[: _BITS // 8])


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").rstrip("=").lower()


# -- the form ----------------------------------------------------------------------------------


def new_form(token: str, keyring: Keyring, now: datetime) -> str:
    """What a form of this page must carry: it says when the page was first shown."""
    return to_text(seal_with(keyring, str(now.timestamp()).encode(), _form_of(token)))


def form_shown_at(form: str, token: str, keyring: Keyring, now: datetime) -> datetime | None:
    """When the page with this form was shown; None if it was not ours, or too long ago."""
    try:
        shown = float(unseal_with(keyring, from_text(form), _form_of(token)))
    except CannotOpen:
        return None
    at = datetime.fromtimestamp(shown, UTC)
    return at if now - at <= FORM_LIFE else None


def form_id(form: str) -> str:
    """Tells one press of a form from its repetition."""
    return hashlib.sha256(form.encode()).hexdigest()[:32]


def _form_of(token: str) -> str:
    return f"acknowledge form {token}"
