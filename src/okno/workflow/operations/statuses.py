"""Statuses: the catalogue that all lifecycles share (F32-F39, F42, F43)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.uses import uses_of
from okno.people import access
from okno.workflow.models import Lifecycle, Status
from okno.workflow.operations import rows
from okno.workflow.operations.rows import RIGHT, Problems, checked_names, free_code
from okno.workflow.rules import State


@dataclass(frozen=True)
class StatusFacts:
    """What a status says: names by language, its state, its colour, and what it does to clock and workload."""

    names: Mapping[str, str]
    state: str
    colour: str = "primary"
    pauses_clock: bool = False
    counts_in_workload: bool = True
    code: str = ""


def create_status(actor: Actor, facts: StatusFacts) -> Status:
    """Makes a status; tickets come into it when a lifecycle has it."""
    access.require(actor, RIGHT)
    values, code = _checked(facts, None)
    return rows.create_row(actor, Status, values, code)


def change_status_row(actor: Actor, status: Status, facts: StatusFacts) -> Status:
    """Replaces what the status says. The state of one that anything uses stays: tickets were counted by it."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = rows.locked(status)
        values, _code = _checked(facts, present)
        if values["state"] != present.state and uses_of(present):
            text = _("The state of a status that is in use cannot be changed. Make another status.")
            raise Invalid({"state": [text]})
        return rows.change_row(actor, present, values)


def make_default_status(actor: Actor, status: Status) -> Status:
    """The status is meant from now on where only its state is asked for."""
    return rows.make_default_row(actor, status, {"state": status.state})


def switch_status(actor: Actor, status: Status, *, is_active: bool) -> Status:
    """Offers the status to lifecycles again, or no longer; one that stands in a lifecycle is taken out first."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        found = [row.name for row in Lifecycle.objects.filter(places__status=status).distinct()]
        if not is_active and found:
            text = _("It stands in lifecycles: %(names)s. Take it out of them first.")
            raise Conflict(text % {"names": ", ".join(found)}, code="in_use")
        return rows.switch_row(actor, status, is_active=is_active)


def delete_status(actor: Actor, status: Status, replacement: Status | None = None) -> None:
    """Deletes a status. Lifecycles, tickets and their history get the replacement, which has the same state."""
    access.require(actor, RIGHT)
    if replacement is not None and replacement.state != status.state:
        raise Invalid({"replacement": [_("Choose a status of the same state.")]})
    with transaction.atomic():
        concerned = list(Lifecycle.objects.select_for_update().filter(places__status=status).order_by("pk"))
        rows.delete_row(actor, status, replacement)
        for lifecycle in concerned:
            lifecycle.version = uuid4()
            lifecycle.save(update_fields=["version"])


def reorder_statuses(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the statuses in the order in which people see them."""
    rows.reorder_rows(actor, Status, wanted, seen)


def _checked(facts: StatusFacts, row: Status | None) -> tuple[dict[str, Any], str]:
    problems = Problems()
    names = checked_names(Status, facts.names, row, problems)
    code = row.code if row else free_code(Status, names, facts.code, problems)
    problems.check_colour(facts.colour)
    if facts.state not in set(State):
        problems.add("state", _("Choose one of the offered values."))
    problems.check()
    is_open = facts.state != State.CLOSED  # F43: what is closed burdens neither clock nor people
    return {
        "names": names,
        "state": facts.state,
        "colour": facts.colour,
        "pauses_clock": facts.pauses_clock and is_open,
        "counts_in_workload": facts.counts_in_workload and is_open,
    }, code
