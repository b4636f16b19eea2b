"""Priorities, impacts, urgencies, and the matrix that makes the first of the others (F80, F211)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.people import access
from okno.workflow import catalogue
from okno.workflow import events as kinds
from okno.workflow.models import Impact, MatrixCell, Priority, Urgency
from okno.workflow.operations import rows
from okno.workflow.operations.rows import RIGHT, Problems, checked_names, free_code

HIGHEST_RANK, RANK_STEP = 1000, 10


@dataclass(frozen=True)
class PriorityFacts:
    """What a priority says: its names by language, a higher rank for the more urgent, and its colour."""

    names: Mapping[str, str]
    rank: int
    colour: str = "info"
    code: str = ""


@dataclass(frozen=True)
class NameFacts:
    """What an impact or an urgency says."""

    names: Mapping[str, str]
    code: str = ""


def create_priority(actor: Actor, facts: PriorityFacts) -> Priority:
    """Makes a priority."""
    access.require(actor, RIGHT)
    values, code = _checked(facts, None)
    return rows.create_row(actor, Priority, values, code)


def change_priority(actor: Actor, priority: Priority, facts: PriorityFacts) -> Priority:
    """Replaces what the priority says; its code stays."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = rows.locked(priority)
        values, _code = _checked(facts, present)
        return rows.change_row(actor, present, values)


def make_default_priority(actor: Actor, priority: Priority) -> Priority:
    """New tickets have it where none was chosen."""
    return rows.make_default_row(actor, priority)


def switch_priority(actor: Actor, priority: Priority, *, is_active: bool) -> Priority:
    """Offers the priority again, or no longer."""
    return rows.switch_row(actor, priority, is_active=is_active)


def delete_priority(actor: Actor, priority: Priority, replacement: Priority | None = None) -> None:
    """Deletes the priority; tickets and cells of the matrix that have it get the replacement."""
    rows.delete_row(actor, priority, replacement)


def reorder_priorities(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the priorities in order, from the least urgent to the most urgent: their ranks follow."""
    with transaction.atomic():
        rows.reorder_rows(actor, Priority, wanted, seen)
        present = list(Priority.objects.select_for_update().order_by("position", "pk"))
        for place, row in enumerate(present, start=1):
            row.rank = min(place * RANK_STEP, HIGHEST_RANK)
        Priority.objects.bulk_update(present, ["rank"])
    catalogue.forget()


def next_rank() -> int:
    """The rank of a new priority, which is more urgent than all others."""
    highest: int = Priority.objects.aggregate(highest=Max("rank"))["highest"] or 0
    return min(highest + RANK_STEP, HIGHEST_RANK)


def create_level[Level: (Impact, Urgency)](actor: Actor, model: type[Level], facts: NameFacts) -> Level:
    """Makes an impact or an urgency; its cells of the matrix are empty."""
    access.require(actor, RIGHT)
    problems = Problems()
    names = checked_names(model, facts.names, None, problems)
    code = free_code(model, names, facts.code, problems)
    problems.check()
    return rows.create_row(actor, model, {"names": names}, code)


def change_level[Level: (Impact, Urgency)](actor: Actor, level: Level, facts: NameFacts) -> Level:
    """Calls an impact or an urgency differently."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present, problems = rows.locked(level), Problems()
        names = checked_names(type(level), facts.names, present, problems)
        problems.check()
        return rows.change_row(actor, present, {"names": names})


def switch_level[Level: (Impact, Urgency)](actor: Actor, level: Level, *, is_active: bool) -> Level:
    """Offers an impact or an urgency again, or no longer."""
    return rows.switch_row(actor, level, is_active=is_active)


def delete_level(actor: Actor, level: Impact | Urgency, replacement: Impact | Urgency | None = None) -> None:
    """Deletes an impact or an urgency with its cells; tickets that have it get the replacement."""
    rows.delete_row(actor, level, replacement)


def reorder_levels(
    actor: Actor, model: type[Impact] | type[Urgency], wanted: Sequence[int], seen: Sequence[int]
) -> None:
    """Puts impacts or urgencies in order."""
    rows.reorder_rows(actor, model, wanted, seen)


def set_matrix(actor: Actor, cells: Mapping[tuple[int, int], int | None]) -> int:
    """Sets cells of the matrix: the priority of an impact and an urgency, all by ids; none empties a cell.

    Cells that are not named stay. Tickets keep the priority that they have until impact or urgency is changed.
    Returns how many cells were changed.
    """
    access.require(actor, RIGHT)
    impacts, urgencies, priorities = (_by_id(model) for model in (Impact, Urgency, Priority))
    _refuse_unknown(cells, impacts, urgencies, priorities)
    changes = []
    with transaction.atomic():
        present = {
            (cell.impact_id, cell.urgency_id): cell
            for cell in MatrixCell.objects.select_for_update().order_by("pk")
        }
        for pair, wanted in cells.items():
            cell = present.get(pair)
            before = cell.priority_id if cell else None
            if before == wanted:
                continue
            if wanted is None:
                MatrixCell.objects.filter(impact=pair[0], urgency=pair[1]).delete()
            else:
                MatrixCell.objects.update_or_create(
                    impact_id=pair[0], urgency_id=pair[1], defaults={"priority_id": wanted}
                )
            changes.append(
                {
                    "impact": impacts[pair[0]].code,
                    "urgency": urgencies[pair[1]].code,
                    "before": priorities[before].code if before else "",
                    "after": priorities[wanted].code if wanted else "",
                }
            )
        if changes:
            events.record(actor, kinds.MATRIX_CHANGED, MatrixCell(), {"cells": changes})
    return len(changes)


def matrix() -> dict[tuple[int, int], int]:
    """The cells that are filled: impact and urgency, and their priority, by ids."""
    cells = MatrixCell.objects.values_list("impact_id", "urgency_id", "priority_id")
    return {(impact, urgency): priority for impact, urgency, priority in cells}


def _by_id(model: type[Any]) -> dict[int, Any]:
    return {row.pk: row for row in model.objects.all()}


def _refuse_unknown(
    cells: Mapping[tuple[int, int], int | None],
    impacts: Mapping[int, Impact],
    urgencies: Mapping[int, Urgency],
    priorities: Mapping[int, Priority],
) -> None:
    for (impact, urgency), priority in cells.items():
        known = impact in impacts and urgency in urgencies
        if not known or not (priority is None or (priority in priorities and priorities[priority].is_active)):
            raise Invalid({f"cell_{impact}_{urgency}": [_("Choose one of the offered values.")]})


def _checked(facts: PriorityFacts, row: Priority | None) -> tuple[dict[str, Any], str]:
    problems = Problems()
    names = checked_names(Priority, facts.names, row, problems)
    code = row.code if row else free_code(Priority, names, facts.code, problems)
    problems.check_colour(facts.colour)
    if not 0 <= facts.rank <= HIGHEST_RANK:
        problems.add("rank", _("Write a number from 0 to %(limit)d.") % {"limit": HIGHEST_RANK})
    problems.check()
    return {"names": names, "rank": facts.rank, "colour": facts.colour}, code
