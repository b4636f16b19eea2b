"""Attributes in the desk: the side panel, the window, the form of a new ticket, files, history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okno.core import drains
from okno.fields.models import Attribute
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import change_attribute, create_attribute
from okno.fields.rules import Option
from okno.testing.cast import Cast
from okno.tickets.filters import TicketFilter, page
from okno.tickets.models import Ticket
from okno.tickets.operations.attributes import set_attributes
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db
CANARY = "canary-55e1"


@pytest.fixture
def define(cast: Cast) -> Callable[..., Attribute]:
    def made(name: str, **more: Any) -> Attribute:
        facts = AttributeFacts(target="ticket", kind="line", names={"en": name})
        return create_attribute(cast.actor("olena"), replace(facts, **more))

    return made


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    new = NewTicket("Printer", NewMessage(text="x"), "desk", assignee=cast.marek)
    return create_ticket(cast.actor("olena"), new)


def as_agent(cast: Cast, name: str = "olena") -> Client:
    client = Client()
    client.force_login(getattr(cast, name).user)
    return client


def asked(*codes: str, **values: object) -> dict[str, object]:
    return {"attribute-asked": list(codes)} | {f"attribute-{code}": value for code, value in values.items()}


def test_the_panel_shows_what_is_filled_in_and_the_window_changes_it(
    cast: Cast, ticket: Ticket, define: Callable[..., Attribute]
) -> None:
    client, path = as_agent(cast), f"/tickets/{ticket.number}/"
    assert "change-attributes" not in client.get(path).content.decode()
    define("Model")
    define("Class", kind="list", options=[Option("gold", {"en": "Gold"})])
    define("Agreed", kind="checkbox")
    assert "None filled in yet" in client.get(path).content.decode()
    assert 'value="gold"' in client.get(f"{path}attributes/").content.decode()
    sent = {
        "version": 1,
        "attribute-class": "gold",
        "attribute-agreed": "1",
        **asked("model", "class", "agreed", model="HP"),
    }
    answer = client.post(f"{path}attributes/", sent)
    assert answer.status_code == 200
    page = client.get(path).content.decode()
    assert "HP" in page
    assert "Gold" in page
    ticket.refresh_from_db()
    assert ticket.attributes == {"model": "HP", "class": "gold", "agreed": True}
    assert "Model: HP" in client.get(f"{path}history/").content.decode()
    unticked = client.post(f"{path}attributes/", {"version": 2, **asked("agreed")})
    assert unticked.status_code == 200
    ticket.refresh_from_db()
    assert ticket.attributes == {"model": "HP", "class": "gold"}  # only what was asked for


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    cast: Cast, ticket: Ticket, define: Callable[..., Attribute]
) -> None:
    define("Copies", kind="number")
    define("Model")
    path = f"/tickets/{ticket.number}/attributes/"
    answer = as_agent(cast).post(path, {"version": 1, **asked("copies", "model", copies="many", model="HP")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a number." in page
    assert 'value="many"' in page
    assert 'value="HP"' in page
    stale = as_agent(cast).post(path, {"version": 9, **asked("model", model="HP")})
    assert "Somebody changed this ticket" in stale.content.decode()


def test_what_a_role_may_not_see_is_on_no_page(
    cast: Cast, ticket: Ticket, define: Callable[..., Attribute]
) -> None:
    define("Margin", seen_by=["lead"])
    define("Class", changed_by=["lead"])
    set_attributes(cast.actor("olena"), ticket, {"margin": CANARY, "class": "gold"})
    drains.run_until_empty("events")
    marek, path = as_agent(cast, "marek"), f"/tickets/{ticket.number}/"
    for part in ("", "facts/", "talk/", "history/", "attributes/"):
        page = marek.get(path + part).content.decode()
        assert CANARY not in page, part
        assert "Margin" not in page, part
    assert "attribute-class" not in marek.get(f"{path}attributes/").content.decode()
    assert CANARY in as_agent(cast, "taras").get(f"{path}history/").content.decode()
    for name in ("marek", "taras"):
        assert page_of(cast, name, CANARY) == []


def page_of(cast: Cast, name: str, words: str) -> list[int]:
    return [row.number for row in page(cast.actor(name), TicketFilter(q=words)).rows]


def test_search_finds_texts_that_everybody_sees(
    cast: Cast, ticket: Ticket, define: Callable[..., Attribute]
) -> None:
    attribute = define("Model")
    set_attributes(cast.actor("olena"), ticket, {"model": "Kyocera TASKalfa"})
    drains.run_until_empty("events")
    assert page_of(cast, "olena", "taskalfa") == [ticket.number]
    facts = AttributeFacts(target="ticket", kind="line", names={"en": "Model"}, seen_by=["lead"])
    change_attribute(cast.actor("olena"), attribute, facts)
    drains.run_until_empty("search")
    assert page_of(cast, "olena", "taskalfa") == []


def test_a_new_ticket_asks_for_what_its_type_has(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Model", types=["incident"], is_required=True)
    define("Place")
    client = as_agent(cast)
    usual = client.get("/tickets/new/").content.decode()
    assert 'name="attribute-place"' in usual
    assert 'id="id_attribute-model"' not in usual
    given = {"type": "incident", **asked("place", place="Attic")}
    swapped = client.get("/tickets/new/attributes/", given).content.decode()
    assert 'id="id_attribute-model"' in swapped
    assert 'value="Attic"' in swapped
    back = client.get(
        "/tickets/new/attributes/", {"type": "request", **asked("model", model="HP")}
    ).content.decode()
    assert '<input type="hidden" name="attribute-model" value="HP">' in back
    form = {"subject": "Printer", "type": "incident", "priority": "normal", "html": "<p>x</p>", "once": "a" * 32}
    refused = client.post("/tickets/new/", {**form, **asked("model", "place", place="Attic")})
    assert refused.status_code == 422
    assert "Model: Fill this in." in refused.content.decode()
    assert 'value="Attic"' in refused.content.decode()
    made = client.post(
        "/tickets/new/", {**form, "once": "b" * 32, **asked("model", "place", model="HP", place="Attic")}
    )
    assert made.status_code == 303, made.content.decode()
    assert Ticket.objects.latest("pk").attributes == {"model": "HP", "place": "Attic"}
    assert TicketType.objects.filter(code="incident").exists()


def test_a_file_is_sent_to_the_form_and_had_from_the_panel(
    cast: Cast, ticket: Ticket, define: Callable[..., Attribute]
) -> None:
    define("Act", kind="file")
    client, path = as_agent(cast), f"/tickets/{ticket.number}/"
    file = SimpleUploadedFile("act.txt", CANARY.encode())
    sent = client.post("/attributes/act/file/?id=id_attribute-act", {"file": file}).content.decode()
    token = sent.partition('name="attribute-act" value="')[2].partition('"')[0]
    assert token
    client.post(f"{path}attributes/", {"version": 1, **asked("act", act=token)})
    assert "act.txt" in client.get(path).content.decode()
    answer: Any = client.get(f"/attributes/files/{token}/")
    assert b"".join(answer.streaming_content) == CANARY.encode()
    assert answer["Content-Disposition"].startswith("attachment")
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.olena, team=cast.first_line)
    assert as_agent(cast, "marek").get(f"/attributes/files/{token}/").status_code == 404
    assert client.post("/attributes/nothing/file/", {}).status_code == 404
