"""Searching in the desk: the list that is found, what it says of itself, and the jump window."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from okno.core import drains
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage


@pytest.fixture
def ticket(cast: Cast, client: Client) -> Ticket:
    client.force_login(cast.olena.user)
    made = create_ticket(cast.actor("olena"), NewTicket("Printer on fire", NewMessage(text="Help"), "desk"))
    drains.run_until_empty("events")
    return made


def shown(client: Client, name: str, typed: str) -> str:
    answer = client.get(reverse(f"desk:{name}"), {"q": typed})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_search_says_how_many_it_found(client: Client, ticket: Ticket) -> None:
    page = shown(client, "tickets", "printers")
    assert "Printer on fire" in page
    assert "Tickets found: 1" in page
    assert "similar words" not in page


def test_similar_tickets_are_shown_as_such(client: Client, ticket: Ticket) -> None:
    page = shown(client, "tickets", "pritner")
    assert "Printer on fire" in page
    assert "similar words" in page
    assert "Tickets found" not in page


def test_nothing_found_says_what_to_do(client: Client, ticket: Ticket) -> None:
    assert "Nothing found" in shown(client, "tickets", "elephants")


def test_the_jump_window_finds_words_and_numbers(client: Client, ticket: Ticket) -> None:
    for typed in (str(ticket.number), f"#{ticket.number}", "prin", "fire printers", "pritner"):
        assert "Printer on fire" in shown(client, "jump", typed), typed
    assert "Printer on fire" not in shown(client, "jump", "elephants")


@pytest.mark.parametrize("typed", ["& | !:*()\\'", "x" * 10_000, "\0", "🙂", '"', "client:"])
def test_anything_may_be_typed(client: Client, ticket: Ticket, typed: str) -> None:
    shown(client, "tickets", typed)
    shown(client, "jump", typed)


def test_a_search_says_where_it_looks_and_offers_the_other_place(client: Client, ticket: Ticket) -> None:
    everywhere = shown(client, "tickets", "printer")
    assert 'aria-label="Search in all tickets"' in everywhere
    assert "?q=printer&amp;section=active" in everywhere
    mine = client.get(reverse("desk:tickets"), {"q": "printer", "section": "mine"}).content.decode()
    assert 'aria-label="Search in “Mine”"' in mine
    assert "No ticket of this list has these words." in mine
    assert 'href="/tickets/?q=printer"' in mine
