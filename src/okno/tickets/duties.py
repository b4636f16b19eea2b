"""Tickets hold the employee who answers for them (F154)."""

from __future__ import annotations

from okno.people.duties import duty
from okno.people.models import Agent
from okno.tickets.models import Ticket
from okno.workflow.rules import State


@duty("tickets")
def open_tickets(agent: Agent) -> int:
    """How many tickets that are not closed the employee is responsible for."""
    return Ticket.objects.filter(assignee=agent).exclude(state=State.CLOSED).count()
