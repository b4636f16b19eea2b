"""A ticket of a deactivated employee that its client opens again must find somebody who reads it."""

from __future__ import annotations

import pytest

from okno.channels.email.tests.writing import letter, sent, take
from okno.core.models import Event
from okno.desk.sentences import sentence
from okno.people.models import Team
from okno.people.operations.agents import deactivate_agent, reactivate_agent
from okno.testing.cast import Cast
from okno.tickets import events as kinds
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.status import change_status

pytestmark = pytest.mark.django_db
OURS = "<ours@vikno.example>"


def closed_ticket(cast: Cast, team: Team | None) -> Ticket:
    """Marta's ticket, which Taras closed."""
    ticket = take(letter()).ticket
    assert ticket is not None
    sent(ticket, OURS)
    olena = cast.actor("olena")
    assign(olena, ticket, agent=cast.taras, team=team)
    change_status(olena, ticket, "closed")
    return ticket


@pytest.mark.parametrize("has_team", [True, False])
def test_it_leaves_the_deactivated_employee_f154(cast: Cast, has_team: bool) -> None:
    team = cast.first_line if has_team else None
    ticket = closed_ticket(cast, team)
    deactivate_agent(cast.actor("olena"), cast.taras)
    take(letter(message_id="<2@kawa.example>", headers={"In-Reply-To": OURS}))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.assignee, ticket.team) == ("open", None, team)
    event = Event.objects.filter(object_id=ticket.pk, kind=kinds.ASSIGNED).latest("id")
    assert event.data["before"]["agent"]["id"] == cast.taras.pk
    assert event.data["reason"]["because"] == "deactivated"
    said = sentence(event)
    assert said is not None
    assert said.text.startswith("Taras Vovk is deactivated, so the ticket ")
    assert ("First line" in said.text) is has_team


def test_it_stays_with_an_employee_who_is_there_f154(cast: Cast) -> None:
    ticket = closed_ticket(cast, None)
    deactivate_agent(cast.actor("olena"), cast.taras)
    reactivate_agent(cast.actor("olena"), cast.taras)
    take(letter(message_id="<2@kawa.example>", headers={"In-Reply-To": OURS}))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.assignee) == ("open", cast.taras)


def test_an_employee_who_opens_it_again_sees_it_freed_too_f154(cast: Cast) -> None:
    ticket = closed_ticket(cast, None)
    deactivate_agent(cast.actor("olena"), cast.taras)
    change_status(cast.actor("olena"), ticket, "open")
    ticket.refresh_from_db()
    assert ticket.assignee is None
