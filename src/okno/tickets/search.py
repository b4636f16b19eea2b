"""Search in tickets: number, subject, client and conversation, word by word, each word as a beginning."""

from __future__ import annotations

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import QuerySet

from okno.tickets.models import Ticket

WORD = re.compile(r"\w+")
MOST_WORDS = 16
LONGEST_TEXT = 200_000
"""Characters of the conversation that are searchable; PostgreSQL takes at most 1 MB of words a row."""

FOLDED = str.maketrans({"ё": "е", "ґ": "г", "ł": "l", "ß": "ss"})


def fold(text: str) -> str:
    """Text without what people do not type alike: case, accents, ё and е, ł and l."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("й", "\ue000").replace("ї", "\ue001"))
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return bare.translate(FOLDED).replace("\ue000", "й").replace("\ue001", "ї")


def matching(queryset: QuerySet[Ticket], text: str) -> QuerySet[Ticket]:
    """Of these tickets those in which every word of the text begins some word; no words find nothing."""
    words = WORD.findall(fold(text))[:MOST_WORDS]
    if not words:
        return queryset.none()
    query = " & ".join(f"{word[:60]}:*" for word in words)
    return queryset.filter(search__vector=SearchQuery(query, search_type="raw", config="simple"))


def remember(ticket_id: int) -> None:
    """Writes the search row of a ticket anew from what the ticket holds now."""
    ticket = Ticket.objects.select_related("contact", "company").filter(pk=ticket_id).first()
    if ticket is None:
        return
    client = " ".join(str(each.name) for each in (ticket.contact, ticket.company) if each)
    addresses = " ".join(ticket.participants.values_list("address", flat=True))
    texts = ticket.messages.order_by("-id").values_list("text", flat=True)
    facts = _words(f"{ticket.number} {ticket.subject}")
    people = _words(f"{client} {addresses}")
    conversation = _words("\n".join(texts[:200])[:LONGEST_TEXT])
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO tickets_ticketsearch (ticket_id, vector, headline)
            VALUES (%s, setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')
                || setweight(to_tsvector('simple', %s), 'D'), %s)
            ON CONFLICT (ticket_id) DO UPDATE SET vector = excluded.vector, headline = excluded.headline
            """,
            [ticket.pk, facts, people, conversation, f"{facts} {people}"[:2000]],
        )


def _words(text: str) -> str:
    """Words parted in our way, so that the database finds no signed numbers, addresses or paths in them."""
    return " ".join(WORD.findall(fold(text)))
