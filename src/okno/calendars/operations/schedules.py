"""Schedules: made, changed, made the default, deleted by those who may change settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okno.calendars import events as kinds
from okno.calendars.models import WorkSchedule
from okno.calendars.operations.mistakes import check_hours, words_of
from okno.calendars.rules.hours import Hours, HoursMistake
from okno.calendars.rules.zones import UnknownZone, zone_of
from okno.calendars.uses import uses_of
from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.people import access

RIGHT = "settings.manage"
NAME_LIMIT = 80


@dataclass(frozen=True)
class ScheduleFacts:
    """What a schedule says: its name, a zone or none for the installation's, and the hours of seven days."""

    name: str
    weekly: Sequence[Sequence[Sequence[str]]]
    zone: str = ""
    in_client_zone: bool = True


def create_schedule(actor: Actor, facts: ScheduleFacts) -> WorkSchedule:
    """Makes a schedule."""
    access.require(actor, RIGHT)
    values = _checked(facts, None)
    with _one_name(values["name"]), transaction.atomic():
        schedule = WorkSchedule.objects.create(**values)
        events.record(actor, kinds.SCHEDULE_CREATED, schedule, {"name": schedule.name})
    return schedule


def change_schedule(actor: Actor, schedule: WorkSchedule, facts: ScheduleFacts) -> WorkSchedule:
    """Replaces what the schedule says; its exceptions stay."""
    access.require(actor, RIGHT)
    values = _checked(facts, schedule)
    with _one_name(values["name"]), transaction.atomic():
        row = locked(schedule)
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            row.version = uuid4()
            row.save(update_fields=[*changed, "version"])
            events.record(actor, kinds.SCHEDULE_CHANGED, row, {"name": row.name, "fields": changed})
    return row


def make_default(actor: Actor, schedule: WorkSchedule) -> WorkSchedule:
    """The schedule holds from now on where nothing else was chosen."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        list(WorkSchedule.objects.select_for_update().order_by("pk"))
        row = locked(schedule)
        if not row.is_default:
            WorkSchedule.objects.filter(is_default=True).update(is_default=False)
            row.is_default = True
            row.save(update_fields=["is_default"])
            events.record(actor, kinds.SCHEDULE_CHANGED, row, {"name": row.name, "fields": ["is_default"]})
    return row


def delete_schedule(actor: Actor, schedule: WorkSchedule) -> None:
    """Deletes a schedule that nothing follows; the default one stays until another takes its place."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        row = locked(schedule)
        if row.is_default:
            raise Conflict(_("This is the default schedule. Make another one the default first."))
        uses = uses_of(row)
        if uses:
            named = "; ".join(f"{use.label}: {', '.join(use.names[:10])}" for use in uses)
            raise Conflict(_("The schedule is in use. %(uses)s.") % {"uses": named}, code="in_use")
        events.record(actor, kinds.SCHEDULE_DELETED, row, {"name": row.name})
        row.delete()


def week_problems(days: Sequence[Sequence[Sequence[str]]]) -> dict[str, list[str]]:
    """What is wrong with the hours of a week, by day; for a form that has other mistakes as well."""
    problems: dict[str, list[str]] = {}
    _week(days, problems)
    return problems


def locked(schedule: WorkSchedule) -> WorkSchedule:
    """The row as it is now, kept from others until the end of the transaction."""
    row = WorkSchedule.objects.select_for_update().filter(pk=schedule.pk).first()
    if row is None:
        raise Conflict(_("Somebody has deleted this schedule."))
    return row


@contextmanager
def _one_name(name: str) -> Iterator[None]:
    """Two who choose the same name at once: the second hears of it at the field."""
    try:
        yield
    except IntegrityError as error:
        raise Invalid({"name": [_taken(name)]}) from error


def _taken(name: str) -> str:
    return _("There is already a schedule “%(name)s”.") % {"name": name}


def _checked(facts: ScheduleFacts, schedule: WorkSchedule | None) -> dict[str, Any]:
    name, zone = " ".join(facts.name.split()), facts.zone.strip()
    problems: dict[str, list[str]] = {}
    if not name:
        problems["name"] = [_("Write the name.")]
    elif len(name) > NAME_LIMIT:
        problems["name"] = [_("No more than %(limit)d characters.") % {"limit": NAME_LIMIT}]
    elif WorkSchedule.objects.filter(name__iexact=name).exclude(pk=schedule.pk if schedule else 0).exists():
        problems["name"] = [_taken(name)]
    if zone and not _is_zone(zone):
        problems["zone"] = [_("There is no such time zone. Write one such as Europe/Warsaw.")]
    weekly = _week(facts.weekly, problems)
    if problems:
        raise Invalid(problems)
    return {"name": name, "zone": zone, "in_client_zone": facts.in_client_zone, "weekly": weekly}


def _week(days: Sequence[Sequence[Sequence[str]]], problems: dict[str, list[str]]) -> list[Hours]:
    week: list[Hours] = []
    for weekday, pairs in enumerate(days):
        try:
            week.append(check_hours(pairs))
        except HoursMistake as mistake:
            problems[f"day_{weekday}"] = [words_of(mistake)]
    if not problems and (len(week) != 7 or not any(week)):
        problems["weekly"] = [_("This week has no open hours: no promise could ever be kept by it.")]
    return week


def _is_zone(name: str) -> bool:
    try:
        zone_of(name)
    except UnknownZone:
        return False
    return len(name) <= 50
