"""The holidays of a country: chosen with a look at their dates."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okno.calendars import public_holidays
from okno.calendars.operations.holidays import choose_country, last_year
from okno.core import clock
from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.jinja import current_locale
from okno.manage.pages import done, refused
from okno.manage.schedules.shared import load, tabs
from okno.manage.schedules.words import full_date


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def holidays(request: AgentRequest, pk: int) -> HttpResponseBase:
    """A choice of country and region; what is chosen in the address is only shown."""
    schedule = load(pk)
    if request.method == "POST":
        try:
            choose_country(request.actor, schedule, request.POST.get("country", ""), request.POST.get("region", ""))
        except Invalid as invalid:
            return refused(request, invalid.message, "manage:schedule-holidays", pk)
        return done(request, _("Saved."), "manage:schedule-holidays", pk)
    country, region = _asked(request, schedule.country, schedule.region)
    year = clock.now().year
    found = public_holidays.days_of(country, region, year, last_year()) if country else {}
    years = [
        (each, [(full_date(day), name) for day, name in found.items() if day.year == each])
        for each in range(year, last_year() + 1)
    ]
    context = {
        "schedule": schedule, "tabs": tabs(schedule, "schedule-holidays"), "country": country, "region": region,
        "countries": [("", _("none")), *public_holidays.countries(current_locale())],
        "regions": [("", _("the whole country")), *public_holidays.regions(country)],
        "years": years if found else [], "is_saved": (country, region) == (schedule.country, schedule.region),
    }  # fmt: skip
    return render(request, "manage/schedules/holidays.jinja", context)


def _asked(request: AgentRequest, country: str, region: str) -> tuple[str, str]:
    """The country and region of the address where they are known, else the saved ones."""
    if "country" not in request.GET:
        return country, region
    asked, place = request.GET["country"], request.GET.get("region", "")
    if not public_holidays.is_country(asked):
        return "", ""
    return asked, place if public_holidays.is_region(asked, place) else ""
