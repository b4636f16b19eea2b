"""The days that differ: a year at a glance, the list, and a form that adds some."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okno.calendars.models import ScheduleException, WorkSchedule
from okno.calendars.operations.exceptions import FIRST, LAST, remove_exception, remove_imported, set_exceptions
from okno.core import clock
from okno.core.faults import Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done
from okno.manage.schedules.forms import DayForm, FileForm
from okno.manage.schedules.pictures import year_months
from okno.manage.schedules.shared import load, tabs
from okno.manage.schedules.words import full_date, hours_words, short_weekdays, source_words


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def days(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The days of one year; the form adds to any."""
    schedule = load(pk)
    form = DayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            set_exceptions(request.actor, schedule, form.facts())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Saved."), "manage:schedule-days", pk)
    return page(request, schedule, form)


@require_POST
@agents_with("settings.manage")
def remove(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The day is as usual again."""
    schedule = load(pk)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return done(request, _("There is no such day."), "manage:schedule-days", pk)
    remove_exception(request.actor, schedule, day)
    return done(request, _("%(day)s is as usual again.") % {"day": full_date(day)}, "manage:schedule-days", pk)


@require_POST
@agents_with("settings.manage")
def remove_files(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Everything that came from calendar files goes."""
    remove_imported(request.actor, load(pk))
    return done(request, _("The days from files are removed."), "manage:schedule-days", pk)


def page(
    request: AgentRequest, schedule: WorkSchedule, form: DayForm | None = None, file_form: FileForm | None = None
) -> HttpResponseBase:
    """The page, with forms as they were submitted."""
    year = _year(request.GET.get("year", ""))
    exceptions = list(schedule.exceptions.filter(date__year=year))
    form, file_form = form or DayForm(), file_form or FileForm()
    context = {
        "schedule": schedule,
        "tabs": tabs(schedule, "schedule-days"),
        "form": form,
        "file_form": file_form,
        "year": year,
        "years": (max(year - 1, FIRST.year), min(year + 1, LAST.year)),
        "months": year_months(schedule, year, exceptions),
        "weekdays": short_weekdays(),
        "rows": [_row(each) for each in exceptions],
        "from_files": schedule.exceptions.filter(source=ScheduleException.Source.FILE).count(),
    }
    wrong = bool(form.errors or file_form.errors)
    return render(request, "manage/schedules/days.jinja", context, status=422 if wrong else 200)


def _row(exception: ScheduleException) -> dict[str, Any]:
    return {
        "day": exception,
        "date": full_date(exception.date),
        "hours": hours_words(exception.hours),
        "source": source_words(exception),
    }


def _year(text: str) -> int:
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else clock.now().year
    return year if FIRST.year <= year <= LAST.year else clock.now().year
