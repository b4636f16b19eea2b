"""What an employee holds passes to another when he is deactivated (F154)."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.people.models import Agent
from okno.people.operations.absences import AbsenceFacts, set_absence
from okno.people.operations.agents import deactivate_agent
from okno.people.operations.teams import QueueFacts, change_team
from okno.people.references import references_to
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import RuleFacts, create_rule
from okno.sla.models import SlaRule
from okno.sla.operations.rules import RuleFacts as SlaFacts
from okno.sla.operations.rules import create_rule as create_promise
from okno.testing.cast import Cast
from okno.tickets.conditions import Clause, Condition, Group, Mode, Operator, to_stored
from okno.tickets.models import Ticket, Watcher
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.people import add_watcher
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import new_ticket

pytestmark = pytest.mark.django_db

MOVES = {
    "tickets.Ticket.assignee": "while the ticket is not closed",
    "tickets.Watcher.agent": "while the ticket is not closed",
    "people.Company.responsible": "",
    "people.Contact.responsible": "",
    "people.Agent.substitute": "",
    "people.Team_notified.agent": "",
    "routing.RoutingRule.agent": "",
    "routing.RoutingRule_watching_agents.agent": "",
}
"""What was done keeps its author, and what is his own stays his: he may come back."""


def asks_for(*agents: Agent) -> Condition:
    return Group(Mode.ALL, (Clause("assignee", Operator.ANY_OF, tuple(agent.pk for agent in agents)),))


def held_everywhere(cast: Cast, agent: Agent) -> Ticket:
    """An open ticket, beside everything else for which an employee can stand."""
    olena = cast.actor("olena")
    mine, closed, followed, followed_by_both = [new_ticket(cast) for _number in range(4)]
    for ticket in (mine, closed):
        assign(olena, ticket, agent=agent, team=None)
    change_status(SYSTEM, Ticket.objects.get(pk=closed.pk), "closed")
    for ticket in (followed, followed_by_both):
        add_watcher(olena, Ticket.objects.get(pk=ticket.pk), agent=agent)
    add_watcher(olena, Ticket.objects.get(pk=followed_by_both.pk), agent=cast.taras)
    create_rule(olena, RuleFacts("Given", target="agent", agent=agent, watching_agents=[agent]))
    create_promise(olena, SlaFacts("Promised", asks_for(agent), resolution_minutes=60))
    named = f"agent:{agent.pk}"
    settings_store.change(olena, {"routing.default_assignee": named, "routing.default_watchers": [named]})
    for client in (cast.kawa, cast.marta):
        client.responsible, client.watching_agents = agent, [agent.pk]
        client.save()
    change_team(olena, cast.first_line, queue=QueueFacts(notified=[agent]))
    set_absence(olena, cast.olena, AbsenceFacts(substitute=agent))
    return Ticket.objects.get(pk=mine.pk)


def test_all_of_it_passes_and_is_shown_before_f154(cast: Cast, olena: Client) -> None:
    ticket = held_everywhere(cast, cast.marek)
    path = f"/manage/employees/{cast.marek.pk}/deactivate/"
    page = olena.get(path).content.decode()
    for line in (
        "Tickets that are not closed</a>: 1",
        "Tickets that are followed: 2",
        "Clients whose manager this is: Kawa i Ciasto, Marta Nowak",
        "Clients whose tickets are followed: Kawa i Ciasto, Marta Nowak",
        "Teams that notify: First line",
        "Stands in for: Olena Kravets",
        "Routing rules: Given",
        "Conditions: SLA rules: Promised",
        "Settings: Assignee by default, Watchers by default",
    ):
        assert line in page, line
    assert olena.post(path, {"heir": ""}).status_code == 422
    assert olena.post(path, {"heir": cast.taras.pk}).status_code == 303
    moved = [each for each in references_to(Agent) if each.label in MOVES]
    assert len(moved) == len(MOVES)
    for each in moved:
        left = each.rows(cast.marek)
        assert not (left.exclude(state="closed") if each.model is Ticket else left).exists(), each.label
    assert Ticket.objects.get(pk=ticket.pk).assignee == cast.taras
    assert Watcher.objects.filter(agent=cast.taras).count() == 2
    rule = RoutingRule.objects.get()
    assert (rule.agent, list(rule.watching_agents.all())) == (cast.taras, [cast.taras])
    assert SlaRule.objects.get(name="Promised").condition == to_stored(asks_for(cast.taras))
    settings_store.forget()
    assert settings_store.SETTINGS["routing.default_assignee"]() == f"agent:{cast.taras.pk}"
    assert settings_store.SETTINGS["routing.default_watchers"]() == [f"agent:{cast.taras.pk}"]
    for client in (cast.kawa, cast.marta):
        client.refresh_from_db()
        assert (client.responsible, client.watching_agents) == (cast.taras, [cast.taras.pk])
    assert list(cast.first_line.notified.all()) == [cast.taras]
    assert Agent.objects.get(pk=cast.olena.pk).substitute == cast.taras
    passed = Event.objects.get(kind="agent.deactivated").data["passed"]
    assert passed == {
        "tickets": 1, "watched": 2, "clients": 2, "watched_clients": 2, "lists": 1, "represented": 1, "routing": 1,
        "rules": 1, "settings": 2,
    }  # fmt: skip


def test_rules_and_clients_alone_hold_nobody_f154(cast: Cast, olena: Client) -> None:
    ticket = held_everywhere(cast, cast.marek)
    assign(SYSTEM, ticket, agent=cast.taras, team=None)
    path = f"/manage/employees/{cast.marek.pk}/deactivate/"
    assert "Without another employee all of this stays as it is" in olena.get(path).content.decode()
    assert olena.post(path, {"heir": ""}).status_code == 303
    assert RoutingRule.objects.get().agent == cast.marek
    assert new_ticket(cast).assignee is None, "who has left is passed over"


def test_nobody_comes_to_stand_in_for_himself_or_in_a_circle_f154(cast: Cast) -> None:
    """Marek stands in for Taras and for Olena; Taras, who gets all that is Marek's, has Olena as his heir's heir."""
    set_absence(SYSTEM, cast.taras, AbsenceFacts(substitute=cast.marek))
    set_absence(SYSTEM, cast.olena, AbsenceFacts(substitute=cast.marek))
    deactivate_agent(SYSTEM, cast.marek, heir=cast.taras)
    assert Agent.objects.get(pk=cast.taras.pk).substitute is None
    assert Agent.objects.get(pk=cast.olena.pk).substitute == cast.taras
