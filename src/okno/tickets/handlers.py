"""What follows from the events of tickets and of clients in the worker."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet

from okno.core.actor import SYSTEM
from okno.core.events import on, on_batch
from okno.core.models import Event
from okno.core.notify import changed
from okno.fields import events as of_fields
from okno.people import events as of_people
from okno.people.models import Merge
from okno.tickets import attributes, clients, duties, erasing, residents, search
from okno.tickets import events as kinds
from okno.tickets.conditions import attributes as conditions_on_attributes
from okno.tickets.models import Ticket
from okno.tickets.operations.client_links import revoke_links

__all__ = [
    "attributes",
    "clients",
    "conditions_on_attributes",
    "duties",
    "erasing",
    "follow_merge",
    "keep_day",
    "remember_client",
    "remember_merge",
    "remember_words",
    "residents",
    "revoke_links_of_former_client",
]


@on_batch(
    kinds.CREATED,
    kinds.MESSAGE_ADDED,
    kinds.NOTE_ADDED,
    kinds.SUBJECT_CHANGED,
    kinds.ATTRIBUTES_CHANGED,
    kinds.CLIENT_CHANGED,
    kinds.PARTICIPANT_ADDED,
    kinds.PARTICIPANT_REMOVED,
)
def remember_words(events: Sequence[Event]) -> None:
    """Keeps the search rows of the tickets true."""
    search.remember([event.object_id for event in events])


@on_batch(
    kinds.STATUS_CHANGED,
    kinds.ASSIGNED,
    kinds.TYPE_CHANGED,
    kinds.PRIORITY_CHANGED,
    kinds.WATCHER_ADDED,
    kinds.WATCHER_REMOVED,
    kinds.PARTICIPANT_CONFIRMED,
    kinds.LINKED,
)
def keep_day(events: Sequence[Event]) -> None:
    """Lets search know that something happened to the tickets today."""
    search.keep_active([event.object_id for event in events])


@on(kinds.CLIENT_CHANGED, immediate=True)
def revoke_links_of_former_client(event: Event) -> None:
    """Another client: what was sent to the former one no longer opens the ticket."""
    revoke_links(SYSTEM, Ticket(pk=event.object_id), "client changed")


@on(of_people.CONTACT_CHANGED, of_people.COMPANY_CHANGED)
def remember_client(event: Event) -> None:
    """A client's new name or address is found in all tickets of that client."""
    search.remember_later(Ticket.objects.filter(**{event.object_kind: event.object_id}))


@on(of_fields.CHANGED, of_fields.DELETED, immediate=True)
def remember_values(event: Event) -> None:
    """What a changed attribute shows to everybody is found; what it hides, or is deleted with it, no longer is."""
    if event.kind == of_fields.DELETED or {"kind", "is_active", "seen_by", "types"} & set(event.data["fields"]):
        search.remember_later(Ticket.objects.exclude(attributes={}).filter(attributes__has_key=event.data["code"]))


MERGES = (
    of_people.CONTACT_MERGED,
    of_people.CONTACT_UNMERGED,
    of_people.COMPANY_MERGED,
    of_people.COMPANY_UNMERGED,
)


@on(*MERGES, immediate=True)
def follow_merge(event: Event) -> None:
    """Tickets that moved to another card have another version: nobody writes over it with an older page."""
    moved = _moved(event)
    moved.update(version=F("version") + 1)
    changed("tickets")


@on(*MERGES)
def remember_merge(event: Event) -> None:
    """Tickets of both cards are found by the names and addresses that they have now."""
    cards = (event.object_id, event.data["duplicate"])
    search.remember_later(Ticket.objects.filter(**{f"{event.object_kind}__in": cards}))


def _moved(event: Event) -> QuerySet[Ticket]:
    record = Merge.objects.filter(pk=event.data["merge"]).first()
    ids = record.moved.get(f"tickets.Ticket.{event.object_kind}", []) if record else []
    return Ticket.objects.filter(pk__in=ids)
