"""Days from a calendar file (iCalendar, RFC 5545): events of whole days close them, others are passed over.

A file may be written to hurt (T15): it is small, holds few events, and its repetitions are worked out one event
after the other within a few seconds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar

BYTES = 1_000_000
EVENTS = 2_000
DAYS = 1_000
SECONDS = 3.0
DEEPEST = 6
OLDEST = 1900
PARTS = {
    "DAILY": {"BYDAY", "BYMONTH"},
    "WEEKLY": {"BYDAY", "BYMONTH"},
    "MONTHLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO", "BYEASTER"},
}
"""How a whole day may be repeated; with other parts a rule can be searched for centuries and find nothing."""

ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}


class UnreadableCalendar(ValueError):
    """Not a calendar file, or one that is too large; ``kind`` is unreadable, size, events, days or slow."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass
class CalendarDays:
    """The days found, each with the name of its event, and how many events had hours and were passed over."""

    days: dict[date, str] = field(default_factory=dict)
    with_hours: int = 0


def read_calendar(content: bytes, first: date, last: date) -> CalendarDays:
    """The closed days of a calendar file between two dates, repeated events worked out."""
    if len(content) > BYTES:
        raise UnreadableCalendar("size")
    until, found = time.monotonic() + SECONDS, CalendarDays()
    for group in _groups(content):
        if time.monotonic() > until:
            raise UnreadableCalendar("slow")
        for day, name in _days(group, first, last, found):
            found.days.setdefault(day, name)
            if len(found.days) > DAYS:
                raise UnreadableCalendar("days")
    found.days = dict(sorted(found.days.items()))
    return found


def _groups(content: bytes) -> Iterator[list[Any]]:
    """The events of the file, those of one UID together: the others change single days of the first."""
    _check_shape(content)
    try:
        calendars: Any = Calendar.from_ical(content, multiple=True)
        events = [event for each in calendars for event in each.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise UnreadableCalendar("unreadable") from error
    if not calendars:
        raise UnreadableCalendar("unreadable")
    if len(events) > EVENTS:
        raise UnreadableCalendar("events")
    groups: dict[str, list[Any]] = {}
    for number, event in enumerate(events):
        groups.setdefault(str(event.get("UID") or number), []).append(event)
    yield from groups.values()


def _check_shape(content: bytes) -> None:
    """Refuses what is no calendar or is nested deeper than one ever is, before it is parsed."""
    depth, deepest = 0, 0
    for line in content.upper().splitlines():
        depth += line.startswith(b"BEGIN:") - line.startswith(b"END:")
        deepest = max(deepest, depth)
    if deepest > DEEPEST or b"BEGIN:VCALENDAR" not in content.upper():
        raise UnreadableCalendar("unreadable")


def _days(group: list[Any], first: date, last: date, found: CalendarDays) -> Iterator[tuple[date, str]]:
    whole = [event for event in group if _is_whole_day(event)]
    found.with_hours += len(group) - len(whole)
    if not whole:
        return
    if sum(map(_rules_in, whole)) > 1 or any(map(_is_hostile, whole)):
        raise UnreadableCalendar("slow")
    calendar = Calendar()
    calendar.add("prodid", "okno")
    calendar.add("version", "2.0")
    for event in whole:
        calendar.add_component(event)
    try:
        repeated: Any = recurring_ical_events.of(calendar)
        events = repeated.between(first, last + timedelta(days=1))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise UnreadableCalendar("unreadable") from error
    for event in events:
        if str(event.get("STATUS", "")).upper() != "CANCELLED":
            yield from _days_of(event, first, last)


def _days_of(event: Any, first: date, last: date) -> Iterator[tuple[date, str]]:
    begin = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else begin + timedelta(days=1)
    name = " ".join(str(event.get("SUMMARY", "")).replace("\0", "").split())[:200]
    day = max(begin, first)
    while day < max(end, begin + timedelta(days=1)) and day <= last:
        yield day, name
        day += timedelta(days=1)


def _is_whole_day(event: Any) -> bool:
    begin = getattr(event.get("DTSTART"), "dt", None)
    return isinstance(begin, date) and not isinstance(begin, datetime)


def _rules_in(event: Any) -> int:
    rule = event.get("RRULE")
    return len(rule) if isinstance(rule, list) else int(rule is not None)


def _is_hostile(event: Any) -> bool:
    """Whether a repetition is finer than days, begins in old times, or may be searched without an end."""
    rule = event.get("RRULE")
    if rule is None:
        return False
    rules = rule if isinstance(rule, list) else [rule]
    if event["DTSTART"].dt.year < OLDEST:
        return True
    for each in rules:
        every = str(next(iter(each.get("FREQ", [])), "")).upper()
        if every not in PARTS or not {part.upper() for part in each} <= PARTS[every] | ALWAYS:
            return True
    return False
