"""Who has a ticket open, so that two do not answer at once (P1)."""

from __future__ import annotations

from datetime import timedelta

from okno.core import clock
from okno.core.actor import Actor
from okno.tickets import access
from okno.tickets.models import Presence, Ticket

GONE = timedelta(seconds=60)


def note_presence(actor: Actor, ticket: Ticket, *, is_typing: bool) -> bool:
    """Notes that the agent reads or types; true when that is news to the others."""
    access.require(actor, "view", ticket)
    moment = clock.now()
    before = Presence.objects.filter(ticket=ticket, agent_id=actor.id or 0).first()
    Presence.objects.update_or_create(
        ticket=ticket, agent_id=actor.id or 0, defaults={"is_typing": is_typing, "seen_at": moment}
    )
    return before is None or before.is_typing != is_typing or moment - before.seen_at > GONE
