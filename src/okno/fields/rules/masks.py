"""Patterns that people can write and that take no longer than the text: one sign for each character (T16).

``9`` stands for a digit, ``A`` for a letter, ``*`` for either; every other sign stands for itself. A free regular
expression would be another thing to learn, and one can be written that never ends.
"""

from __future__ import annotations

LONGEST_MASK = 60
_MARKS = "9A*"


def is_mask(text: str) -> bool:
    """Whether it asks for anything beside its own characters."""
    return 0 < len(text) <= LONGEST_MASK and text.isprintable() and any(sign in _MARKS for sign in text)


def fits_mask(mask: str, text: str) -> bool:
    """Whether each character of the text is what the sign at its place asks for."""
    return len(mask) == len(text) and all(_fits(*pair) for pair in zip(mask, text, strict=True))


def _fits(sign: str, letter: str) -> bool:
    match sign:
        case "9":
            return letter in "0123456789"
        case "A":
            return letter.isalpha()
        case "*":
            return letter.isalpha() or letter in "0123456789"
    return sign == letter
