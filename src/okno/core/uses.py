"""What uses a row, and how another takes its place. Packages above register what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Conflict

NAMED = 10
"""How many names are told of what uses a row."""
FIRST, LAST = 0, 9
"""Places of holders: tickets are locked before all else, employees after it."""


@dataclass(frozen=True)
class Use:
    """Things of one kind that use a row: the kind's name in the plural, how many, the names of some of them.

    ``is_replaceable``: they can be given another row in its place. ``holds``: the row cannot go while they have it.
    """

    label: str
    count: int
    names: list[str]
    is_replaceable: bool = True
    key: str = ""
    holds: bool = True


@dataclass(frozen=True)
class Holder:
    """How one kind of things is asked: ``find`` counts them and names some; ``replace`` gives them another row.

    ``key`` names the kind in events. Those of a lower ``place`` are given another row first.
    """

    label: str | Promise
    find: Callable[[Any], tuple[int, list[str]]]
    replace: Callable[[Actor, Any, Any], None] | None = None
    key: str = ""
    holds: bool = True
    place: int = 5


_holders: dict[type[Model], list[Holder]] = {}
_locks: dict[type[Model], list[Callable[[Any], None]]] = {}


def register_holder(model: type[Model], holder: Holder) -> None:
    """Has a kind of things asked before a row of this table is deleted."""
    _holders.setdefault(model, []).append(holder)
    _holders[model].sort(key=lambda each: each.place)


def register_lock(model: type[Model], lock: Callable[[Any], None]) -> None:
    """Has this lock everything that will be written before anything of a row is given another one."""
    _locks.setdefault(model, []).append(lock)


def uses_of(row: Model) -> list[Use]:
    """Everything that uses the row; empty when it may be deleted."""
    found = ((holder, *holder.find(row)) for holder in _holders.get(type(row), []))
    return [
        Use(str(holder.label), count, names, holder.replace is not None, holder.key, holder.holds)
        for holder, count, names in found
        if count
    ]


def replace_everywhere(actor: Actor, row: Model, other: Model) -> None:
    """Gives everything that uses the row another one, in the caller's transaction."""
    for lock in _locks.get(type(row), []):
        lock(row)
    for holder in _holders.get(type(row), []):
        if holder.replace is not None and holder.find(row)[0]:
            holder.replace(actor, row, other)


def replacement_for[Row: Model](uses: list[Use], chosen: Row | None) -> Row:
    """The row that takes the place; refused where something cannot be given another one, or none is chosen."""
    stuck = [use for use in uses if not use.is_replaceable]
    if stuck or chosen is None:
        raise in_use(stuck or uses, can_replace=not stuck)
    return chosen


def in_use(uses: list[Use], *, can_replace: bool) -> Conflict:
    """The refusal that names what uses a row."""
    named = "; ".join(f"{use.label}: {', '.join(use.names[:NAMED]) or use.count}" for use in uses)
    facts = [{"label": use.label, "count": use.count, "names": use.names[:NAMED]} for use in uses]
    text = _("This is in use. %(uses)s.") % {"uses": named}
    return Conflict(text, code="in_use", details={"uses": facts, "can_replace": can_replace})


def rows_told(*found: QuerySet[Any]) -> tuple[int, list[str]]:
    """How a holder tells of its rows: how many, and what some of them are called."""
    names = [str(row) for rows in found for row in rows[:NAMED]]
    return sum(rows.count() for rows in found), names[:NAMED]


def told(names: Iterable[str]) -> tuple[int, list[str]]:
    """The same of names that are read already."""
    listed = list(names)
    return len(listed), listed
