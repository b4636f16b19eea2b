"""What every page of one schedule needs: the schedule itself, and the way to its other pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from okno.calendars.models import WorkSchedule
from okno.core.faults import NotVisible


def load(pk: int) -> WorkSchedule:
    """The schedule of this id; 404 when it is gone."""
    schedule = WorkSchedule.objects.filter(pk=pk).first()
    if schedule is None:
        raise NotVisible(_("There is no such schedule."))
    return schedule


def tabs(schedule: WorkSchedule, current: str) -> list[dict[str, Any]]:
    """The pages of a schedule."""
    pages = [
        ("manage:schedule", _("Week")),
        ("manage:schedule-days", _("Days that differ")),
        ("manage:schedule-holidays", _("Holidays")),
        ("manage:schedule-trial", _("Try it")),
    ]
    return [
        {"label": label, "url": reverse(name, args=[schedule.pk]), "current": name == f"manage:{current}"}
        for name, label in pages
    ]
