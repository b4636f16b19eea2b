"""Rows that are tried from top to bottom until the first enabled one fits: their order, and the one that wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from okno.core.faults import Conflict, Invalid


class Ordered(models.Model):
    """A row with its place among others of its kind; one that is switched off is passed over."""

    position = models.PositiveIntegerField(default=0)
    is_enabled = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Switched(Protocol):
    """What can be tried and switched off."""

    @property
    def is_enabled(self) -> Any: ...


@dataclass(frozen=True)
class Tried[Rule: Switched]:
    """What became of one rule when a case was tried: whether it fits, and whether it is the one that decides."""

    rule: Rule
    fits: bool
    decides: bool


def first_match[Rule: Switched](rules: Iterable[Rule], fits: Callable[[Rule], bool]) -> Rule | None:
    """The first rule that is switched on and fits; those below it are not asked."""
    return next((rule for rule in rules if rule.is_enabled and fits(rule)), None)


def try_all[Rule: Switched](rules: Iterable[Rule], fits: Callable[[Rule], bool]) -> list[Tried[Rule]]:
    """Each rule with its verdict, also those below the one that decides and those that are switched off."""
    tried: list[Tried[Rule]] = []
    decided = False
    for rule in rules:
        fitting = fits(rule)
        decides = fitting and bool(rule.is_enabled) and not decided
        decided = decided or decides
        tried.append(Tried(rule, fitting, decides))
    return tried


def last_position(rows: QuerySet[Any]) -> int:
    """The place behind all others, for a new row."""
    highest: int | None = rows.aggregate(highest=Max("position"))["highest"]
    return 0 if highest is None else highest + 1


def moved(order: Sequence[int], pk: int, steps: int) -> list[int]:
    """The order after one row was moved up (negative) or down; a row that is not there moves nothing."""
    changed = list(order)
    if pk in changed:
        place = changed.index(pk)
        changed.insert(max(0, min(len(changed) - 1, place + steps)), changed.pop(place))
    return changed


def reorder(rows: QuerySet[Any], wanted: Sequence[int], seen: Sequence[int]) -> bool:
    """Puts the rows into the wanted order of their ids; whether anything changed.

    ``seen`` is the order in which whoever wants it saw them: when somebody was faster, nothing changes and it is
    a ``Conflict``. Call it in an operation, which asks for the right and records the event.
    """
    with transaction.atomic():
        list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        present = list(rows.order_by("position", "pk"))
        order = [row.pk for row in present]
        if order != list(seen):
            raise Conflict(
                _("Somebody has changed the list meanwhile. This is how it is now; nothing was moved."),
                details={"order": order},
            )
        if sorted(wanted) != sorted(order):
            raise Invalid({"order": [_("The order must name each row once.")]})
        places = {pk: place for place, pk in enumerate(wanted)}
        late = [row for row in present if row.position != places[row.pk]]
        for row in late:
            row.position = places[row.pk]
        rows.model._default_manager.bulk_update(late, ["position"])
        return order != list(wanted)
