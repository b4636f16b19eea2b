"""How many queries the hot pages ask, so that they stay few; and that what they remember obeys rights at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okno.core import remembered, settings_store
from okno.people import photos
from okno.people.models import Role, TeamMember
from okno.sla import loading
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.tickets.search import remember
from okno.workflow import lifecycles

pytestmark = pytest.mark.django_db
SESSION_AND_PERSON = 2


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    message = NewMessage(text="Since noon the printer is silent", channel="email", contact=cast.jan)
    made = create_ticket(cast.actor("olena"), NewTicket("Printer", message, "email", contact=cast.jan))
    add_answer(cast.actor("olena"), made, NewMessage(text="Try the switch"))
    remember([made.pk])
    return made


@pytest.fixture
def browser(cast: Cast) -> Callable[[str], Client]:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name).user)
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _nothing_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process remembers for a moment is not read again in the midst of a count, however slow the machine."""
    for module in (remembered, lifecycles, loading, photos, settings_store):
        monkeypatch.setattr(module, "MAX_AGE", 3600.0)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/tickets/?section=active", 2),  # the rows and the counts
        ("/tickets/?section=mine&sort=number", 2),
        ("/tickets/?q=printer", 5),
        ("/sections/", 1),
        (
            "/tickets/{number}/",
            7,
        ),  # ticket, messages, what belongs to them, events, what is around, mailboxes, counts
        ("/tickets/{number}/talk/", 4),
        ("/tickets/{number}/facts/", 2),
        ("/tickets/{number}/head/", 2),
    ],
)
def test_hot_pages_ask_few_queries(
    ticket: Ticket, browser: Callable[[str], Client], django_assert_max_num_queries: Any, path: str, most: int
) -> None:
    client = browser("olena")
    address = path.format(number=ticket.number)
    assert client.get(address).status_code == 200  # the process knows settings, statuses and priorities now
    with django_assert_max_num_queries(SESSION_AND_PERSON + most):
        assert client.get(address).status_code == 200


def test_many_rows_cost_no_more_queries(
    cast: Cast, ticket: Ticket, browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        create_ticket(
            cast.actor("olena"), NewTicket(f"More {number}", NewMessage(text="x"), "desk", assignee=cast.marek)
        )
    client = browser("olena")
    client.get("/tickets/?section=active")
    with django_assert_max_num_queries(SESSION_AND_PERSON + 2):
        page = client.get("/tickets/?section=active").content.decode()
    assert page.count("data-row ") == 50


def test_a_right_that_is_taken_away_is_gone_at_the_next_request_t21(
    cast: Cast, ticket: Ticket, browser: Callable[[str], Client]
) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.olena, created_by_agent=None)
    client = browser("taras")
    row = f'id="row-{ticket.number}"'
    paths = ["/tickets/?section=active", "/tickets/?q=printer"]
    assert all(row in client.get(path).content.decode() for path in paths)
    assert client.get(f"/tickets/{ticket.number}/").status_code == 200
    role = Role.objects.get(pk=cast.taras.role_id)
    role.rights = [right for right in role.rights if right != "tickets.view_all"]
    role.save()
    assert not any(row in client.get(path).content.decode() for path in paths)
    assert client.get(f"/tickets/{ticket.number}/").status_code == 404
    role.rights = [*role.rights, "tickets.view_all"]
    role.save()
    assert all(row in client.get(path).content.decode() for path in paths)


def test_a_place_in_a_team_counts_from_the_next_request_on_t21(
    cast: Cast, ticket: Ticket, browser: Callable[[str], Client]
) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(assignee=None, team=cast.first_line, created_by_agent=None)
    TeamMember.objects.filter(agent=cast.marek, team=cast.first_line).delete()
    client = browser("marek")
    row = f'id="row-{ticket.number}"'
    assert row not in client.get("/tickets/?section=active").content.decode()
    TeamMember.objects.create(agent=cast.marek, team=cast.first_line)
    for section in ("active", "my_teams"):
        assert row in client.get(f"/tickets/?section={section}").content.decode()
    TeamMember.objects.filter(agent=cast.marek, team=cast.first_line).delete()
    assert row not in client.get("/tickets/?section=active").content.decode()
    assert client.get(f"/tickets/{ticket.number}/").status_code == 404


def test_a_deactivated_agent_has_no_desk_at_the_next_request_t14(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    client = browser("marek")
    assert client.get("/tickets/").status_code == 200
    cast.marek.is_active = False
    cast.marek.save()
    assert client.get("/tickets/").status_code == 404
    cast.marek.user.is_active = False
    cast.marek.user.save()
    assert client.get("/tickets/").status_code == 302


def test_changed_names_are_drawn_anew(cast: Cast, ticket: Ticket, browser: Callable[[str], Client]) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.marek)
    client = browser("olena")
    assert cast.marek.name in client.get("/tickets/?section=active").content.decode()
    cast.marek.name = "Marek <b>Nowy</b>"
    cast.marek.save()
    page = client.get("/tickets/?section=active").content.decode()
    assert "Marek &lt;b&gt;Nowy&lt;/b&gt;" in page
    assert "<b>Nowy" not in page
