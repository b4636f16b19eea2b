"""What an agent sees of a letter whose sender is not proven: a clear bar, and that nobody else reads it."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.core.actor import SYSTEM
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_client_message

pytestmark = pytest.mark.django_db
BAR = "The sender could not be proven"
ALONE = "Only employees see it."


def words(text: str, *, verified: bool) -> NewMessage:
    return NewMessage(
        text=text, channel="email", author_name="Marta", author_address="marta@kawa.example", is_verified=verified
    )


@pytest.mark.parametrize(("first", "second"), [(True, True), (False, True), (True, False)])
def test_the_bar_stands_over_what_is_not_proven_t1(cast: Cast, first: bool, second: bool) -> None:
    ticket = create_ticket(SYSTEM, NewTicket("Oven", words("one", verified=first), "email", contact=cast.marta))
    add_client_message(SYSTEM, ticket, words("two", verified=second))
    browser = Client()
    browser.force_login(cast.olena.user)
    page = browser.get(f"/tickets/{Ticket.objects.get().number}/").content.decode()
    assert page.count(BAR) == [first, second].count(False)
    assert page.count(ALONE) == int(not second)
    assert page.count("bubble-private") == int(not second)
