"""Days from a calendar file: shown first, taken only then."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from okno.calendars.calendar_files import BYTES, DAYS, EVENTS, UnreadableCalendar, read_calendar
from okno.calendars.operations.exceptions import import_days, new_days
from okno.core import clock
from okno.core.display import size
from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.jinja import current_locale
from okno.manage.pages import done, refused
from okno.manage.schedules.days import page
from okno.manage.schedules.forms import FileForm
from okno.manage.schedules.shared import load, tabs
from okno.manage.schedules.words import full_date

YEARS = 5
"""Repeated events are worked out from the last year to so many years ahead."""


@require_POST
@agents_with("settings.manage")
def look(request: AgentRequest, pk: int) -> HttpResponseBase:
    """What the file would change; nothing is changed yet."""
    schedule = load(pk)
    form = FileForm(request.POST, request.FILES)
    year = clock.now().year
    if not form.is_valid():
        return page(request, schedule, file_form=form)
    try:
        found = read_calendar(
            form.cleaned_data["file"].read(BYTES + 1), date(year - 1, 1, 1), date(year + YEARS, 12, 31)
        )
    except UnreadableCalendar as mistake:
        form.add_error("file", _trouble(mistake))
        return page(request, schedule, file_form=form)
    wanted = new_days(schedule, found.days)
    days = found.days.items()
    rows = [{"day": day, "date": full_date(day), "name": name, "is_new": day in wanted} for day, name in days]
    context = {
        "schedule": schedule, "tabs": tabs(schedule, "schedule-days"), "rows": rows, "wanted": wanted,
        "with_hours": found.with_hours, "years": (year - 1, year + YEARS),
    }  # fmt: skip
    return render(request, "manage/schedules/file.jinja", context)


@require_POST
@agents_with("settings.manage")
def take(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Closes the days that were shown."""
    schedule = load(pk)
    try:
        number = import_days(request.actor, schedule, _shown(request))
    except Invalid as invalid:
        return refused(request, invalid.message, "manage:schedule-days", pk)
    words = ngettext("%(num)d day is added.", "%(num)d days are added.", number) % {"num": number}
    return done(request, words, "manage:schedule-days", pk)


def _shown(request: AgentRequest) -> dict[date, str]:
    """The days of the preview: each as its date and its name in one hidden field."""
    days: dict[date, str] = {}
    for text in request.POST.getlist("day")[:DAYS]:
        day, _space, name = text.partition(" ")
        try:
            days[date.fromisoformat(day)] = name
        except ValueError:
            continue
    return days


def _trouble(mistake: UnreadableCalendar) -> str:
    return {
        "size": _("The file is larger than %(size)s.") % {"size": size(BYTES, current_locale())},
        "events": _("The file has more than %(limit)d events.") % {"limit": EVENTS},
        "days": _("The file has more than %(limit)d days.") % {"limit": DAYS},
        "slow": _("The repetitions in this file cannot be worked out."),
    }.get(mistake.kind, _("This is not a calendar file that can be read."))
