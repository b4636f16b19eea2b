"""The list of schedules."""

from __future__ import annotations

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.calendars.models import WorkSchedule
from okno.core import clock
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.schedules.pictures import week_bars, week_words
from okno.manage.schedules.words import week_length


@require_safe
@agents_with("settings.manage")
def schedules(request: AgentRequest) -> HttpResponseBase:
    """Each schedule with the picture of its week, the default one first."""
    coming = Count("exceptions", filter=Q(exceptions__date__gte=clock.now().date()))
    rows = [
        {
            "schedule": schedule,
            "bars": week_bars(schedule),
            "words": week_words(schedule),
            "length": week_length(schedule),
        }
        for schedule in WorkSchedule.objects.annotate(coming=coming).order_by("-is_default", Lower("name"))
    ]
    return render(request, "manage/schedules/list.jinja", {"rows": rows})
