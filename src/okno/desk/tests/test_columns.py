"""The columns of the list: chosen, dragged, remembered for each agent, and free of charge for who has chosen none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from okno.desk.tickets.choosing_columns import Column
from okno.desk.tickets.columns import USUAL
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import create_attribute
from okno.testing.cast import Cast
from okno.tickets.operations.attributes import set_attributes
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

pytestmark = pytest.mark.django_db
LIST = "/tickets/?section=active"
SESSION_AND_PERSON = 2


@pytest.fixture
def client_of(cast: Cast) -> Callable[[str], Client]:
    actor = cast.actor("olena")
    facts = AttributeFacts(target="ticket", kind="line", names={"en": "Model"})
    create_attribute(actor, facts)
    create_attribute(actor, replace(facts, names={"en": "Margin"}, seen_by=["lead"]))
    create_attribute(actor, replace(facts, names={"en": "Engineer"}, kind="person"))
    ticket = create_ticket(actor, NewTicket("Printer", NewMessage(text="x"), "desk", assignee=cast.marek))
    set_attributes(actor, ticket, {"model": "HP 400", "margin": "canary-11", "engineer": cast.marek.pk})

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name).user)
        return client

    return signed_in


def test_columns_are_chosen_and_remembered_for_each_agent(client_of: Callable[[str], Client]) -> None:
    olena = client_of("olena")
    for code in ("type", "attribute.model", "attribute.engineer"):
        olena.post("/tickets/columns/choose/", {"add": code})
    olena.post("/tickets/columns/choose/", {"remove": "channel"})
    page = olena.get(LIST).content.decode()
    assert "HP 400" in page
    assert ">Engineer</th>" in page
    assert "Channel" not in page
    assert "HP 400" not in client_of("taras").get(LIST).content.decode()
    window = olena.get("/tickets/columns/").content.decode()
    assert "The usual columns" in window
    assert "Margin" in window
    olena.post("/tickets/columns/choose/", {"usual": "1"})
    assert "HP 400" not in olena.get(LIST).content.decode()


def test_columns_are_dragged_into_order(cast: Cast, client_of: Callable[[str], Client]) -> None:
    olena = client_of("olena")
    pks = [Column(code, "").pk for code in USUAL]
    sent = {"order": ",".join(map(str, reversed(pks))), "seen": ",".join(map(str, pks))}
    assert olena.post("/tickets/columns/order/", sent, headers={"HX-Request": "true"}).status_code == 204
    cast.olena.user.refresh_from_db()
    assert cast.olena.user.list_columns == list(reversed(USUAL))
    page = olena.get(LIST).content.decode()
    assert page.index("News") < page.index(">Status")
    assert olena.post("/tickets/columns/order/", sent).status_code == 409
    wrong = {"order": "1,2", "seen": ",".join(map(str, reversed(pks)))}
    assert olena.post("/tickets/columns/order/", wrong).status_code == 422


def test_what_a_role_may_not_see_is_no_column(cast: Cast, client_of: Callable[[str], Client]) -> None:
    marek = client_of("marek")
    assert "Margin" not in marek.get("/tickets/columns/").content.decode()
    marek.post("/tickets/columns/choose/", {"add": "attribute.margin"})
    user = cast.marek.user
    user.list_columns = ["status", "attribute.margin", "attribute.gone"]
    user.save()
    page = marek.get(LIST).content.decode()
    assert "canary-11" not in page
    assert "Margin" not in page


def test_the_usual_list_costs_no_query_more(
    client_of: Callable[[str], Client], django_assert_num_queries: Any
) -> None:
    olena = client_of("olena")
    olena.get(LIST)
    with django_assert_num_queries(SESSION_AND_PERSON + 2):
        olena.get(LIST)
    olena.post("/tickets/columns/choose/", {"add": "attribute.model"})
    olena.get(LIST)
    with django_assert_num_queries(SESSION_AND_PERSON + 2):
        assert "HP 400" in olena.get(LIST).content.decode()
