"""What the worker does by itself for clients."""

from __future__ import annotations

from okno.core.drains import drain
from okno.people.operations import importing
from okno.people.operations.erasing import run_erasure


@drain(importing.DRAIN, pause=5.0)
def imports() -> int:
    """Goes through files with clients, so many rows at a time."""
    return importing.work()


@drain("erasures")
def erasures() -> int:
    """Erases data of persons on request, batch by batch."""
    return run_erasure()
