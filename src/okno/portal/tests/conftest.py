"""Clients' persons who are signed in to the portal, and a request of Jan's to look at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from okno.people.models import User
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer


@pytest.fixture
def browser(cast: Cast) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in; a contact gets an account first."""

    def signed_in(name: str) -> Client:
        person = getattr(cast, name)
        if person.user is None:
            person.user = User.objects.create_user(f"{name}@portal.example", "a long password 1", language="en")
            person.save()
        client = Client()
        client.force_login(person.user)
        return client

    return signed_in


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Jan's request, to which Olena has answered."""
    message = NewMessage(text="Since noon the printer is silent", channel="portal")
    made = create_ticket(cast.actor("jan"), NewTicket("Printer", message, "portal", contact=cast.jan))
    add_answer(cast.actor("olena"), made, NewMessage(html="<p>Try the switch</p>"))
    made.refresh_from_db()
    return made
