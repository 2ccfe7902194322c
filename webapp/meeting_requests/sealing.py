"""Sealing bytes so that they can be neither read nor changed without the key (AES-256-GCM)."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# key id -> 32 bytes; the first is used for sealing, all for opening.
Keyring = Mapping[str, bytes]

_NONCE = 12


class CannotOpen(Exception):
    """The key is not known, or the text was changed or belongs elsewhere."""


def derive(secret: bytes, purpose: str, length: int = 32) -> bytes:
    """A key or id for one purpose; nothing of `secret` can be learned from it."""
    return HKDF(SHA256(), length, salt=b"cyfarfod", info=purpose.encode()).derive(secret)


def seal(plain: bytes, key: bytes, bound_to: str) -> bytes:
    """`bound_to` is not kept: opening needs the same text again."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(sealed: bytes, key: bytes, bound_to: str) -> bytes:
    """Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def seal_with(keyring: Keyring, plain: bytes, bound_to: str) -> bytes:
    """Sealed with the first key, whose id stands before the seal: `id:`."""
    key_id = next(iter(keyring))
    return key_id.encode() + b":" + seal(plain, keyring[key_id], bound_to)


def unseal_with(keyring: Keyring, sealed: bytes, bound_to: str) -> bytes:
    """Raises CannotOpen."""
    key_id, _, rest = sealed.partition(b":")
    key = keyring.get(key_id.decode("ascii", "replace"))
    if key is None:
        raise CannotOpen
    return unseal(rest, key, bound_to)


def to_text(data: bytes) -> str:
    """URL- and cookie-safe text."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def from_text(text: str) -> bytes:
    """Raises CannotOpen, also for another spelling of the same bytes."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise CannotOpen from error
    if to_text(data) != text:
        raise CannotOpen
    return data
