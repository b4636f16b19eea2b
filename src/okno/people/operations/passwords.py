"""First passwords, made by chance and easy to read aloud."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other: i, l, 1, o, 0."""


def first_password() -> str:
    """Four groups of five letters: 98 bits of chance."""
    groups = ["".join(secrets.choice(LETTERS) for _place in range(5)) for _group in range(4)]
    return "-".join(groups)
