"""When work is done: intervals of each weekday, days that differ, and the zone whose clocks they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from okno.calendars.rules.line import Line
from okno.calendars.rules.units import DAY, day_number, time_of_day
from okno.calendars.rules.zones import UnknownZone, zone_of

Interval = tuple[time, time]
"""From, until; an end of ``time(0)`` is the midnight at the end of the day."""


class BadSchedule(ValueError):
    """The schedule says something that no clock can show."""


class NeverOpens(ValueError):
    """The schedule has no working time left in that direction, so that the amount can never be worked off."""


class OutOfReach(ValueError):
    """The answer lies beyond the years that a calendar can tell."""


@dataclass(frozen=True)
class Schedule:
    """Working hours of a week, exceptions by date, and a zone (an IANA name).

    An exception replaces the hours of its day; an empty list is a closed day. Intervals of a day may stand in any
    order and may touch or overlap: together they are the time that is open. Work over midnight is written as two
    intervals, one until ``time(0)`` and one from ``time(0)``. ``names`` says why a day differs; it changes nothing.
    """

    weekly: Mapping[int, Sequence[Interval]]
    exceptions: Mapping[date, Sequence[Interval]] = field(default_factory=dict)
    zone: str = "UTC"
    names: Mapping[date, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for weekday in self.weekly:
            if weekday not in range(7):
                raise BadSchedule(f"there is no weekday {weekday!r}: Monday is 0, Sunday is 6")
        for day in self.exceptions:
            if not isinstance(day, date) or isinstance(day, datetime):
                raise BadSchedule(f"{day!r} is not a date")
        try:
            zone_of(self.zone)
        except UnknownZone as error:
            raise BadSchedule(str(error)) from error
        _ = self.line

    @cached_property
    def line(self) -> Line:
        """The schedule in the form in which it is counted; made once."""
        week = [bounds(self.weekly.get(weekday, ())) for weekday in range(7)]
        days = {day_number(day): bounds(intervals) for day, intervals in self.exceptions.items()}
        return Line(week, days)

    @property
    def opens(self) -> bool:
        """Whether there is any working time at all."""
        return self.line.per_week > 0 or any(self.line.exceptional.values())


def bounds(intervals: Sequence[Interval]) -> list[tuple[int, int]]:
    """The intervals of a day in microseconds since midnight: in order, what touches or overlaps made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_bound(start, end) for start, end in intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _bound(start: time, end: time) -> tuple[int, int]:
    first, last = time_of_day(start), time_of_day(end) or DAY
    if first >= last:
        raise BadSchedule(f"{start:%H:%M}-{end:%H:%M} ends before it begins; write work over midnight as two parts")
    return first, last
