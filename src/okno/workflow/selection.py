"""Which status, type and priority are meant when nobody chose one; out of what the process remembers of them."""

from __future__ import annotations

from okno.workflow import catalogue
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State


def initial_status(kind: TicketType) -> Status:
    """The status in which a new ticket of this type begins."""
    code = remembered_lifecycle_of(kind.pk).initial.code
    return catalogue.STATUSES.by_code(code) or Status.objects.get(code=code)


def status_for(state: State) -> Status:
    """The active status that stands for a state: the one marked as default, else the first."""
    found = [status for status in catalogue.STATUSES.active() if status.state == state]
    if not found:
        raise LookupError(f"no active status stands for the state {state}")
    return next((status for status in found if status.is_default), found[0])


def default_type() -> TicketType:
    """The type of a ticket for which none was chosen."""
    found = catalogue.TYPES.active()
    return next((each for each in found if each.is_default), found[0])


def default_priority() -> Priority:
    """The priority of a ticket for which none was chosen."""
    found = catalogue.PRIORITIES.active()
    return next((each for each in found if each.is_default), found[0])
