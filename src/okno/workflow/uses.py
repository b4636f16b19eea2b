"""What uses a row of the configuration, and how another takes its place. Packages above register what they hold."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model
from django.utils.functional import Promise

from okno.core.actor import Actor
from okno.workflow.models import Status


@dataclass(frozen=True)
class Use:
    """Things of one kind that use a row: the kind's name in the plural, how many, the names of some of them.

    ``is_replaceable``: they can be given another row in its place.
    """

    label: str
    count: int
    names: list[str]
    is_replaceable: bool


@dataclass(frozen=True)
class Holder:
    """How one kind of things is asked: ``find`` counts them and names some; ``replace`` gives them another row."""

    label: str | Promise
    find: Callable[[Any], tuple[int, list[str]]]
    replace: Callable[[Actor, Any, Any], None] | None = None


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


_holders: dict[type[Model], list[Holder]] = {}
_residents: list[Residents] = []


def register_holder(model: type[Model], holder: Holder) -> None:
    """Has a kind of things asked before a row of this table is deleted."""
    _holders.setdefault(model, []).append(holder)


def register_residents(residents: Residents) -> None:
    """Says who answers for the tickets."""
    _residents[:] = [residents]


def residents() -> Residents:
    """Who answers for the tickets."""
    return _residents[0]


def uses_of(row: Model) -> list[Use]:
    """Everything that uses the row; empty when it may be deleted."""
    found = ((holder, *holder.find(row)) for holder in _holders.get(type(row), []))
    return [
        Use(str(holder.label), count, names, holder.replace is not None) for holder, count, names in found if count
    ]


def replace_everywhere(actor: Actor, row: Model, other: Model) -> None:
    """Gives everything that uses the row another one, in the caller's transaction."""
    for holder in _holders.get(type(row), []):
        if holder.replace is not None and holder.find(row)[0]:
            holder.replace(actor, row, other)
