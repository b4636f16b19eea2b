"""How times, sizes and names are shown: pure functions over values, by CLDR for a locale and a zone."""

from __future__ import annotations

import zlib
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from math import floor
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal

TINTS = 8
UNITS = ("B", "KB", "MB", "GB", "TB")


UNREADABLE_NARROW = {"uk"}
"""Languages whose narrow units of CLDR are single letters that nobody writes ("5х" for five minutes)."""


def ago(moment: datetime, now: datetime, locale: Locale, *, short: bool = False) -> str:
    """The distance to a moment: "5 minutes ago", "in 3 hours"; short: "5m", "3h" without a direction."""
    return _ago(_coarse(floor((moment - now).total_seconds())), locale, short)


@lru_cache(maxsize=4096)
def _ago(seconds: float, locale: Locale, short: bool) -> str:
    if short:
        form: Literal["short", "narrow"] = "short" if locale.language in UNREADABLE_NARROW else "narrow"
        return format_timedelta(timedelta(seconds=abs(seconds)), threshold=1.0, format=form, locale=locale)
    distance = timedelta(seconds=seconds)
    return format_timedelta(distance, add_direction=True, threshold=1.0, format="long", locale=locale)


def _coarse(seconds: int) -> float:
    """The middle of the half minute, half hour or half day of a distance: its words are the same throughout."""
    size = abs(seconds)
    step = 1 if size < 60 else 30 if size < 3600 else 1800 if size < 86_400 else 43_200
    middle = size // step * step + (step / 2 if step > 1 else 0)
    return middle if seconds >= 0 else -middle


def clock(moment: datetime, now: datetime, locale: Locale, zone: tzinfo) -> str:
    """A moment as briefly as it is clear: "09:12" today, "14 Nov, 09:12" this year, else with the year."""
    return _clock(moment, now.astimezone(zone).date(), locale, zone)


@lru_cache(maxsize=8192)
def _clock(moment: datetime, today: date, locale: Locale, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    time = format_time(local, "short", locale=locale)
    if local.date() == today:
        return time
    if local.year == today.year:
        return f"{day(local, locale)}, {time}"
    return f"{format_date(local, 'medium', locale=locale)}, {time}"


def day(moment: datetime, locale: Locale) -> str:
    """A day and a short month in the order of the language: "14 Nov", "14 лист."."""
    return format_skeleton("MMMd", moment, locale=locale)


@lru_cache(maxsize=8192)
def full(moment: datetime, locale: Locale, zone: tzinfo) -> str:
    """A moment with nothing left out, for the title of a short one."""
    return format_datetime(moment, "full", tzinfo=zone, locale=locale)


def size(count: int, locale: Locale) -> str:
    """Bytes as people say them: "812 B", "212 KB", "1.4 MB"; a kilobyte has 1024 bytes."""
    amount, unit = float(count), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    pattern = "#,##0.0" if unit >= 2 and amount < 100 else "#,##0"
    return f"{format_decimal(amount, pattern, locale=locale)} {UNITS[unit]}"


def initials(name: str) -> str:
    """The letters of an avatar: of the first and the last word, or two of a single one."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[-1][0]).upper()


def tint(key: object) -> str:
    """The class that colours an avatar: the same person has the same colour everywhere."""
    return f"tint-{zlib.crc32(str(key).encode()) % TINTS}"
