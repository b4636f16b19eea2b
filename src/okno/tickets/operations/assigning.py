"""Saying whose ticket it is: an agent, a team, both, or nobody."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.people.holding import held, held_team
from okno.people.models import Agent, Team
from okno.tickets import access, owners
from okno.tickets import events as kinds
from okno.tickets.declarations import FIRST_ANSWER
from okno.tickets.models import Ticket
from okno.tickets.operations.change import changing, lock


def assign(
    actor: Actor,
    ticket: Ticket,
    *,
    agent: Agent | None,
    team: Team | None,
    expected_version: int | None = None,
) -> Ticket:
    """Makes the agent and the team the assignee; a deactivated agent or team cannot be one (F153)."""
    with changing(actor, "assign", ticket, expected_version=expected_version) as locked:
        moves = team is not None and team.pk != locked.team_id and (agent is None or agent.pk == locked.assignee_id)
        if moves and team is not None and team.is_automatic:
            require_active(None, team)  # the team is locked before any member, here as wherever one is picked
            give(actor, locked, None, team)
            hand_out(locked)
        else:
            require_active(agent, team)
            give(actor, locked, agent, team)
    return locked


def hand_out(ticket: Ticket) -> bool:
    """Gives a ticket that waits in its team to whom the team's way of assignment says, if it says anybody (F41).

    The ticket is locked by its operation and saved there: what a person assigns meanwhile comes before or after.
    """
    if ticket.team is None or ticket.assignee_id is not None:
        return False
    chosen = owners.in_team(ticket, ticket.team)
    if chosen is None or chosen.agent is None:
        return False
    give(SYSTEM, ticket, chosen.agent, ticket.team, reason=dict(chosen.reason))
    return True


def own_by_answer(actor: Actor, ticket: Ticket) -> None:
    """Who answers first a ticket that nobody has becomes responsible, where the team or the desk says so (F228).

    The ticket is locked by its operation and saved there.
    """
    if not actor.is_agent or ticket.assignee_id is not None:
        return
    said = ticket.team.first_answer if ticket.team is not None else ""
    if not (FIRST_ANSWER() if said == "" else said == "yes"):
        return
    agent = held(actor.id or 0)
    if agent is not None and agent.is_active:
        give(actor, ticket, agent, ticket.team, reason={"because": "first answer"})


def claim(actor: Actor, ticket: Ticket) -> Ticket:
    """Takes a ticket that nobody has; of several who do so at once, one becomes the owner (T30).

    The others hear who it was, also those who from that moment on no longer see the ticket.
    """
    access.require(actor, "assign", ticket)
    if not actor.is_agent:
        raise Forbidden(_("This is done by employees."))
    with transaction.atomic():
        owner = lock(ticket).assignee
        if owner is not None and owner.pk != actor.id:
            raise Conflict(
                _("%(name)s has already taken this ticket.") % {"name": owner.name},
                code="already_taken",
                details={"assignee": owner.pk},
            )
        with changing(actor, "assign", ticket) as locked:
            agent = Agent.objects.get(pk=actor.id or 0)
            require_active(agent, None)
            give(actor, locked, agent, locked.team)
    return locked


def require_active(agent: Agent | None, team: Team | None) -> None:
    """Refuses a deactivated agent and a hidden team, as they are now (F153); call it in the transaction.

    Both are held: nobody is deactivated, and no team deleted, while a ticket is given to them (F154, F161).
    """
    if agent is not None:
        present = held(agent.pk)
        if present is None or not present.is_active:
            text = _("%(name)s is deactivated and cannot be responsible.") % {"name": (present or agent).name}
            raise Invalid({"agent": [text]})
    kept = held_team(team.pk) if team is not None else None
    if team is not None and (kept is None or not kept.is_active):
        raise Invalid({"team": [_("The team %(name)s is hidden.") % {"name": team.label}]})


def release_from_deactivated(actor: Actor, ticket: Ticket) -> None:
    """Takes a ticket that is opened again from an employee who is deactivated by now; its team keeps it (F154).

    The ticket is locked by its operation and saved there. The employee is held, as when assigning.
    """
    if ticket.assignee_id is None:
        return
    former = held(ticket.assignee_id)
    if former is not None and not former.is_active:
        give(actor, ticket, None, ticket.team, reason={"because": "deactivated", "who": former.name})


def give(
    actor: Actor, ticket: Ticket, agent: Agent | None, team: Team | None, *, reason: dict[str, Any] | None = None
) -> None:
    """The change itself, on a ticket that its operation has locked and will save."""
    before = owners.named(ticket.assignee, ticket.team)
    after = owners.named(agent, team)
    if before == after:
        return
    ticket.assignee, ticket.team = agent, team
    data: dict[str, Any] = {"before": before, "after": after}
    events.record(actor, kinds.ASSIGNED, ticket, data | ({"reason": reason} if reason else {}))
