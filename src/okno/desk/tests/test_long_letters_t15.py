"""A long letter does not hold up the page of its ticket."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import reverse

from okno.core.actor import SYSTEM
from okno.testing.cast import Cast
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_client_message

LONG = f"<div>{'<p>word <b>x</b></p>' * 40_000}</div>"


@pytest.mark.django_db
def test_long_letters_are_read_apart_from_the_page_t15(cast: Cast) -> None:
    first = NewMessage(text="y", contact=cast.marta)
    ticket = create_ticket(cast.actor("olena"), NewTicket("x", first, "desk", contact=cast.marta))
    written = [
        add_client_message(SYSTEM, ticket, NewMessage(html=LONG, contact=cast.marta, channel="email"))
        for _number in range(5)
    ]
    browser = Client()
    browser.force_login(cast.olena.user)
    browser.get("/tickets/")
    started = time.process_time()
    page = browser.get(reverse("desk:ticket", args=[ticket.number])).content.decode()
    assert time.process_time() - started < 1.5
    assert len(page) < 500_000
    for message in written:
        assert reverse("desk:message-frame", args=[message.pk]) in page
