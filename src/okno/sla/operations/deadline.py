"""The deadline of the solution, set by hand or left to the rules again (F51)."""

from __future__ import annotations

from datetime import datetime

from okno.core import events
from okno.core.actor import Actor
from okno.sla import events as kinds
from okno.tickets.models import Ticket
from okno.tickets.operations.change import changing
from okno.tickets.operations.deadlines import check_deadline


def set_deadline(
    actor: Actor, ticket: Ticket, moment: datetime | None, *, expected_version: int | None = None
) -> Ticket:
    """Sets by when the ticket is to be resolved, whatever the rules say; nothing gives it back to them."""
    with changing(actor, "edit", ticket, expected_version=expected_version) as locked:
        if moment is None and not locked.resolve_by_is_manual:
            return locked
        if moment is not None and locked.resolve_by_is_manual and moment == locked.resolve_by:
            return locked
        if moment is not None:
            check_deadline(moment)
        before = locked.resolve_by
        locked.resolve_by, locked.resolve_by_is_manual = moment, moment is not None
        data = {"before": before.isoformat() if before else "", "after": moment.isoformat() if moment else ""}
        events.record(actor, kinds.DEADLINE_SET, locked, data)
    return locked
