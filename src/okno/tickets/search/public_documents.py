"""What clients' search knows of a ticket: what every participant may read, and nothing else (T20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models.functions import Left

from okno.core.search.rules import Vector, analysed
from okno.tickets.answers import words_of
from okno.tickets.models import Attachment, Message, Ticket
from okno.tickets.search.documents import LONGEST_CONVERSATION, LONGEST_MESSAGE, MOST_NAMES


def public_vectors(tickets: Sequence[int]) -> Iterator[tuple[int, Vector]]:
    """Number, subject, answers, public messages and the names of their files; internal tickets have no words."""
    rows = list(Ticket.objects.filter(pk__in=tickets).only("number", "subject", "is_internal", "answers"))
    open_ones = [row.pk for row in rows if not row.is_internal]
    files, texts = _files(open_ones), _texts(open_ones)
    for row in rows:
        vector = Vector()
        if not row.is_internal:
            vector.add(analysed(str(row.number)))
            for text in (row.subject, *words_of(row), *files[row.pk], *texts[row.pk]):
                vector.add(analysed(text))
        yield row.pk, vector


def _files(tickets: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    attached = Attachment.objects.filter(message__ticket__in=tickets, message__is_public=True).order_by("-id")
    for ticket, name in attached.values_list("message__ticket_id", "name"):
        if len(found[ticket]) < MOST_NAMES:
            found[ticket].append(name)
    return found


def _texts(tickets: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    left = dict.fromkeys(tickets, LONGEST_CONVERSATION)
    messages = Message.objects.filter(ticket__in=tickets, is_public=True).order_by("-id")
    for ticket, text in messages.values_list("ticket_id", Left("text", LONGEST_MESSAGE)).iterator(chunk_size=500):
        if said := text[: left[ticket]]:
            left[ticket] -= len(said)
            found[ticket].append(said)
    return found
