"""The employees whom an attribute can name. The package of people says who they are, since it stands above."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Persons:
    """``names``: of these ids, also of those who have left; ``offered``: who can be chosen, ids and names."""

    names: Callable[[Iterable[int]], dict[int, str]]
    offered: Callable[[], list[tuple[int, str]]]


_known: list[Persons] = []


def register_persons(persons: Persons) -> None:
    """Says who the employees are."""
    _known[:] = [persons]


def persons() -> Persons:
    """Who the employees are."""
    return _known[0]
