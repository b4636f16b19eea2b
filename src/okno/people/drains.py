"""What the worker does by itself for clients."""

from __future__ import annotations

from okno.core.drains import drain
from okno.people.operations import importing


@drain(importing.DRAIN, pause=5.0)
def imports() -> int:
    """Goes through files with clients, so many rows at a time."""
    return importing.work()
