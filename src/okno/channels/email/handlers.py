"""What the mail channel does when something happens to tickets; in the worker, and safe to repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okno.channels.email import (
    erasing,  # registers what is erased with a person
    holders,  # registers what holds a team
)
from okno.channels.email.outgoing import smtp  # registers the transport
from okno.channels.email.outgoing.answering import send_answer
from okno.channels.email.outgoing.receipts import send_receipts
from okno.channels.email.outgoing.solutions import send_solution
from okno.core import events
from okno.core.models import Event
from okno.tickets import events as kinds
from okno.tickets.models import Channel, Message

__all__ = ["created", "erasing", "holders", "message_added", "smtp", "status_changed"]


@events.on_batch(kinds.MESSAGE_ADDED)
def message_added(happened: Sequence[Event]) -> None:
    """A public message of an agent is mailed to the client's side."""
    for event, message in _messages(happened):
        send_answer(message, solves=bool(event.data.get("solves")))


@events.on(kinds.STATUS_CHANGED)
def status_changed(event: Event) -> None:
    """A solution that an employee proposed without an answer is told to the client."""
    send_solution(event)


@events.on_batch(kinds.CREATED)
def created(happened: Sequence[Event]) -> None:
    """A ticket that an agent began with public words of his own is mailed; one by mail or web form is confirmed.

    Where an agent registers what a client said (on the phone), the client is the author and gets no letter.
    """
    to_confirm = []
    for event, message in _messages(happened):
        send_answer(message)
        if event.data.get("channel") in {Channel.EMAIL, Channel.WEB_FORM} and message.is_from_client:
            to_confirm.append(message)
    send_receipts(to_confirm)


def _messages(happened: Sequence[Event]) -> Iterator[tuple[Event, Message]]:
    """The events with their messages, read at once; what is gone by now is left out."""
    related = ("ticket__company", "ticket__contact", "ticket__type", "agent")
    wanted = {event.data.get("message") for event in happened}
    found = Message.objects.select_related(*related).in_bulk([each for each in wanted if each is not None])
    for event in happened:
        message = found.get(event.data.get("message"))
        if message is not None:
            yield event, message
