"""Forms of SLA rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.calendars.models import WorkSchedule
from okno.manage.conditions.field import ConditionField
from okno.people.models import Company
from okno.sla.models import SlaRule
from okno.sla.operations.rules import NAME_LIMIT, RuleFacts
from okno.tickets.conditions import BadCondition, Condition, load
from okno.workflow.catalogue import PRIORITIES, TYPES, path_of, service_tree
from okno.workflow.models import Service

WARNINGS = [
    ("percent", gettext_lazy("When this share of the time is over")),
    ("left", gettext_lazy("When so much time is left")),
    ("never", gettext_lazy("Never")),
]
NORM_HELP = gettext_lazy("Hours and minutes by the schedule. Leave both empty to promise nothing.")
SHORT = {"inputmode": "numeric", "autocomplete": "off"}


def _hours(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=5 * 366 * 24, help_text=help_text,
        widget=forms.NumberInput(attrs=SHORT),
    )  # fmt: skip


def _minutes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=59, widget=forms.NumberInput(attrs=SHORT)
    )


class RuleForm(forms.Form):
    """If a ticket fits, then so much is promised for it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LIMIT)
    is_enabled = forms.BooleanField(
        label=gettext_lazy("Switched on"), required=False, initial=True,
        help_text=gettext_lazy("A rule that is off is passed over."),
    )  # fmt: skip
    condition = ConditionField(
        label=gettext_lazy("If"), help_text=gettext_lazy("What a ticket must be like for this rule to decide.")
    )
    schedule = forms.ModelChoiceField(
        WorkSchedule.objects.all(), label=gettext_lazy("Counted by"), required=False,
        empty_label=gettext_lazy("The wall clock, day and night"),
    )  # fmt: skip
    reaction_hours = _hours(gettext_lazy("Reaction, hours"), NORM_HELP)
    reaction_minutes = _minutes(gettext_lazy("Reaction, minutes"))
    resolution_hours = _hours(gettext_lazy("Resolution, hours"), NORM_HELP)
    resolution_minutes = _minutes(gettext_lazy("Resolution, minutes"))
    warning = forms.ChoiceField(label=gettext_lazy("Warning before"), choices=WARNINGS, initial="percent")
    warn_percent = forms.IntegerField(
        label=gettext_lazy("Share of the time, %"), required=False, min_value=1, max_value=99, initial=75
    )
    warn_minutes = forms.IntegerField(
        label=gettext_lazy("Time left, minutes"), required=False, min_value=1, max_value=5 * 366 * 24 * 60
    )

    def __init__(self, data: Any = None, *, rule: SlaRule | None = None) -> None:
        super().__init__(data, initial=said_by(rule) if rule else {})

    def clean(self) -> dict[str, Any]:
        """The chosen kind of warning must say when."""
        values = super().clean() or self.cleaned_data
        if values.get("warning") == "percent" and not values.get("warn_percent") and "warn_percent" in values:
            self.add_error("warn_percent", _("Write a number from 1 to 99."))
        if values.get("warning") == "left" and not values.get("warn_minutes") and "warn_minutes" in values:
            self.add_error("warn_minutes", _("Write how many minutes."))
        return values

    def facts(self) -> RuleFacts:
        """What the form says, after it was found valid."""
        values = self.cleaned_data
        return RuleFacts(
            name=values["name"],
            condition=values["condition"],
            schedule=values["schedule"],
            reaction_minutes=_norm(values, "reaction"),
            resolution_minutes=_norm(values, "resolution"),
            warn_percent=values["warn_percent"] if values["warning"] == "percent" else 0,
            warn_minutes=values["warn_minutes"] if values["warning"] == "left" else 0,
            is_enabled=values["is_enabled"],
        )


def _norm(values: dict[str, Any], name: str) -> int | None:
    hours, minutes = values[f"{name}_hours"], values[f"{name}_minutes"]
    return None if hours is None and minutes is None else 60 * (hours or 0) + (minutes or 0)


def condition_of(rule: SlaRule) -> Condition | None:
    """What the rule asks; nothing when it cannot be read any more."""
    try:
        return load(rule.condition)
    except BadCondition:
        return None


def said_by(rule: SlaRule) -> dict[str, Any]:
    """A rule as its form shows it."""
    said: dict[str, Any] = {
        "name": rule.label,
        "is_enabled": rule.is_enabled,
        "condition": condition_of(rule),
        "schedule": rule.schedule_id,
        "warning": "left" if rule.warn_minutes else "percent" if rule.warn_percent else "never",
        "warn_percent": rule.warn_percent or None,
        "warn_minutes": rule.warn_minutes or None,
    }
    for name in ("reaction", "resolution"):
        minutes = getattr(rule, f"{name}_minutes")
        if minutes is not None:
            said[f"{name}_hours"], said[f"{name}_minutes"] = divmod(minutes, 60)
    return said


class TrialForm(forms.Form):
    """A ticket that exists, or one that is only imagined."""

    number = forms.IntegerField(
        label=gettext_lazy("Number of a ticket"), required=False, min_value=1, max_value=2**63 - 1,
        help_text=gettext_lazy("Without one, imagine a ticket:"),
    )  # fmt: skip
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), required=False)
    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    company = forms.CharField(label=gettext_lazy("Company"), required=False, max_length=320)
    registered = forms.DateTimeField(
        label=gettext_lazy("Registered"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Now, when left empty."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["type"].choices = [("", _("the usual one")), *((row.code, row.name) for row in TYPES.active())]
        priorities = reversed(PRIORITIES.active())
        fields["priority"].choices = [("", _("the usual one")), *((row.code, row.name) for row in priorities)]
        services = [(row.code, path_of(row)) for _depth, row in service_tree()]
        fields["service"].choices = [("", _("none")), *services]

    def clean_company(self) -> Company | None:
        """The company of this name."""
        words = (self.cleaned_data.get("company") or "").strip()
        found = Company.objects.filter(name__iexact=words).select_related("category").first() if words else None
        if words and found is None:
            raise forms.ValidationError(_("There is no such company."))
        return found

    def columns(self) -> tuple[dict[str, Any], datetime | None]:
        """The columns of the imagined ticket, and when it comes."""
        values = self.cleaned_data
        columns = {
            "type": TYPES.by_code(values["type"]),
            "priority": PRIORITIES.by_code(values["priority"]),
            "company": values["company"],
            "service": Service.objects.filter(code=values["service"]).first(),
        }
        return columns, values["registered"]
