"""Reading a page: of a list by its index, of a search by its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from okno.core.actor import Actor
from okno.core.search.rules import Question, read_question
from okno.tickets.filters.counting import CAP
from okno.tickets.filters.lines import (
    Line,
    lasts,
    lines_by_id,
    lines_of_list,
    long_lines_by_id,
    long_lines_of_list,
)
from okno.tickets.filters.paging import (
    LARGEST_PAGE,
    RELATED,
    Cursor,
    Page,
    beyond,
    cut_to_page,
    page_of_list,
    read_cursor,
)
from okno.tickets.filters.query import apart_from_words, may_search
from okno.tickets.filters.ticket_filter import TicketFilter
from okno.tickets.models import Ticket
from okno.tickets.search import Latest, fitting_in_order, newest, similar_to


def page(actor: Actor, chosen: TicketFilter, after: str | None = None, limit: int = 50) -> Page[Ticket]:
    """A page of the list: its beginning, or what stands beside the cursor of another page.

    At most 100 rows. A cursor that is none, or one of another order, is refused (``Invalid``). The ticket whose
    number is searched for stands first, before those in which the number is written. Where nothing fits a
    search, tickets with similar words are shown and the page says so.
    """
    return _page(actor, chosen, after, limit, _TICKETS)


def page_of_lines(
    actor: Actor, chosen: TicketFilter, after: str | None = None, limit: int = 50, *, long: bool = False
) -> Page[Line]:
    """The same with what the desk's list shows of each ticket, and with the count of a search.

    ``long`` lines hold the attributes too.
    """
    return _page(actor, chosen, after, limit, _LONG_LINES if long else _LINES)


@dataclass(frozen=True)
class _Reader[Row]:
    """How rows are read: those of a list, and those of known ids; ``first_look`` is how many a search looks for."""

    of_list: Callable[[Actor, TicketFilter, Cursor | None, int], Page[Row]]
    by_id: Callable[[list[int]], list[Row]]
    first_look: int


def _page[Row](actor: Actor, chosen: TicketFilter, after: str | None, limit: int, read: _Reader[Row]) -> Page[Row]:
    limit = max(1, min(limit, LARGEST_PAGE))
    cursor = read_cursor(after, chosen.sort) if after else None
    if not chosen.q:
        return read.of_list(actor, chosen, cursor, limit)
    question = read_question(chosen.q)
    found = _page_of_search(actor, chosen, question, cursor, limit, read=read)
    if found.rows or not question:
        return found
    if cursor is not None and _page_of_search(actor, chosen, question, None, 1, read=read).rows:
        return found
    meant = similar_to(question)
    if meant is None:
        return found
    similar = _page_of_search(actor, chosen, meant, cursor, limit, read=read)
    return Page(similar.rows, similar.next_cursor, similar.previous_cursor, bool(similar.rows), found.count)


def search_count(actor: Actor, chosen: TicketFilter, cap: int = CAP) -> int:
    """How many tickets fit a search, at most ``cap``; those with similar words are not counted."""
    if not may_search(actor):
        return 0
    return len(newest(_latest(actor, chosen, [], None, cap, descending=True), read_question(chosen.q)))


def _page_of_search[Row](
    actor: Actor,
    chosen: TicketFilter,
    question: Question,
    cursor: Cursor | None,
    limit: int,
    *,
    read: _Reader[Row],
) -> Page[Row]:
    if not may_search(actor):
        return Page([], None, None, count=0)
    named = _named(actor, chosen, question.number)
    at_start = bool(named) and cursor is None and limit > 1
    room = limit - 1 if at_start else limit
    descending = chosen.is_descending != (cursor is not None and cursor.back)
    count = None
    if chosen.sort.endswith("activity"):
        beside: datetime | None = cursor.key[0] if cursor is not None else None
        most = max(room + 1, read.first_look if cursor is None else 0)
        latest = _latest(actor, chosen, named, cursor, most, descending=descending)
        ids = newest(latest, question, beside=beside)
        if cursor is None and read.first_look:
            count = min(read.first_look, len(ids) + len(named))
    else:
        found = _apart_from_words(actor, chosen, named, cursor)
        ids = fitting_in_order(found, question, chosen.sort_columns, room + 1, descending=descending)
    rows = read.by_id([*named, *ids[: room + 1]])
    made = cut_to_page(chosen, rows[len(named) :], cursor, room)
    first = rows[: len(named)] if cursor is None or made.previous_cursor is None else []
    return Page([*first, *made.rows], made.next_cursor, made.previous_cursor, count=count)


def _named(actor: Actor, chosen: TicketFilter, number: int | None) -> list[int]:
    """The ticket that the question calls by its number."""
    if number is None or chosen.sort != "-activity":
        return []
    return list(apart_from_words(actor, chosen).filter(number=number).values_list("pk", flat=True))


def _apart_from_words(
    actor: Actor, chosen: TicketFilter, named: list[int], cursor: Cursor | None
) -> QuerySet[Ticket]:
    found = apart_from_words(actor, chosen)
    if named:
        found = found.exclude(pk__in=named)
    return found if cursor is None else found.filter(beyond(chosen, cursor))


def _latest(
    actor: Actor, chosen: TicketFilter, named: list[int], cursor: Cursor | None, most: int, *, descending: bool
) -> Latest:
    if named or cursor is not None or not lasts(actor, chosen):
        return Latest(_apart_from_words(actor, chosen, named, cursor), most, backward=descending)
    return _lasting(actor, replace(chosen, q=""), most, descending)


@lru_cache(maxsize=512)
def _lasting(actor: Actor, chosen: TicketFilter, most: int, descending: bool) -> Latest:
    """The query follows from nothing but these: other rights or teams are another actor, and another query."""
    return Latest(apart_from_words(actor, chosen), most, backward=descending)


def _tickets_by_id(ids: list[int]) -> list[Ticket]:
    found = Ticket.objects.select_related(*RELATED).in_bulk(ids) if ids else {}
    return [found[each] for each in ids if each in found]


_TICKETS = _Reader(page_of_list, _tickets_by_id, first_look=0)
_LINES = _Reader(lines_of_list, lines_by_id, first_look=CAP)
_LONG_LINES = _Reader(long_lines_of_list, long_lines_by_id, first_look=CAP)
