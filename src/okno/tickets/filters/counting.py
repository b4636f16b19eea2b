"""Counts for navigation: they stop at a cap, so that no list is ever walked to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from okno.core.actor import Actor
from okno.tickets.filters.query import matching_tickets
from okno.tickets.filters.ticket_filter import SECTIONS, TicketFilter

CAP = 100
"""A count of this size means "at least so many", and is shown as ``99+``."""


COUNT = "(SELECT count(*) FROM (%s) AS counted)"


@dataclass(frozen=True)
class SectionCount:
    """How many tickets a section holds and how many of them are unread, each at most ``CAP``."""

    total: int
    unread: int


def capped_count(queryset: QuerySet[Any], cap: int = CAP) -> int:
    """How many rows there are, but never more than ``cap``."""
    return queryset.order_by()[:cap].count()


def capped_counts(querysets: Sequence[QuerySet[Any]], cap: int = CAP) -> list[int]:
    """The same for several querysets in one round trip."""
    parts: list[str] = []
    values: list[Any] = []
    for queryset in querysets:
        limited = queryset.order_by().values("pk")[:cap]
        try:
            sql, given = limited.query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(COUNT % sql)
        values.extend(given)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        return [int(each) for each in cursor.fetchone()]


def section_counts(actor: Actor) -> dict[str, SectionCount]:
    """The counts of every section, in one query; what is closed has nothing unread."""
    querysets = []
    for section in SECTIONS:
        found = matching_tickets(actor, TicketFilter(section=section))
        querysets += [found, found.none() if section == "closed" else found.filter(is_news=True)]
    counts = capped_counts(querysets)
    return {
        section: SectionCount(total, unread)
        for section, total, unread in zip(SECTIONS, counts[::2], counts[1::2], strict=True)
    }
