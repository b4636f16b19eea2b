"""What the worker does by itself for tickets."""

from __future__ import annotations

from okno.core.drains import drain
from okno.tickets.operations.timers import run_timers


@drain("timers", pause=15.0)
def timers() -> int:
    """Moves tickets whose time has come; within half a minute, since nothing announces that a moment is reached."""
    return run_timers()
