"""A trial: when would a promise of so much working time end, and what is counted on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_time
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from okno.calendars.loading import rules_of
from okno.calendars.models import WorkSchedule
from okno.calendars.rules import DayAccount, NeverOpens, OutOfReach, Schedule, explain_deadline
from okno.core import clock
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.jinja import current_locale
from okno.manage.schedules.forms import TrialForm
from okno.manage.schedules.shared import load, tabs
from okno.manage.schedules.words import full_date

SHOWN = 100
"""Days in the table of a trial."""


@require_safe
@agents_with("settings.manage")
def trial(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form, and the answer when something was asked."""
    schedule = load(pk)
    asked = "start" in request.GET
    now = timezone.localtime(clock.now()).replace(second=0, microsecond=0)
    form = TrialForm(request.GET) if asked else TrialForm(initial={"start": now})
    context: dict[str, Any] = {"schedule": schedule, "form": form, "tabs": tabs(schedule, "schedule-trial")}
    if asked and form.is_valid():
        context |= _answer(form, schedule)
    return render(request, "manage/schedules/trial.jinja", context, status=422 if form.errors else 200)


def _answer(form: TrialForm, schedule: WorkSchedule) -> dict[str, Any]:
    values = form.cleaned_data
    amount = timedelta(hours=values["hours"], minutes=values["minutes"])
    rules = rules_of(schedule, values["zone"])
    try:
        found = explain_deadline(values["start"], amount, rules)
    except NeverOpens:
        return {"trouble": _("The schedule has not so much open time left.")}
    except OutOfReach:
        return {"trouble": _("That is too far away to be told.")}
    local = found.deadline.astimezone(ZoneInfo(rules.zone))
    return {
        "deadline": found.deadline,
        "there": f"{full_date(local.date())}, {format_time(local, 'short', locale=current_locale())}",
        "zone": rules.zone,
        "rows": [_row(day, rules) for day in found.days[:SHOWN]],
        "more": max(0, len(found.days) - SHOWN),
    }


def _row(day: DayAccount, rules: Schedule) -> dict[str, Any]:
    zone, locale = ZoneInfo(rules.zone), current_locale()
    spans = [
        "–".join(format_time(edge.astimezone(zone), "short", locale=locale) for edge in (part.start, part.end))
        for part in day.intervals
    ]
    return {
        "date": full_date(day.day),
        "hours": ", ".join(spans) or _("closed all day"),
        "name": day.name,
        "worked": _amount(day.worked) if spans else "",
        "is_exception": day.is_exception,
    }


def _amount(worked: timedelta) -> str:
    hours, minutes = divmod(round(worked.total_seconds()) // 60, 60)
    if not minutes:
        return ngettext("%(num)d hour", "%(num)d hours", hours) % {"num": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
