"""Moments as whole numbers of microseconds since the first of January of the year 1, a Monday.

Whole numbers never round, and a Monday at zero makes weeks plain multiples.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
DAY = 86_400 * SECOND
WEEK = 7 * DAY
ZERO = datetime(1, 1, 1, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 2, 9998
"""Years in which every zone can still be told: one is kept at each end for its offset."""


def number_of(moment: datetime) -> int:
    """The number of a moment; a moment without a zone is a mistake of the caller."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone: working time is counted between real moments")
    return span_of(moment.astimezone(UTC) - ZERO)


def moment_of(number: int) -> datetime:
    """The moment of a number, in UTC."""
    return ZERO + timedelta(microseconds=number)


def span_of(amount: timedelta) -> int:
    """Microseconds of an amount of time."""
    return (amount.days * 86_400 + amount.seconds) * SECOND + amount.microseconds


def time_of_day(value: time) -> int:
    """Microseconds since midnight."""
    return ((value.hour * 60 + value.minute) * 60 + value.second) * SECOND + value.microsecond


def day_number(day: date) -> int:
    """Days since the first day of all; what is left of it by seven is the weekday, Monday 0."""
    return day.toordinal() - 1


def day_of(number: int) -> date:
    """The date of a day's number."""
    return date.fromordinal(number + 1)
