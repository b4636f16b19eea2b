"""To which clients an agent's own tickets lead (F159): those whose tickets they are."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from okno.core.actor import Actor
from okno.people.access import Way, add_way
from okno.tickets.access import own
from okno.tickets.models import Ticket


def _contacts(actor: Actor) -> Q:
    return Q(Exists(Ticket.objects.filter(own(actor), contact=OuterRef("pk"))))


def _companies(actor: Actor) -> Q:
    return Q(Exists(Ticket.objects.filter(own(actor), company=OuterRef("pk"))))


add_way("tickets", Way(contacts=_contacts, companies=_companies))
