"""The facts of a ticket: subject, type, priority, client."""

from __future__ import annotations

import pytest

from okno.core.faults import Invalid
from okno.people.models import Contact
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import SUBJECT_LIMIT, NewTicket, create_ticket
from okno.tickets.operations.editing import change_client, change_priority, change_subject, change_type
from okno.tickets.operations.messages import NewMessage
from okno.tickets.tests.lifecycles import lifecycle
from okno.tickets.tests.standing import everything, new_ticket, told
from okno.workflow.models import Priority, TicketType


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return new_ticket(cast)


@pytest.mark.parametrize("subject", ["", "  \n\t ", "x" * (SUBJECT_LIMIT + 1)])
def test_a_wrong_subject_is_named_at_its_field(cast: Cast, ticket: Ticket, subject: str) -> None:
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        change_subject(cast.actor("olena"), ticket, subject)
    assert list(caught.value.fields) == ["subject"]
    with pytest.raises(Invalid) as caught:
        create_ticket(cast.actor("olena"), NewTicket(subject, NewMessage(text="x"), "desk"))
    assert list(caught.value.fields) == ["subject"]
    assert everything(ticket) == before
    assert Ticket.objects.count() == 1


def test_subject_stands_in_one_line_and_whole(cast: Cast, ticket: Ticket) -> None:
    longest = "ы" * SUBJECT_LIMIT
    change_subject(cast.actor("olena"), ticket, " Two\r\n lines\t🔥 ")
    change_subject(cast.actor("olena"), ticket, longest)
    ticket.refresh_from_db()
    assert ticket.subject == longest
    assert told(ticket, "ticket.subject_changed") == [
        {"before": "Printer", "after": "Two lines 🔥"},
        {"before": "Two lines 🔥", "after": longest},
    ]


def test_an_internal_type_hides_the_ticket_from_clients_and_another_shows_it_again(
    cast: Cast, ticket: Ticket
) -> None:
    """F82."""
    marta, olena = cast.actor("marta"), cast.actor("olena")
    assert access.messages_visible_to(marta).count() == 1
    change_type(olena, ticket, TicketType.objects.get(code="task"))
    assert not access.visible_to(marta).exists()
    assert not access.messages_visible_to(marta).exists()
    assert not access.messages_mailed_to(ticket, None).exists()
    assert not access.may(marta, "answer", ticket)
    change_type(olena, ticket, TicketType.objects.get(code="incident"))
    assert access.visible_to(marta).get() == ticket
    assert [data["after"] for data in told(ticket, "ticket.type_changed")] == ["task", "incident"]
    born = new_ticket(cast, type=TicketType.objects.get(code="task"))
    assert not access.visible_to(marta).filter(pk=born.pk).exists()


def test_types_and_priorities_that_are_no_longer_offered_are_refused(cast: Cast, ticket: Ticket) -> None:
    kind = TicketType.objects.create(code="old", is_active=False, lifecycle=lifecycle())
    priority = Priority.objects.create(code="old", is_active=False)
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        change_type(cast.actor("olena"), ticket, kind)
    assert list(caught.value.fields) == ["type"]
    with pytest.raises(Invalid) as caught:
        change_priority(cast.actor("olena"), ticket, priority)
    assert list(caught.value.fields) == ["priority"]
    assert everything(ticket) == before


def test_another_client_becomes_the_requester_and_the_former_stays_in_copy(cast: Cast, ticket: Ticket) -> None:
    change_client(cast.actor("olena"), ticket, contact=cast.jan, company=cast.nordwind)
    ticket.refresh_from_db()
    assert (ticket.contact, ticket.company) == (cast.jan, cast.nordwind)
    people = {
        each.address: (each.is_requester, each.is_confirmed, each.is_proven) for each in ticket.participants.all()
    }
    assert people == {"jan@nordwind.example": (True, True, True), "marta@kawa.example": (False, True, True)}
    assert access.visible_to(cast.actor("jan")).get() == ticket
    assert told(ticket, "ticket.client_changed") == [
        {
            "before": {
                "contact": {"id": cast.marta.pk, "name": cast.marta.name},
                "company": {"id": cast.kawa.pk, "name": cast.kawa.name},
            },
            "after": {
                "contact": {"id": cast.jan.pk, "name": cast.jan.name},
                "company": {"id": cast.nordwind.pk, "name": cast.nordwind.name},
            },
        }
    ]


def test_who_was_in_copy_becomes_the_requester_and_back(cast: Cast, ticket: Ticket) -> None:
    for contact in (cast.piotr, cast.marta, cast.piotr):
        change_client(cast.actor("olena"), ticket, contact=contact, company=cast.kawa)
        requester = ticket.participants.get(is_requester=True)
        assert requester.contact == contact
    assert ticket.participants.count() == 2


def test_a_ticket_may_be_nobodys_or_of_somebody_without_an_address(cast: Cast, ticket: Ticket) -> None:
    change_client(cast.actor("olena"), ticket, contact=None, company=None)
    assert not ticket.participants.filter(is_requester=True).exists()
    silent = Contact.objects.create(name="Calls only")
    change_client(cast.actor("olena"), ticket, contact=silent, company=None)
    ticket.refresh_from_db()
    assert ticket.contact == silent
    requester = ticket.participants.get(is_requester=True)
    assert (requester.contact, requester.address, requester.is_confirmed) == (silent, "", True)
    assert ticket.participants.count() == 2
    registered = create_ticket(cast.actor("olena"), NewTicket("x", NewMessage(text="x"), "desk", contact=silent))
    same = registered.participants.get()
    assert (same.contact, same.address, same.is_requester, same.is_confirmed) == (silent, "", True, True)
