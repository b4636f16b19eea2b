"""What somebody asks of the list of tickets, as one value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, str | Promise] = {
    "mine": _("Mine"),
    "my_teams": _("My teams"),
    "unassigned": _("Unassigned"),
    "waiting": _("Waiting for client"),
    "resolved": _("Resolved"),
    "closed": _("Journal of closed"),
    "active": _("All open"),
}
"""The lists that every agent has. Those of people and ``active`` hold every ticket that is not closed."""

SORTS: dict[str, tuple[str, ...]] = {
    "activity": ("activity_at", "id"),
    "created": ("created_at", "id"),
    "number": ("number",),
    "due": ("due_at", "id"),
}
"""Orders of the list and the columns that make each of them total; a minus before the name reverses it.

That of deadlines shows the tickets of which one runs."""

Person = int | Literal["me", "none"]


@dataclass(frozen=True)
class TicketFilter:
    """A list query: every field that is set narrows the list further.

    ``section`` is one of ``SECTIONS``; states, statuses, types, priorities and ratings are codes, any of which
    fits; ``assignee`` and ``team`` are ids, ``none`` or (of the assignee) ``me``; ``unread`` asks for
    what is bold in the list; ``q`` is searched for in number, subject, client and conversation.
    """

    section: str = ""
    states: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    assignee: Person | None = None
    team: int | Literal["none"] | None = None
    contact: int | None = None
    company: int | None = None
    ratings: tuple[str, ...] = ()
    unread: bool = False
    updated_since: datetime | None = None
    q: str = ""
    sort: str = "-activity"

    @property
    def sort_columns(self) -> tuple[str, ...]:
        """The columns of the order."""
        return SORTS[self.sort.removeprefix("-")]

    @property
    def by_deadline(self) -> bool:
        """Whether the order is that of deadlines; tickets of which none runs have no place in it."""
        return self.sort.removeprefix("-") == "due"

    @property
    def is_descending(self) -> bool:
        """Whether the newest or highest comes first."""
        return self.sort.startswith("-")

    def as_query(self) -> dict[str, str]:
        """The parameters of an address that ``parse`` reads back into an equal filter."""
        query: dict[str, str] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            if isinstance(value, tuple):
                query[PARAMETERS[field.name]] = ",".join(value)
            elif isinstance(value, bool):
                query[field.name] = "1"
            elif isinstance(value, datetime):
                query[field.name] = value.isoformat()
            else:
                query[field.name] = str(value)
        return query


PARAMETERS = {
    "states": "state",
    "statuses": "status",
    "types": "type",
    "priorities": "priority",
    "ratings": "rating",
}
"""How the fields that take several codes are called in an address."""
