"""Employees and teams: who comes in, who stays out, and that somebody always remains."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.core import files
from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Fault, Invalid
from okno.core.models import Event
from okno.people.models import Agent, Company, Role, Team
from okno.people.operations.agents import AgentFacts, change_agent, deactivate_agent
from okno.people.operations.teams import change_team
from okno.testing.cast import PASSWORD, Cast, agent
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.status import change_status

Browsers = Callable[[str], Client]


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def form(name: str, address: str, code: str, *teams: Team, **more: str) -> dict[str, object]:
    return {"name": name, "address": address, "role": role(code).pk, "teams": [team.pk for team in teams], **more}


@pytest.mark.django_db
def test_an_employee_is_added_and_signs_in_with_the_password_that_is_shown_once(cast: Cast, olena: Client) -> None:
    values = form("Ivan Bilyk", "Ivan@Vikno.example", "specialist", cast.second_line, first="password")
    answer = olena.post("/manage/employees/new/", values)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    password = re.findall(r"data-secret>([^<]+)<", answer.content.decode())[0]
    made = Agent.objects.get(user__email="ivan@vikno.example")
    assert [team.name for team in made.teams.all()] == ["Second line"]
    assert password not in str(list(Event.objects.values_list("data", flat=True)))
    assert password not in olena.get(f"/manage/employees/{made.pk}/").content.decode()
    browser = Client()
    browser.post("/account/login/", {"login": "ivan@vikno.example", "password": password})
    assert browser.get("/tickets/").status_code == 200


@pytest.mark.django_db
def test_an_employee_is_invited_by_a_letter_below_the_configured_address_t27(
    cast: Cast, olena: Client, settings: object
) -> None:
    values = form("Ivan Bilyk", "ivan@vikno.example", "specialist", first="letter")
    answer = olena.post("/manage/employees/new/", values)
    assert answer.status_code == 422
    assert "No mailbox can send a letter yet" in answer.content.decode()
    assert not Agent.objects.filter(name="Ivan Bilyk").exists()
    Mailbox.objects.create(name="Vikno", address="help@vikno.example", is_default=True)
    assert olena.post("/manage/employees/new/", values, headers={"host": "evil.example"}).status_code == 303
    letter = OutgoingLetter.objects.get(kind="account")
    raw = files.read(letter.raw).decode()
    assert letter.recipient == "ivan@vikno.example"
    assert "evil.example" not in raw
    path = re.findall(r"http://127\.0\.0\.1:8000(/account/password/reset/key/[^\s=]+(?:=\r\n[^\s]+)?)", raw)[
        0
    ].replace("=\r\n", "")
    browser = Client()
    page = browser.get(path, follow=True)
    assert "Choose a password" in page.content.decode()
    chosen = "several words in a row 9"
    target = page.request["PATH_INFO"]
    browser.post(target, {"password1": chosen, "password2": chosen}, follow=True)
    browser.post("/account/login/", {"login": "ivan@vikno.example", "password": chosen})
    assert browser.get("/tickets/").status_code == 200
    assert "This link does not work any more" in Client().get(path, follow=True).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"address": "nobody"}, "address"),
        ({"address": "taras@vikno.example"}, "address"),
        ({"role": "999999"}, "role"),
        ({"teams": ["999999"]}, "teams"),
    ],
)
def test_mistakes_are_said_at_the_field(change: dict[str, object], field: str, cast: Cast, olena: Client) -> None:
    values = form("Ivan Bilyk", "ivan@vikno.example", "specialist", cast.first_line) | change
    answer = olena.post("/manage/employees/new/", values)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Agent.objects.count() == 3


def ticket_of(cast: Cast, owner: Agent) -> object:
    new = NewTicket(subject="Printer", message=NewMessage(text="x"), channel="email", contact=cast.jan)
    ticket = create_ticket(SYSTEM, new)
    return assign(SYSTEM, ticket, agent=owner, team=None)


@pytest.mark.django_db
def test_whoever_answers_for_open_tickets_cannot_be_deactivated_f154(cast: Cast, olena: Client) -> None:
    tickets = [ticket_of(cast, cast.marek) for _number in range(2)]
    answer = olena.post(f"/manage/employees/{cast.marek.pk}/deactivate/", follow=True)
    page = answer.content.decode()
    assert "Marek Lis answers for tickets that are not closed: 2." in page
    assert f"assignee={cast.marek.pk}" in page
    cast.marek.refresh_from_db()
    assert cast.marek.is_active
    change_status(SYSTEM, tickets[0], "closed")
    assign(SYSTEM, tickets[1], agent=cast.taras, team=None)
    olena.post(f"/manage/employees/{cast.marek.pk}/deactivate/")
    cast.marek.refresh_from_db()
    assert not cast.marek.is_active
    with pytest.raises(Invalid):
        assign(SYSTEM, tickets[1], agent=cast.marek, team=None)


@pytest.mark.django_db
def test_all_of_it_is_handed_over_in_one_step_f154(cast: Cast, olena: Client) -> None:
    tickets = [ticket_of(cast, cast.marek) for _number in range(3)]
    change_status(SYSTEM, tickets[0], "closed")
    Company.objects.filter(pk=cast.kawa.pk).update(responsible=cast.marek)
    path = f"/manage/employees/{cast.marek.pk}/deactivate/"
    page = olena.get(path).content.decode()
    assert "Tickets that are not closed</a>: 2" in page
    assert "Clients whose manager this is: Kawa i Ciasto" in page
    assert olena.post(path, {"heir": cast.marek.pk}).status_code == 422
    assert olena.post(path, {"heir": cast.taras.pk}).status_code == 303
    owners = [Ticket.objects.get(pk=ticket.pk).assignee for ticket in tickets]
    assert owners == [cast.marek, cast.taras, cast.taras]
    cast.kawa.refresh_from_db()
    assert cast.kawa.responsible == cast.taras
    cast.marek.refresh_from_db()
    assert not cast.marek.is_active
    event = Event.objects.get(kind="agent.deactivated")
    assert event.data["passed"] == {"clients": 1, "tickets": 2}
    history = olena.get(f"/tickets/{tickets[1].number}/").content.decode()
    assert "Olena Kravets handed all tickets of Marek Lis over to Taras Vovk" in history


@pytest.mark.django_db
def test_nothing_passes_when_the_deactivation_is_refused(cast: Cast) -> None:
    ticket = ticket_of(cast, cast.olena)
    with pytest.raises(Conflict, match="last administrator"):
        deactivate_agent(SYSTEM, cast.olena, heir=cast.taras)
    cast.taras.is_active = False
    cast.taras.save()
    second = ticket_of(cast, cast.marek)
    with pytest.raises(Invalid):
        deactivate_agent(SYSTEM, cast.marek, heir=cast.taras)
    assert Ticket.objects.get(pk=ticket.pk).assignee == cast.olena
    assert Ticket.objects.get(pk=second.pk).assignee == cast.marek


@pytest.mark.django_db
def test_a_deactivated_employee_is_out_at_once_and_comes_in_again(cast: Cast, olena: Client, as_: Browsers) -> None:
    marek = as_("marek")
    assert marek.get("/tickets/").status_code == 200
    olena.post(f"/manage/employees/{cast.marek.pk}/deactivate/")
    assert marek.get("/tickets/").status_code == 302
    assert marek.get("/account/profile/").status_code == 302
    browser = Client()
    answer = browser.post("/account/login/", {"login": "marek@vikno.example", "password": PASSWORD})
    assert answer["Location"] == "/account/inactive/"
    assert browser.get("/tickets/").status_code == 302
    olena.post(f"/manage/employees/{cast.marek.pk}/reactivate/")
    assert marek.get("/tickets/").status_code == 302, "an old session must not come to life again"
    browser.post("/account/login/", {"login": "marek@vikno.example", "password": PASSWORD})
    assert browser.get("/tickets/").status_code == 200


@pytest.mark.django_db
def test_the_last_administrator_can_neither_leave_nor_be_demoted(cast: Cast, olena: Client) -> None:
    answer = olena.post(f"/manage/employees/{cast.olena.pk}/deactivate/", follow=True)
    assert "Olena Kravets is the last administrator" in answer.content.decode()
    values = form("Olena Kravets", "olena@vikno.example", "specialist")
    answer = olena.post(f"/manage/employees/{cast.olena.pk}/", values)
    assert answer.status_code == 422
    assert 'id="id_role_error"' in answer.content.decode()
    second = agent("Second", "second@vikno.example", "administrator")
    assert olena.post(f"/manage/employees/{cast.olena.pk}/", values).status_code == 303
    assert olena.get("/manage/").status_code == 403
    with pytest.raises(Conflict):
        deactivate_agent(SYSTEM, second)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_administrators_cannot_both_leave_at_the_same_moment(transactional_db: None) -> None:
    for code, name in (("administrator", "Administrator"),):
        Role.objects.get_or_create(code=code, defaults={"name": name, "rights": ["agents.manage"]})
    pair = [agent(f"Admin {number}", f"admin{number}@vikno.example", "administrator") for number in range(2)]
    together, outcomes = threading.Barrier(2), []

    def leave(which: Agent) -> None:
        together.wait(10)
        try:
            deactivate_agent(SYSTEM, which)
            outcomes.append("left")
        except Fault as fault:
            outcomes.append(fault.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=(each,)) for each in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["last_administrator", "left"]
    assert Agent.objects.filter(is_active=True).count() == 1


@pytest.mark.django_db
def test_a_new_role_or_password_ends_the_sessions_t25(cast: Cast, olena: Client, as_: Browsers) -> None:
    taras = as_("taras")
    assert taras.get("/tickets/").status_code == 200
    olena.post(f"/manage/employees/{cast.taras.pk}/", form("Taras Vovk", "taras@vikno.example", "specialist"))
    assert taras.get("/tickets/").status_code == 302
    taras = as_("taras")
    cast.taras.user.refresh_from_db()
    taras.force_login(cast.taras.user)
    answer = olena.post(f"/manage/employees/{cast.taras.pk}/password/")
    password = re.findall(r"data-secret>([^<]+)<", answer.content.decode())[0]
    assert taras.get("/tickets/").status_code == 302
    cast.taras.user.refresh_from_db()
    assert cast.taras.user.check_password(password)
    assert not cast.taras.user.check_password(PASSWORD)
    cast.marek.user.refresh_from_db()
    marek = as_("marek")
    olena.post(f"/manage/employees/{cast.marek.pk}/sign-out/")
    assert marek.get("/tickets/").status_code == 302


@pytest.mark.django_db
def test_an_old_address_lets_nobody_in(cast: Cast, olena: Client) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=cast.marek.user, email="marek@vikno.example", verified=True, primary=True)
    olena.post(f"/manage/employees/{cast.marek.pk}/", form("Marek Lis", "lis@vikno.example", "specialist"))
    browser = Client()
    browser.post("/account/login/", {"login": "marek@vikno.example", "password": PASSWORD})
    assert browser.get("/tickets/").status_code == 302
    browser.post("/account/login/", {"login": "lis@vikno.example", "password": PASSWORD})
    assert browser.get("/tickets/").status_code == 200


@pytest.mark.django_db
def test_what_changed_is_told(cast: Cast) -> None:
    facts = AgentFacts("Marek Lis", "marek@vikno.example", role("lead"), [cast.first_line])
    change_agent(cast.actor("olena"), cast.marek, facts)
    event = Event.objects.get(kind="agent.changed")
    assert event.data == {"fields": ["role", "teams"], "role": {"before": "specialist", "after": "lead"}}
    assert event.actor_name == "Olena Kravets"


@pytest.mark.django_db
def test_teams_are_made_renamed_filled_hidden_and_ordered(cast: Cast, olena: Client) -> None:
    assert (
        olena.post("/manage/teams/new/", {"name": " Night  shift ", "members": [cast.marek.pk]}).status_code == 303
    )
    night = Team.objects.get(name="Night shift")
    assert [each.name for each in night.agents.all()] == ["Marek Lis"]
    for name in ("", "first LINE", "x" * 81):
        answer = olena.post("/manage/teams/new/", {"name": name})
        assert answer.status_code == 422
        assert 'id="id_name_error"' in answer.content.decode()
    olena.post(f"/manage/teams/{night.pk}/", {"name": "Nights", "members": [cast.taras.pk, cast.olena.pk]})
    night.refresh_from_db()
    assert night.name == "Nights"
    assert {each.name for each in night.agents.all()} == {"Taras Vovk", "Olena Kravets"}
    olena.post(f"/manage/teams/{night.pk}/move/", {"direction": "up"})
    assert list(Team.objects.values_list("name", flat=True)) == ["First line", "Nights", "Second line"]
    olena.post(f"/manage/teams/{night.pk}/switch/", {"active": ""})
    night.refresh_from_db()
    assert not night.is_active
    with pytest.raises(Invalid):
        change_team(cast.actor("olena"), night, name="Second line")
    kinds = set(Event.objects.filter(object_kind="team").values_list("kind", flat=True))
    assert kinds == {"team.created", "team.changed"}


@pytest.mark.django_db
def test_roles_are_shown_with_their_rights(cast: Cast, olena: Client) -> None:
    page = olena.get("/manage/roles/").content.decode()
    assert "Lead specialist" in page
    assert "Answer clients" in page


@pytest.mark.django_db
def test_a_team_is_made_a_queue_on_its_page(cast: Cast, olena: Client) -> None:
    path = f"/manage/teams/{cast.second_line.pk}/"
    facts = {
        "name": "Second line",
        "description": "Servers",
        "members": [cast.marek.pk],
        "notified": [cast.olena.pk],
        "assignment": "least_load",
        "most_per_agent": "3",
        "first_answer": "no",
        "hides_owned": "on",
    }
    assert olena.post(path, facts).status_code == 303
    team = Team.objects.get(pk=cast.second_line.pk)
    assert (team.assignment, team.most_per_agent, team.first_answer, team.hides_owned) == (
        "least_load",
        3,
        "no",
        True,
    )
    assert (team.description, list(team.notified.all())) == ("Servers", [cast.olena])
    page = olena.get("/manage/teams/").content.decode()
    assert "to the one with the fewest open tickets" in page
    for wrong in (
        {"assignment": "by_dice"},
        {"most_per_agent": "0"},
        {"most_per_agent": "10001"},
        {"first_answer": "x"},
    ):
        assert olena.post(path, facts | wrong).status_code == 422
