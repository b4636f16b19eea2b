"""What the worker does by itself for promises."""

from __future__ import annotations

from okno.core.drains import drain
from okno.sla.operations.recomputing import run_recomputation
from okno.sla.operations.telling import pause_until_next, tell_due


@drain("deadlines", pause=pause_until_next)
def deadlines() -> int:
    """Warns of promises that are near their end, and tells of broken ones at the second."""
    return tell_due()


@drain("promises")
def promises() -> int:
    """Lays changed rules over open tickets, batch by batch."""
    return run_recomputation()
