"""Types of tickets, each with its lifecycle (F2, F5, F81, F82)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.people import access
from okno.workflow.lifecycles import read
from okno.workflow.models import Lifecycle, Status, TicketType
from okno.workflow.operations import rows
from okno.workflow.operations.rows import RIGHT, Problems, checked_names, free_code
from okno.workflow.residents import residents
from okno.workflow.rules import State, place_for

ICON = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class TypeFacts:
    """What a type says: names by language, its lifecycle, whether clients never see it, and its icon."""

    names: Mapping[str, str]
    lifecycle: Lifecycle
    is_internal: bool = False
    icon: str = "ticket"
    code: str = ""


@dataclass(frozen=True)
class Move:
    """Tickets that would go on in another status, since the other lifecycle lacks theirs."""

    before: Status
    after: Status
    tickets: int


def create_type(actor: Actor, facts: TypeFacts) -> TicketType:
    """Makes a type."""
    access.require(actor, RIGHT)
    values, code = _checked(facts, None)
    return rows.create_row(actor, TicketType, values, code)


def change_type_row(actor: Actor, kind: TicketType, facts: TypeFacts) -> TicketType:
    """Replaces what the type says.

    With another lifecycle its tickets go on as ``moves_to_lifecycle`` tells beforehand; made internal, they are
    hidden from clients at once.
    """
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = rows.locked(kind)
        values, _code = _checked(facts, present)
        moves = moves_to_lifecycle(present, facts.lifecycle) if present.lifecycle_id != facts.lifecycle.pk else None
        is_hidden_otherwise = present.is_internal != facts.is_internal
        rows.change_row(actor, present, values)
        if is_hidden_otherwise:
            residents().set_internal([present.pk], is_internal=facts.is_internal)
        if moves is not None:
            for move in moves:
                residents().move(actor, [present.pk], move.before, move.after)
            residents().set_timers([present.pk], list(residents().count([present.pk])))
    return present


def moves_to_lifecycle(kind: TicketType, lifecycle: Lifecycle) -> list[Move]:
    """Which tickets of the type would go on in another status with this lifecycle."""
    rules = read(lifecycle)
    found = []
    for pk, count in residents().count([kind.pk]).items():
        status = Status.objects.get(pk=pk)
        place = place_for(rules, status.code, State(status.state))
        if place.code != status.code:
            found.append(Move(status, Status.objects.get(code=place.code), count))
    return found


def make_default_type(actor: Actor, kind: TicketType) -> TicketType:
    """New tickets are of it where none was chosen."""
    return rows.make_default_row(actor, kind)


def switch_type(actor: Actor, kind: TicketType, *, is_active: bool) -> TicketType:
    """Offers the type again, or no longer."""
    return rows.switch_row(actor, kind, is_active=is_active)


def delete_type(actor: Actor, kind: TicketType, replacement: TicketType | None = None) -> None:
    """Deletes a type; its tickets become of the replacement, which has the same lifecycle and shows as much."""
    access.require(actor, RIGHT)
    if replacement is not None and (
        replacement.lifecycle_id != kind.lifecycle_id or replacement.is_internal != kind.is_internal
    ):
        text = _("Choose a type with the same lifecycle, that clients see as much of.")
        raise Invalid({"replacement": [text]})
    rows.delete_row(actor, kind, replacement)


def reorder_types(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the types in the order in which people see them."""
    rows.reorder_rows(actor, TicketType, wanted, seen)


def _checked(facts: TypeFacts, row: TicketType | None) -> tuple[dict[str, Any], str]:
    problems = Problems()
    names = checked_names(TicketType, facts.names, row, problems)
    code = row.code if row else free_code(TicketType, names, facts.code, problems)
    if not ICON.fullmatch(facts.icon):
        problems.add("icon", _("Choose one of the offered values."))
    is_kept = row is not None and row.lifecycle_id == facts.lifecycle.pk
    if not Lifecycle.objects.filter(pk=facts.lifecycle.pk, is_active=True).exists() and not is_kept:
        problems.add("lifecycle", _("Choose one of the offered values."))
    problems.check()
    values = {"names": names, "lifecycle": facts.lifecycle, "is_internal": facts.is_internal, "icon": facts.icon}
    return values, code
