"""Many whom a letter brought in are confirmed at once, and nobody else with them."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets.models import Participant, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    copied = [("", f"person{number}@far.example", False) for number in range(5)]
    message = NewMessage(text="x", contact=cast.marta)
    return create_ticket(SYSTEM, NewTicket("x", message, "email", contact=cast.marta, people=copied))


@pytest.fixture
def browser(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser


def waiting(ticket: Ticket) -> list[Participant]:
    return list(ticket.participants.filter(is_confirmed=False).order_by("pk"))


def test_those_that_were_shown_are_confirmed_and_a_later_one_is_not_t3(browser: Client, ticket: Ticket) -> None:
    assert "Confirm all" in browser.get(f"/tickets/{ticket.number}/").content.decode()
    shown = [str(each.pk) for each in waiting(ticket)]
    late = Participant.objects.create(ticket=ticket, address="late@far.example")
    answer = browser.post(f"/tickets/{ticket.number}/participants/", {"confirm_all": ",".join(shown)})
    assert answer.status_code == 200
    assert waiting(ticket) == [late]
    assert Event.objects.filter(kind="ticket.participant_confirmed", object_id=ticket.pk).count() == 5


def test_participants_of_another_ticket_stay_as_they_are_t3(cast: Cast, browser: Client, ticket: Ticket) -> None:
    other = create_ticket(SYSTEM, NewTicket("y", NewMessage(text="y"), "email"))
    browser.post(
        f"/tickets/{other.number}/participants/",
        {"confirm_all": ",".join(str(each.pk) for each in waiting(ticket))},
    )
    assert len(waiting(ticket)) == 5


@pytest.mark.parametrize("value", ["1;2", "x", "1,", "9" * 30])
def test_what_is_no_list_of_numbers_confirms_nobody(browser: Client, ticket: Ticket, value: str) -> None:
    assert browser.post(f"/tickets/{ticket.number}/participants/", {"confirm_all": value}).status_code == 422
    assert len(waiting(ticket)) == 5
