"""The editor of a week: what its buttons do to the hours that stand in the form, saved or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from okno.calendars.rules.hours import HoursMistake, read_time, split_at_midnight

Pairs = list[list[str]]
WORKDAYS = range(5)
WHOLE = ["00:00", "24:00"]


@dataclass(frozen=True)
class Row:
    """One interval in the form; ``is_night`` when it seems to run over midnight."""

    begin: str
    end: str
    is_night: bool


@dataclass(frozen=True)
class DayForm:
    """A weekday in the form: its intervals as they were typed, and what is wrong with them."""

    weekday: int
    rows: list[Row]
    errors: list[str]


def typed_week(data: QueryDict) -> list[Pairs]:
    """The hours of a submitted form as they were typed; empty pairs are left out."""
    return [_typed_day(data.getlist(f"from_{day}"), data.getlist(f"to_{day}")) for day in range(7)]


def pressed(week: list[Pairs], act: str) -> tuple[list[Pairs], str]:
    """The week after a button, and the id of what has the focus then; a button that is none changes nothing."""
    name, *numbers = act.split(":")
    if name not in _ACTS or not numbers or not all(number in _NUMBERS for number in numbers):
        return week, ""
    day, place = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if day > 6:
        return week, ""
    _ACTS[name](week, day, place)
    focus = f"from_{day}_{len(week[day]) - 1}" if name == "add" else f"add_{day}"
    return week, focus


def day_forms(week: list[Any], errors: Mapping[str, list[str]] | None = None) -> list[DayForm]:
    """The week for the page."""
    wrong = errors or {}
    return [
        DayForm(day, [Row(begin, end, _is_night(begin, end)) for begin, end in pairs], wrong.get(f"day_{day}", []))
        for day, pairs in enumerate(week)
    ]


def _typed_day(begins: list[str], ends: list[str]) -> Pairs:
    pairs = [[begin.strip()[:40], end.strip()[:40]] for begin, end in zip(begins, ends, strict=False)]
    return [pair for pair in pairs if any(pair)][:50]


def _is_night(begin: str, end: str) -> bool:
    try:
        return 0 < read_time(end) <= read_time(begin) < 24 * 60
    except HoursMistake:
        return False


def _add(week: list[Pairs], day: int, _place: int) -> None:
    week[day].append(["", ""] if week[day] else ["09:00", "18:00"])


def _remove(week: list[Pairs], day: int, place: int) -> None:
    del week[day][place : place + 1]


def _whole(week: list[Pairs], day: int, _place: int) -> None:
    week[day] = [list(WHOLE)]


def _closed(week: list[Pairs], day: int, _place: int) -> None:
    week[day] = []


def _workdays(week: list[Pairs], day: int, _place: int) -> None:
    for other in WORKDAYS:
        week[other] = [list(pair) for pair in week[day]]


def _every(week: list[Pairs], day: int, _place: int) -> None:
    week[:] = [[list(pair) for pair in week[day]] for _other in range(7)]


def _night(week: list[Pairs], day: int, place: int) -> None:
    if place < len(week[day]) and _is_night(*week[day][place]):
        evening, morning = split_at_midnight(*week[day][place])
        week[day][place] = evening
        week[(day + 1) % 7].insert(0, morning)


_ACTS = {
    "add": _add,
    "remove": _remove,
    "whole": _whole,
    "closed": _closed,
    "workdays": _workdays,
    "every": _every,
    "night": _night,
}
_NUMBERS = {str(number) for number in range(50)}
