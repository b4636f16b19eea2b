"""Schedules as values for the arithmetic, kept in the process for as long as they do not change."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from okno.calendars.models import ScheduleException, WorkSchedule
from okno.calendars.rules import Schedule
from okno.calendars.rules.hours import Hours, intervals_of


def default_schedule() -> WorkSchedule:
    """The schedule that holds where nothing else was chosen."""
    return WorkSchedule.objects.get(is_default=True)


def rules_of(schedule: WorkSchedule, client_zone: str = "") -> Schedule:
    """The schedule as a value, by the clocks that count for a client whose company has this zone (F60).

    The row tells which version is meant: take a fresh one inside an operation.
    """
    return _rules(schedule.pk, schedule.version, schedule.zone_for(client_zone))


@lru_cache(maxsize=512)
def _rules(pk: int, version: UUID, zone: str) -> Schedule:
    row = WorkSchedule.objects.get(pk=pk)
    return build(row, list(row.exceptions.all()), zone)


def forget() -> None:
    """Forgets every value; for tests that change rows past the operations."""
    _rules.cache_clear()


def build(schedule: WorkSchedule, exceptions: list[ScheduleException], zone: str) -> Schedule:
    """The value of rows in hand, saved or not."""
    weekly = {weekday: intervals_of(hours) for weekday, hours in enumerate(schedule.weekly)}
    differing: dict[date, Hours] = {each.date: each.hours for each in exceptions if each.hours is not None}
    return Schedule(
        weekly,
        {day: intervals_of(hours) for day, hours in differing.items()},
        zone,
        {each.date: each.name for each in exceptions if each.name},
    )
