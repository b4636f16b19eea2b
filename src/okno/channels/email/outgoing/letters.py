"""Writing a letter: its bytes, its row and its delivery come to be together, and once."""

from __future__ import annotations

from dataclasses import replace

from django.db import IntegrityError, transaction

from okno.channels.email import tokens
from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.outgoing.bodies import Body
from okno.channels.email.outgoing.composing import Composition, compose
from okno.channels.email.outgoing.recipients import Recipient
from okno.channels.email.outgoing.senders import sender_name
from okno.channels.email.outgoing.threading import ancestors, new_header_id
from okno.core import clock, deliveries, files
from okno.core.inserting import insert
from okno.tickets.models import Message, Ticket

CHANNEL = "email"


def route_of(mailbox: Mailbox) -> str:
    """The route of the deliveries of a mailbox."""
    return f"mailbox:{mailbox.pk}"


def is_written(message: Message, recipient: str, kind: str) -> bool:
    """Whether this letter exists already, so that doing the work twice makes no second one (T8)."""
    return OutgoingLetter.objects.filter(message=message, recipient=recipient, kind=kind).exists()


def write_letter(
    message: Message, mailbox: Mailbox, recipient: Recipient, body: Body, *, kind: str, subject: str
) -> OutgoingLetter | None:
    """Stores the letter in its final bytes and queues its delivery; nothing if somebody was faster."""
    is_receipt = kind == OutgoingLetter.Kind.RECEIPT
    author = "" if is_receipt or message.agent is None else message.agent.name
    letter = _composed(message.ticket, mailbox, recipient, body, subject)
    if not is_receipt:  # RFC 5322, 3.6.1: when it was finished
        letter = replace(letter, sender=(sender_name(mailbox, author), mailbox.address), date=message.created_at)
    try:
        return _store(message.ticket, mailbox, replace(letter, is_automatic=is_receipt), kind, message)
    except IntegrityError:
        if is_written(message, recipient.address, kind):
            return None
        raise


def write_notice(
    ticket: Ticket, mailbox: Mailbox, recipient: Recipient, body: Body, *, kind: str, subject: str
) -> OutgoingLetter:
    """The same for a letter that carries no message and answers none: it says that a program sent it (RFC 3834)."""
    letter = _composed(ticket, mailbox, recipient, body, subject)
    return _store(ticket, mailbox, replace(letter, is_automatic=True, is_unasked=True), kind)


def _composed(ticket: Ticket, mailbox: Mailbox, recipient: Recipient, body: Body, subject: str) -> Composition:
    """The letter in the company's name, written now."""
    parent, chain = ancestors(ticket, recipient.address)
    return Composition(
        sender=(sender_name(mailbox, ""), mailbox.address),
        recipient=(recipient.name, recipient.address),
        reply_to=_reply_to(mailbox, ticket, recipient),
        subject=subject,
        token=tokens.subject_token(ticket.number),
        header_id=new_header_id(mailbox.address),
        date=clock.now(),
        text=body.text,
        html=body.html,
        in_reply_to=parent,
        references=chain,
        pictures=body.pictures,
        files=body.files,
    )


def _store(
    ticket: Ticket, mailbox: Mailbox, letter: Composition, kind: str, message: Message | None = None
) -> OutgoingLetter:
    raw = files.store(compose(letter))
    address = letter.recipient[1]
    with transaction.atomic():
        delivery = deliveries.queue(
            CHANNEL,
            [address],
            letter.subject,
            object_kind="ticket",
            object_id=ticket.pk,
            route=route_of(mailbox),
        )
        written = OutgoingLetter(
            delivery=delivery,
            kind=kind,
            mailbox=mailbox,
            ticket_id=ticket.pk,
            message=message,
            header_id=letter.header_id,
            sender=mailbox.address,
            recipient=address,
            subject=f"{letter.subject} {letter.token}",
            raw=raw,
            created_at=letter.date,
        )
        insert(written)
        return written


def _reply_to(mailbox: Mailbox, ticket: Ticket, recipient: Recipient) -> str:
    """Each recipient's own signed address; a mere copy is answered without any claim to be the client."""
    if recipient.is_copy:
        return mailbox.address
    return tokens.reply_address(mailbox.address, "c", ticket.pk, recipient.person)
