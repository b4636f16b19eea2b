"""Small catalogues that every page needs: read once and remembered for a moment by each process."""

from __future__ import annotations

import time
from typing import Any

from okno.core.named import Named
from okno.core.rehearsal import is_rehearsal

MAX_AGE = 2.0
"""Seconds for which a process may still show what another has changed."""

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


def forget_all() -> None:
    """Drops what this process remembers of all catalogues."""
    for memory in MEMORIES:
        memory.forget()
