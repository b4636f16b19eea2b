"""Whose a new ticket is and who follows it: rules, the default chain, the sum of watchers, and the reason told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.desk.sentences import sentence
from okno.people.operations.agents import deactivate_agent
from okno.people.operations.companies import CompanyFacts, change_company
from okno.people.operations.contacts import ContactFacts, change_contact
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import RuleFacts, create_rule, delete_rule, order_rules, switch_rule
from okno.testing.cast import Cast
from okno.tickets.conditions import parse
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.tests.standing import new_ticket

pytestmark = pytest.mark.django_db


def when(field: str, *values: Any) -> Any:
    return parse(
        {"version": 1, "mode": "all", "parts": [{"field": field, "operator": "is", "values": list(values)}]}
    )


def rule(cast: Cast, name: str, **facts: Any) -> RoutingRule:
    return create_rule(cast.actor("olena"), RuleFacts(name, **facts))


def by_mail(cast: Cast, **facts: Any) -> Ticket:
    """Marta's ticket as a channel brings it."""
    facts = {"contact": cast.marta, "channel": "email"} | facts
    return create_ticket(SYSTEM, NewTicket(subject="Printer", message=NewMessage(text="It is silent"), **facts))


def told(ticket: Ticket, kind: str = "ticket.assigned") -> list[str]:
    rows = Event.objects.filter(object_kind="ticket", object_id=ticket.pk, kind=kind).order_by("id")
    return [said.text for row in rows if (said := sentence(row))]


def test_the_first_rule_that_fits_decides_f65(cast: Cast) -> None:
    calls = rule(cast, "Calls", condition=when("channel", "api"), target="agent", agent=cast.marek)
    letters = rule(cast, "Letters", condition=when("channel", "email"), target="team", team=cast.second_line)
    rest = rule(cast, "Rest", target="agent", agent=cast.taras)
    ticket = by_mail(cast)
    assert (ticket.assignee, ticket.team) == (None, cast.second_line)
    assert told(ticket) == ["Given to Second line by the rule “Letters”"]
    order_rules(cast.actor("olena"), [rest.pk, calls.pk, letters.pk], [calls.pk, letters.pk, rest.pk])
    assert by_mail(cast).assignee == cast.taras
    switch_rule(cast.actor("olena"), rest, enabled=False)
    assert by_mail(cast).team == cast.second_line
    delete_rule(cast.actor("olena"), letters)
    assert by_mail(cast).team is None


def test_the_default_chain_goes_contact_company_installation_f67(cast: Cast) -> None:
    olena = cast.actor("olena")
    settings_store.change(olena, {"routing.default_assignee": f"agent:{cast.olena.pk}"})
    ticket = by_mail(cast)
    assert (ticket.assignee, told(ticket)) == (cast.olena, ["Given to Olena Kravets, the assignee by default"])
    change_company(olena, cast.kawa, CompanyFacts(responsible=cast.marek.pk))
    cast.kawa.refresh_from_db()
    ticket = by_mail(cast)
    assert (ticket.assignee, told(ticket)) == (
        cast.marek,
        ["Given to Marek Lis, who is responsible for the company"],
    )
    change_contact(olena, cast.marta, ContactFacts(responsible=cast.taras.pk))
    cast.marta.refresh_from_db()
    ticket = by_mail(cast)
    assert (ticket.assignee, told(ticket)) == (
        cast.taras,
        ["Given to Taras Vovk, who is responsible for the contact"],
    )


def test_who_is_deactivated_is_passed_over_and_that_is_told(cast: Cast) -> None:
    olena = cast.actor("olena")
    change_contact(olena, cast.marta, ContactFacts(responsible=cast.marek.pk))
    change_company(olena, cast.kawa, CompanyFacts(responsible=cast.taras.pk))
    deactivate_agent(olena, cast.marek)
    cast.marta.refresh_from_db()
    ticket = by_mail(cast)
    assert ticket.assignee == cast.taras
    assert told(ticket) == [
        "Given to Taras Vovk, who is responsible for the company. Passed over, since absent: Marek Lis"
    ]


def test_what_a_person_chose_stays(cast: Cast) -> None:
    rule(cast, "All", target="agent", agent=cast.marek, watching_agents=[cast.olena])
    ticket = new_ticket(cast, assignee=cast.taras)
    assert ticket.assignee == cast.taras
    assert told(ticket) == []
    assert [watcher.agent for watcher in ticket.watchers.all()] == [cast.olena]
    assert new_ticket(cast).assignee == cast.marek


def test_a_mailboxs_team_stays_unless_a_rule_decides(cast: Cast) -> None:
    settings_store.change(cast.actor("olena"), {"routing.default_assignee": f"agent:{cast.olena.pk}"})
    assert by_mail(cast, team=cast.first_line).assignee is None
    rule(cast, "Nobody's", condition=when("team", cast.first_line.pk), target="nobody")
    ticket = by_mail(cast, team=cast.first_line)
    assert (ticket.assignee, ticket.team) == (None, None)
    assert told(ticket) == ["Given to nobody, by the rule “Nobody's”"]


def test_watchers_are_the_sum_of_settings_company_contact_and_rule_f68(cast: Cast) -> None:
    olena = cast.actor("olena")
    settings_store.change(olena, {"routing.default_watchers": [f"team:{cast.first_line.pk}"]})
    change_company(olena, cast.kawa, CompanyFacts(watching_agents=[cast.olena.pk]))
    change_contact(olena, cast.marta, ContactFacts(watching_agents=[cast.taras.pk, cast.olena.pk]))
    rule(cast, "Letters", condition=when("channel", "email"), watching_agents=[cast.marek])
    cast.marta.refresh_from_db()
    ticket = by_mail(cast)
    named = {(row.agent_id, row.team_id) for row in ticket.watchers.all()}
    agents = {cast.olena.pk, cast.taras.pk, cast.marek.pk}
    assert named == {(pk, None) for pk in agents} | {(None, cast.first_line.pk)}
    sentences = told(ticket, "ticket.watcher_added")
    assert "Olena Kravets now follows the ticket, as said by the contact's card, the company's card" in sentences
    assert "Marek Lis now follows the ticket, as said by the rule “Letters”" in sentences


def test_a_desk_without_rules_pays_no_statement_for_them(cast: Cast) -> None:
    by_mail(cast)
    with CaptureQueriesContext(connection) as plain:
        by_mail(cast)
    rule(cast, "Letters", condition=when("channel", "api"), target="agent", agent=cast.marek)
    by_mail(cast)
    with CaptureQueriesContext(connection) as passed:
        by_mail(cast)
    assert len(passed) == len(plain)
    rule(cast, "Rest", target="agent", agent=cast.taras)
    by_mail(cast)
    with CaptureQueriesContext(connection) as decided:
        by_mail(cast)
    assert len(decided) - len(plain) <= 3  # the employee asked afresh, the event, the worker woken
