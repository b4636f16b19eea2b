"""By which schedule the working time of a ticket is counted."""

from __future__ import annotations

import time
from datetime import datetime

from okno.calendars.loading import default_schedule, rules_of
from okno.calendars.models import WorkSchedule
from okno.calendars.rules import Schedule, working_time_between
from okno.core.rehearsal import is_rehearsal
from okno.tickets.models import Ticket

MAX_AGE = 2.0
"""Seconds for which a process may still count by a schedule that another has changed."""


class _Memory:
    """The default schedule, and when it was read."""

    read_at = float("-inf")
    schedule: WorkSchedule | None = None


def forget() -> None:
    """The next reading is fresh."""
    _Memory.read_at = float("-inf")


def usual_schedule() -> WorkSchedule:
    """The schedule of the house, as this process remembers it."""
    if is_rehearsal():
        return default_schedule()
    if _Memory.schedule is None or time.monotonic() - _Memory.read_at > MAX_AGE:
        _Memory.schedule, _Memory.read_at = default_schedule(), time.monotonic()
    return _Memory.schedule


def schedule_of(ticket: Ticket) -> Schedule:
    """The schedule that counts for the ticket, by the clocks of its client (F60)."""
    return rules_of(usual_schedule(), ticket.company.time_zone if ticket.company else "")


def working_seconds(schedule: Schedule, start: datetime, end: datetime) -> int:
    """Whole seconds of work between two moments."""
    return int(working_time_between(start, end, schedule).total_seconds())
