"""A ticket that an employee has solved, and the client's word on it."""

from __future__ import annotations

from typing import Any

from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.testing.cast import Cast
from okno.tickets.models import ClientLink, Participant, Ticket
from okno.tickets.operations.client_links import Opened, give_link, open_link
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.rating import Opinion
from okno.tickets.operations.status import change_status

SOLUTION = ClientLink.Purpose.SOLUTION


def new_ticket(cast: Cast, **changes: Any) -> Ticket:
    """Marta asks for something, and nobody has proven yet that it was she (as with most letters)."""
    facts: dict[str, Any] = {
        "subject": "Oven",
        "message": NewMessage(text="The oven is cold.", contact=cast.marta, channel="email"),
        "channel": "email",
        "contact": cast.marta,
        "requester_address": "marta@kawa.example",
        "requester_is_proven": False,
    }
    return create_ticket(SYSTEM, NewTicket(**(facts | changes)))


def solved(cast: Cast, who: str = "taras", **changes: Any) -> Ticket:
    """The same, with a solution."""
    ticket = new_ticket(cast, **changes)
    change_status(cast.actor(who), ticket, "resolved")
    return again(ticket)


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("status", "type").get(pk=ticket.pk)


def requester(ticket: Ticket) -> Participant:
    return Participant.objects.get(ticket=ticket, is_requester=True)


def link(ticket: Ticket, participant: Participant | None = None, *, days: int = 30) -> str:
    return give_link(ticket, participant or requester(ticket), SOLUTION, days=days)


def opened(token: str) -> Opened:
    found = open_link(token, SOLUTION)
    assert found is not None
    return found


def says(score: int, **words: Any) -> Opinion:
    return Opinion(score, "letter", **words)


def choose(**values: Any) -> None:
    """Settings of ratings by their short names."""
    settings_store.change(SYSTEM, {f"rating.{key}": value for key, value in values.items()})
