"""A program names and reads the clients whom its agent and its scopes see; anybody else by the whole address."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from okno.api.tests.conftest import Caller, error_of, fields_of
from okno.testing.cast import Cast
from okno.tickets.models import Channel, Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage


def names(answer: HttpResponse) -> list[str]:
    body: dict[str, Any] = json.loads(answer.content)
    return [each["name"] for each in body["items"]]


def test_clients_of_others_cannot_be_named_t21(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    marek = caller("marek")
    named = {"subject": "x", "contact": cast.marta.pk, "company": cast.kawa.pk}
    answer = marek.post("tickets", named)
    assert fields_of(answer) == {"contact", "company"}
    assert b"Marta" not in answer.content
    assert Ticket.objects.count() == 1
    assign(cast.actor("olena"), ticket, agent=cast.marek, team=None)
    assert marek.post("tickets", named).status_code == 201


def test_a_whole_address_reaches_the_contact_there_is_t21(cast: Cast, caller: Callable[..., Caller]) -> None:
    answer = caller("marek").post("tickets", {"subject": "x", "contact_email": "MARTA@kawa.example"})
    assert json.loads(answer.content)["contact"]["id"] == cast.marta.pk


def test_the_scopes_narrow_whom_a_program_names_t21(cast: Cast, caller: Callable[..., Caller]) -> None:
    named = {"subject": "x", "contact": cast.marta.pk}
    assert fields_of(caller("olena", "tickets:write").post("tickets", named)) == {"contact"}
    assert caller("olena", "tickets:write", "people:read").post("tickets", named).status_code == 201


def test_the_client_of_a_ticket_may_stay_t21(cast: Cast, caller: Callable[..., Caller]) -> None:
    new = NewTicket("Printer", NewMessage(text="x"), Channel.DESK, contact=cast.marta)
    number = create_ticket(cast.actor("olena"), new).number
    marek = caller("marek")
    assert fields_of(marek.patch(f"tickets/{number}", {"contact": cast.jan.pk})) == {"contact"}
    assert fields_of(marek.patch(f"tickets/{number}", {"company": cast.nordwind.pk})) == {"company"}
    assert marek.patch(f"tickets/{number}", {"contact": cast.marta.pk, "company": None}).status_code == 200


def test_cards_follow_one_s_own_tickets_t21(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    marek = caller("marek")
    assert (names(marek.get("contacts")), names(marek.get("companies"))) == ([], [])
    for path in (f"contacts/{cast.marta.pk}", f"companies/{cast.kawa.pk}"):
        error_of(marek.get(path), 404, "not_found")
    assign(cast.actor("olena"), ticket, agent=cast.marek, team=None)
    assert (names(marek.get("contacts")), names(marek.get("companies"))) == (["Marta Nowak"], ["Kawa i Ciasto"])
    for path in (f"contacts/{cast.marta.pk}", f"companies/{cast.kawa.pk}"):
        assert marek.get(path).status_code == 200
    error_of(marek.patch(f"contacts/{cast.marta.pk}", {"name": "Mine"}), 403, "forbidden")
    assert caller("olena").get("contacts").status_code == 200
