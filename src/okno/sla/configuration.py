"""What of SLA rules stands in the configuration file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.calendars.models import WorkSchedule
from okno.core.actor import Actor
from okno.core.configuration import Importing, Row, Section, register
from okno.core.faults import Invalid
from okno.sla.models import SlaRule
from okno.sla.operations import rules
from okno.sla.operations.rules import RuleFacts
from okno.tickets.conditions import from_portable, in_words, to_portable

PLAIN = ("name", "is_enabled", "reaction_minutes", "resolution_minutes", "warn_percent", "warn_minutes")


class RuleRow(Row):
    """A rule: norms are minutes, no schedule is the wall clock."""

    name: str
    names: dict[str, str] = {}
    is_enabled: bool = True
    condition: dict[str, Any]
    schedule: str = ""
    reaction_minutes: int | None = None
    resolution_minutes: int | None = None
    warn_percent: int = 75
    warn_minutes: int = 0


class SlaRules(Section[RuleRow]):
    """SLA rules in their order, which decides."""

    key, label, place, identity = "sla_rules", gettext_lazy("SLA rules"), 130, ("name",)
    is_ordered, repeats = True, True
    row, models = RuleRow, (SlaRule,)

    def held(self) -> Iterator[tuple[int, RuleRow]]:
        for rule in SlaRule.objects.select_related("schedule"):
            yield (
                rule.pk,
                RuleRow(
                    **{name: getattr(rule, name) for name in PLAIN},
                    names=dict(sorted(rule.names.items())),
                    condition=to_portable(rule.condition),
                    schedule=rule.schedule.name if rule.schedule else "",
                ),
            )

    def write(self, importing: Importing, item: RuleRow, pk: int | None) -> None:
        schedule = WorkSchedule.objects.filter(name__iexact=item.schedule).first() if item.schedule else None
        if item.schedule and schedule is None:
            raise Invalid({"schedule": [_("There is no schedule “%(name)s” here.") % {"name": item.schedule}]})
        said: dict[str, Any] = {name: getattr(item, name) for name in PLAIN}
        facts = RuleFacts(**said, names=item.names, condition=from_portable(item.condition), schedule=schedule)
        if pk is None:
            rules.create_rule(importing.actor, facts)
        else:
            rules.change_rule(importing.actor, SlaRule.objects.get(pk=pk), facts)

    def switch_off(self, importing: Importing, pk: int) -> None:
        rules.switch_rule(importing.actor, SlaRule.objects.get(pk=pk), enabled=False)

    def reorder(self, actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
        rules.order_rules(actor, wanted, seen)

    def words(self, name: str, value: Any) -> str | None:
        return in_words(value) if name == "condition" else None


register(SlaRules())
