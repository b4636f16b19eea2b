"""Writing every search row anew: after an import past the operations, or when the rules of words have changed."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from okno.tickets.models import Ticket
from okno.tickets.search.indexing import remember

BATCH = 500


def rebuild(progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Writes all search rows anew while people go on working; ``progress`` hears done and total.

    It can be stopped and begun again at any time; how many tickets there were.
    """
    total = Ticket.objects.count()
    done, last = 0, 0
    while ids := list(Ticket.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        remember(ids)
        done, last = done + len(ids), ids[-1]
        progress(done, max(done, total))
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) tickets_ticketsearch, tickets_searchword")
    return done
