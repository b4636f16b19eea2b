"""Teams as queues: in turn, to the one with the fewest, the maximum, waiting, moving, the lock, the first answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okno.core import settings_store
from okno.core.drains import run_until_empty
from okno.core.models import Event
from okno.desk.sentences import sentence
from okno.people.models import Agent, Team
from okno.people.operations.agents import AgentFacts, change_agent
from okno.people.operations.teams import QueueFacts, change_team
from okno.routing.operations.rules import RuleFacts, create_rule
from okno.routing.tests.test_new_tickets import by_mail
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign, claim
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import new_ticket
from okno.workflow.models import Priority

pytestmark = pytest.mark.django_db


def queue(cast: Cast, team: Team | None = None, **facts: Any) -> Team:
    facts = {"assignment": "round_robin"} | facts
    return change_team(cast.actor("olena"), team or cast.second_line, queue=QueueFacts(**facts))


def told(ticket: Ticket) -> list[str]:
    rows = Event.objects.filter(object_kind="ticket", object_id=ticket.pk, kind="ticket.assigned").order_by("id")
    return [said.text for row in rows if (said := sentence(row))]


def owners(*tickets: Ticket) -> list[Agent | None]:
    return [Ticket.objects.get(pk=ticket.pk).assignee for ticket in tickets]


def test_in_turn_each_after_the_other(cast: Cast) -> None:
    team = queue(cast)
    tickets = [new_ticket(cast, team=team) for _number in range(4)]
    assert owners(*tickets) == [cast.taras, cast.marek, cast.taras, cast.marek]
    assert told(tickets[0]) == ["Given to Taras Vovk, whose turn it is in the team Second line"]


def test_the_one_with_the_fewest_open_tickets_f41(cast: Cast) -> None:
    team = queue(cast, assignment="least_load")
    busy = [new_ticket(cast, assignee=cast.taras) for _number in range(2)]
    first, second, third = (new_ticket(cast, team=team) for _number in range(3))
    assert owners(first, second) == [cast.marek, cast.marek]
    assert third.assignee in {cast.taras, cast.marek}
    change_status(cast.actor("olena"), busy[0], "resolved")
    change_status(cast.actor("olena"), busy[1], "resolved")
    assert told(first) == ["Given to Marek Lis of the team Second line, who has the fewest open tickets"]


def test_at_the_maximum_a_ticket_waits_and_goes_to_whoever_gets_free(cast: Cast) -> None:
    team = queue(cast, most_per_agent=1)
    one, two = new_ticket(cast, team=team), new_ticket(cast, team=team)
    plain = new_ticket(cast, team=team)
    urgent = new_ticket(cast, team=team, priority=Priority.objects.get(code="critical"))
    assert owners(one, two, plain, urgent) == [cast.taras, cast.marek, None, None]
    assert "everybody has as many tickets" not in "".join(told(one))
    run_until_empty("events", "queues")
    assert owners(plain, urgent) == [None, None]
    change_status(cast.actor("olena"), two, "waiting")  # does not count in the workload (F42)
    run_until_empty("events", "queues")
    assert owners(plain, urgent) == [None, cast.marek]
    marek = AgentFacts(cast.marek.name, cast.marek.user.email, cast.marek.role, [team], most_open=5)
    change_agent(cast.actor("olena"), cast.marek, marek)
    run_until_empty("events", "queues")
    assert owners(plain) == [cast.marek]


def test_moving_to_another_queue_hands_out_again_f209(cast: Cast) -> None:
    team = queue(cast)
    ticket = new_ticket(cast, assignee=cast.olena, team=cast.first_line)
    assign(cast.actor("olena"), ticket, agent=cast.olena, team=team)
    assert owners(ticket) == [cast.taras]
    assert told(ticket)[-1] == "Given to Taras Vovk, whose turn it is in the team Second line"
    assign(cast.actor("olena"), ticket, agent=cast.marek, team=team)
    assert owners(ticket) == [cast.marek]


def test_moving_locks_the_team_before_its_members_t30(cast: Cast) -> None:
    team = queue(cast)
    ticket = new_ticket(cast, assignee=cast.taras, team=cast.first_line)
    with CaptureQueriesContext(connection) as asked:
        assign(cast.actor("olena"), ticket, agent=cast.taras, team=team)
    locks = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]]
    assert ["people_team" in locks[0], "people_agent" in locks[1]] == [True, True]
    assert owners(ticket) == [cast.taras]


def test_a_letter_waits_in_its_team_until_the_queue_is_looked_through(cast: Cast) -> None:
    create_rule(cast.actor("olena"), RuleFacts("All", target="team", team=queue(cast)))
    with CaptureQueriesContext(connection) as asked:
        ticket = by_mail(cast)
    assert (ticket.assignee, ticket.team) == (None, cast.second_line)
    assert any("pg_notify" in each["sql"] and "queues" in each["sql"] for each in asked)
    run_until_empty("queues")
    assert owners(ticket) == [cast.taras]
    assert told(ticket) == [
        "Given to Second line by the rule “All”",
        "Given to Taras Vovk, whose turn it is in the team Second line",
    ]


def test_a_rule_that_names_a_team_hands_out_there(cast: Cast) -> None:
    create_rule(cast.actor("olena"), RuleFacts("All", target="team", team=queue(cast)))
    ticket = new_ticket(cast)
    assert (ticket.assignee, ticket.team) == (cast.taras, cast.second_line)
    assert told(ticket) == [
        "Given to Second line by the rule “All”. Given to Taras Vovk, whose turn it is in the team Second line"
    ]


def test_a_taken_ticket_is_hidden_from_colleagues_f205(cast: Cast) -> None:
    team = change_team(cast.actor("olena"), cast.second_line, queue=QueueFacts(hides_owned=True))
    ticket = new_ticket(cast, team=team)
    marek = cast.actor("marek")
    assert access.visible_to(marek).filter(pk=ticket.pk).exists()
    claim(cast.actor("taras"), ticket)
    assert not access.visible_to(marek).filter(pk=ticket.pk).exists()
    assert access.visible_to(cast.actor("taras")).filter(pk=ticket.pk).exists()
    assert access.visible_to(cast.actor("olena")).filter(pk=ticket.pk).exists()
    assign(cast.actor("olena"), ticket, agent=cast.marek, team=team)
    assert access.visible_to(marek).filter(pk=ticket.pk).exists()
    cast.taras.role.rights = [each for each in cast.taras.role.rights if each != "tickets.view_all"]
    cast.taras.role.save()
    assert access.visible_to(cast.actor("taras")).filter(pk=ticket.pk).exists()  # the lead sees them all


def test_who_answers_first_owns_it_f228(cast: Cast) -> None:
    ticket = new_ticket(cast, team=cast.first_line)
    add_answer(cast.actor("taras"), ticket, NewMessage(text="Hello"))
    assert owners(ticket) == [cast.taras]
    assert told(ticket) == ["Taras Vovk answered first and is responsible now"]
    add_answer(cast.actor("olena"), ticket, NewMessage(text="Me too"))
    assert owners(ticket) == [cast.taras]


def test_a_team_or_the_desk_may_do_without_it(cast: Cast) -> None:
    olena = cast.actor("olena")
    change_team(olena, cast.first_line, queue=QueueFacts(first_answer="no"))
    ticket = new_ticket(cast, team=cast.first_line)
    add_answer(olena, ticket, NewMessage(text="Hello"))
    assert owners(ticket) == [None]
    settings_store.change(olena, {"routing.first_answer": False})
    ticket = new_ticket(cast)
    add_answer(olena, ticket, NewMessage(text="Hello"))
    assert owners(ticket) == [None]
    change_team(olena, cast.second_line, queue=QueueFacts(first_answer="yes"))
    ticket = new_ticket(cast, team=cast.second_line)
    add_answer(olena, ticket, NewMessage(text="Hello"))
    assert owners(ticket) == [cast.olena]
