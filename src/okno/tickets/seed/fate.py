"""What becomes of a ticket in bulk: when it moves through which states, and where it stands now. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from okno.workflow.rules import State

RECENT = 0.04
"""The share of the newest tickets that are mostly still worked on; nearly all older ones are closed."""
NOW_RECENT = [(State.NEW, 25), (State.OPEN, 45), (State.WAITING, 20), (State.RESOLVED, 10)]
NOW_OLD = [(State.CLOSED, 970), (State.RESOLVED, 15), (State.WAITING, 10), (State.OPEN, 5)]
WAYS = {
    State.NEW: (State.NEW,),
    State.OPEN: (State.NEW, State.OPEN),
    State.WAITING: (State.NEW, State.OPEN, State.WAITING),
    State.RESOLVED: (State.NEW, State.OPEN, State.RESOLVED),
    State.CLOSED: (State.NEW, State.OPEN, State.RESOLVED, State.CLOSED),
}


@dataclass(frozen=True, slots=True)
class Fate:
    """The states with the moments at which they began, and the moments of the messages."""

    states: list[tuple[State, datetime]]
    messages: list[datetime]

    @property
    def state(self) -> State:
        return self.states[-1][0]

    def since(self, state: State) -> datetime | None:
        """When it came into this state, if it did."""
        return next((moment for each, moment in self.states if each is state), None)


def fate_of(chance: random.Random, place: float, start: datetime, end: datetime, messages: int) -> Fate:
    """The fate of the ticket at this place (0 the oldest, 1 the newest) among all; nothing lies after ``end``."""
    table = NOW_RECENT if place > 1 - RECENT else NOW_OLD
    (state,) = chance.choices([each for each, _weight in table], [weight for _each, weight in table])
    left = (end - start).total_seconds()
    whole = min(left, chance.expovariate(1 / (30 * 3600)) + 600)
    way = WAYS[state]
    steps = sorted(chance.random() * whole for _each in range(len(way) - 1))
    talk = sorted(chance.random() * whole for _each in range(messages - 1))
    return Fate(
        [(each, start + timedelta(seconds=step)) for each, step in zip(way, [0.0, *steps], strict=True)],
        [start, *(start + timedelta(seconds=step) for step in talk)],
    )
