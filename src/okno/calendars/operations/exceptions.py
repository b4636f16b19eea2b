"""Days that differ: written by hand, taken from a country's holidays or from a calendar file, and taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from okno.calendars import events as kinds
from okno.calendars.models import ScheduleException, WorkSchedule
from okno.calendars.operations.mistakes import check_hours, words_of
from okno.calendars.operations.schedules import RIGHT, locked
from okno.calendars.rules.hours import Hours, HoursMistake
from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.people import access

Source = ScheduleException.Source
MOST = 2_000
"""Exceptions of one schedule: more than anybody needs, few enough for a page and for quick arithmetic."""

MOST_AT_ONCE = 366
TOLD = 50
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
NAME_LIMIT = 200


@dataclass(frozen=True)
class ExceptionFacts:
    """Days from ``first`` to ``last`` with other hours: none when empty, the usual ones for ``None``."""

    first: date
    last: date | None = None
    hours: Sequence[Sequence[str]] | None = ()
    name: str = ""


@dataclass(frozen=True)
class DayFacts:
    """What is said of one day, and where it came from."""

    hours: Sequence[Sequence[str]] | None
    name: str = ""
    source: str = Source.HAND


def set_exceptions(actor: Actor, schedule: WorkSchedule, facts: ExceptionFacts) -> int:
    """Writes the same exception for each of the days, in place of what was said of them; how many days."""
    access.require(actor, RIGHT)
    hours, name = _checked(facts)
    last = facts.last or facts.first
    days = [facts.first + timedelta(days=number) for number in range((last - facts.first).days + 1)]
    with transaction.atomic():
        row = locked(schedule)
        row.exceptions.filter(date__in=days).delete()
        write(row, [ScheduleException(schedule=row, date=day, hours=hours, name=name) for day in days])
        changed(actor, row, Source.HAND, added=days)
    return len(days)


def replace_days(actor: Actor, schedule: WorkSchedule, days: Mapping[date, DayFacts]) -> int:
    """Has exactly these days differ, beside the holidays of the country; how many are other than before."""
    access.require(actor, RIGHT)
    wanted = {day: DayFacts(*_checked(ExceptionFacts(day, hours=each.hours, name=each.name)), each.source)
              for day, each in days.items()}  # fmt: skip
    with transaction.atomic():
        row = locked(schedule)
        present = {
            each.date: DayFacts(each.hours, each.name, each.source)
            for each in row.exceptions.exclude(source=Source.COUNTRY)
        }
        gone = [day for day in present if day not in wanted]
        new = {day: each for day, each in wanted.items() if present.get(day) != each}
        row.exceptions.exclude(source=Source.COUNTRY).filter(date__in=gone).delete()
        row.exceptions.filter(date__in=list(new)).delete()
        write(row, [ScheduleException(schedule=row, date=day, **vars(each)) for day, each in new.items()])
        if new or gone:
            changed(actor, row, Source.HAND, added=list(new), removed=gone)
    return len(new) + len(gone)


def remove_exception(actor: Actor, schedule: WorkSchedule, day: date) -> None:
    """Takes away what was said of a day. A country's holiday becomes a usual day, or it would come back."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        row = locked(schedule)
        found = row.exceptions.filter(date=day).first()
        if found is None:
            return
        if found.source == Source.COUNTRY:
            found.hours, found.source = None, Source.HAND
            found.save(update_fields=["hours", "source"])
        else:
            found.delete()
        changed(actor, row, found.source, removed=[day])


def import_days(actor: Actor, schedule: WorkSchedule, days: Mapping[date, str]) -> int:
    """Closes the days of a calendar file; what was written by hand stays. How many days are new or renamed."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        row = locked(schedule)
        wanted = new_days(row, days)
        row.exceptions.filter(date__in=wanted).delete()
        write(row, [_closed(row, day, name, Source.FILE) for day, name in wanted.items()])
        if wanted:
            changed(actor, row, Source.FILE, added=list(wanted))
    return len(wanted)


def remove_imported(actor: Actor, schedule: WorkSchedule) -> int:
    """Takes away every day that came from a calendar file; how many they were."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        row = locked(schedule)
        present = row.exceptions.filter(source=Source.FILE)
        days = list(present.values_list("date", flat=True))
        present.delete()
        if days:
            changed(actor, row, Source.FILE, removed=days)
    return len(days)


def new_days(schedule: WorkSchedule, days: Mapping[date, str]) -> dict[date, str]:
    """Of the days of a file those that would change something."""
    present = {each.date: each for each in schedule.exceptions.filter(date__in=list(days))}
    return {
        day: name
        for day, name in days.items()
        if FIRST <= day <= LAST
        and (day not in present or (present[day].source == Source.FILE and present[day].name != _short(name)))
    }


def write(schedule: WorkSchedule, rows: Iterable[ScheduleException]) -> None:
    """Adds exceptions to a locked schedule; days that have one keep it."""
    ScheduleException.objects.bulk_create(rows, ignore_conflicts=True)
    if schedule.exceptions.count() > MOST:
        raise Invalid({"first": [_("No more than %(limit)d days that differ in one schedule.") % {"limit": MOST}]})


def changed(
    actor: Actor, schedule: WorkSchedule, source: str, *, added: Sequence[date] = (), removed: Sequence[date] = ()
) -> None:
    """Counts the change of a locked schedule, so that nobody goes on with old days, and records it."""
    schedule.version = uuid4()
    schedule.save(update_fields=["version"])
    data = {
        "name": schedule.name,
        "source": str(source),
        "added": [day.isoformat() for day in added[:TOLD]],
        "removed": [day.isoformat() for day in removed[:TOLD]],
        "count": len(added) + len(removed),
    }
    events.record(actor, kinds.EXCEPTIONS_CHANGED, schedule, data)


def _closed(schedule: WorkSchedule, day: date, name: str, source: ScheduleException.Source) -> ScheduleException:
    return ScheduleException(schedule=schedule, date=day, hours=[], name=_short(name), source=source)


def _short(name: str) -> str:
    return " ".join(name.split())[:NAME_LIMIT]


def _checked(facts: ExceptionFacts) -> tuple[Hours | None, str]:
    problems: dict[str, list[str]] = {}
    last, hours = facts.last or facts.first, None
    if not FIRST <= facts.first <= LAST:
        problems["first"] = [_("Choose a day between %(first)s and %(last)s.") % {"first": FIRST, "last": LAST}]
    elif last < facts.first:
        problems["last"] = [_("The last day is before the first one.")]
    elif (last - facts.first).days >= MOST_AT_ONCE or last > LAST:
        problems["last"] = [_("No more than %(limit)d days at once.") % {"limit": MOST_AT_ONCE}]
    if facts.hours is not None:
        try:
            hours = check_hours(facts.hours)
        except HoursMistake as mistake:
            problems["hours"] = [words_of(mistake)]
    name = " ".join(facts.name.split())
    if len(name) > NAME_LIMIT:
        problems["name"] = [_("No more than %(limit)d characters.") % {"limit": NAME_LIMIT}]
    if problems:
        raise Invalid(problems)
    return hours, name
