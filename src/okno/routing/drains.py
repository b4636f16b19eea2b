"""What the worker does by itself for teams."""

from __future__ import annotations

from okno.core.drains import drain
from okno.routing.operations.giving_out import give_out_waiting


@drain("queues", pause=30.0)
def queues() -> int:
    """Gives out what waits in teams: at once when somebody gets free, and within half a minute of the hour."""
    return give_out_waiting()
