"""What a client's person has read."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import Forbidden
from okno.core.notify import changed
from okno.tickets import access
from okno.tickets.models import Reading, Ticket

FARTHEST = 2**63 - 1


def mark_read(actor: Actor, ticket: Ticket, *, message: int, event: int) -> None:
    """The person was shown the ticket up to this message and this event; what was read stays read."""
    _require_contact(actor)
    access.require(actor, "view", ticket)
    shown = {"message": min(message, FARTHEST), "event": min(event, FARTHEST), "seen_at": clock.now()}
    with transaction.atomic():
        row, made = Reading.objects.get_or_create(contact_id=actor.id or 0, ticket=ticket, defaults=shown)
        if not made:
            Reading.objects.filter(pk=row.pk).update(
                message=Greatest("message", shown["message"]),
                event=Greatest("event", shown["event"]),
                seen_at=shown["seen_at"],
            )
        changed(f"read:{actor.id}")


def mark_all_read(actor: Actor) -> None:
    """Everything until now counts as read."""
    _require_contact(actor)
    with transaction.atomic():
        Reading.objects.update_or_create(contact_id=actor.id or 0, ticket=None, defaults={"seen_at": clock.now()})
        changed(f"read:{actor.id}")


def _require_contact(actor: Actor) -> None:
    if not actor.is_contact:
        raise Forbidden(_("Only clients keep such marks."))
