"""The mark by which an installation knows the letters that it sent itself (T6)."""

from __future__ import annotations

from okno.core import secrets

HEADER = "X-Okno-Loop"
"""The header that every letter of ours carries."""


def mark() -> str:
    """This installation's own value of the header; another installation cannot know or make it."""
    return secrets.sign("installation", length=24)


def is_ours(values: list[str]) -> bool:
    """Whether one of the header's values was made by this installation."""
    return any(secrets.signature_fits(value.strip(), "installation") for value in values)
