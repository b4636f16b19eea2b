"""What the pages of one small catalogue need to know of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from okno.core.actor import Actor
from okno.core.named import Named
from okno.core.uses import Use, uses_of

Text = str | Promise


@dataclass(frozen=True)
class Words:
    """What the pages say: the head of the list and its line, the buttons, and the answers."""

    title: Text
    lead: Text
    add: Text
    back: Text
    missing: Text
    empty: Text = ""


@dataclass(frozen=True)
class Group:
    """Rows that have an order among themselves; ``key`` names the group in the address of that order."""

    rows: Sequence[Any]
    key: str = ""
    title: str = ""


def one_group(rows: QuerySet[Any]) -> list[Group]:
    """All rows in one order."""
    return [Group(list(rows))]


def no_replacements(row: Any) -> list[Named]:
    """Nothing can take the place of such a row."""
    return []


@dataclass(frozen=True)
class Kind:
    """A catalogue with its operations.

    ``name`` and ``plural`` are the stems of its URL names. ``form(data, row=row)`` makes the form, ``save`` writes
    what it says. ``reorder`` gets the key of the group whose order is meant.
    """

    name: str
    plural: str
    model: type[Named]
    words: Words
    form: Callable[..., Any]
    save: Callable[[Actor, Any, Any], Named]
    groups: Callable[[], list[Group]]
    reorder: Callable[[Actor, str, list[int], list[int]], object]
    switch: Callable[..., Named]
    delete: Callable[..., object]
    make_default: Callable[[Actor, Any], Named] | None = None
    replacements: Callable[[Any], Sequence[Named]] = no_replacements
    uses: Callable[[Any], list[Use]] = field(default=uses_of)
    more: Callable[[Any], dict[str, Any]] = field(default=lambda row: {})
    right: str = "settings.manage"
