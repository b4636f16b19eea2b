"""Working time: schedules, deadlines and the time between two moments. Pure: values in, values out.

A moment is working time when the clock on the wall, in the zone of the schedule, stands within an interval of its
day. So an hour that the clocks skip is nobody's working time, an hour that they show twice counts twice, and
00:00-24:00 on every day is the time of a plain watch.
"""

from __future__ import annotations

from okno.calendars.rules.accounts import (
    DayAccount,
    Explanation,
    WorkingInterval,
    days_between,
    explain_deadline,
    intervals_between,
)
from okno.calendars.rules.arithmetic import add_working_time, working_time_between
from okno.calendars.rules.schedule import BadSchedule, Interval, NeverOpens, OutOfReach, Schedule
from okno.calendars.rules.zones import UnknownZone

__all__ = [
    "BadSchedule",
    "DayAccount",
    "Explanation",
    "Interval",
    "NeverOpens",
    "OutOfReach",
    "Schedule",
    "UnknownZone",
    "WorkingInterval",
    "add_working_time",
    "days_between",
    "explain_deadline",
    "intervals_between",
    "working_time_between",
]
