"""The field of the client offers and takes those whom the agent sees; anybody else by the whole mail address."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from okno.people.models import Contact
from okno.testing.cast import Cast
from okno.tickets.models import Channel, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage


@pytest.fixture
def marek(cast: Cast) -> Client:
    """A specialist, who sees no clients but those of his own tickets."""
    browser = Client()
    browser.force_login(cast.marek.user)
    return browser


def filed(marek: Client, **fields: Any) -> Any:
    data = {"subject": "Printer", "html": "<p>Silent</p>", "type": "incident", "priority": "normal", **fields}
    return marek.post("/tickets/new/", data)


def test_nobody_is_named_by_an_id_t21(cast: Cast, marek: Client) -> None:
    page = marek.get("/tickets/new/", {"contact": cast.marta.pk, "company": cast.kawa.pk}).content.decode()
    assert "Marta" not in page
    assert "Kawa" not in page
    for named in ({"contact": cast.marta.pk}, {"company": cast.kawa.pk}):
        refused = filed(marek, **named)
        assert refused.status_code == 422
        assert "Marta" not in refused.content.decode()
        assert "Kawa" not in refused.content.decode()
    assert not Ticket.objects.exists()


def test_the_list_offers_nobody_t21(cast: Cast, marek: Client) -> None:
    for words in ("marta", "kawa", "marta@kawa"):
        assert marek.get(reverse("desk:clients"), {"q": words}).json()["clients"] == []


@pytest.mark.parametrize("typed", ["marta@kawa.example", "Somebody <MARTA@kawa.example>"])
def test_a_whole_address_reaches_the_contact_there_is_t21(cast: Cast, marek: Client, typed: str) -> None:
    assert filed(marek, client=typed).status_code == 303
    ticket = Ticket.objects.get()
    assert (ticket.contact, ticket.company) == (cast.marta, cast.kawa)
    assert Contact.objects.count() == 4


def test_a_whole_address_registers_somebody_new_t21(cast: Cast, marek: Client) -> None:
    assert filed(marek, client="Nina New <nina@new.example>").status_code == 303
    assert Ticket.objects.get().contact == Contact.objects.get(name="Nina New")
    assert marek.get(reverse("desk:clients"), {"q": "nina"}).json()["clients"][0]["name"] == "Nina New"


def changed(marek: Client, ticket: Ticket, **data: Any) -> HttpResponse:
    answer: Any = marek.post(
        reverse("desk:ticket-client", args=[ticket.number]), data, headers={"HX-Request": "true"}
    )
    ticket.refresh_from_db()
    return answer


def test_the_client_of_a_ticket_may_stay_and_others_cannot_be_named_t21(cast: Cast, marek: Client) -> None:
    new = NewTicket("Printer", NewMessage(text="x"), Channel.DESK, contact=cast.marta)
    ticket = create_ticket(cast.actor("olena"), new)  # of nobody, so that he sees it and not its client's card
    for foreign in ({"contact": cast.jan.pk}, {"contact": cast.marta.pk, "company": cast.nordwind.pk}):
        assert changed(marek, ticket, **foreign).status_code == 404
        assert (ticket.contact, ticket.company) == (cast.marta, cast.kawa)
    assert changed(marek, ticket, contact=cast.marta.pk, company="").status_code == 200
    assert changed(marek, ticket, client="jan@nordwind.example").status_code == 200
    assert (ticket.contact, ticket.company) == (cast.jan, cast.nordwind)
