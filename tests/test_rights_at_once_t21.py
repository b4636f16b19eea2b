"""A right, a role, a team that changes holds from the next request on: list, counters, search, ticket, API (T21, T25)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from okno.account.backend import PersonBackend, actor_of
from okno.api.operations.tokens import create_token
from okno.config.hearing import Hearing
from okno.core import drains
from okno.core.actor import SYSTEM
from okno.core.live import Change
from okno.people.models import Affiliation, Agent, Contact, Role, Supervision
from okno.people.operations.agents import AgentFacts, change_agent, deactivate_agent, reactivate_agent
from okno.people.operations.contacts import ContactFacts, change_contact
from okno.people.operations.portal_access import give_access, revoke_access, set_levels
from okno.people.operations.roles import change_role, create_role
from okno.people.operations.teams import QueueFacts, change_team
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign, claim
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.editing import change_type
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.people import add_participant, add_watcher, remove_participant, remove_watcher
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db
SUBJECT = "Kanarienvogel in the till"


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """A ticket of the first line."""
    new = NewTicket(
        subject=SUBJECT,
        message=NewMessage(text="It sings"),
        channel="desk",
        assignee=cast.taras,
        team=cast.first_line,
    )
    made = create_ticket(SYSTEM, new)
    drains.run_until_empty("events")
    return made


class Marek:
    """Marek's browser and token, signed in before anything changes."""

    def __init__(self, agent: Agent) -> None:
        self.browser = Client()
        self.browser.force_login(agent.user)
        scopes = ["tickets:read", "tickets:write"]
        _token, secret = create_token(agent.as_actor(), agent, name="test", scopes=scopes)
        self.bearer = {"Authorization": f"Bearer {secret}"}

    def sees(self, ticket: Ticket) -> set[str]:
        """By which of all ways the ticket is in sight now."""
        get = self.browser.get
        listed = get(reverse("desk:tickets"), {"section": "active"}).content.decode()
        found = get(reverse("desk:tickets"), {"q": "kanarienvogel"}).content.decode()
        counts = get(reverse("desk:sections")).content.decode()
        api = get("/api/v1/tickets", headers=self.bearer)
        one = get(f"/api/v1/tickets/{ticket.number}", headers=self.bearer)
        ways = {
            "list": SUBJECT in listed,
            "search": SUBJECT in found,
            "page": get(reverse("desk:ticket", args=[ticket.number])).status_code == 200,
            "counters": "nav-total" in counts,
            "api list": api.status_code == 200 and len(api.json()["items"]) == 1,
            "api": one.status_code == 200,
        }
        return {way for way, there in ways.items() if there}


EVERY_WAY = {"list", "search", "page", "counters", "api list", "api"}


def facts(agent: Agent, code: str) -> AgentFacts:
    return AgentFacts(agent.name, agent.user.email, Role.objects.get(code=code), list(agent.teams.all()))


def by_rights(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    role = create_role(SYSTEM, "All eyes", ["tickets.view_all", "tickets.answer"])
    Agent.objects.filter(pk=cast.marek.pk).update(role=role)
    return lambda: change_role(SYSTEM, role, "All eyes", ["tickets.answer"])


def by_reach(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    role = create_role(SYSTEM, "By type", [f"tickets.view:all@{ticket.type.code}"])
    Agent.objects.filter(pk=cast.marek.pk).update(role=role)
    return lambda: change_role(SYSTEM, role, "By type", [f"tickets.view:own@{ticket.type.code}"])


def by_team(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    change_team(SYSTEM, cast.first_line, members=[cast.marek, cast.taras])
    return lambda: change_team(SYSTEM, cast.first_line, members=[cast.taras])


def by_watching(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    watcher = add_watcher(SYSTEM, ticket, agent=cast.marek)
    return lambda: remove_watcher(SYSTEM, ticket, watcher)


@pytest.mark.parametrize("begin", [by_rights, by_reach, by_team, by_watching])
def test_what_is_taken_away_is_gone_at_the_next_request_t21(
    cast: Cast, ticket: Ticket, begin: Callable[[Cast, Ticket], Callable[[], object]]
) -> None:
    take_away = begin(cast, ticket)
    marek = Marek(Agent.objects.get(pk=cast.marek.pk))
    assert marek.sees(ticket) == EVERY_WAY
    take_away()
    assert marek.sees(ticket) == set()


def test_another_role_ends_the_sessions_and_narrows_the_tokens_t25(cast: Cast, ticket: Ticket) -> None:
    Agent.objects.filter(pk=cast.marek.pk).update(role=Role.objects.get(code="lead"))
    marek = Marek(Agent.objects.get(pk=cast.marek.pk))
    assert marek.sees(ticket) == EVERY_WAY
    change_agent(SYSTEM, Agent.objects.get(pk=cast.marek.pk), facts(cast.marek, "specialist"))
    assert marek.browser.get(reverse("desk:tickets")).status_code == 302
    assert marek.sees(ticket) == set()


def test_who_is_deactivated_is_out_at_once_with_all_tokens_f153(cast: Cast, ticket: Ticket) -> None:
    add_watcher(SYSTEM, ticket, agent=cast.marek)
    marek = Marek(cast.marek)
    assert marek.sees(ticket) == EVERY_WAY
    deactivate_agent(SYSTEM, cast.marek)
    assert marek.sees(ticket) == set()
    assert marek.browser.get("/api/v1/me", headers=marek.bearer).status_code == 401
    assert marek.browser.get(reverse("desk:tickets")).status_code == 302
    reactivate_agent(SYSTEM, cast.marek)
    assert marek.browser.get(reverse("desk:tickets")).status_code == 302, "sessions of before stay ended"
    assert Marek(Agent.objects.get(pk=cast.marek.pk)).sees(ticket) == EVERY_WAY


def test_a_verb_that_is_taken_away_is_refused_at_the_next_request(cast: Cast, ticket: Ticket) -> None:
    role = create_role(SYSTEM, "Writers", ["tickets.view_all", "tickets.note"])
    Agent.objects.filter(pk=cast.marek.pk).update(role=role)
    marek = Marek(Agent.objects.get(pk=cast.marek.pk))
    path = f"/api/v1/tickets/{ticket.number}/notes"
    body = {"html": "<p>A note</p>"}
    first = marek.browser.post(path, body, content_type="application/json", headers=marek.bearer)
    assert first.status_code == 201, first.content
    change_role(SYSTEM, role, "Writers", ["tickets.view_all", "tickets.note:own"])
    second = marek.browser.post(path, body, content_type="application/json", headers=marek.bearer)
    assert second.status_code == 403
    assert "own tickets only" in second.json()["error"]["message"]


def test_what_a_colleague_takes_leaves_every_list_of_the_team_f205_t21(cast: Cast, ticket: Ticket) -> None:
    """The lock of OTRS: visible to the whole team while nobody has it, then to its owner and to leads alone."""
    change_team(SYSTEM, cast.second_line, queue=QueueFacts(hides_owned=True))
    assign(SYSTEM, ticket, agent=None, team=cast.second_line)
    marek, change = Marek(cast.marek), Change(f"ticket:{ticket.pk}")
    assert marek.sees(ticket) == EVERY_WAY
    assert Hearing().topics(cast.actor("marek"), [change])
    claim(cast.actor("taras"), Ticket.objects.get(pk=ticket.pk))
    assert marek.sees(ticket) == set()
    assert not Hearing().topics(cast.actor("marek"), [change])
    assert Hearing().topics(cast.actor("taras"), [change])
    closing = reverse("desk:ticket-status", args=[ticket.number])
    assert marek.browser.post(closing, {"status": "closed"}).status_code == 404
    change_team(SYSTEM, cast.second_line, queue=QueueFacts(hides_owned=False))
    assert marek.sees(ticket) == EVERY_WAY


class Colleague:
    """Piotr's browser, signed in before anything changes; the ticket is Marta's."""

    def __init__(self, piotr: Contact) -> None:
        user = give_access(SYSTEM, piotr).user
        assert user is not None
        self.user = user
        self.browser = Client()
        self.browser.force_login(user)

    def sees(self, ticket: Ticket) -> set[str]:
        """By which of all ways of the portal the ticket is in sight now."""
        get = self.browser.get
        user = PersonBackend().get_user(self.user.pk)
        actor = actor_of(user) if user is not None else None
        ways = {
            "list": SUBJECT in get(reverse("portal:requests")).content.decode(),
            "search": SUBJECT in get(reverse("portal:requests"), {"q": "kanarienvogel"}).content.decode(),
            "page": get(reverse("portal:request", args=[ticket.number])).status_code == 200,
            "talk": get(reverse("portal:request-talk", args=[ticket.number])).status_code == 200,
            "live": actor is not None and bool(Hearing().topics(actor, [Change(f"ticket:{ticket.pk}")])),
        }
        return {way for way, there in ways.items() if there}


PORTAL_WAYS = {"list", "search", "page", "talk", "live"}


def by_level(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    set_levels(SYSTEM, cast.piotr, {cast.kawa.pk: {"company"}})
    return lambda: set_levels(SYSTEM, cast.piotr, {cast.kawa.pk: set()})


def by_supervision(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    Affiliation.objects.filter(contact=cast.piotr).update(company=cast.nordwind)
    Supervision.objects.create(supervisor=cast.nordwind, supervised=cast.kawa)
    set_levels(SYSTEM, cast.piotr, {cast.nordwind.pk: {"supervised"}})
    return lambda: Supervision.objects.all().delete()


def by_leaving_the_company(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    set_levels(SYSTEM, cast.piotr, {cast.kawa.pk: {"company"}})
    return lambda: change_contact(SYSTEM, cast.piotr, ContactFacts(companies=[]))


def by_taking_part(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    participant = add_participant(SYSTEM, ticket, "piotr@kawa.example")
    return lambda: remove_participant(SYSTEM, ticket, participant)


def by_type_of_ticket(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    set_levels(SYSTEM, cast.piotr, {cast.kawa.pk: {"company"}})
    return lambda: change_type(SYSTEM, ticket, TicketType.objects.get(code="task"))


def by_access(cast: Cast, ticket: Ticket) -> Callable[[], object]:
    set_levels(SYSTEM, cast.piotr, {cast.kawa.pk: {"company"}})
    return lambda: revoke_access(SYSTEM, cast.piotr)


@pytest.mark.parametrize(
    "begin", [by_level, by_supervision, by_leaving_the_company, by_taking_part, by_type_of_ticket, by_access]
)
def test_what_is_taken_away_from_a_client_is_gone_at_the_next_request_t21(
    cast: Cast, begin: Callable[[Cast, Ticket], Callable[[], object]]
) -> None:
    message = NewMessage(text="It sings", contact=cast.marta)
    ticket = create_ticket(
        SYSTEM, NewTicket(subject=SUBJECT, message=message, channel="portal", contact=cast.marta)
    )
    drains.run_until_empty("events")
    piotr = Colleague(cast.piotr)
    assert piotr.sees(ticket) == set()
    take_away = begin(cast, ticket)
    assert piotr.sees(ticket) == PORTAL_WAYS
    take_away()
    assert piotr.sees(ticket) == set()
