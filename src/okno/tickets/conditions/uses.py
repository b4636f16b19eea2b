"""Which stored conditions mention a row: asked before it is deleted, and when it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from okno.core.actor import Actor
from okno.tickets.conditions.fields import FIELDS
from okno.tickets.conditions.rules.tree import Clause, Condition, Group, Part, Value, clauses, normalised


@dataclass(frozen=True)
class Stored:
    """A condition that is kept somewhere: ``owner`` is the row that has it, ``name`` what people call that."""

    owner: Model
    name: str
    condition: Condition


@dataclass(frozen=True)
class Keeper:
    """A package that keeps conditions: what its rows are called in the plural, and how to read them all.

    ``write`` gives a row another condition, for what takes the place of a deleted row; none where that cannot be.
    """

    label: str | Promise
    read: Callable[[], Iterable[Stored]]
    write: Callable[[Actor, Any, Condition], None] | None = None


@dataclass(frozen=True)
class Use:
    """One stored condition that mentions a row."""

    label: str
    name: str
    owner: Model
    is_replaceable: bool = False


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
        Use(str(keeper.label), stored.name, stored.owner, keeper.write is not None)
        for keeper in KEEPERS.values()
        for stored in keeper.read()
        if mentions(stored.condition, row)
    ]


def replace_in_conditions(actor: Actor, row: Model, other: Model) -> None:
    """Has every stored condition that names the row name the other instead, where its package can write it."""
    before, after = _meant(row), _meant(other)
    for keeper in KEEPERS.values():
        if keeper.write is None:
            continue
        for stored in list(keeper.read()):
            if mentions(stored.condition, row):
                keeper.write(actor, stored.owner, normalised(_renamed(stored.condition, before, after)))


def _renamed(group: Group, before: Mapping[str, Value], after: Mapping[str, Value]) -> Group:
    def part(each: Part) -> Part:
        if isinstance(each, Group):
            return _renamed(each, before, after)
        return _renamed_clause(each, before, after)

    return replace(group, parts=tuple(part(each) for each in group.parts))


def _renamed_clause(clause: Clause, before: Mapping[str, Value], after: Mapping[str, Value]) -> Clause:
    gone = before.get(clause.field)
    if gone is None or gone not in clause.values:
        return clause
    values = [after[clause.field] if value == gone else value for value in clause.values]
    return replace(clause, values=tuple(dict.fromkeys(values)))


def _meant(row: Model) -> dict[str, Value]:
    """How each field would name the row."""
    sources = {key: field.source for key, field in FIELDS.items() if field.source is not None}
    return {key: source.value_of(row) for key, source in sources.items() if source.model is type(row)}
