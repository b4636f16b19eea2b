"""The tree of services (F204, F209, F210)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.ordered import reorder
from okno.people import access
from okno.workflow import catalogue
from okno.workflow import events as kinds
from okno.workflow.models import Service
from okno.workflow.operations import rows
from okno.workflow.operations.rows import RIGHT, Problems, checked_names, free_code


@dataclass(frozen=True)
class ServiceFacts:
    """What a service says: its names by language, and under which other it stands, if any."""

    names: Mapping[str, str]
    parent: Service | None = None
    code: str = ""


def create_service(actor: Actor, facts: ServiceFacts) -> Service:
    """Makes a service, the last under its parent."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        values, code = _checked(facts, None)
        return rows.create_row(actor, Service, values, code)


def change_service(actor: Actor, service: Service, facts: ServiceFacts) -> Service:
    """Calls a service differently or puts it elsewhere; under itself, or under one below it, it cannot stand."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        list(Service.objects.select_for_update().order_by("pk"))  # two who move at once could close a circle
        present = rows.locked(service)
        values, _code = _checked(facts, present)
        return rows.change_row(actor, present, values)


def switch_service(actor: Actor, service: Service, *, is_active: bool) -> Service:
    """Offers the service and what lies under it again, or no longer."""
    return rows.switch_row(actor, service, is_active=is_active)


def delete_service(actor: Actor, service: Service, replacement: Service | None = None) -> None:
    """Deletes a service; its tickets and the services under it go to the replacement, if one is chosen."""
    rows.delete_row(actor, service, replacement)


def reorder_services(actor: Actor, parent: Service | None, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the services under one parent (or at the top) in order."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        siblings = Service.objects.filter(parent=parent)
        if reorder(siblings, wanted, seen):
            codes = list(siblings.order_by("position", "pk").values_list("code", flat=True))
            subject = parent or siblings[0]
            events.record(actor, kinds.ROWS_REORDERED, subject, {"what": "service", "order": codes})
    catalogue.forget()


def _checked(facts: ServiceFacts, row: Service | None) -> tuple[dict[str, Any], str]:
    problems = Problems()
    names = checked_names(Service, facts.names, row, problems, among={"parent": facts.parent})
    code = row.code if row else free_code(Service, names, facts.code, problems)
    _check_parent(facts.parent, row, problems)
    problems.check()
    return {"names": names, "parent": facts.parent}, code


def _check_parent(parent: Service | None, row: Service | None, problems: Problems) -> None:
    above, levels = parent, 1
    while above is not None and levels <= catalogue.MOST_LEVELS:
        if row is not None and above.pk == row.pk:
            problems.add("parent", _("A service does not stand under itself or under one below it."))
            return
        above, levels = Service.objects.filter(pk=above.parent_id or 0).first(), levels + 1
    if levels + _depth(row) > catalogue.MOST_LEVELS:
        problems.add("parent", _("No more than %(limit)d levels.") % {"limit": catalogue.MOST_LEVELS})


def _depth(row: Service | None) -> int:
    """How many levels lie under the service."""
    depth, level = 0, [row.pk] if row else []
    while level and depth <= catalogue.MOST_LEVELS:
        level = list(Service.objects.filter(parent__in=level).values_list("pk", flat=True))
        depth += bool(level)
    return depth
