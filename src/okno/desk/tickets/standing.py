"""What a ticket will do by itself, and who is at it now: the line under its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from okno.core.actor import Actor
from okno.tickets.models import Processing, Ticket
from okno.tickets.notices import ClosingNotice, closing_notice
from okno.tickets.operations.processing import processing_of
from okno.tickets.transitions import Choice
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.rules import State


@dataclass(frozen=True)
class Standing:
    """Until when the ticket rests, when it closes by itself, who has its processing window open."""

    until: datetime | None = None
    closing: ClosingNotice | None = None
    processing: Processing | None = None
    is_own: bool = False
    may_resume: bool = False


NOTHING = Standing()


def standing_of(actor: Actor, ticket: Ticket, transitions: Sequence[Choice]) -> Standing:
    """Most tickets have nothing of the kind, and cost nothing here."""
    place = remembered_lifecycle_of(ticket.type_id).place(ticket.status.code)
    is_held = place is not None and place.is_held
    if not (ticket.until_at or ticket.closes_at or is_held):
        return NOTHING
    window = processing_of(ticket) if is_held else None
    return Standing(
        until=ticket.until_at,
        closing=closing_notice(ticket),
        processing=window,
        is_own=window is not None and window.agent_id == actor.id,
        may_resume=ticket.state == State.POSTPONED and any(map(_leads_to_work, transitions)),
    )


def _leads_to_work(choice: Choice) -> bool:
    return choice.is_simple and choice.status.state in {State.OPEN, State.NEW}
