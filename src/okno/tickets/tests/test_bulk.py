"""Tickets in bulk look as if the operations had written them, and come fast."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.db.models import Count, F, Max, Q

from okno.core.models import Event
from okno.people.models import Agent, Contact
from okno.testing.cast import Cast
from okno.tickets import access, search
from okno.tickets.models import Message, Participant, StatusInterval, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_note
from okno.tickets.seed.bulk import seed_tickets

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
COUNT = 400


def search_rows() -> dict[int, tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ticket_id, day, vector::text FROM tickets_ticketsearch")
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def test_what_is_written_is_whole_and_true(cast: Cast) -> None:
    seed_tickets(COUNT)
    assert (Ticket.objects.count(), Message.objects.count(), Participant.objects.count()) == (
        COUNT,
        3 * COUNT,
        COUNT,
    )
    assert Ticket.objects.values("number").distinct().count() == COUNT
    assert StatusInterval.objects.filter(left_at=None).count() == COUNT
    assert not StatusInterval.objects.filter(left_at__isnull=False, left_at__lt=F("entered_at")).exists()
    present = StatusInterval.objects.filter(left_at=None, status=F("ticket__status")).count()
    assert present == COUNT
    assert not Ticket.objects.exclude(state=F("status__state")).exists()
    told = Ticket.objects.annotate(told=Count("messages"), last=Max("messages__created_at"))
    assert not told.exclude(told=F("message_count")).exists()
    assert not told.filter(activity_at__lt=F("last")).exists()
    assert not Message.objects.filter(Q(agent=None, contact=None) | Q(text="")).exists()
    assert Event.objects.filter(kind="ticket.created").count() == COUNT
    assert not Event.objects.filter(handled_at=None).exists()
    assert set(Contact.objects.values_list("language", flat=True)) >= {"en", "ru", "uk", "pl"}
    assert access.visible_to(Contact.objects.filter(tickets__isnull=False)[0].as_actor()).exists()


def test_search_rows_are_those_that_search_itself_writes(cast: Cast) -> None:
    seed_tickets(30)
    written = search_rows()
    search.remember(Ticket.objects.values_list("pk", flat=True))
    assert written == search_rows()
    assert len(written) == 30


def test_the_same_seed_makes_the_same_tickets_and_numbers_go_on(cast: Cast) -> None:
    seed_tickets(20, seed=7)
    first = list(Ticket.objects.order_by("id").values_list("subject", "state", "contact__name"))
    seed_tickets(20, seed=7)
    second = list(Ticket.objects.order_by("id").values_list("subject", "state", "contact__name"))[20:]
    assert first == second
    marta = NewTicket(
        subject="Next", message=NewMessage(text="x", contact=cast.marta), channel="desk", contact=cast.marta
    )
    ticket = create_ticket(cast.actor("olena"), marta)
    assert ticket.number == (Ticket.objects.exclude(pk=ticket.pk).aggregate(last=Max("number"))["last"] or 0) + 1
    add_note(Agent.objects.get(user__email="olena@vikno.example").as_actor(), ticket, NewMessage(text="works"))


def test_a_thousand_come_in_seconds(cast: Cast) -> None:
    seed_tickets(20)
    started = time.monotonic()
    seed_tickets(1000)
    assert time.monotonic() - started < 30, (
        "a hundred thousand would take longer than they may, even on a busy machine"
    )
