"""What the mail channel does when something happens to a ticket; in the worker, and safe to repeat."""

from __future__ import annotations

from okno.channels.email.outgoing import smtp  # registers the transport
from okno.channels.email.outgoing.answering import send_answer
from okno.channels.email.outgoing.receipts import send_receipt
from okno.core import events
from okno.core.models import Event
from okno.tickets import events as kinds
from okno.tickets.models import Channel, Message

__all__ = ["created", "message_added", "smtp"]


@events.on(kinds.MESSAGE_ADDED)
def message_added(event: Event) -> None:
    """A public message of an agent is mailed to the client's side."""
    message = _message(event)
    if message is not None:
        send_answer(message)


@events.on(kinds.CREATED)
def created(event: Event) -> None:
    """A ticket that an agent began with public words of his own is mailed; one that came by mail is confirmed.

    Where an agent registers what a client said (on the phone), the client is the author and gets no letter.
    """
    message = _message(event)
    if message is None:
        return
    send_answer(message)
    if event.data.get("channel") == Channel.EMAIL and message.is_from_client:
        send_receipt(message)


def _message(event: Event) -> Message | None:
    related = ("ticket__company", "ticket__contact", "ticket__type", "agent")
    return Message.objects.select_related(*related).filter(pk=event.data.get("message")).first()
