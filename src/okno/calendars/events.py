"""What can happen to schedules. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

SCHEDULE_CREATED = kind("schedule.created", "A schedule of working hours was made. data: name")
SCHEDULE_CHANGED = kind("schedule.changed", "data: name, fields (names of what changed)")
SCHEDULE_DELETED = kind("schedule.deleted", "data: name")
EXCEPTIONS_CHANGED = kind(
    "schedule.exceptions_changed",
    "Days that differ were written or removed. data: name, source, added, removed (dates, at most 50 each), count",
)
