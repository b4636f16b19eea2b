"""Packages above that keep columns of a ticket true: they act on it in the very write that registers or changes it.

A follower gets the ticket before it is saved, and its columns as they were (nothing for a new ticket). It only sets
columns; what it finds out costs no second write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from okno.tickets.models import Ticket

Columns = Mapping[str, Any]
Follower = Callable[[Ticket, Columns | None], None]
_followers: list[Follower] = []


def follower(follow: Follower) -> Follower:
    """Registers a follower; it is called in the transaction of every change."""
    _followers.append(follow)
    return follow


def columns_of(ticket: Ticket) -> Columns:
    """The columns as they are now."""
    return dict(ticket.__dict__)


def let_follow(ticket: Ticket, before: Columns | None) -> None:
    """Lets all followers act; called by the operations right before the ticket is written."""
    for follow in _followers:
        follow(ticket, before)
