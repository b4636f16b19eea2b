"""Routing rules: made, changed, put in order, switched off, deleted by those who may change settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.ordered import last_position, reorder
from okno.people import access
from okno.people.models import Agent, Team
from okno.routing import events as kinds
from okno.routing import memory
from okno.routing.models import RoutingRule
from okno.tickets.conditions import ALWAYS, Condition, to_stored

RIGHT = "settings.manage"
NAME_LIMIT = 80
Target = RoutingRule.Target


@dataclass(frozen=True)
class RuleFacts:
    """What a rule says: if a new ticket meets the condition, whose it is and who follows it."""

    name: str
    condition: Condition = ALWAYS
    target: str = Target.DEFAULT
    agent: Agent | None = None
    team: Team | None = None
    watching_agents: Sequence[Agent] = ()
    watching_teams: Sequence[Team] = ()
    is_enabled: bool = True


def create_rule(actor: Actor, facts: RuleFacts) -> RoutingRule:
    """Makes a rule, tried after all others."""
    access.require(actor, RIGHT)
    columns = _checked(facts, None)
    with _one_name(columns["name"]), transaction.atomic():
        rule = RoutingRule.objects.create(**columns, position=last_position(RoutingRule.objects.all()))
        _set_watchers(rule, facts)
        events.record(actor, kinds.RULE_CREATED, rule, {"name": rule.name, "after": said_by(rule)})
    memory.forget()
    return rule


def change_rule(actor: Actor, rule: RoutingRule, facts: RuleFacts) -> RoutingRule:
    """Replaces what the rule says; its place stays. Tickets that it decided stay whose they are."""
    access.require(actor, RIGHT)
    columns = _checked(facts, rule)
    with _one_name(columns["name"]), transaction.atomic():
        row = locked(rule)
        before = said_by(row)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
        _set_watchers(row, facts)
        _record_change(actor, row, before)
    memory.forget()
    return row


def switch_rule(actor: Actor, rule: RoutingRule, *, enabled: bool) -> RoutingRule:
    """Has the rule tried again, or passed over."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        row = locked(rule)
        before = said_by(row)
        row.is_enabled = enabled
        row.save(update_fields=["is_enabled"])
        _record_change(actor, row, before)
    memory.forget()
    return row


def order_rules(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the rules in the wanted order, if nobody was faster."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        if reorder(RoutingRule.objects.all(), wanted, seen):
            first = RoutingRule.objects.get(pk=wanted[0])
            events.record(actor, kinds.RULES_REORDERED, first, {"before": list(seen), "after": list(wanted)})
    memory.forget()


def delete_rule(actor: Actor, rule: RoutingRule) -> None:
    """Deletes the rule; the history of the tickets that it decided keeps its name."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        row = locked(rule)
        events.record(actor, kinds.RULE_DELETED, row, {"name": row.name, "before": said_by(row)})
        row.delete()
    memory.forget()


def rewrite_condition(actor: Actor, rule: RoutingRule, condition: Condition) -> None:
    """Has the rule name what took the place of something; whoever may replace that may do this."""
    with _rewriting(actor, rule) as row:
        row.condition = to_stored(condition)


def rewrite_people(actor: Actor, rule: RoutingRule, before: Agent | Team, after: Agent | Team) -> None:
    """The same for the employee or the team to whom the rule gives tickets, or has them follow."""
    name = "agent" if isinstance(before, Agent) else "team"
    with _rewriting(actor, rule) as row:
        if getattr(row, f"{name}_id") == before.pk:
            setattr(row, name, after)
        watching: Any = getattr(row, f"watching_{name}s")
        if watching.filter(pk=before.pk).exists():
            watching.remove(before)
            watching.add(after)


@contextmanager
def _rewriting(actor: Actor, rule: RoutingRule) -> Iterator[RoutingRule]:
    with transaction.atomic():
        row = locked(rule)
        before = said_by(row)
        yield row
        row.save()
        _record_change(actor, row, before)
    memory.forget()


def locked(rule: RoutingRule) -> RoutingRule:
    """The row as it is now, kept from others until the end of the transaction."""
    row = RoutingRule.objects.select_for_update().filter(pk=rule.pk).first()
    if row is None:
        raise Conflict(_("Somebody has deleted this rule."))
    return row


def said_by(rule: RoutingRule) -> dict[str, Any]:
    """What the rule says, as an event remembers it."""
    return {
        "name": rule.name,
        "is_enabled": rule.is_enabled,
        "condition": rule.condition,
        "target": str(rule.target),
        "agent": rule.agent_id,
        "team": rule.team_id,
        "watching_agents": sorted(rule.watching_agents.values_list("pk", flat=True)),
        "watching_teams": sorted(rule.watching_teams.values_list("pk", flat=True)),
    }


def _record_change(actor: Actor, rule: RoutingRule, before: dict[str, Any]) -> None:
    after = said_by(rule)
    changed = [name for name, value in after.items() if before[name] != value]
    if changed:
        data = {
            "name": rule.name,
            "fields": changed,
            "before": {name: before[name] for name in changed},
            "after": {name: after[name] for name in changed},
        }
        events.record(actor, kinds.RULE_CHANGED, rule, data)


def _set_watchers(rule: RoutingRule, facts: RuleFacts) -> None:
    rule.watching_agents.set(facts.watching_agents)
    rule.watching_teams.set(facts.watching_teams)


@contextmanager
def _one_name(name: str) -> Iterator[None]:
    """Two who choose the same name at once: the second hears of it at the field."""
    try:
        yield
    except IntegrityError as error:
        raise Invalid({"name": [_taken(name)]}) from error


def _taken(name: str) -> str:
    return _("There is already a rule “%(name)s”.") % {"name": name}


def _checked(facts: RuleFacts, rule: RoutingRule | None) -> dict[str, Any]:
    name = " ".join(facts.name.split())
    problems: dict[str, list[str]] = {}
    if not name:
        problems["name"] = [_("Write the name.")]
    elif len(name) > NAME_LIMIT:
        problems["name"] = [_("No more than %(limit)d characters.") % {"limit": NAME_LIMIT}]
    elif RoutingRule.objects.filter(name__iexact=name).exclude(pk=rule.pk if rule else 0).exists():
        problems["name"] = [_taken(name)]
    if facts.target not in Target.values:
        problems["target"] = [_("Choose one of the offered values.")]
    agent = facts.agent if facts.target == Target.AGENT else None
    team = facts.team if facts.target == Target.TEAM else None
    if facts.target == Target.AGENT and (agent is None or not agent.is_active):
        problems["agent"] = [_("Choose an employee who is not deactivated.")]
    if facts.target == Target.TEAM and (team is None or not team.is_active):
        problems["team"] = [_("Choose a team that is not hidden.")]
    if problems:
        raise Invalid(problems)
    return {
        "name": name,
        "condition": to_stored(facts.condition),
        "target": facts.target,
        "agent": agent,
        "team": team,
        "is_enabled": facts.is_enabled,
    }
