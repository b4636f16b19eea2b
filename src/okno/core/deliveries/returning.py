"""What was taken by the other side and given back later, as a letter that bounces."""

from __future__ import annotations

from django.db import transaction

from okno.core import events
from okno.core.actor import SYSTEM
from okno.core.deliveries.queueing import FAILED, named, save
from okno.core.models import Delivery


def came_back(delivery: Delivery, error: str) -> None:
    """Marks as failed what had left; what waits to be sent again, or was stopped, is left alone."""
    with transaction.atomic():
        locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if locked.state not in {Delivery.State.SENT, Delivery.State.SENDING}:
            return
        locked.state, locked.locked_at, locked.last_error = Delivery.State.FAILED, None, error
        save(locked)
        events.record(SYSTEM, FAILED, locked, {"error": error, "attempts": locked.attempts} | named(locked))
