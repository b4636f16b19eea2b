"""SLA rules: made, changed, put in order, switched off, deleted by those who may change settings (F58, F59)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.calendars.models import WorkSchedule
from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.ordered import last_position, reorder
from okno.core.text import one_line
from okno.people import access
from okno.people.operations.facts import Problems
from okno.sla import events as kinds
from okno.sla.models import SlaRule
from okno.sla.operations.recomputing import recompute
from okno.tickets.conditions import ALWAYS, Condition, to_stored
from okno.tickets.conditions.rules.tree import clauses

RIGHT = "settings.manage"
NAME_LIMIT = 120
LONGEST = 5 * 366 * 24 * 60
"""Minutes of the longest norm."""
OWN_FIELDS = frozenset({"promise_broken", "due_on"})
"""What can be asked of a ticket only when its promise is known."""


@dataclass(frozen=True)
class RuleFacts:
    """What a rule says. Norms are minutes; no schedule is the wall clock; names by language where it has them."""

    name: str
    condition: Condition = ALWAYS
    schedule: WorkSchedule | None = None
    reaction_minutes: int | None = None
    resolution_minutes: int | None = None
    warn_percent: int = 75
    warn_minutes: int = 0
    is_enabled: bool = True
    names: Mapping[str, str] | None = None


def create_rule(actor: Actor, facts: RuleFacts) -> SlaRule:
    """Makes a rule, tried after all others; open tickets get their deadlines by it."""
    access.require(actor, RIGHT)
    columns = _checked(facts)
    with transaction.atomic():
        rule = SlaRule.objects.create(**{"names": {}, **columns}, position=last_position(SlaRule.objects.all()))
        events.record(actor, kinds.RULE_CREATED, rule, {"name": rule.name})
        recompute(actor, "rules", rule.name)
    return rule


def change_rule(actor: Actor, rule: SlaRule, facts: RuleFacts) -> SlaRule:
    """Replaces what the rule says; its place stays."""
    access.require(actor, RIGHT)
    columns = _checked(facts)
    with transaction.atomic():
        row = _locked(rule)
        changed = [name for name, value in columns.items() if getattr(row, name) != value]
        if "name" in changed:
            columns.setdefault("names", {})
        for name, value in columns.items():
            setattr(row, name, value)
        if changed:
            row.save(update_fields=list(columns))
            events.record(actor, kinds.RULE_CHANGED, row, {"name": row.name, "fields": changed})
        if set(changed) - {"name", "names"}:
            recompute(actor, "rules", row.name)
    return row


def switch_rule(actor: Actor, rule: SlaRule, *, enabled: bool) -> SlaRule:
    """Has the rule tried again, or passed over."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        row = _locked(rule)
        if row.is_enabled != enabled:
            row.is_enabled = enabled
            row.save(update_fields=["is_enabled"])
            events.record(actor, kinds.RULE_CHANGED, row, {"name": row.name, "fields": ["is_enabled"]})
            recompute(actor, "rules", row.name)
    return row


def order_rules(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the rules in the wanted order, if nobody was faster."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        if reorder(SlaRule.objects.all(), wanted, seen):
            first = SlaRule.objects.get(pk=wanted[0])
            events.record(actor, kinds.RULES_ORDERED, first, {"order": list(wanted)})
            recompute(actor, "order")


def delete_rule(actor: Actor, rule: SlaRule) -> None:
    """Deletes the rule; open tickets that followed it follow the next that fits, others keep their deadlines."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        row = _locked(rule)
        events.record(actor, kinds.RULE_DELETED, row, {"name": row.name})
        row.delete()
        recompute(actor, "rules", rule.name)


def rewrite_condition(actor: Actor, rule: SlaRule, condition: Condition) -> None:
    """Has the rule name what took the place of something; whoever may replace that may do this."""
    with transaction.atomic():
        row = _locked(rule)
        row.condition = to_stored(condition)
        row.save(update_fields=["condition"])
        events.record(actor, kinds.RULE_CHANGED, row, {"name": row.name, "fields": ["condition"]})
        recompute(actor, "rules", row.name)


def _locked(rule: SlaRule) -> SlaRule:
    row = SlaRule.objects.select_for_update(of=("self",)).filter(pk=rule.pk).first()
    if row is None:
        raise Conflict(_("Somebody has deleted this rule."))
    return row


def _checked(facts: RuleFacts) -> dict[str, Any]:
    name = one_line(facts.name)
    problems = Problems()
    called = {} if facts.names is None else {"names": problems.check_names(facts.names)}
    if not name:
        problems["name"] = [_("Write the name.")]
    elif len(name) > NAME_LIMIT:
        problems["name"] = [_("No more than %(limit)d characters.") % {"limit": NAME_LIMIT}]
    for field in ("reaction_minutes", "resolution_minutes"):
        minutes = getattr(facts, field)
        if minutes is not None and not 0 < minutes <= LONGEST:
            problems[field] = [_("Write a time between one minute and five years, or nothing.")]
    if not 0 <= facts.warn_percent < 100:
        problems["warn_percent"] = [_("Write a number from 1 to 99.")]
    if not 0 <= facts.warn_minutes <= LONGEST:
        problems["warn_minutes"] = [_("Write a time between one minute and five years, or nothing.")]
    if any(clause.field in OWN_FIELDS for _place, clause in clauses(facts.condition)):
        problems["condition"] = [_("A rule cannot ask for deadlines: it is what makes them.")]
    if problems:
        raise Invalid(problems)
    return {
        "name": name,
        "condition": to_stored(facts.condition),
        "schedule": facts.schedule,
        "reaction_minutes": facts.reaction_minutes,
        "resolution_minutes": facts.resolution_minutes,
        "warn_percent": 0 if facts.warn_minutes else facts.warn_percent,
        "warn_minutes": facts.warn_minutes,
        "is_enabled": facts.is_enabled,
        **called,
    }
