"""The tickets that live in lifecycles, for whoever changes these. The package of tickets registers who answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from okno.core.actor import Actor
from okno.workflow.models import Status


class Residents(Protocol):
    """The tickets that live in lifecycles, for whoever changes these."""

    def count(self, types: Collection[int]) -> dict[int, int]:
        """How many tickets of these types are in each status, by ids."""

    def move(self, actor: Actor, types: Collection[int], before: Status, after: Status) -> int:
        """Takes the tickets of these types from one status to another, each with its history; how many."""

    def set_timers(self, types: Collection[int], statuses: Collection[int]) -> None:
        """Gives the tickets of these types in these statuses the timers of their lifecycle as it is now."""

    def set_internal(self, types: Collection[int], *, is_internal: bool) -> None:
        """Hides the tickets of these types from clients, or shows them."""


_residents: list[Residents] = []


def register_residents(residents: Residents) -> None:
    """Says who answers for the tickets."""
    _residents[:] = [residents]


def residents() -> Residents:
    """Who answers for the tickets."""
    return _residents[0]
