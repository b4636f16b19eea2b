"""What search reads of tickets."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from okno.tickets.models.ticket import Ticket


class TicketSearch(models.Model):
    """What agents' search reads: number, subject, client, conversation and file names of a ticket, in words.

    It holds the words of private notes too, so nothing that a contact can reach may read it. ``day`` is that of
    the last activity; its words stand in the vector too (see ``search.days``). The vector lies apart from the
    row, so that very many rows are read from few pages.
    """

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="search")
    day = models.IntegerField(default=0)
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="search_vector", fastupdate=True, gin_pending_list_limit=512)]

    def __str__(self) -> str:
        return f"search row of {self.ticket_id}"


class RequestSearch(models.Model):
    """What clients' search reads: number, subject, public conversation and names of its files, and nothing else.

    It is kept apart from the agents' search row, since that holds the words of private notes (T20). A client's
    tickets are few, and their rows are read by the ticket, so that no index of words is kept.
    """

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="public_search")
    vector = SearchVectorField()

    def __str__(self) -> str:
        return f"public search row of {self.ticket_id}"


class SearchPending(models.Model):
    """A ticket whose search row the worker is to write anew."""

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"search row of {self.ticket_id}, waiting"


class SearchWord(models.Model):
    """A word of some ticket, with which misspelt ones are compared; never shown to anybody."""

    word = models.TextField(primary_key=True, db_collation="C")

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word")]

    def __str__(self) -> str:
        return self.word
