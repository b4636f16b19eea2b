"""What follows from the events of tickets and of clients in the worker."""

from __future__ import annotations

from collections.abc import Sequence

from okno.core.actor import SYSTEM
from okno.core.events import on, on_batch
from okno.core.models import Event
from okno.fields import events as of_fields
from okno.people import events as of_people
from okno.tickets import attributes, clients, duties, residents, search
from okno.tickets import events as kinds
from okno.tickets.conditions import attributes as conditions_on_attributes
from okno.tickets.models import Ticket
from okno.tickets.operations.client_links import revoke_links

__all__ = [
    "attributes",
    "clients",
    "conditions_on_attributes",
    "duties",
    "keep_day",
    "remember_client",
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
