"""Working time agrees with counting minutes one by one (T29, W12).

The oracle asks the zone what its clocks show in each minute of UTC, and whether that minute is open. It shares no
line with the code that it judges. One walk over the minutes of a span serves several schedules and many questions.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest

from okno.calendars.rules import Schedule, add_working_time, working_time_between

MINUTE = timedelta(minutes=1)
SPAN = 24 * 1440
"""Minutes of each walk: somewhat more than three weeks."""

ZONES = [
    "Europe/Kyiv", "Europe/Warsaw", "Europe/Moscow", "Australia/Sydney", "America/New_York", "Australia/Lord_Howe",
    "UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca",
    "Asia/Gaza", "America/Havana", "Asia/Tehran", "Europe/Dublin", "Pacific/Chatham", "Atlantic/Azores",
]  # fmt: skip
SEEDS = range(6)
SCHEDULES = 5
QUESTIONS = 200
"""For each of 18 zones, 6 seeds and 5 schedules: 108,000 cases, half deadlines and half durations."""


@dataclass
class Minutes:
    """The open minutes of a span, found one by one."""

    start: datetime
    sums: list[int]
    open: list[int]

    def between(self, first: int, last: int) -> timedelta:
        return (self.sums[last] - self.sums[first]) * MINUTE

    def add(self, place: int, minutes: int) -> datetime | None:
        """The end of the last minute that is counted, or going back its beginning; nothing beyond the span."""
        at = bisect_left(self.open, place)
        if minutes > 0 and at + minutes <= len(self.open):
            return self.start + (self.open[at + minutes - 1] + 1) * MINUTE
        if minutes < 0 and at + minutes >= 0:
            return self.start + self.open[at + minutes] * MINUTE
        return self.start + place * MINUTE if minutes == 0 else None


def walk(zone: str, start: datetime) -> list[tuple[date, int]]:
    """What the clocks show in each minute: the date, and the minute of the day."""
    there = ZoneInfo(zone)
    shown = ((start + minute * MINUTE).astimezone(there) for minute in range(SPAN))
    return [(each.date(), each.hour * 60 + each.minute) for each in shown]


def opened(intervals: Sequence[tuple[time, time]]) -> bytes:
    """A mark for each minute of a day."""
    marks = bytearray(1440)
    for first, last in intervals:
        begin, end = first.hour * 60 + first.minute, (last.hour * 60 + last.minute) or 1440
        marks[begin:end] = b"\1" * (end - begin)
    return bytes(marks)


def count(schedule: Schedule, start: datetime, clocks: list[tuple[date, int]]) -> Minutes:
    days = {day for day, _minute in clocks}
    marks = {day: opened(schedule.exceptions.get(day, schedule.weekly.get(day.weekday(), ()))) for day in days}
    flags = [marks[day][minute] for day, minute in clocks]
    return Minutes(start, [0, *accumulate(flags)], [place for place, flag in enumerate(flags) if flag])


def a_day(chance: random.Random) -> list[tuple[time, time]]:
    """Hours of a day: whole, closed, or up to three intervals, some of them until midnight."""
    kind = chance.random()
    if kind < 0.15:
        return [(time(0), time(0))]
    if kind < 0.3:
        return []
    cuts = sorted(chance.sample(range(1440), 2 * chance.randint(1, 3)))
    if chance.random() < 0.15:
        cuts[0] = 0
    if chance.random() < 0.15:
        cuts[-1] = 1440
    ends = [time(cut // 60 % 24, cut % 60) for cut in cuts]
    return list(zip(ends[::2], ends[1::2], strict=True))


def a_schedule(chance: random.Random, zone: str, start: datetime) -> Schedule:
    if chance.random() < 0.2:
        return Schedule({day: [(time(0), time(0))] for day in range(7)}, {}, zone)
    weekly = {day: a_day(chance) for day in range(7) if chance.random() < 0.85}
    near = [start.date() + timedelta(days=chance.randrange(-2, 27)) for _each in range(chance.randrange(7))]
    return Schedule(weekly, {day: a_day(chance) for day in near}, zone)


def a_start(chance: random.Random, zone: str) -> datetime:
    """Some moment of 1990-2040; mostly so that the clocks change within the span, where they do in that year."""
    there, first = ZoneInfo(zone), datetime(chance.randint(1990, 2039), 1, 1, tzinfo=UTC)
    offsets = [(first + timedelta(days=day)).astimezone(there).utcoffset() for day in range(366)]
    changes = [day for day in range(1, 366) if offsets[day] != offsets[day - 1]]
    day = chance.choice(changes) - chance.randrange(2, 22) if changes else chance.randrange(366)
    return first + timedelta(days=day, minutes=chance.randrange(1440))


def differences(minutes: Minutes, schedule: Schedule, chance: random.Random) -> list[str]:
    """Questions to both; what they answer differently."""
    found = []
    for _each in range(QUESTIONS // 2):
        place, other = chance.randrange(SPAN + 1), chance.randrange(SPAN + 1)
        moment, later = minutes.start + place * MINUTE, minutes.start + other * MINUTE
        wanted = minutes.between(place, other)
        got = working_time_between(moment, later, schedule)
        if got != wanted:
            found.append(f"between {moment} and {later}: {got}, counted {wanted}: {schedule}")
        amount = chance.randrange(-4000, 4000) if chance.random() < 0.9 else int(wanted / MINUTE)
        deadline = minutes.add(place, amount)
        while deadline is None:
            amount = int(amount / 2)
            deadline = minutes.add(place, amount)
        reached = add_working_time(moment, amount * MINUTE, schedule)
        if reached != deadline:
            found.append(f"{amount} min from {moment}: {reached}, counted {deadline}: {schedule}")
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_deadlines_and_durations_are_those_of_counted_minutes_t29_w12(zone: str) -> None:
    asked = 0
    for seed in SEEDS:
        chance = random.Random(f"{zone} {seed}")
        start = a_start(chance, zone)
        clocks = walk(zone, start)
        for _each in range(SCHEDULES):
            schedule = a_schedule(chance, zone, start)
            assert differences(count(schedule, start, clocks), schedule, chance) == []
            asked += QUESTIONS
    assert asked * len(ZONES) >= 100_000


def test_the_oracle_sees_a_single_wrong_minute() -> None:
    """A day that lacks its last minute, as in a help desk that closed for one at every midnight, is noticed."""
    start = datetime(2026, 3, 20, tzinfo=UTC)
    whole = Schedule({day: [(time(0), time(0))] for day in range(7)}, {}, "Europe/Kyiv")
    short = Schedule({day: [(time(0), time(23, 59))] for day in range(7)}, {}, "Europe/Kyiv")
    minutes = count(whole, start, walk("Europe/Kyiv", start))
    assert differences(minutes, whole, random.Random(1)) == []
    assert len(differences(minutes, short, random.Random(1))) > QUESTIONS // 2
