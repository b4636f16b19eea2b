"""The status of several tickets at once, from the list."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.status import change_status
from okno.tickets.tests.lifecycles import bend
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db


@pytest.fixture
def tickets(cast: Cast) -> list[Ticket]:
    names = ("Lamp", "Printer", "Phone")
    return [
        create_ticket(cast.actor("olena"), NewTicket(name, NewMessage(text="x", contact=cast.jan), "desk"))
        for name in names
    ]


def post(cast: Cast, tickets: list[Ticket], path: str = "", **values: object) -> HttpResponse:
    browser = Client(headers={"HX-Request": "true"})
    browser.force_login(cast.olena.user)
    chosen = [str(each.number) for each in tickets]
    return browser.post(f"/tickets/status/{path}", {"chosen": chosen, **values})


def codes(tickets: list[Ticket]) -> list[str]:
    return [Ticket.objects.get(pk=each.pk).status.code for each in tickets]


def test_the_ways_in_common_are_offered(cast: Cast, tickets: list[Ticket]) -> None:
    change_status(cast.actor("olena"), tickets[0], "closed")
    page = post(cast, tickets).content.decode()
    assert 'name="to" value="open"' in page
    assert 'value="resolved"' not in page
    call = TicketType.objects.get(code="call-back")
    other = create_ticket(cast.actor("olena"), NewTicket("Call", NewMessage(text="x"), "desk", type=call))
    assert "No way is common" in post(cast, [*tickets, other]).content.decode()
    assert post(cast, []).status_code == 422


def test_a_simple_way_is_gone_at_once_and_can_be_undone(cast: Cast, tickets: list[Ticket]) -> None:
    for each in tickets:
        change_status(cast.actor("olena"), each, "open")
    done = post(cast, tickets, to="waiting").content.decode()
    assert "3 tickets changed" in done
    assert codes(tickets) == ["waiting"] * 3
    assert done.count('name="back"') == 3
    back = [f"{each.number}:open" for each in tickets]
    assert "3 tickets changed" in post(cast, [], "undo/", back=back).content.decode()
    assert codes(tickets) == ["open"] * 3


def test_what_a_way_asks_is_asked_once_for_all_and_a_solution_is_not_taken_back(
    cast: Cast, tickets: list[Ticket]
) -> None:
    asked = post(cast, tickets, to="postponed").content.decode()
    assert 'name="when"' in asked
    assert post(cast, tickets, to="postponed", go="1", when="own", until="").status_code == 422
    assert codes(tickets) == ["new"] * 3
    assert "3 tickets changed" in post(cast, tickets, to="postponed", go="1", when="tomorrow").content.decode()
    assert codes(tickets) == ["postponed"] * 3
    resolved = post(cast, tickets, to="resolved").content.decode()
    assert codes(tickets) == ["resolved"] * 3
    assert 'name="back"' not in resolved, "taking it back would count as a reopening"


def test_one_comment_for_colleagues_is_not_sent_to_clients_t20(cast: Cast, tickets: list[Ticket]) -> None:
    bend("new", "resolved", comment="required")
    assert 'name="comment_is_public" value="0"' in post(cast, tickets, to="resolved").content.decode()
    bend("new", "resolved", comment_is_public=True)
    words = {"to": "resolved", "go": "1", "comment": "He never pays"}
    page = post(cast, tickets, **words, comment_is_public="0").content.decode()
    assert "Who sees the comment was changed" in page
    assert codes(tickets) == ["new"] * 3
    assert "3 tickets changed" in post(cast, tickets, **words, comment_is_public="1").content.decode()


def test_each_ticket_is_told_by_itself(cast: Cast, tickets: list[Ticket]) -> None:
    change_status(cast.actor("olena"), tickets[1], "closed")
    back = [f"{tickets[0].number}:open", f"{tickets[1].number}:resolved", "nonsense"]
    page = post(cast, [], "undo/", back=back).content.decode()
    assert "1 ticket changed" in page
    assert "1 ticket stays as it was" in page
    assert "no way leads there" in page
    assert codes(tickets) == ["open", "closed", "new"]


def test_the_list_has_boxes_and_says_until_when_tickets_rest(cast: Cast, tickets: list[Ticket]) -> None:
    post(cast, tickets[:1], to="postponed", go="1", when="tomorrow")
    browser = Client()
    browser.force_login(cast.olena.user)
    page = browser.get("/tickets/?section=active").content.decode()
    assert page.count("data-row-check aria-label") == 3
    assert page.count(">until ") == 1
