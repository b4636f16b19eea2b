"""One's own mailbox takes part in no ticket: it would be written to by ourselves."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.channels.email.models import Mailbox
from okno.core.actor import SYSTEM
from okno.core.faults import Invalid
from okno.people.models import Contact, ContactAddress
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.editing import change_client, change_subject
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.people import add_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    Mailbox.objects.create(name="Support", address="support@vikno.example", is_active=False)
    new = NewTicket(
        subject="x", message=NewMessage(text="x", contact=cast.marta), channel="email", contact=cast.marta
    )
    return create_ticket(SYSTEM, new)


@pytest.fixture
def ourselves(cast: Cast) -> Contact:
    contact = Contact.objects.create(name="Support")
    ContactAddress.objects.create(contact=contact, address="support@vikno.example")
    return contact


@pytest.mark.parametrize("address", ["support@vikno.example", "Support@VIKNO.example", "support+c1@vikno.example"])
def test_our_mailbox_is_refused_at_the_field_t6(cast: Cast, ticket: Ticket, address: str) -> None:
    browser = Client()
    browser.force_login(cast.olena.user)
    answer = browser.post(f"/tickets/{ticket.number}/participants/", {"address": address})
    assert answer.status_code == 422
    assert "is a mailbox of ours" in answer.content.decode()
    assert ticket.participants.count() == 1
    assert add_participant(cast.actor("olena"), ticket, "piotr@kawa.example").is_confirmed


def test_our_mailbox_is_nobodys_request_t6(cast: Cast, ticket: Ticket, ourselves: Contact) -> None:
    olena = cast.actor("olena")
    with pytest.raises(Invalid) as refused:
        create_ticket(
            olena, NewTicket(subject="x", message=NewMessage(text="x"), channel="desk", contact=ourselves)
        )
    assert set(refused.value.fields) == {"contact"}
    with pytest.raises(Invalid) as refused:
        change_client(olena, ticket, contact=ourselves, company=None)
    assert set(refused.value.fields) == {"contact"}
    ticket.refresh_from_db()
    assert ticket.contact == cast.marta
    assert Ticket.objects.count() == 1


def test_the_form_of_a_new_ticket_says_so_at_the_client_t6(cast: Cast, ticket: Ticket) -> None:
    browser = Client()
    browser.force_login(cast.olena.user)
    values = {"subject": "x", "client": "support@vikno.example", "type": "request", "html": "<p>x</p>"}
    values["priority"] = "normal"
    answer = browser.post("/tickets/new/", values)
    assert answer.status_code == 422
    assert "is a mailbox of ours" in answer.content.decode()
    assert not Contact.objects.filter(addresses__address="support@vikno.example").exists()


def test_unseen_characters_enter_no_typed_subject_t10(cast: Cast, ticket: Ticket) -> None:
    changed = change_subject(cast.actor("olena"), ticket, "\u202eone\u2028two\x00")
    assert changed.subject == "one two"
