"""Rules, employees and teams as every new ticket needs them: read once and remembered for a moment.

Whoever is given a ticket is asked for afresh when it is given; what is remembered only narrows the choice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from okno.core import clock
from okno.core.rehearsal import is_rehearsal
from okno.people.models import Agent, Team
from okno.routing.models import RoutingRule
from okno.routing.rules import Person
from okno.tickets.conditions import BadCondition, Condition, load

MAX_AGE = 2.0
"""Seconds for which a process may still use what another has changed."""


@dataclass(frozen=True)
class Ready:
    """A rule with its condition read; one whose condition cannot be read any more fits nothing."""

    rule: RoutingRule
    condition: Condition | None
    watching_agents: tuple[int, ...]
    watching_teams: tuple[int, ...]

    @property
    def is_enabled(self) -> bool:
        return self.rule.is_enabled and self.condition is not None


class Memory[Rows]:
    """What one query found, and when."""

    def __init__(self, read: Callable[[], Rows]) -> None:
        self._read = read
        self._rows: Rows | None = None
        self._read_at = 0.0
        MEMORIES.append(self.forget)

    def all(self) -> Rows:
        """The rows, at most ``MAX_AGE`` old."""
        if is_rehearsal():
            return self._read()
        rows = self._rows
        if rows is None or time.monotonic() - self._read_at > MAX_AGE:
            rows = self._rows = self._read()
            self._read_at = time.monotonic()
        return rows

    def forget(self) -> None:
        """The next reading is fresh."""
        self._rows = None


MEMORIES: list[Callable[[], None]] = []


def _rules() -> list[Ready]:
    rows = RoutingRule.objects.select_related("agent", "team")
    rows = rows.prefetch_related("watching_agents", "watching_teams")
    return [ready(row) for row in rows]


def ready(rule: RoutingRule) -> Ready:
    """The rule as it is asked."""
    try:
        condition: Condition | None = load(rule.condition)
    except BadCondition:
        condition = None
    agents = tuple(agent.pk for agent in rule.watching_agents.all())
    teams = tuple(team.pk for team in rule.watching_teams.all())
    return Ready(rule, condition, agents, teams)


def _people() -> dict[int, Person]:
    return {agent.pk: person_of(agent) for agent in Agent.objects.all()}


def person_of(agent: Agent) -> Person:
    """The employee as the rules see him at this moment."""
    return Person(
        agent.pk,
        agent.name,
        is_active=agent.is_active,
        is_present=agent.is_active and not agent.is_absent_at(clock.now()),
        substitute=agent.substitute_id,
    )


def _teams() -> dict[int, Team]:
    return {team.pk: team for team in Team.objects.filter(is_active=True)}


RULES = Memory(_rules)
PEOPLE = Memory(_people)
TEAMS = Memory(_teams)


def forget() -> None:
    """Drops what this process remembers."""
    for each in MEMORIES:
        each()
