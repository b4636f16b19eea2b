"""What of schedules stands in the configuration file: hours, days that differ, and whose holidays they keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.calendars.models import ScheduleException, WorkSchedule
from okno.calendars.operations import schedules
from okno.calendars.operations.exceptions import DayFacts, replace_days
from okno.calendars.operations.holidays import choose_country
from okno.calendars.operations.schedules import ScheduleFacts
from okno.core.configuration import Importing, Row, Section, register
from okno.core.faults import Invalid

Source = ScheduleException.Source


class DayRow(Row):
    """A day that differs: no hours are a closed day, null the usual hours in spite of a holiday."""

    date: str
    hours: list[list[str]] | None = []
    name: str = ""
    source: Literal["hand", "file"] = "hand"


class ScheduleRow(Row):
    """A schedule by its name. Holidays of the country are not listed: they follow from it, year by year."""

    name: str
    zone: str = ""
    in_client_zone: bool = True
    is_default: bool = False
    weekly: list[list[list[str]]]
    country: str = ""
    region: str = ""
    days: list[DayRow] = []


class Schedules(Section[ScheduleRow]):
    """Schedules. None is switched off: what follows it would have no hours."""

    key, label, place, identity = "schedules", gettext_lazy("Schedules"), 120, ("name",)
    row, models = ScheduleRow, (WorkSchedule, ScheduleException)

    def held(self) -> Iterator[tuple[int, ScheduleRow]]:
        for row in sorted(WorkSchedule.objects.prefetch_related("exceptions"), key=lambda row: row.name.casefold()):
            days = [
                DayRow(date=each.date.isoformat(), hours=each.hours, name=each.name, source=_source(each.source))
                for each in sorted(row.exceptions.all(), key=lambda each: each.date)
                if each.source != Source.COUNTRY
            ]
            names = ("name", "zone", "in_client_zone", "is_default", "weekly", "country", "region")
            said: dict[str, Any] = {name: getattr(row, name) for name in names}
            yield row.pk, ScheduleRow(**said, days=days)

    def write(self, importing: Importing, item: ScheduleRow, pk: int | None) -> None:
        actor, facts = importing.actor, ScheduleFacts(item.name, item.weekly, item.zone, item.in_client_zone)
        if pk is None:
            row = schedules.create_schedule(actor, facts)
        else:
            row = schedules.change_schedule(actor, WorkSchedule.objects.get(pk=pk), facts)
        if (row.country, row.region) != (item.country, item.region):
            row = choose_country(actor, row, item.country, item.region)
        replace_days(actor, row, dict(_day(each) for each in item.days))

    def settle(self, importing: Importing, item: ScheduleRow, pk: int) -> None:
        row = WorkSchedule.objects.get(pk=pk)
        if item.is_default and not row.is_default:
            schedules.make_default(importing.actor, row)


def _source(source: str) -> Literal["hand", "file"]:
    return "file" if source == Source.FILE else "hand"


def _day(each: DayRow) -> tuple[date, DayFacts]:
    try:
        day = date.fromisoformat(each.date)
    except ValueError as error:
        text = _("“%(text)s” is no date. Write it as 2027-01-31.") % {"text": each.date[:40]}
        raise Invalid({"days": [text]}) from error
    return day, DayFacts(each.hours, each.name, each.source)


register(Schedules())
