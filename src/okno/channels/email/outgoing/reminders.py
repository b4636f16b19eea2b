"""Asking once more for a rating that was not given, where the settings want it; never a second time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.outgoing.answering import bare_subject
from okno.channels.email.outgoing.bodies import notice_body
from okno.channels.email.outgoing.deciding import faces_for
from okno.channels.email.outgoing.events import REMINDER_QUEUED
from okno.channels.email.outgoing.letters import write_notice
from okno.channels.email.outgoing.recipients import Recipient, recipients_of
from okno.channels.email.outgoing.senders import company_name, mailbox_for
from okno.core import clock, events
from okno.core.actor import SYSTEM
from okno.tickets.models import ClientLink
from okno.tickets.operations.client_links import Standing, standing_of
from okno.tickets.rating.asking import asked_of
from okno.tickets.rating.declarations import REMIND_DAYS

BATCH = 50
STALE = timedelta(days=7)
"""What was due longer ago is let be, so that switching reminders on does not write to everybody of the past."""


def send_reminders() -> int:
    """One batch of letters about solutions that nobody rated; how many were looked at."""
    days = REMIND_DAYS()
    if not days:
        return 0
    due = clock.now() - timedelta(days=days)
    with transaction.atomic():
        waiting = ClientLink.objects.filter(
            purpose=ClientLink.Purpose.SOLUTION, reminded_at=None, created_at__lte=due, created_at__gt=due - STALE
        )
        related = ("ticket__company", "ticket__contact", "ticket__type", "ticket__status", "participant__contact")
        locked = waiting.select_related(*related).select_for_update(skip_locked=True, of=("self",))
        taken = list(locked.order_by("id")[:BATCH])
        for link in taken:
            _remind(link)
    return len(taken)


def _remind(link: ClientLink) -> None:
    """Every link of the person to this solution counts as reminded, the new one too."""
    ticket, place = link.ticket, link.participant
    same = ClientLink.objects.filter(ticket=ticket, participant=place, round=link.round)
    is_first = not same.exclude(reminded_at=None).exists()
    asked = asked_of(place, ticket)
    is_open = standing_of(link) is Standing.GOOD and asked.may_rate and asked.present is None
    reader = next((each for each in recipients_of(ticket).recipients if each.person == place.pk), None)
    mailbox = mailbox_for(ticket)
    if is_first and is_open and reader is not None and mailbox is not None:
        _write(link, mailbox, reader)
    same.update(reminded_at=clock.now())


def _write(link: ClientLink, mailbox: Mailbox, reader: Recipient) -> None:
    ticket = link.ticket
    with translation.override(reader.language):
        words = _("Your request no. %(number)s was solved. A word from you would help us.")
    words %= {"number": ticket.number}
    faces = faces_for(ticket, link.participant, reader.language)
    body = notice_body(ticket, reader, mailbox, f"{words}\n\n{company_name(mailbox)}", faces)
    kind = OutgoingLetter.Kind.REMINDER
    write_notice(ticket, mailbox, reader, body, kind=kind, subject=f"Re: {bare_subject(ticket)}")
    events.record(SYSTEM, REMINDER_QUEUED, ticket, {"to": reader.address})
