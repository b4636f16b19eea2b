"""Time in statuses over many tickets: averages and percentiles as bars, with the table behind them (F4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from okno.core import clock
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.http.respond import respond
from okno.core.jinja import current_locale
from okno.desk.tickets.spans import span
from okno.people.models import Team
from okno.tickets.durations import Measure, StatusDuration, durations
from okno.tickets.filters import TicketFilter
from okno.workflow.models import TicketType

MONTH = 30


class TimesForm(forms.Form):
    """Which tickets are measured, and by which clock."""

    days = forms.TypedChoiceField(
        label=_("With news in the last"),
        coerce=int,
        choices=[(7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("365 days"))],
    )
    type = forms.ModelChoiceField(
        TicketType.objects.all(), label=_("Type"), to_field_name="code", required=False, empty_label=_("All types")
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(is_active=True), label=_("Team"), required=False, empty_label=_("All teams")
    )
    clock = forms.ChoiceField(
        label=_("Time"), choices=[("working", _("Working time")), ("wall", _("By the clock on the wall"))]
    )


@dataclass(frozen=True)
class Line:
    """A status with its measures in words, and the share of the longest bar (out of 100)."""

    name: str
    colour: str
    tickets: int
    average: str
    percentiles: list[str]
    share: float


@require_safe
@agents_with("tickets.view_all")
def times(request: AgentRequest) -> HttpResponseBase:
    """The page; what the form asks is in its address."""
    usual = {"days": MONTH, "clock": "working"}
    form = TimesForm({**usual, **request.GET.dict()})
    if not form.is_valid():
        form = TimesForm(usual)
        form.is_valid()
    given = form.cleaned_data
    chosen = TicketFilter(
        types=(given["type"].code,) if given["type"] else (),
        team=given["team"].pk if given["team"] else None,
        updated_since=clock.now() - timedelta(days=given["days"]),
    )
    lines = _lines(durations(request.actor, chosen), given["clock"])
    return respond(request, "desk/times.jinja", {"form": form, "lines": lines})


def _lines(found: list[StatusDuration], which: str) -> list[Line]:
    measures: list[Measure] = [getattr(each, which) for each in found]
    longest = max((measure.average.total_seconds() for measure in measures), default=0) or 1
    return [_line(each, measure, longest) for each, measure in zip(found, measures, strict=True)]


def _line(each: StatusDuration, measure: Measure, longest: float) -> Line:
    locale: Any = current_locale()
    return Line(
        name=each.status.name,
        colour=each.status.colour,
        tickets=each.tickets,
        average=span(measure.average, locale),
        percentiles=[span(value, locale) for _share, value in sorted(measure.percentiles.items())],
        share=measure.average.total_seconds() / longest * 100,
    )
