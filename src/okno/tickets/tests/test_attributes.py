"""Values of tickets: who sees and sets them, what is required, what the history and clients learn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.models import Event
from okno.fields.models import Attribute, ValueFile
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import create_attribute, switch_attribute
from okno.fields.operations.files import send_file
from okno.fields.rules import Option
from okno.people.attributes import visible_values as visible_of_client
from okno.people.operations.companies import CompanyFacts, change_company, create_company
from okno.people.operations.contacts import ContactFacts, create_contact, find_or_create_contact
from okno.testing.cast import Cast
from okno.tickets.attributes import file_for, history_for, raw_values, visible_values
from okno.tickets.models import Ticket
from okno.tickets.operations.attributes import set_attributes
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.editing import change_type
from okno.tickets.operations.messages import NewMessage
from okno.workflow.models import TicketType
from okno.workflow.operations.types import delete_type

pytestmark = pytest.mark.django_db
CANARY = "canary-7f3a"


@pytest.fixture
def define(cast: Cast) -> Callable[..., Attribute]:
    def made(name: str, **more: Any) -> Attribute:
        facts = AttributeFacts(target="ticket", kind="line", names={"en": name})
        return create_attribute(cast.actor("olena"), replace(facts, **more))

    return made


def new(cast: Cast, who: str = "olena", **more: Any) -> Ticket:
    message = NewMessage(text="x", contact=cast.jan)
    return create_ticket(cast.actor(who), NewTicket("Printer", message, "desk", contact=cast.jan, **more))


def fields_of(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return sorted(refused.value.fields)


def texts(actor: Actor, ticket: Ticket) -> dict[str, str]:
    return {each.attribute.code: each.text for each in visible_values(actor, ticket)}


def test_values_are_set_with_their_history_and_version(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Model")
    define("Copies", kind="number")
    ticket, olena = new(cast), cast.actor("olena")
    changed = set_attributes(olena, ticket, {"model": "HP 400", "copies": "12"}, expected_version=1)
    assert changed.attributes == {"model": "HP 400", "copies": 12}
    event = Event.objects.get(kind="ticket.attributes_changed")
    assert event.data["changes"]["copies"] == {"before": None, "after": 12}
    with pytest.raises(Conflict):
        set_attributes(olena, ticket, {"model": "other"}, expected_version=1)
    set_attributes(olena, ticket, {"model": ""})
    ticket.refresh_from_db()
    assert ticket.attributes == {"copies": 12}
    assert texts(olena, ticket) == {"model": "", "copies": "12"}


def test_one_mistake_keeps_all_others_back(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Model")
    define("Copies", kind="number")
    ticket = new(cast)
    with pytest.raises(Invalid) as refused:
        set_attributes(cast.actor("olena"), ticket, {"model": "HP", "copies": "many", "nothing": 1})
    assert fields_of(refused) == ["attributes.copies", "attributes.nothing"]
    ticket.refresh_from_db()
    assert (ticket.attributes, ticket.version) == ({}, 1)


def test_a_role_sees_and_changes_what_it_may(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Margin", seen_by=["lead"])
    define("Class", changed_by=["lead"])
    ticket = new(cast, assignee=cast.marek)
    set_attributes(cast.actor("taras"), ticket, {"margin": CANARY, "class": "gold"})
    ticket.refresh_from_db()
    marek = cast.actor("marek")
    assert texts(marek, ticket) == {"class": "gold"}
    assert raw_values(marek, ticket) == {"class": "gold"}
    with pytest.raises(Invalid) as unknown:
        set_attributes(marek, ticket, {"margin": "1"})
    assert unknown.value.message == "There is no such attribute."
    with pytest.raises(Invalid) as refused:
        set_attributes(marek, ticket, {"class": "silver"})
    assert fields_of(refused) == ["attributes.class"]
    assert texts(cast.actor("olena"), ticket) == {"margin": CANARY, "class": "gold"}
    events = Event.objects.filter(object_kind="ticket", object_id=ticket.pk)
    seen = str([each.data for each in history_for(marek, events)])
    assert "gold" in seen
    assert CANARY not in seen
    assert CANARY in str([each.data for each in history_for(cast.actor("taras"), events)])


def test_clients_learn_only_what_is_shown_to_them_t20(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Hidden")
    define("Seen", for_clients="seen")
    define("Filled", for_clients="filled")
    ticket, jan = new(cast), cast.actor("jan")
    set_attributes(cast.actor("olena"), ticket, {"hidden": CANARY, "seen": "yes", "filled": "well"})
    ticket.refresh_from_db()
    assert texts(jan, ticket) == {"seen": "yes", "filled": "well"}
    assert raw_values(jan, ticket) == {"seen": "yes", "filled": "well"}
    events = Event.objects.filter(object_kind="ticket", object_id=ticket.pk)
    assert CANARY not in str([each.data for each in history_for(jan, events)])


def test_a_client_fills_in_what_is_asked_and_nothing_else_t20(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Hidden", default="usual")
    define("Seen", for_clients="seen")
    define("Filled", for_clients="filled", is_required=True)
    with pytest.raises(Invalid) as missing:
        new(cast, "jan", attributes={})
    assert fields_of(missing) == ["attributes.filled"]
    for given in ({"filled": "x", "seen": "y"}, {"filled": "x", "hidden": "y"}):
        with pytest.raises(Invalid):
            new(cast, "jan", attributes=given)
    assert new(cast, "jan", attributes={"filled": "x"}).attributes == {"filled": "x", "hidden": "usual"}


def test_required_and_default_values_of_a_type(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Model", types=["incident"], is_required=True)
    define("Class", kind="list", options=[Option("gold", {"en": "Gold"})], default="gold")
    define("Agreed", kind="checkbox", is_required=True, types=["incident"])
    kinds = {kind.code: kind for kind in TicketType.objects.all()}
    with pytest.raises(Invalid) as missing:
        new(cast, type=kinds["incident"], attributes={"model": " ", "agreed": False})
    assert fields_of(missing) == ["attributes.agreed", "attributes.model"]
    assert Ticket.objects.count() == 0
    given = {"model": "HP", "agreed": True}
    made = new(cast, type=kinds["incident"], attributes=given)
    assert made.attributes == {**given, "class": "gold"}
    other = next(kind for code, kind in kinds.items() if code != "incident")
    assert new(cast, type=other, attributes={"class": ""}).attributes == {}
    with pytest.raises(Invalid):
        new(cast, type=other, attributes={"model": "HP"})


def test_a_letter_is_never_refused_for_what_it_cannot_know(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Model", is_required=True)
    define("Class", default="usual")
    create_attribute(
        cast.actor("olena"),
        AttributeFacts(target="contact", kind="line", names={"en": "Job"}, is_required=True),
    )
    assert new(cast).attributes == {"class": "usual"}
    find_or_create_contact(cast.actor("olena"), "new@nordwind.example")


def test_another_type_keeps_the_values_of_the_former(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Model", types=["incident"])
    incident = TicketType.objects.get(code="incident")
    twin = {"names": {"en": "Twin"}, "lifecycle": incident.lifecycle}
    other = TicketType.objects.create(code="twin", position=99, **twin)
    olena = cast.actor("olena")
    ticket = set_attributes(olena, new(cast, type=incident), {"model": "HP"})
    changed = change_type(olena, ticket, other)
    assert texts(olena, changed) == {}
    assert texts(olena, change_type(olena, changed, incident)) == {"model": "HP"}


def test_a_deleted_type_leaves_its_attributes_to_its_replacement(
    cast: Cast, define: Callable[..., Attribute]
) -> None:
    incident = TicketType.objects.get(code="incident")
    twin = TicketType.objects.create(code="twin", names={"en": "Twin"}, lifecycle=incident.lifecycle, position=99)
    made = define("Model", types=["twin"])
    with pytest.raises(Conflict):
        delete_type(cast.actor("olena"), twin)
    delete_type(cast.actor("olena"), twin, incident)
    made.refresh_from_db()
    assert made.types == ["incident"]


def test_a_person_is_an_employee_who_works_here(cast: Cast, define: Callable[..., Attribute]) -> None:
    define("Engineer", kind="person")
    ticket, olena = new(cast), cast.actor("olena")
    with pytest.raises(Invalid):
        set_attributes(olena, ticket, {"engineer": 999_999})
    ticket = set_attributes(olena, ticket, {"engineer": cast.marek.pk})
    assert texts(olena, ticket) == {"engineer": "Marek Lis"}
    cast.marek.is_active = False
    cast.marek.save()
    assert texts(olena, set_attributes(olena, ticket, {"engineer": cast.marek.pk})) == {"engineer": "Marek Lis"}


def test_a_file_is_its_senders_until_it_is_a_value_t13(cast: Cast, define: Callable[..., Attribute]) -> None:
    act, other = define("Act", kind="file"), define("Photo", kind="file", seen_by=["lead"])
    olena, marek = cast.actor("olena"), cast.actor("marek")
    ticket = new(cast, team=cast.first_line, assignee=cast.olena)
    sent = send_file(olena, act, name="../act\r\n.pdf", content=b"%PDF-1.4 " + CANARY.encode())
    assert "\r" not in sent.name
    assert "/" not in sent.name
    assert file_for(olena, sent.token) is None  # not yet anybody's
    with pytest.raises(Invalid):  # another's upload, and one for another attribute
        set_attributes(cast.actor("taras"), ticket, {"act": sent.token})
    with pytest.raises(Invalid):
        set_attributes(olena, ticket, {"photo": sent.token})
    ticket = set_attributes(olena, ticket, {"act": sent.token})
    assert ValueFile.objects.get().holder == ticket.pk
    assert file_for(olena, sent.token) is not None
    assert file_for(cast.actor("jan"), sent.token) is None
    second = new(cast)
    with pytest.raises(Invalid):  # a value of one ticket is not taken by another
        set_attributes(olena, second, {"act": sent.token})
    photo = send_file(olena, other, name="p.png", content=b"x")
    ticket = set_attributes(olena, ticket, {"photo": photo.token})
    assert file_for(cast.actor("taras"), photo.token) is not None
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.marek)
    assert file_for(marek, photo.token) is None  # the ticket is seen, the attribute is not
    assert file_for(marek, sent.token) is not None
    set_attributes(olena, ticket, {"act": None})
    assert file_for(olena, sent.token) is None


def test_companies_and_contacts(cast: Cast) -> None:
    olena = cast.actor("olena")
    for target, name in (("company", "Workplaces"), ("contact", "Job")):
        facts = AttributeFacts(target=target, kind="line", names={"en": name}, is_required=True)
        create_attribute(olena, facts)
    with pytest.raises(Invalid) as missing:
        create_company(olena, CompanyFacts(name="", attributes={}))
    assert fields_of(missing) == ["attributes.workplaces", "name"]
    made = create_company(olena, CompanyFacts(name="New", attributes={"workplaces": "12"}))
    assert create_company(olena, CompanyFacts(name="Imported")).attributes == {}
    with pytest.raises(Invalid):
        change_company(olena, made, CompanyFacts(attributes={"job": "x"}))
    changed = change_company(olena, made, CompanyFacts(attributes={"workplaces": "13"}))
    assert [each.text for each in visible_of_client(olena, changed)] == ["13"]
    assert visible_of_client(cast.actor("jan"), changed) == []
    contact = create_contact(olena, ContactFacts(name="Ada", attributes={"job": "engineer"}))
    assert contact.attributes == {"job": "engineer"}
    event = Event.objects.filter(kind="company.changed").latest("pk")
    assert event.data == {"fields": ["attributes"]}


def test_nobody_sets_values_of_what_he_does_not_see(cast: Cast, define: Callable[..., Attribute]) -> None:
    attribute = define("Model")
    ticket = new(cast, assignee=cast.olena)
    with pytest.raises(NotVisible):
        set_attributes(cast.actor("marek"), ticket, {"model": "x"})
    switch_attribute(cast.actor("olena"), attribute, is_active=False)
    assert texts(cast.actor("olena"), ticket) == {}
