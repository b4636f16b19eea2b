"""What happened to tickets, told to employees; in the worker."""

from __future__ import annotations

from collections.abc import Sequence

from okno.core.events import on_batch
from okno.core.models import Event
from okno.notifications.arrivals import arrivals_of, tell_teams
from okno.tickets import events as of_tickets


@on_batch(of_tickets.CREATED, of_tickets.ASSIGNED)
def tickets_came_to_teams(events: Sequence[Event]) -> None:
    """Those whom a team names hear of tickets that came to it (F85)."""
    tell_teams(arrivals_of(events))
