"""Statuses, priorities and types as every page needs them: read once and remembered for a moment.

They are few and change seldom, and each page asks for them many times. What is remembered is for showing and
choosing, also of what a new ticket begins with; operations that change one take a fresh row.
"""

from __future__ import annotations

from okno.core.remembered import Memory, forget_all
from okno.workflow import lifecycles
from okno.workflow.models import Impact, Priority, RequestForm, Service, Status, TicketType, Urgency

MOST_LEVELS = 10
"""How deep services may stand in each other."""

STATUSES = Memory(Status)
PRIORITIES = Memory(Priority)
TYPES = Memory(TicketType)
IMPACTS = Memory(Impact)
URGENCIES = Memory(Urgency)
SERVICES = Memory(Service)
FORMS = Memory(RequestForm)


def forget() -> None:
    """Drops what this process remembers."""
    forget_all()
    lifecycles.forget()


def path_of(service: Service) -> str:
    """The service with those above it: “Network / Internet access”."""
    by_id = {row.pk: row for row in SERVICES.all()}
    names, above = [service.name], service.parent_id
    while above is not None and above in by_id and len(names) < MOST_LEVELS:
        names.insert(0, by_id[above].name)
        above = by_id[above].parent_id
    return " / ".join(names)


def service_tree(*, active_only: bool = True) -> list[tuple[int, Service]]:
    """The services in the order of the tree, each with its depth; what lies under one that is off is off too."""
    below: dict[int | None, list[Service]] = {}
    for row in SERVICES.all():
        if row.is_active or not active_only:
            below.setdefault(row.parent_id, []).append(row)
    found: list[tuple[int, Service]] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in below.get(parent, []):
            found.append((depth, row))
            walk(row.pk, depth + 1)

    walk(None, 0)
    return found
