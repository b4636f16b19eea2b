"""What working time consists of, day by day: for the page that says why a deadline is when it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from okno.calendars.rules.arithmetic import add_working_time
from okno.calendars.rules.schedule import Schedule
from okno.calendars.rules.units import DAY, day_of, moment_of, number_of
from okno.calendars.rules.zones import forward


@dataclass(frozen=True)
class WorkingInterval:
    """Open time without a break, in UTC, on one day of the schedule's zone; ``name`` is why the day differs."""

    start: datetime
    end: datetime
    day: date
    is_exception: bool = False
    name: str = ""

    @property
    def length(self) -> timedelta:
        """How long it is, by a watch."""
        return self.end - self.start


@dataclass(frozen=True)
class DayAccount:
    """What one day of the schedule's zone gives: its open intervals, or why it is closed."""

    day: date
    intervals: tuple[WorkingInterval, ...] = ()
    is_exception: bool = False
    name: str = ""

    @property
    def worked(self) -> timedelta:
        """The working time that counts on this day."""
        return sum((each.length for each in self.intervals), timedelta())

    @property
    def is_closed(self) -> bool:
        """Whether nothing of the day counts."""
        return not self.intervals


@dataclass(frozen=True)
class Explanation:
    """A deadline with every day that was counted on the way to it."""

    start: datetime
    amount: timedelta
    deadline: datetime
    days: tuple[DayAccount, ...]


def intervals_between(start: datetime, end: datetime, schedule: Schedule) -> Iterator[WorkingInterval]:
    """The open intervals between two moments, in their order; none when the end is before the start."""
    for day in days_between(start, end, schedule):
        yield from day.intervals


def days_between(start: datetime, end: datetime, schedule: Schedule) -> Iterator[DayAccount]:
    """Each day of the schedule's zone that the time between two moments touches, closed ones too."""
    pending: DayAccount | None = None
    for account in _parts(number_of(start), number_of(end), schedule):
        if pending is None or pending.day != account.day:
            if pending is not None:
                yield pending
            pending = account
        else:
            pending = replace(pending, intervals=_joined(pending.intervals, account.intervals))
    if pending is not None:
        yield pending


def explain_deadline(start: datetime, amount: timedelta, schedule: Schedule) -> Explanation:
    """A deadline, or for a negative amount the moment before, and what was counted for it."""
    deadline = add_working_time(start, amount, schedule)
    days = days_between(min(start, deadline), max(start, deadline), schedule)
    return Explanation(start, amount, deadline, tuple(days))


def _parts(first: int, last: int, schedule: Schedule) -> Iterator[DayAccount]:
    """The days of each stretch of one offset; a day on which the clocks change comes in parts."""
    for start, end, offset in forward(schedule.zone, first):
        if start >= last:
            return
        begin, stop = start + offset, min(end, last) + offset
        for day in range(begin // DAY, (stop - 1) // DAY + 1):
            yield _account(day, begin, stop, offset, schedule)


def _account(day: int, begin: int, stop: int, offset: int, schedule: Schedule) -> DayAccount:
    shown, midnight = day_of(day), day * DAY
    is_exception, name = shown in schedule.exceptions, schedule.names.get(shown, "")
    open_time = [
        (max(begin, midnight + start), min(stop, midnight + end)) for start, end in schedule.line.of_day(day)
    ]
    intervals = [
        WorkingInterval(moment_of(start - offset), moment_of(end - offset), shown, is_exception, name)
        for start, end in open_time
        if start < end
    ]
    return DayAccount(shown, tuple(intervals), is_exception, name)


def _joined(
    earlier: tuple[WorkingInterval, ...], later: tuple[WorkingInterval, ...]
) -> tuple[WorkingInterval, ...]:
    """Two parts of a day; an interval that runs on while the clocks change is one."""
    if earlier and later and earlier[-1].end == later[0].start:
        return (*earlier[:-1], replace(earlier[-1], end=later[0].end), *later[1:])
    return earlier + later
