"""Signing and encryption with the key that lives outside the database (T28).

Each use has a purpose, and a key is derived for it, so that a signature made for one purpose is
worthless for another.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets as random
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecretUnreadable(Exception):
    """A stored secret was made with another key than the present one."""


def make_key_file(path: Path) -> None:
    """Writes a new key of 256 bits, readable by its owner only; an existing one is left alone."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(random.token_urlsafe(48))


def derived_key(purpose: str) -> bytes:
    """The 256-bit key for one purpose (HKDF, RFC 5869)."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"okno:{purpose}".encode())
    return hkdf.derive(settings.SECRET_KEY.encode())


def sign(purpose: str, *parts: object, length: int = 20) -> str:
    """A short signature of the parts in lower-case letters and digits: ``length`` characters of 5 bits each.

    Base32 survives mail programs that change the case of an address (RFC 4648, section 6).
    """
    text = "\x1f".join(str(part) for part in parts).encode()
    digest = hmac.new(derived_key(purpose), text, hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:length]


def signature_fits(signature: str, purpose: str, *parts: object) -> bool:
    """Whether the signature is the one of these parts; compares in constant time, refuses short ones."""
    if len(signature) < 16 or not signature.isascii():
        return False
    expected = sign(purpose, *parts, length=len(signature))
    return hmac.compare_digest(signature.lower().encode(), expected.encode())


def encrypt(purpose: str, secret: str) -> str:
    """Encrypts and authenticates a secret for storage (AES-256-GCM, random nonce)."""
    nonce = random.token_bytes(12)
    sealed = AESGCM(derived_key(purpose)).encrypt(nonce, secret.encode(), None)
    return base64.b64encode(nonce + sealed).decode()


def decrypt(purpose: str, stored: str) -> str:
    """The secret again; raises ``SecretUnreadable`` when the key is not the one it was stored with."""
    try:
        raw = base64.b64decode(stored, validate=True)
        return AESGCM(derived_key(purpose)).decrypt(raw[:12], raw[12:], None).decode()
    except (InvalidTag, ValueError) as error:  # another key, or cut off and damaged
        raise SecretUnreadable(purpose) from error


def hashed(token: str) -> str:
    """How a random token of 128 bits or more is stored: it cannot be read back."""
    return hashlib.sha256(token.encode()).hexdigest()


def random_token(nbytes: int = 24) -> str:
    """A new random token of letters and digits, safe in a URL."""
    return random.token_urlsafe(nbytes)
