"""What an employee is still responsible for. Packages above register how they count it, since only they know."""

from __future__ import annotations

from collections.abc import Callable

from okno.people.models import Agent

Count = Callable[[Agent], int]
_counts: dict[str, Count] = {}


def duty(name: str) -> Callable[[Count], Count]:
    """Registers a count of things that must pass to others before the employee is deactivated (F154)."""

    def register(count: Count) -> Count:
        _counts[name] = count
        return count

    return register


def duties_of(agent: Agent) -> dict[str, int]:
    """How many of each kind the employee answers for; empty when nothing holds him."""
    counted = {name: count(agent) for name, count in _counts.items()}
    return {name: number for name, number in counted.items() if number}
