"""The public holidays of a country as closed days, written down some years ahead (F57)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from okno.calendars import events as kinds
from okno.calendars import public_holidays
from okno.calendars.models import ScheduleException, WorkSchedule
from okno.calendars.operations.exceptions import NAME_LIMIT, Source, changed, write
from okno.calendars.operations.schedules import RIGHT, locked
from okno.core import clock, events
from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Invalid
from okno.people import access


def choose_country(actor: Actor, schedule: WorkSchedule, country: str, region: str = "") -> WorkSchedule:
    """Closes the schedule on the holidays of a country or of its region; none takes them away.

    Days that were written by hand or came from a file stay as they are.
    """
    access.require(actor, RIGHT)
    _check(country, region)
    with transaction.atomic():
        row = locked(schedule)
        before = _written(row)
        row.exceptions.filter(source=Source.COUNTRY).delete()
        differs = (row.country, row.region) != (country, region)
        row.country, row.region = country, region
        row.holidays_until = last_year() if country else None
        row.save(update_fields=["country", "region", "holidays_until"])
        days = public_holidays.days_of(country, region, clock.now().year - 1, last_year()) if country else {}
        _write(row, days)
        if differs:
            events.record(actor, kinds.SCHEDULE_CHANGED, row, {"name": row.name, "fields": ["country", "region"]})
        after = _written(row)
        if before != after:
            added, gone = [day for day in after if day not in before], [day for day in before if day not in after]
            changed(actor, row, Source.COUNTRY, added=added, removed=gone)
    return row


def extend_holidays() -> int:
    """Writes down the holidays of years that have come near; how many schedules had any to write."""
    wanted = WorkSchedule.objects.exclude(country="").filter(holidays_until__lt=last_year())
    for schedule in wanted:
        with transaction.atomic():
            row = locked(schedule)
            first = (row.holidays_until or clock.now().year - 1) + 1
            days = public_holidays.days_of(row.country, row.region, first, last_year())
            row.holidays_until = last_year()
            row.save(update_fields=["holidays_until"])
            _write(row, days)
            changed(SYSTEM, row, Source.COUNTRY, added=list(days))
    return len(wanted)


def last_year() -> int:
    """The last year for which holidays are written down."""
    return clock.now().year + public_holidays.YEARS_AHEAD


def _written(schedule: WorkSchedule) -> dict[date, str]:
    return dict(schedule.exceptions.filter(source=Source.COUNTRY).values_list("date", "name"))


def _write(schedule: WorkSchedule, days: dict[date, str]) -> None:
    write(
        schedule,
        [
            ScheduleException(schedule=schedule, date=day, hours=[], name=name[:NAME_LIMIT], source=Source.COUNTRY)
            for day, name in days.items()
        ],
    )


def _check(country: str, region: str) -> None:
    if country and not public_holidays.is_country(country):
        raise Invalid({"country": [_("Choose one of the offered values.")]})
    if region and not (country and public_holidays.is_region(country, region)):
        raise Invalid({"region": [_("Choose one of the offered values.")]})
