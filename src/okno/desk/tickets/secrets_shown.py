"""Access details of one ticket as its page shows them: never a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from okno.tickets.models import TicketSecret

COLUMNS = ("id", "label", "giver", "created_at", "erased_at", "erased_because")


@dataclass(frozen=True)
class Kept:
    """Access details as the panel shows them: never their value."""

    id: int
    label: str
    giver: str
    created_at: datetime
    erased_at: datetime | None
    why: str


def kept(rows: Iterable[Mapping[str, Any]]) -> list[Kept]:
    """The rows of a ``Gathering``, those that are still there first."""
    shown = [
        Kept(
            id=row["id"],
            label=row["label"],
            giver=row["giver"],
            created_at=datetime.fromisoformat(row["created_at"]),
            erased_at=datetime.fromisoformat(row["erased_at"]) if row["erased_at"] else None,
            why=str(TicketSecret.Because(row["erased_because"]).label) if row["erased_because"] else "",
        )
        for row in rows
    ]
    return sorted(shown, key=lambda each: (each.erased_at is not None, each.id))
