"""How many open tickets each employee has, and how many he may have before he is given no more (F41, F42)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from okno.people.models import Agent, Team
from okno.tickets.models import Ticket
from okno.workflow.catalogue import STATUSES
from okno.workflow.rules import State

ACTIVE = (State.NEW, State.OPEN, State.WAITING, State.POSTPONED, State.RESOLVED)


def counted() -> QuerySet[Ticket]:
    """The tickets that are work: not closed, and in a status that counts."""
    statuses = [row.pk for row in STATUSES.all() if row.counts_in_workload and row.state != State.CLOSED]
    return Ticket.objects.filter(state__in=ACTIVE, status__in=statuses)


def with_load(agents: QuerySet[Agent]) -> QuerySet[Agent]:
    """The employees with ``load``: how many tickets of theirs count."""
    own = counted().filter(assignee=OuterRef("pk")).order_by().values("assignee").annotate(number=Count("pk"))
    load = Coalesce(Subquery(own.values("number"), output_field=IntegerField()), 0)
    return agents.annotate(load=load)


def load_of(agent: Agent) -> int:
    """How many tickets of the employee count."""
    return counted().filter(assignee=agent).count()


def limit_of(agent: Agent, team: Team | None) -> int | None:
    """The employee's own maximum, else that of the team; ``None`` means without limit."""
    if agent.most_open is not None:
        return agent.most_open
    return team.most_per_agent if team is not None else None


@dataclass(frozen=True)
class Burden:
    """What an employee carries of what he may carry."""

    agent: Agent
    load: int
    limit: int | None

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.load >= self.limit
