"""What a status means to clocks, lists and counters, whatever it is called."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What a status means to clocks, lists and counters, whatever it is called."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    POSTPONED = "postponed"
    RESOLVED = "resolved"
    CLOSED = "closed"


ACTIVE = (State.NEW, State.OPEN, State.WAITING, State.POSTPONED, State.RESOLVED)
"""Every state that is not the end."""

DONE = frozenset({State.RESOLVED, State.CLOSED})
"""The states in which nobody works on the ticket any more."""

NEAREST: dict[State, tuple[State, ...]] = {
    State.NEW: (State.OPEN,),
    State.OPEN: (State.NEW,),
    State.WAITING: (State.OPEN, State.NEW),
    State.POSTPONED: (State.OPEN, State.NEW),
    State.RESOLVED: (State.CLOSED,),
    State.CLOSED: (State.RESOLVED,),
}
"""Which states stand in for one that a lifecycle lacks, so that what is done stays done."""


def is_reopening(present: State, wanted: State) -> bool:
    """Whether the change takes back a solution (F213)."""
    return present in DONE and wanted not in DONE
