"""Hours as people write them: "9:00-13:00, 14-18", an end of 24:00 for midnight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time
from itertools import pairwise

from okno.calendars.rules.schedule import Interval

Hours = list[list[str]]
"""The intervals of a day as they are stored: pairs such as ``["09:00", "18:00"]``, in their order."""

MINUTES = 1440
MOST = 12
"""Intervals of one day; nobody's day has more, and a page must hold them."""

_TIME = re.compile(r"([01]?[0-9]|2[0-4])(?:[:.h]?([0-5][0-9]))?")
_PART = re.compile(r"[\s,;]+")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")


class HoursMistake(ValueError):
    """Hours that cannot be: ``kind`` is unreadable, backwards, overlap or too_many, ``text`` the part meant."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"{kind}: {text}")
        self.kind, self.text = kind, text


def read_time(text: str) -> int:
    """Minutes since midnight of what was written: 9, 9:05, 0905, 9.05; 24:00 is the end of the day."""
    match = _TIME.fullmatch(text.strip())
    minutes = int(match[1]) * 60 + int(match[2] or 0) if match else MINUTES + 1
    if minutes > MINUTES:
        raise HoursMistake("unreadable", text.strip()[:40])
    return minutes


def written(minutes: int) -> str:
    """Minutes since midnight as they are stored and shown: 09:05, 24:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def check_day(pairs: Iterable[Sequence[str]]) -> Hours:
    """The intervals of a day in order, each well written; raises ``HoursMistake`` for what cannot be."""
    found: list[tuple[int, int]] = []
    for begin, end in pairs:
        first, last = read_time(begin), read_time(end) or MINUTES
        if first >= last:
            raise HoursMistake("backwards", f"{written(first)}-{written(last)}")
        found.append((first, last))
    found.sort()
    for (_first, before), (after, last) in pairwise(found):
        if after < before:
            raise HoursMistake("overlap", f"{written(after)}-{written(last)}")
    if len(found) > MOST:
        raise HoursMistake("too_many", str(len(found)))
    return [[written(first), written(last)] for first, last in found]


def read_day(text: str) -> Hours:
    """The intervals of a day from one line of text."""
    parts = [part for part in _PART.split(_DASH.sub("-", text.strip())) if part]
    pairs = []
    for part in parts:
        begin, dash, end = part.partition("-")
        if not dash or not end:
            raise HoursMistake("unreadable", part[:40])
        pairs.append((begin, end))
    return check_day(pairs)


def split_at_midnight(begin: str, end: str) -> tuple[list[str], list[str]]:
    """Work over midnight as two intervals: until the end of the day, and from the beginning of the next."""
    return [written(read_time(begin)), "24:00"], ["00:00", written(read_time(end))]


def day_text(hours: Hours) -> str:
    """The intervals of a day as one line."""
    return ", ".join(f"{begin}-{end}" for begin, end in hours)


def intervals_of(hours: Hours) -> list[Interval]:
    """Stored hours as the arithmetic takes them."""
    return [(_time(begin), _time(end)) for begin, end in hours]


def minutes_of(hours: Hours) -> int:
    """How many minutes of a day are open."""
    return sum((read_time(end) or MINUTES) - read_time(begin) for begin, end in hours)


def _time(text: str) -> time:
    minutes = read_time(text) % MINUTES
    return time(minutes // 60, minutes % 60)
