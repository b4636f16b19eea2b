"""A conversation of any length is read to its beginning, and no page of it holds more than so many messages."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from okno.desk import timeline
from okno.testing.cast import Cast
from okno.tickets.models import Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.tickets.operations.status import change_status

LINK = re.compile(r'href="([^"]+)">Show (\d+) earlier message')


@pytest.fixture
def ticket(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Ticket:
    """Of thirty messages, with a change of status after the first ten."""
    monkeypatch.setattr(timeline, "PAGE", 4)
    monkeypatch.setattr(timeline, "MORE", 10)
    olena = cast.actor("olena")
    first = NewMessage(text="word 0", contact=cast.marta)
    ticket = create_ticket(olena, NewTicket("x", first, "desk", contact=cast.marta))
    for number in range(1, 30):
        add_answer(olena, ticket, NewMessage(text=f"word {number}"))
        if number == 9:
            change_status(olena, ticket, "waiting")
    return ticket


@pytest.fixture
def olena(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser


def words(page: str) -> list[int]:
    return [int(each) for each in re.findall(r">word (\d+)<", page)]


@pytest.mark.django_db
def test_one_reads_on_to_the_beginning(olena: Client, ticket: Ticket) -> None:
    address = home = reverse("desk:ticket", args=[ticket.number])
    read, counts, moved = [], [], []
    while True:
        page = olena.get(address).content.decode()
        read.append(words(page))
        moved.append("changed the status" in page)
        link = LINK.search(page)
        if link is None:
            break
        counts.append(int(link[2]))
        address = link[1]
    assert [len(each) for each in read] == [4, 10, 10, 10]
    assert counts == [26, 20, 10]
    assert [each for part in read[:0:-1] for each in part] == list(range(30))
    assert moved.count(True) == 1
    assert f'href="{home}">Show the latest messages' in page


@pytest.mark.django_db
def test_each_part_is_fetched_again_as_it_is(olena: Client, ticket: Ticket) -> None:
    middle = Message.objects.order_by("pk")[20].pk
    for query, count in (("", 4), ("?whole=1", 10), (f"?before={middle}", 10)):
        page = olena.get(reverse("desk:ticket", args=[ticket.number]) + query).content.decode()
        again = reverse("desk:ticket-talk", args=[ticket.number]) + query
        assert f'hx-get="{again}"' in page
        assert words(olena.get(again).content.decode()) == words(page)
        assert len(words(page)) == count


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30, "0", ""])
def test_what_is_no_message_shows_the_end(olena: Client, ticket: Ticket, before: str) -> None:
    page = olena.get(reverse("desk:ticket", args=[ticket.number]), {"before": before}).content.decode()
    assert words(page) == [26, 27, 28, 29]
