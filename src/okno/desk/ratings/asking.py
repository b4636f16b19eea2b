"""What the page of ratings is asked for, in its address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okno.core import clock
from okno.people.models import Agent, Team
from okno.tickets.rating.rules import Level
from okno.tickets.rating.summaries import Step, Wanted
from okno.tickets.rating.wording import LEVELS
from okno.workflow.models import TicketType

USUAL = {"days": 90}
STEPS: dict[int, Step] = {30: "day", 90: "week", 365: "month"}


class RatingsForm(forms.Form):
    """Which ratings are shown."""

    days = forms.TypedChoiceField(
        label=_("In the last"), coerce=int, choices=[(30, _("30 days")), (90, _("90 days")), (365, _("365 days"))]
    )
    type = forms.ModelChoiceField(
        TicketType.objects.filter(is_internal=False),
        label=_("Type"),
        to_field_name="code",
        required=False,
        empty_label=_("All types"),
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(is_active=True), label=_("Team"), required=False, empty_label=_("All teams")
    )
    agent = forms.ModelChoiceField(
        Agent.objects.all(), label=_("Employee"), required=False, empty_label=_("All employees")
    )
    level = forms.TypedChoiceField(
        label=_("Rating"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All ratings")), *((level.value, LEVELS[level]) for level in reversed(Level))],
    )


def read(given: dict[str, Any]) -> tuple[RatingsForm, Wanted]:
    """The form and what it asks for; where an address asks for nonsense, what is usual."""
    form = RatingsForm({**USUAL, **given})
    if not form.is_valid():
        form = RatingsForm(USUAL)
        form.is_valid()
    found = form.cleaned_data
    return form, Wanted(
        since=clock.now() - timedelta(days=found["days"]),
        type=found["type"].code if found["type"] else "",
        team=found["team"].pk if found["team"] else None,
        agent=found["agent"].pk if found["agent"] else None,
        level=found["level"],
    )
