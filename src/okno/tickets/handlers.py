"""What follows from the events of tickets in the worker."""

from __future__ import annotations

from okno.core.events import on
from okno.core.models import Event
from okno.tickets import duties, search
from okno.tickets import events as kinds

__all__ = ["duties", "remember_words"]


@on(
    kinds.CREATED,
    kinds.MESSAGE_ADDED,
    kinds.NOTE_ADDED,
    kinds.SUBJECT_CHANGED,
    kinds.CLIENT_CHANGED,
)
def remember_words(event: Event) -> None:
    """Keeps the search row of the ticket true."""
    search.remember(event.object_id)
