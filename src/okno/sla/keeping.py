"""The conditions that promises keep: what they name is known before it is deleted."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from okno.sla.models import SlaRule
from okno.sla.operations.rules import rewrite_condition
from okno.tickets.conditions import BadCondition, Keeper, Stored, load, register_keeper


def _stored() -> Iterator[Stored]:
    for rule in SlaRule.objects.all():
        try:
            yield Stored(rule, rule.label, load(rule.condition))
        except BadCondition:
            continue


register_keeper("sla", Keeper(_("SLA rules"), _stored, rewrite_condition))
