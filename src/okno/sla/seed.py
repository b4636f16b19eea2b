"""Promises of the demo: what was late in its story is told at the moments at which it was."""

from __future__ import annotations

from okno.core import clock
from okno.sla.operations.telling import tell_due
from okno.tickets.models import Ticket


def tell_past() -> None:
    """Tells of every promise that came to its end before now, each at its own moment."""
    now = clock.now()
    while True:
        waiting = Ticket.objects.filter(tell_at__lte=now).order_by("tell_at")
        moment = waiting.values_list("tell_at", flat=True).first()
        if moment is None:
            return
        with clock.frozen_at(moment):
            tell_due()
