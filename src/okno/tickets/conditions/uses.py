"""Which stored conditions mention a row: asked before it is deleted, and when it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise

from okno.tickets.conditions.fields import FIELDS
from okno.tickets.conditions.rules.tree import Condition, Value, clauses


@dataclass(frozen=True)
class Stored:
    """A condition that is kept somewhere: ``owner`` is the row that has it, ``name`` what people call that."""

    owner: Model
    name: str
    condition: Condition


@dataclass(frozen=True)
class Keeper:
    """A package that keeps conditions: what its rows are called in the plural, and how to read them all."""

    label: str | Promise
    read: Callable[[], Iterable[Stored]]


@dataclass(frozen=True)
class Use:
    """One stored condition that mentions a row."""

    label: str
    name: str
    owner: Model


KEEPERS: dict[str, Keeper] = {}


def register_keeper(key: str, keeper: Keeper) -> None:
    """Has the conditions of a package asked when somebody wants to know what uses a row."""
    if key in KEEPERS:
        raise ValueError(f"the keeper {key} is registered twice")
    KEEPERS[key] = keeper


def mentions(condition: Condition, row: Model) -> bool:
    """Whether a clause names the row."""
    meant = _meant(row)
    return any(
        value in clause.values for _place, clause in clauses(condition) if (value := meant.get(clause.field))
    )


def uses_of(row: Model) -> list[Use]:
    """Every stored condition that names the row, package by package."""
    return [
        Use(str(keeper.label), stored.name, stored.owner)
        for keeper in KEEPERS.values()
        for stored in keeper.read()
        if mentions(stored.condition, row)
    ]


def _meant(row: Model) -> dict[str, Value]:
    """How each field would name the row."""
    sources = {key: field.source for key, field in FIELDS.items() if field.source is not None}
    return {key: source.value_of(row) for key, source in sources.items() if source.model is type(row)}
