"""Whose ticket it is: given, taken, given back, and never to somebody who is gone (F153)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Fault, Forbidden, Invalid, NotVisible
from okno.people.models import Agent
from okno.people.operations.agents import deactivate_agent
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign, claim
from okno.tickets.tests.standing import everything, new_ticket, told


def test_given_to_an_agent_then_to_a_team_then_to_nobody(cast: Cast) -> None:
    ticket, olena = new_ticket(cast), cast.actor("olena")
    assign(olena, ticket, agent=cast.taras, team=cast.first_line)
    assign(olena, ticket, agent=None, team=cast.second_line)
    assert access.visible_to(cast.actor("marek")).filter(pk=ticket.pk).exists()
    assign(olena, ticket, agent=None, team=None)
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.team) == (None, None)
    nobody = {"agent": None, "team": None}
    both = {
        "agent": {"id": cast.taras.pk, "name": cast.taras.name},
        "team": {"id": cast.first_line.pk, "name": "First line"},
    }
    team = {"agent": None, "team": {"id": cast.second_line.pk, "name": "Second line"}}
    assert told(ticket, "ticket.assigned") == [
        {"before": nobody, "after": both},
        {"before": both, "after": team},
        {"before": team, "after": nobody},
    ]


def test_who_gives_away_a_ticket_may_lose_sight_of_it(cast: Cast) -> None:
    ticket, marek = new_ticket(cast), cast.actor("marek")
    claim(marek, ticket)
    assign(marek, ticket, agent=cast.taras, team=None)
    with pytest.raises(NotVisible):
        assign(marek, ticket, agent=cast.marek, team=None)


def test_a_claim_keeps_the_team_and_the_second_hears_who_was_first(cast: Cast) -> None:
    ticket = new_ticket(cast)
    assign(cast.actor("olena"), ticket, agent=None, team=cast.second_line)
    claim(cast.actor("marek"), ticket)
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.team) == (cast.marek, cast.second_line)
    before = everything(ticket)
    with pytest.raises(Conflict) as caught:
        claim(cast.actor("taras"), ticket)
    assert (caught.value.code, caught.value.details) == ("already_taken", {"assignee": cast.marek.pk})
    assert cast.marek.name in caught.value.message
    assert everything(ticket) == before


@pytest.mark.parametrize("who", ["marta", "system"])
def test_only_employees_claim(cast: Cast, who: str) -> None:
    ticket = new_ticket(cast)
    with pytest.raises(Forbidden):
        claim(SYSTEM if who == "system" else cast.actor(who), ticket)


def test_a_deactivated_agent_or_hidden_team_cannot_be_responsible(cast: Cast) -> None:
    """What counts is the row as it is now, not the copy that a page has loaded before."""
    ticket, stale, hidden = new_ticket(cast), Agent.objects.get(pk=cast.marek.pk), cast.second_line
    deactivate_agent(cast.actor("olena"), cast.marek)
    type(hidden).objects.filter(pk=hidden.pk).update(is_active=False)
    before = everything(ticket)
    assert stale.is_active
    assert hidden.is_active
    for chosen, field in (((stale, None), "agent"), ((None, hidden), "team")):
        with pytest.raises(Invalid) as caught:
            assign(cast.actor("olena"), ticket, agent=chosen[0], team=chosen[1])
        assert list(caught.value.fields) == [field]
    with pytest.raises(Invalid):
        claim(stale.as_actor(), ticket)
    with pytest.raises(Invalid) as caught:
        new_ticket(cast, assignee=stale)
    assert list(caught.value.fields) == ["agent"]
    with pytest.raises(Invalid):
        new_ticket(cast, team=hidden)
    assert Ticket.objects.count() == 1
    assert everything(ticket) == before


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_deactivation_and_assignment_at_once_never_leave_a_ticket_with_somebody_gone(cast: Cast) -> None:
    """F153 with F154: whichever comes first, the other is refused."""
    refused: list[str] = []
    for _round in range(6):
        ticket = new_ticket(cast)
        agent = Agent.objects.select_related("role", "user").get(pk=cast.marek.pk)
        barrier = threading.Barrier(2)

        def run(
            deactivate: bool, ticket: Ticket = ticket, agent: Agent = agent, start: threading.Barrier = barrier
        ) -> None:
            try:
                actor = cast.actor("olena")
                start.wait(10)
                if deactivate:
                    deactivate_agent(actor, agent)
                else:
                    assign(actor, ticket, agent=agent, team=None)
            except Fault as fault:
                refused.append(fault.code)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(flag,)) for flag in (True, False)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        agent.refresh_from_db()
        ticket.refresh_from_db()
        assert agent.is_active or ticket.assignee_id is None
        assert agent.is_active or not Ticket.objects.filter(assignee=agent).exists()
        Ticket.objects.update(assignee=None)
        Agent.objects.update(is_active=True)
    assert len(refused) == 6
    assert set(refused) <= {"invalid", "has_duties"}
