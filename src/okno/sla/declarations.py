"""The setting of promises, and what the rules use."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from okno.calendars.models import WorkSchedule
from okno.calendars.uses import used_by
from okno.core.settings_store import Setting, declare
from okno.sla.models import SlaRule
from okno.tickets.conditions import BadCondition, Keeper, Stored, load, register_keeper

REACTION = declare(
    Setting(
        key="sla.reaction",
        kind=str,
        default="any",
        label=_("What counts as the reaction"),
        help=_("Which act of yours keeps the promise of a reaction to a new ticket."),
        group="sla",
        choices={
            "any": _("The first change of status or the first public answer"),
            "answer": _("The first public answer only"),
        },
    )
)


@used_by(_("SLA rules"))
def rules_by(schedule: WorkSchedule) -> list[str]:
    """The rules that count by a schedule."""
    return [rule.label for rule in SlaRule.objects.filter(schedule=schedule)]


def _stored() -> Iterator[Stored]:
    for rule in SlaRule.objects.all():
        try:
            yield Stored(rule, rule.label, load(rule.condition))
        except BadCondition:
            continue


register_keeper("sla", Keeper(_("SLA rules"), _stored))
