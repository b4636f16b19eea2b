"""Counts for navigation: they stop at a cap, so that no list is ever walked to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from okno.core.actor import Actor
from okno.core.statements import Statement
from okno.tickets.filters.query import matching_tickets
from okno.tickets.filters.ticket_filter import SECTIONS, TicketFilter

CAP = 100
"""A count of this size means "at least so many", and is shown as ``99+``."""


COUNT = "(SELECT count(*) FROM ({}) AS counted)"


def counted(number: int) -> str:
    """A count as it is shown: nothing for none, ``99+`` for many."""
    if not number:
        return ""
    return f"{CAP - 1}+" if number >= CAP else str(number)


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
    return _asked(_counting(querysets, cap))


def section_counts(actor: Actor) -> dict[str, SectionCount]:
    """The counts of every section, in one query; what is closed has nothing unread."""
    counts = _asked(_of_sections(actor, tuple(SECTIONS)))
    return dict(zip(SECTIONS, map(SectionCount, counts[::2], counts[1::2]), strict=True))


def section_count(actor: Actor, section: str) -> SectionCount:
    """The counts of one section."""
    return SectionCount(*_asked(_of_sections(actor, (section,))))


@lru_cache(maxsize=512)
def _of_sections(actor: Actor, sections: tuple[str, ...]) -> Statement:
    """Written once for an actor with these rights and teams: another right is another actor."""
    querysets = []
    for section in sections:
        found = matching_tickets(actor, TicketFilter(section=section))
        querysets += [found, found.none() if section == "closed" else found.filter(is_news=True)]
    return _counting(querysets, CAP)


def _counting(querysets: Sequence[QuerySet[Any]], cap: int) -> Statement:
    limited = [Statement.of(queryset.order_by().values("pk")[:cap]).text for queryset in querysets]
    parts = [COUNT.format(text) if text else "0" for text in limited]
    return Statement("SELECT " + ", ".join(parts) if parts else "")


def _asked(counting: Statement) -> list[int]:
    return [int(each) for row in counting.rows() for each in row]
