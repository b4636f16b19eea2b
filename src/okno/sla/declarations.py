"""The setting of promises, and what the rules use."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okno.calendars.models import WorkSchedule
from okno.calendars.uses import used_by
from okno.core.settings_store import Setting, declare
from okno.sla.models import SlaRule
from okno.sla.rules import Level
from okno.tickets.conditions import (
    Clause,
    Field,
    Kind,
    register,
)

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


def _broken(_clause: Clause, _now: datetime) -> Q:
    return Q(react_told=Level.BROKEN.value) | Q(resolve_told=Level.BROKEN.value)


register(
    Field(
        key="promise_broken",
        label=_("A promise was broken"),
        section=_("Promises"),
        kind=Kind.FLAG,
        ask=_broken,
        read=lambda ticket: Level.BROKEN.value in {ticket.react_told, ticket.resolve_told},
    )
)
register(
    Field(
        key="due_on",
        label=_("Deadline"),
        section=_("Promises"),
        kind=Kind.DATE,
        column="due_at",
        optional=True,
        read=lambda ticket: ticket.due_at,
    )
)
