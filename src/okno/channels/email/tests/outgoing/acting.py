"""A client asks, an agent answers: what most tests of outgoing letters begin with."""

from __future__ import annotations

from okno.channels.email.models import OutgoingLetter
from okno.core import files
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.testing.cast import Cast
from okno.tickets.models import Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage, add_answer


def ask(cast: Cast, text: str = "The oven is cold.", **changes: object) -> Ticket:
    facts: dict[str, object] = {
        "subject": "Oven",
        "message": NewMessage(text=text, contact=cast.marta, channel="email", author_address="marta@kawa.example"),
        "channel": "email",
        "contact": cast.marta,
        "requester_address": "marta@kawa.example",
    }
    return create_ticket(SYSTEM, NewTicket(**(facts | changes)))


def answer(cast: Cast, ticket: Ticket, body: str = "<p>Switch it on.</p>", **more: object) -> Message:
    message = add_answer(cast.actor("olena"), ticket, NewMessage(html=body, **more))
    run_until_empty("events")
    return message


def answers() -> list[OutgoingLetter]:
    return list(OutgoingLetter.objects.filter(kind="answer").order_by("id"))


def stored(name: str, content: bytes, **more: object) -> NewFile:
    return NewFile(files.store(content), name, str(more.pop("type", "application/pdf")), **more)
