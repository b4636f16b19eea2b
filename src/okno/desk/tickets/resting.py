"""Until when a ticket may be postponed by one choice: in an hour, and when work begins on certain days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils import timezone
from django.utils.translation import gettext as _

from okno.calendars.loading import rules_of
from okno.calendars.rules import NeverOpens, OutOfReach, Schedule, add_working_time
from okno.core import clock
from okno.tickets.working_time import usual_schedule

MOMENT = timedelta(seconds=1)
MONDAY, WEEK = 0, 7
OWN = "own"


@dataclass(frozen=True)
class Rest:
    """A choice: its code, its name, and the moment that it stands for now."""

    code: str
    name: str
    until: datetime


def rests(now: datetime | None = None) -> list[Rest]:
    """The offered moments by the working schedule of the house; equal ones are offered once."""
    moment = now or clock.now()
    zone, schedule = timezone.get_current_timezone(), rules_of(usual_schedule())
    today = moment.astimezone(zone).date()
    monday = today + timedelta(days=(MONDAY - today.weekday()) % WEEK or WEEK)
    offered = [
        Rest("hour", _("In an hour"), moment + timedelta(hours=1)),
        Rest("tomorrow", _("Tomorrow morning"), _opening(today + timedelta(days=1), zone, schedule)),
        Rest("monday", _("On Monday"), _opening(monday, zone, schedule)),
        Rest("week", _("In a week"), _opening(today + timedelta(days=WEEK), zone, schedule)),
    ]
    found: dict[datetime, Rest] = {}
    for rest in offered:
        found.setdefault(rest.until, rest)
    return list(found.values())


def until_of(code: str, now: datetime | None = None) -> datetime | None:
    """The moment of an offered choice."""
    return next((rest.until for rest in rests(now) if rest.code == code), None)


def _opening(day: date, zone: tzinfo, schedule: Schedule) -> datetime:
    """When work begins on that day, or on the next one on which anybody works."""
    midnight = datetime.combine(day, time(0), zone)
    try:
        return add_working_time(midnight, MOMENT, schedule) - MOMENT
    except (NeverOpens, OutOfReach):
        return midnight + timedelta(hours=9)
