"""Search shows nobody what is not visible to him, by word, number, likeness or count (T21)."""

from __future__ import annotations

from html import unescape
from urllib.parse import quote_plus

import pytest
from django.test import Client
from django.urls import reverse

from okno.core import drains
from okno.testing.cast import Cast
from okno.tickets.filters import TicketFilter, matching_tickets, page, search_count
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_note

CANARY = "zebrafinch"


@pytest.fixture
def hidden(cast: Cast) -> Ticket:
    """A ticket of the first line, which a specialist of the second does not see, with canary words everywhere."""
    new = NewTicket(
        f"Subject {CANARY}subject",
        NewMessage(text=f"Text {CANARY}text, {CANARY}"),
        "desk",
        contact=cast.marta,
        company=cast.kawa,
        team=cast.first_line,
    )
    ticket = create_ticket(cast.actor("olena"), new)
    add_note(cast.actor("olena"), ticket, NewMessage(text=f"Note {CANARY}note", is_public=False))
    drains.run_until_empty("events")
    return ticket


ASKED = ["{c}subject", "{c}text", "{c}note", "{c}", "zebrafinhc", "zebrafinchsubjetc", "#{n}", "{n}", "client:marta",
         "marta@kawa.example", '"Text {c}text"', "{n} -nothing"]  # fmt: skip
WAYS = [TicketFilter(), TicketFilter(sort="number"), TicketFilter(section="active"), TicketFilter(sort="activity")]


@pytest.mark.parametrize("asked", ASKED)
def test_who_may_not_see_finds_nothing(cast: Cast, hidden: Ticket, asked: str) -> None:
    typed = asked.format(c=CANARY, n=hidden.number)
    actor = cast.actor("marek")
    for way in WAYS:
        chosen = TicketFilter(q=typed, sort=way.sort, section=way.section)
        result = page(actor, chosen)
        assert (result.rows, result.is_similar, result.next_cursor) == ([], False, None)
        assert search_count(actor, chosen) == 0
        assert not matching_tickets(actor, chosen).exists()
    seen = page(cast.actor("olena"), TicketFilter(q=typed)).rows
    assert seen == [hidden], "the test would prove nothing"


@pytest.mark.parametrize("asked", ASKED)
def test_the_pages_say_nothing_of_it(cast: Cast, hidden: Ticket, client: Client, asked: str) -> None:
    typed = asked.format(c=CANARY, n=hidden.number)
    client.force_login(cast.marek.user)
    for name in ("tickets", "search", "jump"):
        answer = client.get(reverse(f"desk:{name}"), {"q": typed})
        if answer.status_code == 302:
            answer = client.get(answer["Location"])
        assert answer.status_code == 200
        shown = unescape(answer.content.decode())
        assert CANARY not in shown.replace(typed, "").replace(quote_plus(typed), ""), name
        assert reverse("desk:ticket", args=[hidden.number]) not in shown


def test_a_contact_finds_no_words_of_private_notes(cast: Cast, hidden: Ticket) -> None:
    """Search rows hold private notes, so the whole search is the agents' own."""
    assert page(cast.marta.as_actor(), TicketFilter(q=f"{CANARY}note")).rows == []
    assert page(cast.marta.as_actor(), TicketFilter(q=f"{CANARY}text")).rows == []
    assert page(cast.jan.as_actor(), TicketFilter(q=f"{CANARY}subject")).rows == []
