"""Reading a page: of a list by its index, of a search by its words."""

from __future__ import annotations

from datetime import datetime

from okno.core.actor import Actor
from okno.core.search.rules import Question, read_question
from okno.tickets.filters.counting import CAP
from okno.tickets.filters.paging import (
    LARGEST_PAGE,
    RELATED,
    Cursor,
    Page,
    beyond,
    cut_to_page,
    order_of,
    page_of_list,
    read_cursor,
)
from okno.tickets.filters.query import apart_from_words, may_search
from okno.tickets.filters.ticket_filter import TicketFilter
from okno.tickets.models import Ticket
from okno.tickets.search import fitting_in_order, newest, similar_to


def page(actor: Actor, chosen: TicketFilter, after: str | None = None, limit: int = 50) -> Page:
    """A page of the list: its beginning, or what stands beside the cursor of another page.

    At most 100 rows. A cursor that is none, or one of another order, is refused (``Invalid``). The ticket whose
    number is searched for stands first, before those in which the number is written. Where nothing fits a
    search, tickets with similar words are shown and the page says so.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    cursor = read_cursor(after, chosen.sort) if after else None
    if not chosen.q:
        return page_of_list(actor, chosen, cursor, limit)
    question = read_question(chosen.q)
    found = _page_of_search(actor, chosen, question, cursor, limit)
    if found.rows or not question:
        return found
    if cursor is not None and _page_of_search(actor, chosen, question, None, 1).rows:
        return found
    meant = similar_to(question)
    if meant is None:
        return found
    similar = _page_of_search(actor, chosen, meant, cursor, limit)
    return Page(similar.rows, similar.next_cursor, similar.previous_cursor, is_similar=bool(similar.rows))


def search_count(actor: Actor, chosen: TicketFilter, cap: int = CAP) -> int:
    """How many tickets fit a search, at most ``cap``; those with similar words are not counted."""
    if not may_search(actor):
        return 0
    return len(newest(apart_from_words(actor, chosen), read_question(chosen.q), cap))


def _page_of_search(
    actor: Actor, chosen: TicketFilter, question: Question, cursor: Cursor | None, limit: int
) -> Page:
    if not may_search(actor):
        return Page([], None, None)
    found = apart_from_words(actor, chosen)
    named = None
    if question.number is not None and chosen.sort == "-activity":
        named = found.filter(number=question.number).select_related(*RELATED).first()
    if named is not None:
        found = found.exclude(pk=named.pk)
    if cursor is not None:
        found = found.filter(beyond(chosen, cursor))
    at_start = named is not None and cursor is None and limit > 1
    room = limit - 1 if at_start else limit
    back = cursor is not None and cursor.back
    descending = chosen.is_descending != back
    if chosen.sort.endswith("activity"):
        beside: datetime | None = cursor.key[0] if cursor is not None else None
        ids = newest(found, question, room + 1, beside=beside, backward=descending)
    else:
        ids = fitting_in_order(found, question, chosen.sort_columns, room + 1, descending=descending)
    rows = Ticket.objects.filter(pk__in=ids).select_related(*RELATED).order_by(*order_of(chosen, reverse=back))
    made = cut_to_page(chosen, list(rows), cursor, room)
    if named is not None and (cursor is None or made.previous_cursor is None):
        return Page([named, *made.rows], made.next_cursor, made.previous_cursor)
    return made
