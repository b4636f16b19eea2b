"""Statuses, priorities and types as every page needs them: read once and remembered for a moment.

They are few and change seldom, and each page asks for them many times. What is remembered is for showing and
choosing; operations that write take a fresh row.
"""

from __future__ import annotations

import time
from typing import Any

from okno.core.named import Named
from okno.workflow.models import Priority, Status, TicketType

MAX_AGE = 2.0
"""Seconds for which a process may still show what another has changed."""


MEMORIES: list[Memory[Any]] = []


class Memory[Row: Named]:
    """The rows of one table in their order."""

    def __init__(self, model: type[Row]) -> None:
        self.model: type[Row] = model
        MEMORIES.append(self)
        self.read_at = 0.0
        self.rows: list[Row] = []

    def all(self) -> list[Row]:
        """Every row, also those that are no longer offered."""
        if time.monotonic() - self.read_at > MAX_AGE:
            self.rows = list(self.model._default_manager.all())
            self.read_at = time.monotonic()
        return self.rows

    def active(self) -> list[Row]:
        """The rows that may be chosen."""
        return [row for row in self.all() if row.is_active]

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
        self.read_at = 0.0


STATUSES = Memory(Status)
PRIORITIES = Memory(Priority)
TYPES = Memory(TicketType)


def forget() -> None:
    """Drops what this process remembers."""
    for memory in MEMORIES:
        memory.forget()
