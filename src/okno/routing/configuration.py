"""What of routing rules stands in the configuration file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.configuration import Importing, Row, Section, register
from okno.people.portable import agent_named, agents_named, emails_of, team_named, teams_named
from okno.routing.models import RoutingRule
from okno.routing.operations import rules
from okno.routing.operations.rules import RuleFacts
from okno.tickets.conditions import ALWAYS, from_portable, in_words, to_portable


class RuleRow(Row):
    """A rule: what it asks, whose the ticket becomes, and who follows it."""

    name: str
    is_enabled: bool = True
    condition: dict[str, Any]
    target: str
    agent: str = ""
    team: str = ""
    watching_agents: list[str] = []
    watching_teams: list[str] = []


class RoutingRules(Section[RuleRow]):
    """Routing rules in their order, which decides."""

    key, label, place = "routing_rules", _("Routing rules"), 140
    identity, is_ordered = ("name",), True
    row, models = RuleRow, (RoutingRule,)

    def held(self) -> Iterator[tuple[int, RuleRow]]:
        found = RoutingRule.objects.select_related("agent__user", "team")
        for rule in found.prefetch_related("watching_agents__user", "watching_teams"):
            yield (
                rule.pk,
                RuleRow(
                    name=rule.name,
                    is_enabled=rule.is_enabled,
                    condition=to_portable(rule.condition),
                    target=rule.target,
                    agent=rule.agent.user.email if rule.agent else "",
                    team=rule.team.name if rule.team else "",
                    watching_agents=emails_of(rule.watching_agents.all()),
                    watching_teams=sorted(team.name for team in rule.watching_teams.all()),
                ),
            )

    def write(self, importing: Importing, item: RuleRow, pk: int | None) -> None:
        facts = RuleFacts(
            name=item.name,
            condition=from_portable(item.condition) if item.condition else ALWAYS,
            target=item.target,
            agent=agent_named(item.agent, "agent") if item.agent else None,
            team=team_named(item.team, "team") if item.team else None,
            watching_agents=agents_named(importing, self.key, "watching_agents", item.watching_agents),
            watching_teams=teams_named(item.watching_teams, "watching_teams"),
            is_enabled=item.is_enabled,
        )
        if pk is None:
            rules.create_rule(importing.actor, facts)
        else:
            rules.change_rule(importing.actor, RoutingRule.objects.get(pk=pk), facts)

    def switch_off(self, importing: Importing, pk: int) -> None:
        rules.switch_rule(importing.actor, RoutingRule.objects.get(pk=pk), enabled=False)

    def reorder(self, actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
        rules.order_rules(actor, wanted, seen)

    def words(self, name: str, value: Any) -> str | None:
        return in_words(value) if name == "condition" and value else None


register(RoutingRules())
