"""The first tickets that fit a question, in the order of their activity, at a cost that does not grow.

A common word stands in most of the newest tickets, so a few days of them are enough; a rare one stands in few
tickets at all. The newest days are asked first; from how many they yield follows how far one must look.
"""

from __future__ import annotations

from datetime import datetime
from math import inf
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from okno.core.search.rules import Question, written
from okno.core.search.written import Written
from okno.core.statements import Statement
from okno.tickets.models import Ticket, TicketSearch
from okno.tickets.search.days import day_of, window_of
from okno.tickets.search.lookups import matching_text

FIRST_LOOK = 100
"""Tickets that the first look should cover at least: so few that the index is always the cheapest way to them."""

MANY = 10_000
"""Tickets that are still sorted rather than met by walking."""

_WORDS = "\N{START OF TEXT}words\N{END OF TEXT}"
"""Stands in a written query where the words of a question go."""


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
    def first_days(self) -> float:
        """The days that should hold enough tickets for a first look."""
        days = max(1.0, (self.last - self.first).total_seconds() / 86_400)
        return FIRST_LOOK * days / max(1.0, self.tickets)


class Latest:
    """At most so many of these tickets, the latest activity first: a query that is written once for all questions.

    With ``backward`` false the order is turned round. The words stand in its text whenever it is asked, so that it
    is planned for them.
    """

    def __init__(self, queryset: QuerySet[Ticket], most: int, *, backward: bool = True) -> None:
        self.most, self.backward = most, backward
        ordered = in_memory(queryset, "activity_at", "id", descending=backward).values_list("pk", flat=True)
        try:
            self._sql, self._params = matching_text(ordered, _WORDS)[:most].query.sql_with_params()
        except EmptyResultSet:
            self._sql, self._params = "", ()

    def ids(self, text: str) -> list[int]:
        """Those that fit the text of a ``tsquery``."""
        if not text or not self._sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [text if each == _WORDS else each for each in self._params])
            return [row[0] for row in cursor.fetchall()]


def newest(latest: Latest, question: Question, *, beside: datetime | None = None) -> list[int]:
    """The ids of those that fit. ``beside`` is the moment at which the tickets begin, where it is a later page."""
    extent = _extent()
    if extent is not None:
        day = day_of(beside or (extent.last if latest.backward else extent.first))
        window = window_of(extent.first_days, day, backward=latest.backward)
        while window is not None:
            found = latest.ids(written(question, window.words))
            if len(found) >= latest.most:
                return found
            # As many days as should yield twice what is wanted, at the rate seen so far.
            days = 2 * latest.most * window.days / len(found) if found else inf
            window = window_of(days, day, backward=latest.backward)
    return latest.ids(written(question))


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


def _extent() -> Extent | None:
    [(first, last, tickets)] = _EXTENT.rows()
    return Extent(first, last, tickets) if first is not None and tickets > FIRST_LOOK else None
