"""The list query of tickets: what is asked for, a page of it by key, and counts that stop at a cap.

Desk, portal, API, views and reports all list tickets through here. ::

    chosen = TicketFilter(section="mine", q="printer")
    found = page(actor, chosen, after=cursor, limit=50)
    found.rows, found.next_cursor, found.previous_cursor
    section_counts(actor)["mine"].unread
"""

from __future__ import annotations

from okno.tickets.filters.counting import (
    CAP,
    SectionCount,
    capped_count,
    capped_counts,
    counted,
    section_count,
    section_counts,
)
from okno.tickets.filters.lines import Line
from okno.tickets.filters.paging import Page
from okno.tickets.filters.parsing import parse
from okno.tickets.filters.query import matching_tickets
from okno.tickets.filters.reading import page, page_of_lines, search_count
from okno.tickets.filters.ticket_filter import SECTIONS, SORTS, TicketFilter

__all__ = [
    "CAP",
    "SECTIONS",
    "SORTS",
    "Line",
    "Page",
    "SectionCount",
    "TicketFilter",
    "capped_count",
    "capped_counts",
    "counted",
    "matching_tickets",
    "page",
    "page_of_lines",
    "parse",
    "search_count",
    "section_count",
    "section_counts",
]
