"""Routing of the demo company, so that its pages have something to show; it takes effect on new tickets only."""

from __future__ import annotations

from okno.core.actor import SYSTEM
from okno.people.models import Agent, Team
from okno.people.operations.teams import QueueFacts, change_team
from okno.routing.operations.rules import RuleFacts, create_rule
from okno.tickets.conditions import Condition, parse


def add_routing(first_line: Team, second_line: Team, lead: Agent, administrator: Agent) -> None:
    """Two rules and a queue with a maximum."""
    critical = RuleFacts(
        "Critical incidents",
        _when({"field": "priority", "operator": "at_least", "values": ["critical"]}),
        target="agent",
        agent=lead,
        watching_agents=[administrator],
    )
    letters = RuleFacts(
        "Letters of partners",
        _when(
            {"field": "channel", "operator": "is", "values": ["email"]},
            {"field": "category", "operator": "is", "values": ["partner"]},
        ),
        target="team",
        team=second_line,
    )
    for facts in (critical, letters):
        create_rule(SYSTEM, facts)
    change_team(SYSTEM, first_line, queue=QueueFacts(description="Takes what comes in.", most_per_agent=25))
    change_team(SYSTEM, second_line, queue=QueueFacts(description="Servers and networks.", most_per_agent=10))


def _when(*clauses: dict[str, object]) -> Condition:
    return parse({"version": 1, "mode": "all", "parts": list(clauses)})
