"""Whether a pattern of the blacklist fits a letter."""

from __future__ import annotations

from fnmatch import fnmatchcase


def address_fits(pattern: str, address: str) -> bool:
    """An address, or one with stars: ``*@spam.example``; letters large or small are the same."""
    pattern = pattern.strip().lower()
    if pattern.startswith("@"):
        pattern = f"*{pattern}"
    return bool(pattern) and fnmatchcase(address.lower(), pattern.replace("[", "[[]").replace("?", "[?]"))


def text_fits(pattern: str, *texts: str) -> bool:
    """A piece of text anywhere in the subject or the body, large or small letters, any spacing."""
    wanted = " ".join(pattern.casefold().split())
    return bool(wanted) and any(wanted in " ".join(text.casefold().split()) for text in texts)
