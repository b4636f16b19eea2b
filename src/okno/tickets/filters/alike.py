"""Open requests that may be the very one that somebody is about to write: "is it this one?" (F193)."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity, TrigramStrictWordSimilarity
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Left

from okno.core.actor import Actor
from okno.core.text import one_line
from okno.tickets.filters.paging import RELATED, rows_of_list
from okno.tickets.filters.ticket_filter import TicketFilter
from okno.tickets.models import Ticket

LEAST = 0.4
"""How alike two subjects must be, of one: by letters in threes, the whole or a run of words (``pg_trgm``)."""
SHORTEST = 6
LONGEST = 300
COMPARED = 200
"""So many of the latest open requests are compared, whatever else a client has open."""


def similar_requests(actor: Actor, subject: str, limit: int = 3) -> list[Ticket]:
    """Of the open requests that exist for this person those whose subjects are most like this one (T2, T3, T20)."""
    seen = rows_of_list(actor, TicketFilter(section="active"), None, COMPARED)
    return _alike(seen, subject, limit)


def _alike(compared: QuerySet[Ticket], subject: str, limit: int) -> list[Ticket]:
    """By their ids, so that the database never walks through the tickets of others to join the few that count."""
    typed = one_line(subject)[:LONGEST]
    if len(typed) < SHORTEST:
        return []
    shown = Left(F("subject"), LONGEST)
    likeness = Greatest(TrigramSimilarity(shown, typed), TrigramStrictWordSimilarity(typed, shown))
    known = Ticket.objects.filter(pk__in=list(compared.values_list("pk", flat=True)))
    alike = known.annotate(likeness=likeness).filter(likeness__gte=LEAST)
    return list(alike.select_related(*RELATED).order_by("-likeness", "-activity_at", "-pk")[:limit])
