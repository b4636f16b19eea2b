"""Which status, type and priority are meant when nobody chose one."""

from __future__ import annotations

from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State


def status_for(state: State) -> Status:
    """The active status that stands for a state: the one marked as default, else the first."""
    found = Status.objects.filter(state=state, is_active=True).order_by("-is_default", "position").first()
    if found is None:
        raise LookupError(f"no active status stands for the state {state}")
    return found


def default_type() -> TicketType:
    """The type of a ticket for which none was chosen."""
    return TicketType.objects.filter(is_active=True).order_by("-is_default", "position")[0]


def default_priority() -> Priority:
    """The priority of a ticket for which none was chosen."""
    return Priority.objects.filter(is_active=True).order_by("-is_default", "position")[0]
