"""Which state may follow which, and what a new message does to the state. Pure."""

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

FOLLOWERS: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.OPEN, State.WAITING, State.POSTPONED, State.RESOLVED, State.CLOSED}),
    State.OPEN: frozenset({State.WAITING, State.POSTPONED, State.RESOLVED, State.CLOSED, State.OPEN}),
    State.WAITING: frozenset({State.OPEN, State.POSTPONED, State.RESOLVED, State.CLOSED, State.WAITING}),
    State.POSTPONED: frozenset({State.OPEN, State.WAITING, State.RESOLVED, State.CLOSED}),
    State.RESOLVED: frozenset({State.OPEN, State.WAITING, State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN}),
}
"""The default lifecycle (F69, F70): any work may end, an end may be taken back, nothing returns to new."""


def may_follow(present: State, wanted: State) -> bool:
    """Whether the default lifecycle leads from one state to the other."""
    return wanted in FOLLOWERS[present]


def is_reopening(present: State, wanted: State) -> bool:
    """Whether the change takes back a solution (F213)."""
    return present in {State.RESOLVED, State.CLOSED} and wanted not in {State.RESOLVED, State.CLOSED}


def after_client_message(present: State) -> State:
    """The state after the client wrote: whatever waited for the client or was done is open again (F45, F184)."""
    return present if present in {State.NEW, State.OPEN} else State.OPEN


def after_answer(present: State) -> State:
    """The state after the first public answer: a new ticket is accepted into work by it (F55)."""
    return State.OPEN if present is State.NEW else present
