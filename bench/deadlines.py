"""What a deadline costs: the arithmetic of working time by itself, without a database."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from functools import partial
from typing import Any

from bench.ground import Ground
from okno.calendars.rules import Schedule, add_working_time, working_time_between

AMOUNTS = {"hour": 1, "week": 40, "month": 170, "year": 2000, "decade": 20_000}
"""Working hours of each amount."""

TURNS = 3
STARTS = 500


def deadlines(_ground: Ground, seconds: float) -> dict[str, Any]:
    """Microseconds of a deadline for short and long amounts, and of a duration of a year; best of three turns."""
    hours = [(clock(9), clock(13)), (clock(14), clock(18))]
    holidays: dict[date, list[Any]] = {date(2020 + n // 14, 1 + n % 12, 1 + n % 14): [] for n in range(200)}
    schedule = Schedule(dict.fromkeys(range(5), hours), holidays, "Europe/Kyiv")
    first = datetime(2026, 1, 1, tzinfo=UTC)
    starts = [first + timedelta(minutes=n * 997) for n in range(STARTS)]
    found: dict[str, Any] = {}
    for name, amount in AMOUNTS.items():
        length = timedelta(hours=amount)
        found[f"{name}_us"] = _microseconds(partial(_deadline, schedule, length), starts)
    found["between_year_us"] = _microseconds(partial(_year, schedule), starts)
    return found


def _deadline(schedule: Schedule, length: timedelta, start: datetime) -> datetime:
    return add_working_time(start, length, schedule)


def _year(schedule: Schedule, start: datetime) -> timedelta:
    return working_time_between(start, start + timedelta(days=365), schedule)


def _microseconds(call: Callable[[datetime], Any], starts: list[datetime]) -> float:
    best = float("inf")
    for _turn in range(TURNS):
        began = time.perf_counter()
        for start in starts:
            call(start)
        best = min(best, time.perf_counter() - began)
    return round(best / len(starts) * 1e6, 1)
