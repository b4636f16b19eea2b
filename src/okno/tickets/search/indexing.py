"""Keeping search rows true: written anew in batches by the worker, as often as one likes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import batched

from django.db import connection, transaction
from django.db.models import QuerySet

from okno.core.drains import drain
from okno.core.notify import wake
from okno.core.search.rules.similar import is_plain
from okno.tickets.models import SearchPending, Ticket
from okno.tickets.search.days import day_of, words_of_day
from okno.tickets.search.documents import documents
from okno.tickets.search.public_documents import public_vectors

BATCH = 100


def remember(tickets: Collection[int]) -> None:
    """Writes the search rows of these tickets anew from what the tickets hold now; one statement for all.

    The rows are locked before anything is read, so that of two workers the one that reads last writes last.
    """
    ids = sorted(set(tickets))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO tickets_ticketsearch (ticket_id, day, vector)
                SELECT id, 0, '' FROM tickets_ticket WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE
            ON CONFLICT (ticket_id) DO NOTHING
            """,
            [ids],
        )
        cursor.execute(
            "SELECT ticket_id FROM tickets_ticketsearch WHERE ticket_id = ANY(%s) ORDER BY ticket_id FOR UPDATE",
            [ids],
        )
        rows = []
        words: set[str] = set()
        for ticket, document in documents(ids):
            vector = document.vector()
            words.update(vector.words)
            rows.append((ticket, document.day, str(vector)))
        if rows:
            cursor.execute(
                """
                UPDATE tickets_ticketsearch AS known SET day = made.day, vector = made.vector::tsvector
                FROM unnest(%s::bigint[], %s::integer[], %s::text[]) AS made (ticket_id, day, vector)
                WHERE known.ticket_id = made.ticket_id
                """,
                [list(column) for column in zip(*rows, strict=True)],
            )
            _remember_public(ids)
        learn(words)


def _remember_public(tickets: Sequence[int]) -> None:
    """The rows of clients' search, in the transaction that holds those of the agents'."""
    rows = [(ticket, str(vector)) for ticket, vector in public_vectors(tickets)]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO tickets_requestsearch (ticket_id, vector)
                SELECT made.ticket_id, made.vector::tsvector FROM unnest(%s::bigint[], %s::text[])
                AS made (ticket_id, vector)
            ON CONFLICT (ticket_id) DO UPDATE SET vector = excluded.vector
            """,
            [list(column) for column in zip(*rows, strict=True)],
        )


def keep_active(tickets: Collection[int]) -> None:
    """Gives the search rows of these tickets the day of the last activity, where it is another one now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT known.ticket_id, known.day, activity_at
            FROM tickets_ticketsearch known JOIN tickets_ticket ON tickets_ticket.id = known.ticket_id
            WHERE known.ticket_id = ANY(%s) ORDER BY known.ticket_id FOR UPDATE OF known
            """,
            [sorted(set(tickets))],
        )
        rows = [(ticket, before, day_of(moment)) for ticket, before, moment in cursor.fetchall()]
        cursor.executemany(
            """
            UPDATE tickets_ticketsearch SET day = %s,
                vector = ts_delete(vector, %s::text[]) || array_to_tsvector(%s::text[])
            WHERE ticket_id = %s
            """,
            [
                (day, words_of_day(before), words_of_day(day), ticket)
                for ticket, before, day in rows
                if day != before
            ],
        )


def learn(words: Iterable[str]) -> None:
    """Adds the plain ones of these words to those that a misspelt word is compared with."""
    plain = sorted(word for word in words if is_plain(word))
    if not plain:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO tickets_searchword (word) SELECT word FROM unnest(%s::text[]) AS given (word)
            WHERE NOT EXISTS (SELECT FROM tickets_searchword AS known WHERE known.word = given.word)
            ORDER BY word ON CONFLICT DO NOTHING
            """,
            [plain],
        )


def remember_later(tickets: QuerySet[Ticket]) -> None:
    """Has the worker write the rows of these tickets anew, however many they are."""
    ids = tickets.order_by("pk").values_list("pk", flat=True)
    for some in batched(ids.iterator(), 5000, strict=False):
        SearchPending.objects.bulk_create((SearchPending(ticket_id=pk) for pk in some), ignore_conflicts=True)
    wake("search")


@drain("search", pause=5.0)
def work_off() -> int:
    """Takes a batch of the tickets that wait to be written anew; how many these were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM tickets_searchpending WHERE ticket_id IN (
                SELECT ticket_id FROM tickets_searchpending ORDER BY ticket_id LIMIT %s FOR UPDATE SKIP LOCKED
            ) RETURNING ticket_id
            """,
            [BATCH],
        )
        waiting = [ticket for (ticket,) in cursor.fetchall()]
        if waiting:
            remember(waiting)
    return len(waiting)
