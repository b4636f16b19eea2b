"""The client is told that an employee proposes a solution, where no answer says it already (F100, F212)."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from okno.channels.email.models import Letter, OutgoingLetter
from okno.channels.email.outgoing.answering import bare_subject
from okno.channels.email.outgoing.bodies import notice_body
from okno.channels.email.outgoing.deciding import ending_for
from okno.channels.email.outgoing.events import SOLUTION_QUEUED
from okno.channels.email.outgoing.letters import write_notice
from okno.channels.email.outgoing.receipts import NOT_TO_BE_ANSWERED, may_be_answered
from okno.channels.email.outgoing.recipients import NO_MAILBOX, Choice, recipients_of
from okno.channels.email.outgoing.senders import company_name, mailbox_for
from okno.core import events
from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.tickets.models import Ticket
from okno.tickets.rating.declarations import LETTER
from okno.workflow.catalogue import STATUSES
from okno.workflow.rules import State

AGAIN = gettext_noop("the work was resumed before the letter was written")


def send_solution(event: Event) -> list[OutgoingLetter]:
    """Queues the letters about a solution that an employee proposed without an answer, and records who gets one.

    Only what an employee does is told: neither rules nor the client's own acts cause a letter here. It may be
    called again for the same event: what was decided is left alone.
    """
    if not _is_told(event) or _is_decided(event):
        return []
    ticket = (
        Ticket.objects.select_related("company", "contact", "type", "status").filter(pk=event.object_id).first()
    )
    if ticket is None:
        return []
    choice = recipients_of(ticket)
    mailbox = mailbox_for(ticket)
    why = _against(ticket) or ("" if mailbox else NO_MAILBOX)
    if why:
        for each in choice.recipients:
            choice.skip(each.address, why)
        choice.recipients = []
    written = []
    for recipient in choice.recipients:
        if mailbox is None:
            break
        with translation.override(recipient.language):
            words = _words(ticket, company_name(mailbox))
        body = notice_body(ticket, recipient, mailbox, words, ending_for(ticket, recipient))
        subject, kind = f"Re: {bare_subject(ticket)}", OutgoingLetter.Kind.SOLUTION
        written.append(write_notice(ticket, mailbox, recipient, body, kind=kind, subject=subject))
    _record(event, ticket, choice)
    return written


def _is_told(event: Event) -> bool:
    """An employee took the ticket to a status of the state "resolved", and said nothing to the client with it."""
    after, before = STATUSES.by_code(event.data["after"]), STATUSES.by_code(event.data["before"])
    if event.actor_kind != "agent" or event.data.get("with_answer") or not LETTER():
        return False
    return after is not None and after.state == State.RESOLVED and (before is None or before.state != State.CLOSED)


def _is_decided(event: Event) -> bool:
    told = Event.objects.filter(object_kind="ticket", object_id=event.object_id, kind=SOLUTION_QUEUED)
    return told.filter(data__event=event.pk).exists()


def _against(ticket: Ticket) -> str:
    """Why nobody is told; a program that wrote to us gets answers of people only (T6)."""
    if ticket.state != State.RESOLVED:
        return AGAIN
    first = Letter.objects.filter(ticket=ticket).select_related("raw").order_by("id").first()
    if first is not None and not may_be_answered(first)[0]:
        return NOT_TO_BE_ANSWERED
    return ""


def _words(ticket: Ticket, company: str) -> str:
    lines = [
        _("We believe that your request no. %(number)s is solved.") % {"number": ticket.number},
        _("Please tell us whether it is.") if ticket.state == State.RESOLVED else "",
        company,
    ]
    return "\n\n".join(line for line in lines if line)


def _record(event: Event, ticket: Ticket, choice: Choice) -> None:
    data = {"event": event.pk, "to": [each.address for each in choice.recipients], "skipped": choice.skipped}
    events.record(SYSTEM, SOLUTION_QUEUED, ticket, data)
