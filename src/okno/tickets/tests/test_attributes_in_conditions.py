"""Attributes in rules: offered at once, told in words, kept from being deleted, and deciding where they should (F63)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okno.core.faults import Conflict, Invalid
from okno.fields.models import Attribute
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import create_attribute, delete_attribute
from okno.fields.operations.options import delete_option
from okno.fields.rules import Option
from okno.fields.targets import uses_of
from okno.people.operations.companies import CompanyFacts, change_company
from okno.routing.models import RoutingRule
from okno.testing.cast import Cast
from okno.tickets.conditions import (
    FIELDS,
    Clause,
    Facts,
    Group,
    Mode,
    Operator,
    describe,
    matches,
    parse,
    to_stored,
)
from okno.tickets.operations.attributes import set_attributes
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast: Cast) -> Attribute:
    gold = [Option("gold", {"en": "Gold"}), Option("basic", {"en": "Basic"})]
    facts = AttributeFacts(target="ticket", kind="list", names={"en": "Contract class"}, options=gold)
    return create_attribute(cast.actor("olena"), facts)


def asking(key: str, *values: str) -> Group:
    return Group(Mode.ALL, (Clause(key, Operator.IS, values),))


def test_a_new_attribute_can_be_asked_for_at_once(contract: Attribute) -> None:
    condition = parse(to_stored(asking("attribute.contract-class", "gold")))
    assert describe(condition) == "contract class is Gold"
    with pytest.raises(Invalid):
        parse(to_stored(asking("attribute.contract-class", "silver")))
    assert "attribute.nothing" not in FIELDS


def test_routing_gives_a_ticket_by_the_value_of_a_list(cast: Cast, contract: Attribute) -> None:
    RoutingRule.objects.create(
        target="team", condition=to_stored(asking("attribute.contract-class", "gold")), team=cast.second_line
    )
    for value, team in (("gold", cast.second_line), ("basic", None)):
        new = NewTicket("Printer", NewMessage(text="x"), "desk", attributes={"contract-class": value})
        assert create_ticket(cast.actor("olena"), new).team == team


def test_values_of_the_client_count_too(cast: Cast, contract: Attribute) -> None:
    olena = cast.actor("olena")
    facts = AttributeFacts(target="company", kind="number", names={"en": "Workplaces"})
    create_attribute(olena, facts)
    change_company(olena, cast.nordwind, CompanyFacts(attributes={"workplaces": 35}))
    ticket = create_ticket(olena, NewTicket("Printer", NewMessage(text="x"), "desk", contact=cast.jan))
    large = Group(Mode.ALL, (Clause("company_attribute.workplaces", Operator.AT_LEAST, (30,)),))
    ticket.refresh_from_db()
    assert matches(large, Facts(ticket))
    ticket.company = cast.kawa
    assert not matches(large, Facts(ticket))
    ticket.company = None
    assert not matches(large, Facts(ticket))


def test_what_a_rule_names_is_not_deleted(cast: Cast, contract: Attribute) -> None:
    RoutingRule.objects.create(
        target="team", condition=to_stored(asking("attribute.contract-class", "gold")), team=cast.second_line
    )
    olena = cast.actor("olena")
    assert [use.is_value for use in uses_of(contract)] == [False]
    with pytest.raises(Conflict):
        delete_attribute(olena, contract, with_values=True)
    with pytest.raises(Invalid):
        delete_option(olena, contract, "gold")
    delete_option(olena, contract, "basic")


def test_a_code_of_digits_would_be_a_place_in_a_list(cast: Cast) -> None:
    """PostgreSQL reads ``-> '2024'`` of an object as a name and Django a number as a place: codes begin with a letter."""
    olena = cast.actor("olena")
    facts = AttributeFacts(target="ticket", kind="number", names={"en": "2024"})
    made = create_attribute(olena, facts)
    assert made.code == "a-2024"
    with pytest.raises(Invalid):
        create_attribute(olena, replace(facts, names={"en": "x"}, code="2024"))
    ticket = create_ticket(olena, NewTicket("Printer", NewMessage(text="x"), "desk"))
    assert set_attributes(olena, ticket, {"a-2024": 5}).attributes == {"a-2024": 5}
