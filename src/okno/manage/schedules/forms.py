"""Forms of schedules."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.calendars.models import WorkSchedule
from okno.calendars.operations.exceptions import ExceptionFacts
from okno.calendars.operations.mistakes import words_of
from okno.calendars.rules.hours import Hours, HoursMistake, read_day

KINDS = [
    ("closed", gettext_lazy("Closed all day")),
    ("hours", gettext_lazy("Other hours")),
    ("usual", gettext_lazy("Open as usual, in spite of a holiday")),
]
YEAR_OF_WORK = 24 * 366


def zones(empty: str) -> list[tuple[str, str]]:
    """Every zone of the database behind a choice of none."""
    return [("", empty), *((zone, zone) for zone in sorted(zoneinfo.available_timezones()) if "/" in zone)]


class ScheduleForm(forms.Form):
    """The name and the zone; the week stands beside it, see ``week``."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    in_client_zone = forms.BooleanField(
        label=gettext_lazy("Count by the clocks of the client"), required=False, initial=True,
        help_text=gettext_lazy("For a company with a time zone of its own the same hours are meant there."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, schedule: WorkSchedule | None = None) -> None:
        names = ("name", "zone", "in_client_zone")
        super().__init__(data, initial={name: getattr(schedule, name) for name in names} if schedule else {})
        zone: Any = self.fields["zone"]
        zone.choices = zones(_("That of the installation (%(zone)s)") % {"zone": settings.DISPLAY_TIME_ZONE})
        if schedule and schedule.zone not in dict(zone.choices):
            zone.choices.append((schedule.zone, schedule.zone))


class DayForm(forms.Form):
    """A day, or several, on which other hours hold."""

    first = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("For several days in a row."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("What holds then"), choices=KINDS, initial="closed", widget=forms.RadioSelect
    )
    hours = forms.CharField(
        label=gettext_lazy("Hours"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "09:00-13:00, 14:00-16:00", "autocomplete": "off"}),
        help_text=gettext_lazy("Only for other hours."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Other hours must say which."""
        values = super().clean() or self.cleaned_data
        if values.get("kind") == "hours":
            try:
                values["pairs"] = read_day(values.get("hours", ""))
            except HoursMistake as mistake:
                self.add_error("hours", words_of(mistake))
            else:
                if not values["pairs"]:
                    self.add_error("hours", _("Write the hours, such as 09:00-13:00."))
        return values

    def facts(self) -> ExceptionFacts:
        """What the form says, after it was found valid."""
        values = self.cleaned_data
        hours: Hours | None = {"closed": [], "usual": None}.get(values["kind"], values.get("pairs"))
        return ExceptionFacts(values["first"], values["last"], hours, values["name"])


class TrialForm(forms.Form):
    """A promise that somebody tries."""

    start = forms.DateTimeField(
        label=gettext_lazy("Counted from"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=0, max_value=YEAR_OF_WORK, initial=8)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=0, max_value=59, initial=0)
    zone = forms.ChoiceField(label=gettext_lazy("Client's time zone"), required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        zone: Any = self.fields["zone"]
        zone.choices = zones(_("not known"))


class FileForm(forms.Form):
    """A calendar file."""

    file = forms.FileField(
        label=gettext_lazy("Calendar file (.ics)"),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=gettext_lazy("Events of whole days become closed days. Nothing is changed before you saw them."),
    )
