"""Pictures made of values: a week as bars, a year as twelve months."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from okno.calendars.models import ScheduleException, WorkSchedule
from okno.calendars.rules.hours import read_time
from okno.core.jinja import current_locale
from okno.manage.schedules.words import hours_words, short_weekdays

WIDTH, LINE = 240, 9
"""A bar is ten units an hour wide; each day has a line."""


@dataclass(frozen=True)
class Bar:
    """An open interval in the picture of a week."""

    x: float
    y: int
    width: float


@dataclass(frozen=True)
class Cell:
    """A day in the picture of a year; ``look`` is usual, off, closed, other or open."""

    day: date
    look: str
    words: str


@dataclass(frozen=True)
class Month:
    """A month in rows of seven, empty where a day belongs to its neighbours."""

    name: str
    weeks: list[list[Cell | None]]


def week_bars(schedule: WorkSchedule) -> list[Bar]:
    """The open hours of a usual week."""
    return [
        Bar(read_time(begin) / 6, weekday * LINE, (read_time(end) - read_time(begin)) / 6)
        for weekday, hours in enumerate(schedule.weekly)
        for begin, end in hours
    ]


def week_words(schedule: WorkSchedule) -> str:
    """The same for those who do not see the picture."""
    days = zip(short_weekdays(), schedule.weekly, strict=True)
    return "; ".join(f"{name} {hours_words(hours)}" for name, hours in days)


def year_months(schedule: WorkSchedule, year: int, exceptions: list[ScheduleException]) -> list[Month]:
    """The twelve months of a year with the days that differ."""
    differing = {each.date: each for each in exceptions}
    rows = calendar.Calendar()
    return [
        Month(
            format_date(date(year, month, 1), "LLLL", locale=current_locale()),
            [
                [_cell(day, schedule, differing.get(day)) if day.month == month else None for day in week]
                for week in rows.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _cell(day: date, schedule: WorkSchedule, exception: ScheduleException | None) -> Cell:
    if exception is None:
        return Cell(day, "usual" if schedule.weekly[day.weekday()] else "off", "")
    look = "open" if exception.hours is None else "other" if exception.hours else "closed"
    words = ": ".join(each for each in (exception.name, hours_words(exception.hours)) if each)
    return Cell(day, look, words)
