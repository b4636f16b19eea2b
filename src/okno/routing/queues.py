"""Who of a team gets a ticket that waits in it: in turn, or the one with the fewest open tickets (F41)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from okno.core import clock
from okno.people.absence import absent_at
from okno.people.holding import held
from okno.people.models import Agent, Team
from okno.routing.models import Turn
from okno.routing.workload import limit_of, load_of, with_load


@dataclass(frozen=True)
class Pick:
    """The member who gets it, or nobody; the reason says how it was found, or why it waits."""

    agent: Agent | None
    reason: dict[str, Any]


def pick(team: Team) -> Pick | None:
    """The next member by the team's way of assignment; nothing where tickets are given by hand.

    The team's row stays locked until the transaction ends, so that two tickets do not meet the same turn, and so
    does the member's, so that nobody gets more than he may have through two teams at once. The team comes before
    its members, and a transaction picks once: who locks otherwise meets a deadlock.
    """
    queue = Team.objects.select_for_update(no_key=True).filter(pk=team.pk).first()
    if queue is None or not queue.is_automatic or not queue.is_active:
        return None
    waits = "nobody"
    for agent in members_in_turn(queue):
        waits = "full"
        if _has_room(agent, queue):
            Turn.objects.update_or_create(team=queue, agent=agent, defaults={"given_at": clock.now()})
            return Pick(agent, {"because": "routing", "link": "queue", "mode": queue.assignment})
    return Pick(None, {"because": "routing", "link": "queue", "mode": queue.assignment, "waits": waits})


def members_in_turn(queue: Team) -> list[Agent]:
    """The present members in the order in which they are asked."""
    last = Turn.objects.filter(team=queue, agent=OuterRef("pk")).values("given_at")
    members = with_load(present_members(queue)).annotate(turn=Subquery(last))
    turn = (F("turn").asc(nulls_first=True), "pk")
    order = ("load", *turn) if queue.assignment == Team.Assignment.LEAST_LOAD else turn
    return list(members.order_by(*order))


def present_members(queue: Team) -> QuerySet[Agent]:
    """Those who may be given tickets now."""
    return Agent.objects.filter(memberships__team=queue, is_active=True).exclude(absent_at(clock.now()))


def _has_room(agent: Agent, queue: Team) -> bool:
    limit = limit_of(agent, queue)
    found: Any = agent
    if limit is not None and found.load >= limit:
        return False
    return _alone(agent.pk) is not None and (limit is None or load_of(agent) < limit)


def taker(pk: int) -> Agent | None:
    """The employee, if he takes tickets now; he is held, as when a person assigns (F154)."""
    return _present(held(pk))


def _alone(pk: int) -> Agent | None:
    """The same, and nobody else gives him anything meanwhile: what he has is counted."""
    return _present(Agent.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first())


def _present(row: Agent | None) -> Agent | None:
    return None if row is None or not row.is_active or row.is_absent_at(clock.now()) else row
