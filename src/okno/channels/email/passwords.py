"""Passwords of mailboxes, encrypted in the database with a key that lives outside of it (T28)."""

from __future__ import annotations

from okno.core import secrets

PURPOSE = "mailbox-password"


def sealed(password: str) -> str:
    """How a mailbox's password is stored; an empty one stays empty."""
    return secrets.encrypt(PURPOSE, password) if password else ""


def opened(stored: str) -> str:
    """The password again; raises ``SecretUnreadable`` when the installation's key has changed."""
    return secrets.decrypt(PURPOSE, stored) if stored else ""
