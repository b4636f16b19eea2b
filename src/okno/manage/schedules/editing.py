"""The week of a schedule: its form, its buttons, making it the default, deleting it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okno.calendars.models import WorkSchedule, usual_week
from okno.calendars.operations.schedules import (
    ScheduleFacts,
    change_schedule,
    create_schedule,
    delete_schedule,
    make_default,
    week_problems,
)
from okno.calendars.uses import uses_of
from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done, refused
from okno.manage.schedules.forms import ScheduleForm
from okno.manage.schedules.shared import load, tabs
from okno.manage.schedules.week import Pairs, day_forms, pressed, typed_week
from okno.manage.schedules.words import weekdays


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def new(request: AgentRequest) -> HttpResponseBase:
    """The form of a new schedule."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form of a schedule."""
    return _edit(request, load(pk))


@require_POST
@agents_with("settings.manage")
def week(request: AgentRequest) -> HttpResponseBase:
    """The week in the form after one of its buttons; nothing is saved."""
    changed, focus = pressed(typed_week(request.POST), request.POST.get("act", ""))
    context = {"days": day_forms(changed), "weekdays": weekdays(), "focus": focus}
    return render(request, "manage/schedules/week.jinja", context)


@require_POST
@agents_with("settings.manage")
def default(request: AgentRequest, pk: int) -> HttpResponseBase:
    """It holds where nothing else was chosen."""
    schedule = make_default(request.actor, load(pk))
    return done(request, _("%(name)s is the default schedule now.") % {"name": schedule.name}, "manage:schedules")


@require_POST
@agents_with("settings.manage")
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone, when nothing follows it."""
    schedule = load(pk)
    try:
        delete_schedule(request.actor, schedule)
    except Conflict as conflict:
        return refused(request, conflict.message, "manage:schedule", pk)
    return done(request, _("The schedule %(name)s is deleted.") % {"name": schedule.name}, "manage:schedules")


def _edit(request: AgentRequest, schedule: WorkSchedule | None) -> HttpResponseBase:
    form = ScheduleForm(request.POST if request.method == "POST" else None, schedule=schedule)
    hours: list[Pairs] = schedule.weekly if schedule else usual_week()
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        hours = typed_week(request.POST)
        try:
            saved = _save(request, form, hours, schedule)
        except Invalid as invalid:
            errors = invalid.fields
            at_fields(form, _with_days(invalid))
        else:
            return done(request, _("Saved."), "manage:schedule", saved.pk)
    context: dict[str, Any] = {"form": form, "schedule": schedule, "days": day_forms(hours, errors), "focus": ""}
    context |= {"weekdays": weekdays(), "tabs": tabs(schedule, "schedule") if schedule else []}
    context["uses"] = uses_of(schedule) if schedule else []
    return render(request, "manage/schedules/edit.jinja", context, status=422 if form.errors else 200)


def _with_days(invalid: Invalid) -> Invalid:
    """The mistakes for the head of the form, where a day must be named."""
    names = {f"day_{number}": name for number, name in enumerate(weekdays())}
    return Invalid(
        {
            field: [f"{names[field]}: {message}" if field in names else message for message in messages]
            for field, messages in invalid.fields.items()
        }
    )


def _save(
    request: AgentRequest, form: ScheduleForm, hours: list[Pairs], schedule: WorkSchedule | None
) -> WorkSchedule:
    if not form.is_valid():
        raise Invalid(week_problems(hours))
    facts = ScheduleFacts(weekly=hours, **form.cleaned_data)
    if schedule is None:
        return create_schedule(request.actor, facts)
    return change_schedule(request.actor, schedule, facts)
