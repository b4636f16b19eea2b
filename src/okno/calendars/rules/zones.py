"""A zone as stretches of time in which its clocks keep one distance to UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from okno.calendars.rules.units import DAY, FIRST_YEAR, LAST_YEAR, SECOND, ZERO, day_number, span_of

STEP = 2 * DAY
"""No zone has ever changed its clocks twice within so short a time; a test asks them all."""

NAIVE_ZERO = ZERO.replace(tzinfo=None)


class UnknownZone(ValueError):
    """There is no zone of this name in the IANA database."""


class Stretch(NamedTuple):
    """From ``start`` to ``end`` (microseconds of UTC) the clocks show UTC and ``offset`` more."""

    start: int
    end: int
    offset: int


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name such as Europe/Kyiv."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise UnknownZone(f"there is no time zone {name!r}") from error


@lru_cache(maxsize=16_384)
def stretches(name: str, year: int) -> tuple[Stretch, ...]:
    """The stretches of a year of UTC, in their order; a zone that never changes its clocks has one.

    Every other day of the year is asked for its offset, and where two neighbours differ the second of the change is
    looked for between them.
    """
    zone, first, last = zone_of(name), _new_year(year), _new_year(year + 1)
    found: list[Stretch] = []
    start, offset = first, _offset(zone, first)
    for probe in (*range(first + STEP, last, STEP), last - 1):
        after = _offset(zone, probe)
        if after != offset:
            change = _change(zone, max(start, probe - STEP), probe)
            found.append(Stretch(start, change, offset))
            start, offset = change, after
    found.append(Stretch(start, last, offset))
    return tuple(found)


def forward(name: str, moment: int) -> Iterator[Stretch]:
    """Stretches from the one that holds the moment onwards; the first one begins at the moment."""
    for year in range(year_of(moment), LAST_YEAR + 1):
        for stretch in stretches(name, year):
            if stretch.end > moment:
                yield stretch if stretch.start >= moment else Stretch(moment, stretch.end, stretch.offset)


def backward(name: str, moment: int) -> Iterator[Stretch]:
    """Stretches before the moment, latest first; the first one ends at the moment."""
    for year in range(year_of(moment), FIRST_YEAR - 1, -1):
        for stretch in reversed(stretches(name, year)):
            if stretch.start < moment:
                yield stretch if stretch.end <= moment else Stretch(stretch.start, moment, stretch.offset)


def year_of(moment: int) -> int:
    """The year of UTC in which the moment lies."""
    return (ZERO + timedelta(days=moment // DAY)).year


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second at which the offset is that of ``after`` and not that of ``before``."""
    old = _offset(zone, before)
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after // SECOND * SECOND


def _offset(zone: ZoneInfo, moment: int) -> int:
    shown = zone.fromutc((NAIVE_ZERO + timedelta(microseconds=moment)).replace(tzinfo=zone))
    offset = shown.utcoffset()
    return span_of(offset) if offset is not None else 0


@lru_cache(maxsize=16_384)
def _new_year(year: int) -> int:
    return day_number(ZERO.date().replace(year=year)) * DAY
