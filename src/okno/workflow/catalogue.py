"""Statuses, priorities and types as every page needs them: read once and remembered for a moment.

They are few and change seldom, and each page asks for them many times. What is remembered is for showing and
choosing, also of what a new ticket begins with; operations that change one take a fresh row.
"""

from __future__ import annotations

import time
from typing import Any

from okno.core.named import Named
from okno.core.rehearsal import is_rehearsal
from okno.workflow import lifecycles
from okno.workflow.models import Impact, Priority, Service, Status, TicketType, Urgency

MAX_AGE = 2.0
"""Seconds for which a process may still show what another has changed."""

MOST_LEVELS = 10
"""How deep services may stand in each other."""

MEMORIES: list[Memory[Any]] = []


class Memory[Row: Named]:
    """The rows of one table in their order."""

    def __init__(self, model: type[Row]) -> None:
        self.model: type[Row] = model
        MEMORIES.append(self)
        self.read_at = float("-inf")
        self.rows: list[Row] = []

    def all(self) -> list[Row]:
        """Every row, also those that are no longer offered."""
        if is_rehearsal():
            return list(self.model._default_manager.all())
        if time.monotonic() - self.read_at > MAX_AGE:
            self.rows = list(self.model._default_manager.all())
            self.read_at = time.monotonic()
        return self.rows

    def active(self) -> list[Row]:
        """The rows that may be chosen."""
        return [row for row in self.all() if row.is_active]

    def by_id(self, pk: int | None) -> Row | None:
        """The row of this id."""
        return next((row for row in self.all() if row.pk == pk), None) if pk is not None else None

    def by_code(self, code: str) -> Row | None:
        """The row of this code."""
        return next((row for row in self.all() if row.code == code), None)

    def of(self, pk: int) -> Row:
        """The row of this id; one that was added a moment ago is read at once."""
        found = self._found(pk)
        if found is None:
            self.forget()
            found = self._found(pk)
        if found is None:
            raise LookupError(f"no {self.model.__name__} {pk}")
        return found

    def _found(self, pk: int) -> Row | None:
        return next((row for row in self.all() if row.pk == pk), None)

    def name_of(self, code: str) -> str:
        """What the row of this code is called in the reader's language; the code where there is none."""
        return next((row.name for row in self.all() if row.code == code), code)

    def forget(self) -> None:
        """The next reading is fresh."""
        self.read_at = float("-inf")


STATUSES = Memory(Status)
PRIORITIES = Memory(Priority)
TYPES = Memory(TicketType)
IMPACTS = Memory(Impact)
URGENCIES = Memory(Urgency)
SERVICES = Memory(Service)


def forget() -> None:
    """Drops what this process remembers."""
    for memory in MEMORIES:
        memory.forget()
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
