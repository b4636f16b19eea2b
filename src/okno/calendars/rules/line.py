"""A schedule as a function: how much working time lies before a place on the line of its own clocks.

The line is local time without jumps. On it a week holds always the same work, so that weeks are skipped by one
division; exceptions stand in their order with the sums of what they change. Both directions cost a few bisections,
whatever the distance.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from okno.calendars.rules.units import DAY, WEEK

Bounds = Sequence[tuple[int, int]]


class Open:
    """Open intervals within a stretch such as a week or a day, and the work up to each."""

    __slots__ = ("ends", "full", "starts", "sums")

    def __init__(self, intervals: Bounds) -> None:
        self.starts = [start for start, _end in intervals]
        self.ends = [end for _start, end in intervals]
        self.sums = [0, *accumulate(end - start for start, end in intervals)]
        self.full = self.sums[-1]

    def before(self, place: int) -> int:
        """The work between the beginning and the place."""
        at = bisect_right(self.starts, place) - 1
        if at < 0:
            return 0
        return self.sums[at] + min(place, self.ends[at]) - self.starts[at]

    def earliest(self, work: int) -> int:
        """The first place before which so much work lies; ``0 < work <= full``."""
        at = bisect_left(self.sums, work) - 1
        return self.starts[at] + work - self.sums[at]

    def latest(self, work: int) -> int:
        """The last place before which no more than so much work lies; ``0 <= work < full``."""
        at = bisect_right(self.sums, work) - 1
        return self.starts[at] + work - self.sums[at]


class Line:
    """The work of a schedule along local time."""

    __slots__ = ("days", "ends", "exceptional", "opens", "per_week", "shifts", "starts", "week", "weekdays")

    def __init__(self, week: Sequence[Bounds], exceptions: Mapping[int, Bounds]) -> None:
        self.weekdays = [list(day) for day in week]
        flat = [(n * DAY + start, n * DAY + end) for n, day in enumerate(week) for start, end in day]
        self.week = Open(flat)
        self.per_week = self.week.full
        self.exceptional = {day: list(exceptions[day]) for day in sorted(exceptions)}
        self.days = list(self.exceptional)
        self.opens = [Open(intervals) for intervals in self.exceptional.values()]
        usual = [sum(end - start for start, end in self.weekdays[day % 7]) for day in self.days]
        changes = (each.full - plain for each, plain in zip(self.opens, usual, strict=True))
        self.shifts = [0, *accumulate(changes)]
        self.starts = [self._plain(day * DAY) + self.shifts[at] for at, day in enumerate(self.days)]
        self.ends = [self.starts[at] + each.full for at, each in enumerate(self.opens)]

    def _plain(self, place: int) -> int:
        weeks, rest = divmod(place, WEEK)
        return weeks * self.per_week + self.week.before(rest)

    def before(self, place: int) -> int:
        """The work between the beginning of all time and the place."""
        day = place // DAY
        at = bisect_left(self.days, day)
        if at < len(self.days) and self.days[at] == day:
            return self.starts[at] + self.opens[at].before(place - day * DAY)
        return self._plain(place) + self.shifts[at]

    def earliest(self, work: int) -> int:
        """The first place before which so much work lies; there must be one."""
        at = bisect_left(self.ends, work)
        if at < len(self.days) and work > self.starts[at]:
            return self.days[at] * DAY + self.opens[at].earliest(work - self.starts[at])
        weeks, rest = divmod(work - self.shifts[at] - 1, self.per_week)
        return weeks * WEEK + self.week.earliest(rest + 1)

    def latest(self, work: int) -> int:
        """The last place before which no more than so much work lies; there must be one."""
        at = bisect_right(self.starts, work) - 1
        if at >= 0 and work < self.ends[at]:
            return self.days[at] * DAY + self.opens[at].latest(work - self.starts[at])
        weeks, rest = divmod(work - self.shifts[at + 1], self.per_week)
        return weeks * WEEK + self.week.latest(rest)

    def of_day(self, day: int) -> list[tuple[int, int]]:
        """The open intervals of a day, in microseconds since its midnight."""
        exceptional = self.exceptional.get(day)
        return self.weekdays[day % 7] if exceptional is None else exceptional

    def nothing_after(self, place: int) -> bool:
        """Whether there is no work at or after the place."""
        return not self.per_week and (not self.ends or self.before(place) >= self.ends[-1])

    def nothing_before(self, place: int) -> bool:
        """Whether there is no work before the place."""
        return not self.per_week and (not self.starts or self.before(place) <= self.starts[0])
