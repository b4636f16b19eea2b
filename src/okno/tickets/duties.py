"""Tickets hold the employee who answers for them (F154)."""

from __future__ import annotations

from okno.core.actor import SYSTEM, Actor
from okno.people.duties import duty, hand_over
from okno.people.models import Agent
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import give
from okno.tickets.operations.change import changing
from okno.workflow.rules import State


@duty("tickets")
def open_tickets(agent: Agent) -> int:
    """How many tickets that are not closed the employee is responsible for."""
    return Ticket.objects.filter(assignee=agent).exclude(state=State.CLOSED).count()


@hand_over("tickets")
def pass_tickets(actor: Actor, agent: Agent, heir: Agent) -> int:
    """Each open ticket has the heir as its assignee; its team stays. The history names who did it, and why.

    Whoever may deactivate the employee may do this, also to tickets that he does not see himself.
    """
    tickets = Ticket.objects.filter(assignee=agent).exclude(state=State.CLOSED).order_by("pk")
    passed = 0
    for ticket in tickets:
        with changing(SYSTEM, "assign", ticket) as locked:
            if locked.assignee_id == agent.pk:
                give(actor, locked, heir, locked.team, reason={"because": "handed over", "who": agent.name})
                passed += 1
    return passed
