"""Deadlines and durations in working time."""

from __future__ import annotations

from datetime import datetime, timedelta

from okno.calendars.rules.schedule import NeverOpens, OutOfReach, Schedule
from okno.calendars.rules.units import FIRST_YEAR, LAST_YEAR, WEEK, moment_of, number_of, span_of
from okno.calendars.rules.zones import backward, forward, year_of

FARTHEST = 500 * 53 * WEEK
"""No answer is looked for farther away than some five centuries."""


def add_working_time(start: datetime, amount: timedelta, schedule: Schedule) -> datetime:
    """The moment, in UTC, at which ``amount`` of working time has passed since ``start``.

    It is the first such moment: eight hours from an opening at 9:00 end at 17:00 and not at the next morning's
    opening. A negative amount goes back to the last moment from which so much lies before ``start``: eight hours
    back from a closing at 17:00 is 9:00. From a start in closed time the count begins where work does. No amount
    gives ``start`` itself.

    ``add(t, a + b) == add(add(t, a), b)`` for all amounts of one sign. For mixed signs it holds when the answer
    lies within open time; at an edge of it the one may be the closing and the other the next opening, between
    which there is no work.

    Raises ``NeverOpens`` when there is too little work in that direction, ``OutOfReach`` when the answer lies
    centuries away, ``ValueError`` for a start without a zone.
    """
    begin, wanted = _checked(start), span_of(amount)
    if wanted > 0:
        return moment_of(_ahead(begin, wanted, schedule))
    if wanted < 0:
        return moment_of(_back(begin, -wanted, schedule))
    return moment_of(begin)


def working_time_between(start: datetime, end: datetime, schedule: Schedule) -> timedelta:
    """How much working time lies between two moments; negative when the end is before the start."""
    first, last = _checked(start), _checked(end)
    if first <= last:
        return timedelta(microseconds=_work(first, last, schedule))
    return -timedelta(microseconds=_work(last, first, schedule))


def _work(first: int, last: int, schedule: Schedule) -> int:
    line, total = schedule.line, 0
    for start, end, offset in forward(schedule.zone, first):
        if start >= last:
            break
        total += line.before(min(end, last) + offset) - line.before(start + offset)
    return total


def _ahead(begin: int, wanted: int, schedule: Schedule) -> int:
    line = schedule.line
    for start, end, offset in forward(schedule.zone, begin):
        _hopeless(line.nothing_after(start + offset), start - begin)
        done = line.before(start + offset)
        if line.before(end + offset) - done >= wanted:
            return line.earliest(done + wanted) - offset
        wanted -= line.before(end + offset) - done
    raise OutOfReach("the moment lies beyond the end of the calendar")


def _back(begin: int, wanted: int, schedule: Schedule) -> int:
    line = schedule.line
    for start, end, offset in backward(schedule.zone, begin):
        _hopeless(line.nothing_before(end + offset), begin - end)
        done = line.before(end + offset)
        if done - line.before(start + offset) >= wanted:
            return line.latest(done - wanted) - offset
        wanted -= done - line.before(start + offset)
    raise OutOfReach("the moment lies before the beginning of the calendar")


def _hopeless(exhausted: bool, distance: int) -> None:
    if exhausted:
        raise NeverOpens("the schedule has not so much working time in this direction: it never opens again")
    if distance > FARTHEST:
        raise OutOfReach("so much working time takes centuries with this schedule")


def _checked(moment: datetime) -> int:
    number = number_of(moment)
    if not FIRST_YEAR <= year_of(number) <= LAST_YEAR:
        raise OutOfReach(f"{moment!r} lies beyond the years of the calendar")
    return number
