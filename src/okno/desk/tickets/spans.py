"""Lengths of time in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from babel import Locale
from babel.units import format_unit

PARTS: tuple[tuple[Literal["day", "hour", "minute"], int], ...] = (
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
)


def span(length: timedelta, locale: Locale) -> str:
    """Two units at most, such as “3 hr 20 min”; less than a minute is said in seconds."""
    rest, words = int(length.total_seconds()), []
    for unit, size in PARTS:
        count, rest = divmod(rest, size)
        if count:
            words.append(format_unit(count, f"duration-{unit}", "short", locale=locale))
    return " ".join(words[:2]) or format_unit(rest, "duration-second", "short", locale=locale)
