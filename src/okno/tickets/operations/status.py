"""Changing the status of a ticket."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.tickets import events as kinds
from okno.tickets.models import StatusInterval, Ticket
from okno.tickets.operations.assigning import release_from_deactivated
from okno.tickets.operations.change import changing
from okno.workflow.models import Status
from okno.workflow.rules import State, is_reopening, may_follow


def change_status(actor: Actor, ticket: Ticket, code: str, *, expected_version: int | None = None) -> Ticket:
    """Moves the ticket to the status of this code, if the lifecycle leads there."""
    with changing(actor, "status", ticket, expected_version=expected_version) as locked:
        move_to(actor, locked, code)
    return locked


def move_to(actor: Actor, ticket: Ticket, code: str, *, reason: dict[str, Any] | None = None) -> None:
    """The change itself, on a ticket that its operation has locked and will save; keeps intervals and counters."""
    status = Status.objects.filter(code=code, is_active=True).first()
    if status is None:
        raise Invalid({"status": [_("There is no such status.")]})
    if status.pk == ticket.status_id:
        return
    before, after = State(ticket.state), State(status.state)
    if not may_follow(before, after):
        message = _("A ticket does not go from “%(before)s” to “%(after)s”.")
        raise Conflict(message % {"before": ticket.status.name, "after": status.name}, code="no_transition")
    moment = clock.now()
    StatusInterval.objects.filter(ticket=ticket, left_at=None).update(left_at=moment)
    StatusInterval.objects.create(ticket=ticket, status=status, entered_at=moment)
    data = {"before": ticket.status.code, "after": status.code, "reason": reason or {}}
    ticket.status, ticket.state = status, after
    if is_reopening(before, after):
        ticket.reopenings += 1
    ticket.resolved_at = {State.RESOLVED: moment, State.CLOSED: ticket.resolved_at}.get(after)
    ticket.closed_at = moment if after is State.CLOSED else None
    events.record(actor, kinds.STATUS_CHANGED, ticket, data)
    if before is State.CLOSED:
        release_from_deactivated(actor, ticket)
