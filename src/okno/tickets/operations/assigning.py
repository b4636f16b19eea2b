"""Saying whose ticket it is: an agent, a team, both, or nobody."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.people.models import Agent, Team
from okno.tickets import events as kinds
from okno.tickets.models import Ticket
from okno.tickets.operations.change import changing


def assign(
    actor: Actor,
    ticket: Ticket,
    *,
    agent: Agent | None,
    team: Team | None,
    expected_version: int | None = None,
) -> Ticket:
    """Makes the agent and the team the assignee; a deactivated agent or team cannot be one (F153)."""
    if agent is not None and not agent.is_active:
        raise Invalid({"agent": [_("%(name)s is deactivated and cannot be responsible.") % {"name": agent.name}]})
    if team is not None and not team.is_active:
        raise Invalid({"team": [_("The team %(name)s is hidden.") % {"name": team.name}]})
    with changing(actor, "assign", ticket, expected_version=expected_version) as locked:
        _set(actor, locked, agent, team)
    return locked


def claim(actor: Actor, ticket: Ticket) -> Ticket:
    """Takes a ticket that nobody has; of several who do so at once, one becomes the owner (T30)."""
    agent = Agent.objects.get(pk=actor.id or 0)
    with changing(actor, "assign", ticket) as locked:
        if locked.assignee_id not in {None, agent.pk}:
            owner = Agent.objects.get(pk=locked.assignee_id or 0)
            raise Conflict(
                _("%(name)s has already taken this ticket.") % {"name": owner.name},
                code="already_taken",
                details={"assignee": owner.pk},
            )
        _set(actor, locked, agent, locked.team)
    return locked


def _set(actor: Actor, ticket: Ticket, agent: Agent | None, team: Team | None) -> None:
    before = _named(ticket.assignee, ticket.team)
    after = _named(agent, team)
    if before == after:
        return
    ticket.assignee, ticket.team = agent, team
    events.record(actor, kinds.ASSIGNED, ticket, {"before": before, "after": after})


def _named(agent: Agent | None, team: Team | None) -> dict[str, dict[str, object] | None]:
    return {
        "agent": {"id": agent.pk, "name": agent.name} if agent else None,
        "team": {"id": team.pk, "name": team.name} if team else None,
    }
