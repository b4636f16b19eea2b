"""The first tickets that fit a question, in the order of their activity, at a cost that does not grow.

A common word stands in most of the newest tickets, so a few days of them are enough; a rare one stands in few
tickets at all. The newest days are asked first; from how many they yield follows how far one must look.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from okno.core.search.rules import Question, written
from okno.core.statements import Statement
from okno.tickets.models import Ticket, TicketSearch
from okno.tickets.search.days import WIDTHS, day_of, words_of_window
from okno.tickets.search.lookups import Written, matching_text

FIRST_LOOK = 100
"""Tickets that the first look should cover at least: so few that the index is always the cheapest way to them."""

MANY = 10_000
"""Tickets that are still sorted rather than met by walking."""

EVERYTHING = len(WIDTHS)
"""The level beyond the widest blocks: no window at all."""


_EXTENT = Statement(
    """
    SELECT min(activity_at), max(activity_at),
        (SELECT reltuples FROM pg_class WHERE oid = 'tickets_ticket'::regclass)
    FROM tickets_ticket
    """
)


class Extent(NamedTuple):
    """From when to when there is activity, and in how many tickets, about."""

    first: datetime
    last: datetime
    tickets: float

    @property
    def narrowest(self) -> int:
        """The level at which a block of days holds enough tickets for a first look."""
        days = max(1.0, (self.last - self.first).total_seconds() / 86_400)
        enough = (level for level, width in enumerate(WIDTHS) if width * self.tickets / days >= FIRST_LOOK)
        return next(enough, EVERYTHING)


def newest(
    queryset: QuerySet[Ticket],
    question: Question,
    most: int,
    *,
    beside: datetime | None = None,
    backward: bool = True,
) -> list[int]:
    """The ids of at most so many of these tickets that fit, the latest activity first.

    ``beside`` is the moment at which ``queryset`` begins, where it is a later page; with ``backward`` false the
    order is turned round.
    """
    ordered = in_memory(queryset, "activity_at", "id", descending=backward).values_list("pk", flat=True)
    extent = _extent()
    if extent is not None:
        day = day_of(beside or (extent.last if backward else extent.first))
        level = extent.narrowest
        while level < EVERYTHING:
            within = words_of_window(level, day, backward=backward)
            found = list(matching_text(ordered, written(question, within))[:most])
            if len(found) >= most:
                return found
            level = _next_level(level, len(found), most)
    return list(matching_text(ordered, written(question))[:most])


def fitting_in_order(
    queryset: QuerySet[Ticket], question: Question, columns: tuple[str, ...], most: int, *, descending: bool
) -> list[int]:
    """The ids of at most so many of these tickets that fit, in another order than that of activity.

    Those of a rare word are sorted; for a common one the order's index is walked, since it soon meets some.
    """
    text = written(question)
    if not text:
        return []
    few = TicketSearch.objects.filter(vector=Written(text))[: MANY + 1].count() <= MANY
    fitting = matching_text(queryset, text)
    ordered = (
        in_memory(fitting, *columns, descending=descending)
        if few
        else fitting.order_by(*(f"-{name}" if descending else name for name in columns))
    )
    return list(ordered.values_list("pk", flat=True)[:most])


def in_memory(queryset: QuerySet[Ticket], *columns: str, descending: bool) -> QuerySet[Ticket]:
    """In this order, but sorted when all is found and never by walking an index in the hope to find some.

    The planner has no way to know how rare a word is: walking for one that nobody wrote reads every ticket.
    """
    keys = [Coalesce(name, name) for name in columns]
    return queryset.order_by(*(key.desc() if descending else key.asc() for key in keys))


def _next_level(level: int, found: int, most: int) -> int:
    """The narrowest level that should yield twice as many as are wanted, at the rate seen so far."""
    wider = range(level + 1, EVERYTHING)
    return next((n for n in wider if found * WIDTHS[n] >= 2 * most * WIDTHS[level]), EVERYTHING)


def _extent() -> Extent | None:
    [(first, last, tickets)] = _EXTENT.rows()
    return Extent(first, last, tickets) if first is not None and tickets > FIRST_LOOK else None
