"""What the mail channel holds of a person: received letters as they came, and those that went out (P47)."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy

from okno.channels.email.models import Letter, OutgoingLetter
from okno.core import files, sweeping
from okno.core.models import Delivery, Event
from okno.people.erasing import Eraser, Person, register_eraser
from okno.people.operations.erasing import blank_event
from okno.tickets.erasing import tickets_of
from okno.tickets.models import Ticket

BATCH = 100


def _received(person: Person) -> Q:
    tickets = Ticket.objects.filter(tickets_of(person)).values("pk")
    return Q(sender__in=person.addresses) | Q(envelope_from__in=person.addresses) | Q(ticket__in=tickets)


def _sent(person: Person) -> Q:
    tickets = Ticket.objects.filter(tickets_of(person)).values("pk")
    return Q(recipient__in=person.addresses) | Q(ticket__in=tickets)


def _erase_received(person: Person, after: int) -> tuple[int, int]:
    """The raw letters of all conversations with the person, since they quote; whose letter it was goes with it."""
    rows = list(Letter.objects.filter(_received(person), pk__gt=after).order_by("pk")[:BATCH])
    for row in rows:
        former = row.raw_id
        row.raw = files.store(b"")
        row.size = 0
        row.subject, row.last_error = "", ""
        row.outcome, row.authentication = person.without_in(row.outcome), person.without_in(row.authentication)
        row.envelope_to = [person.without(address) for address in row.envelope_to]
        row.header_id = person.without(row.header_id)
        if row.sender in person.addresses or row.envelope_from in person.addresses:
            row.sender, row.envelope_from, row.peer = "", None, ""
        row.save()
        sweeping.discard([former])
        _blank_events("letter", row.pk, person)
    return (rows[-1].pk if rows else after), len(rows)


def _erase_sent(person: Person, after: int) -> tuple[int, int]:
    """Letters to the person go with their deliveries; those to others keep their recipient and lose their text."""
    rows = list(
        OutgoingLetter.objects.filter(_sent(person), pk__gt=after).select_related("delivery").order_by("pk")[:BATCH]
    )
    for row in rows:
        former, delivery = row.raw_id, row.delivery
        _blank_events("delivery", delivery.pk, person)
        if row.recipient in person.addresses:
            delivery.delete()
        else:
            OutgoingLetter.objects.filter(pk=row.pk).update(raw=files.store(b""), subject="")
            waiting = Q(state__in=[Delivery.State.QUEUED, Delivery.State.SENDING])
            Delivery.objects.filter(waiting, pk=delivery.pk).update(state=Delivery.State.CANCELLED)
            Delivery.objects.filter(pk=delivery.pk).update(title="", last_error="")
        sweeping.discard([former])
    return (rows[-1].pk if rows else after), len(rows)


def _blank_events(kind: str, pk: int, person: Person) -> None:
    for event in Event.objects.filter(object_kind=kind, object_id=pk):
        blank_event(event, person)


register_eraser(
    Eraser(
        "letters",
        gettext_lazy("Received letters as they came"),
        lambda person: Letter.objects.filter(_received(person)).count(),
        _erase_received,
        order=10,
    )
)
register_eraser(
    Eraser(
        "outgoing",
        gettext_lazy("Letters that were sent"),
        lambda person: OutgoingLetter.objects.filter(_sent(person)).count(),
        _erase_sent,
        order=20,
    )
)
