"""Search in tickets: number, subject, client, conversation and names of files (F231, W18, W19).

``matching`` narrows any list of tickets to those that fit a question; ``newest`` reads the first of them in the
order of their activity at a cost that does not grow with the desk; ``similar_to`` is what a misspelt question
may have meant. ``remember`` and ``rebuild`` keep the search rows true.
"""

from __future__ import annotations

from okno.tickets.search.documents import Document
from okno.tickets.search.indexing import keep_active, learn, remember, remember_later, work_off
from okno.tickets.search.lookups import matching, matching_text
from okno.tickets.search.rebuilding import rebuild
from okno.tickets.search.similar import similar_to
from okno.tickets.search.windows import Latest, fitting_in_order, newest

__all__ = [
    "Document",
    "Latest",
    "fitting_in_order",
    "keep_active",
    "learn",
    "matching",
    "matching_text",
    "newest",
    "rebuild",
    "remember",
    "remember_later",
    "similar_to",
    "work_off",
]
