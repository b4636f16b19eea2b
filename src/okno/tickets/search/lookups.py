"""Questions put to the search rows of tickets."""

from __future__ import annotations

from django.db.models import QuerySet

from okno.core.search.rules import read_question, written
from okno.core.search.written import Written
from okno.tickets.models import Ticket


def matching(queryset: QuerySet[Ticket], typed: str) -> QuerySet[Ticket]:
    """Of these tickets those that fit what somebody typed; what has no word in it finds nothing."""
    return matching_text(queryset, written(read_question(typed)))


def matching_text[Row](queryset: QuerySet[Ticket, Row], text: str) -> QuerySet[Ticket, Row]:
    """Of these tickets those that fit the text of a ``tsquery``; an empty one finds nothing."""
    return queryset.filter(search__vector=Written(text)) if text else queryset.none()
