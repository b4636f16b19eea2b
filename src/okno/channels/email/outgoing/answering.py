"""An agent's public message goes to the client's side by mail: one letter for each recipient."""

from __future__ import annotations

import re

from okno.channels.email.models import OutgoingLetter
from okno.channels.email.outgoing.bodies import Ending, answer_body
from okno.channels.email.outgoing.deciding import ending_for
from okno.channels.email.outgoing.events import ANSWER_QUEUED
from okno.channels.email.outgoing.letters import is_written, write_letter
from okno.channels.email.outgoing.recipients import NO_MAILBOX, NOT_VISIBLE, Choice, Recipient, recipients_of
from okno.channels.email.outgoing.senders import mailbox_for
from okno.channels.email.tokens import without_token
from okno.core import events
from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.tickets.models import Message, Ticket
from okno.tickets.rating.declarations import LETTER
from okno.workflow.rules import DONE

_PREFIX = re.compile(r"(?i)^(?:(?:re|fwd?|aw|odp|ha|на|відп|от|пд)(?:\[\d{1,3}\])?\s{0,3}:\s{0,3})+")


def send_answer(message: Message, *, solves: bool = False) -> list[OutgoingLetter]:
    """Queues the letters of a public message of an agent, and records who gets one, who does not and why.

    Everything else (private notes, the client's words, the system's) goes to nobody. It may be called again:
    letters that exist are left alone. An answer that ``solves`` the ticket lets the client rate and decide.
    """
    if not message.is_public or message.author_kind != Message.Author.AGENT:
        return []
    choice = recipients_of(message.ticket)
    mailbox = mailbox_for(message.ticket)
    if mailbox is None:
        for each in choice.recipients:
            choice.skip(each.address, NO_MAILBOX)
        choice.recipients = []
    written = []
    for recipient in choice.recipients:
        if mailbox is None or is_written(message, recipient.address, OutgoingLetter.Kind.ANSWER):
            continue
        try:
            body = answer_body(message, recipient, mailbox, _ending(message, recipient) if solves else None)
        except LookupError:
            choice.skip(recipient.address, NOT_VISIBLE)
            continue
        subject = answer_subject(message.ticket, message)
        letter = write_letter(message, mailbox, recipient, body, kind=OutgoingLetter.Kind.ANSWER, subject=subject)
        written += [letter] if letter else []
    _record(message, choice)
    return written


def _ending(message: Message, recipient: Recipient) -> Ending | None:
    """What the client may decide, unless the work was resumed before the letter was written."""
    is_still = message.ticket.state in DONE and LETTER()
    return ending_for(message.ticket, recipient) if is_still else None


def bare_subject(ticket: Ticket) -> str:
    """The ticket's subject without what mail programs put before it."""
    return _PREFIX.sub("", without_token(ticket.subject)).strip() or ticket.subject


def answer_subject(ticket: Ticket, message: Message) -> str:
    """``Re:`` and the ticket's subject; a conversation that we begin has the subject alone."""
    bare = bare_subject(ticket)
    is_first = not ticket.messages.filter(pk__lt=message.pk, is_public=True).exists()
    return bare if is_first else f"Re: {bare}"


def _record(message: Message, choice: Choice) -> None:
    told = Event.objects.filter(
        object_kind="ticket", object_id=message.ticket_id, kind=ANSWER_QUEUED, data__message=message.pk
    )
    if told.exists():
        return
    skipped = {each["address"] for each in choice.skipped}
    data = {
        "message": message.pk,
        "to": [each.address for each in choice.recipients if each.address not in skipped],
        "skipped": choice.skipped,
        "because": {each.address: each.because for each in choice.recipients if each.because},
    }
    events.record(SYSTEM, ANSWER_QUEUED, message.ticket, data)
