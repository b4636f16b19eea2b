"""A team is deleted in one act, and whatever named it names another one (F161)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test import Client

from okno.channels.email.models import Mailbox
from okno.channels.web_form.models import WebForm
from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Invalid
from okno.core.models import Event
from okno.people.models import Team
from okno.people.operations.teams import change_team, create_team, delete_team
from okno.people.references import Reference, references_to
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import RuleFacts, create_rule
from okno.sla.models import Recomputation, SlaRule
from okno.sla.operations.rules import RuleFacts as SlaFacts
from okno.sla.operations.rules import create_rule as create_promise
from okno.testing.cast import Cast
from okno.tickets.conditions import Clause, Condition, Group, Mode, Operator, to_stored
from okno.tickets.models import Rating, Ticket, Watcher
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.people import add_watcher
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import new_ticket

Browsers = Callable[[str], Client]
pytestmark = pytest.mark.django_db

KNOWN = {  # memberships and turns go with the team: nobody gets the rights of another one by it
    "tickets.Ticket.team": "moved, with a line in the history of those that are not closed",
    "tickets.Ticket.solver_team": "moved",
    "tickets.Rating.team": "moved",
    "tickets.Watcher.team": "moved where the ticket is not closed",
    "routing.RoutingRule.team": "moved",
    "routing.RoutingRule_watching_teams.team": "moved",
    "email.Mailbox.team": "moved",
    "web_form.WebForm.team": "moved",
}


def asks_for(*teams: Team) -> Condition:
    return Group(Mode.ALL, (Clause("team", Operator.ANY_OF, tuple(team.pk for team in teams)),))


def named_everywhere(cast: Cast, team: Team) -> Ticket:
    """An open ticket, beside everything else that can name a team."""
    olena = cast.actor("olena")
    tickets = [new_ticket(cast) for _number in range(3)]
    for ticket in tickets[:2]:
        assign(olena, ticket, agent=cast.marek, team=team)
    change_status(SYSTEM, Ticket.objects.get(pk=tickets[1].pk), "closed")
    Ticket.objects.filter(pk=tickets[1].pk).update(solver_team=team)
    facts: dict[str, Any] = {"scale": "smiles", "score": 3, "share": 100, "level": 3, "way": "portal", "round": 1}
    Rating.objects.create(ticket=tickets[1], team=team, author_name="Marta", **facts)
    add_watcher(olena, Ticket.objects.get(pk=tickets[2].pk), team=team)
    watching = RuleFacts("Watched", asks_for(team), watching_teams=[team, cast.first_line])
    for rule in (RuleFacts("Given", target="team", team=team), watching):
        create_rule(olena, rule)
    create_promise(olena, SlaFacts("Promised", asks_for(cast.first_line, team), resolution_minutes=60))
    settings_store.change(
        olena,
        {"routing.default_assignee": f"team:{team.pk}", "routing.default_watchers": [f"team:{team.pk}"]},
    )
    Mailbox.objects.create(name="Desk", address="help@vikno.example", team=team)
    WebForm.objects.create(key="f1", name="Site", team=team)
    cast.kawa.watching_teams = [cast.first_line.pk, team.pk]
    cast.kawa.save()
    cast.marta.watching_teams = [team.pk]
    cast.marta.save()
    return Ticket.objects.get(pk=tickets[0].pk)


def test_every_column_that_keeps_a_team_is_thought_of() -> None:
    keeping = {each.label for each in references_to(Team) if on_delete(each) is not models.CASCADE}
    assert keeping <= set(KNOWN), "say in a holder what becomes of it when the team is deleted (core.uses)"


def on_delete(reference: Reference) -> object:
    remote: Any = reference.model._meta.get_field(reference.field).remote_field
    return remote.on_delete


def test_all_of_it_moves_and_is_shown_before_f161(cast: Cast, olena: Client) -> None:
    ticket = named_everywhere(cast, cast.second_line)
    gone = cast.second_line.pk
    page = olena.get(f"/manage/teams/{gone}/delete/").content.decode()
    for line in (
        "Tickets that are not closed</a>: 1",
        "Closed tickets: 1",
        "Solutions and their ratings: 2",
        "Tickets that are followed: 1",
        "Clients whose tickets are followed: Kawa i Ciasto, Marta Nowak",
        "Routing rules: Given, Watched",
        "Conditions: SLA rules: Promised, Routing rules: Watched",
        "Settings: Assignee by default, Watchers by default",
        "Mailboxes: help@vikno.example",
        "Web forms: Site",
        "2 members leave the team",
    ):
        assert line in page, line
    answer = olena.post(f"/manage/teams/{gone}/delete/", {"replacement": cast.first_line.pk}, follow=True)
    assert "The team Second line is deleted." in answer.content.decode()
    for each in references_to(Team):
        assert not each.model._base_manager.filter(**{each.field: gone}).exists(), each.label
    assert set(Ticket.objects.exclude(team=None).values_list("team", flat=True)) == {cast.first_line.pk}
    assert Ticket.objects.get(pk=ticket.pk).assignee == cast.marek
    assert Watcher.objects.get().team == cast.first_line
    given, watched = RoutingRule.objects.order_by("position")
    assert (given.team, list(watched.watching_teams.all())) == (cast.first_line, [cast.first_line])
    assert watched.condition == to_stored(asks_for(cast.first_line))
    assert SlaRule.objects.get(name="Promised").condition == to_stored(asks_for(cast.first_line))
    settings_store.forget()
    assert settings_store.SETTINGS["routing.default_assignee"]() == f"team:{cast.first_line.pk}"
    assert settings_store.SETTINGS["routing.default_watchers"]() == [f"team:{cast.first_line.pk}"]
    for client in (cast.kawa, cast.marta):
        client.refresh_from_db()
        assert client.watching_teams == [cast.first_line.pk]


def test_history_audit_and_promises_know_of_it_f161(cast: Cast, olena: Client) -> None:
    ticket = named_everywhere(cast, cast.second_line)
    Recomputation.objects.all().delete()
    olena.post(f"/manage/teams/{cast.second_line.pk}/delete/", {"replacement": cast.first_line.pk})
    history = olena.get(f"/tickets/{ticket.number}/").content.decode()
    assert "Olena Kravets deleted the team Second line, so the ticket belongs to First line now" in history
    event = Event.objects.get(kind="team.deleted")
    assert (event.data["name"], event.data["replaced_by"]) == ("Second line", "First line")
    assert event.data["moved"] == {
        "tickets": 1, "closed": 1, "solved": 2, "watched": 1, "watched_clients": 2, "routing": 2, "rules": 2,
        "settings": 2, "mailboxes": 1, "web_forms": 1,
    }  # fmt: skip
    assert Recomputation.objects.exists(), "other promises may hold for what moved"
    assert "Second line" in olena.get("/manage/audit/?area=team").content.decode()


def test_without_another_team_nothing_happens_f161(cast: Cast, olena: Client) -> None:
    named_everywhere(cast, cast.second_line)
    path = f"/manage/teams/{cast.second_line.pk}/delete/"
    refused = olena.post(path)
    assert refused.status_code == 422
    assert 'id="id_replacement_error"' in refused.content.decode()
    hidden = create_team(SYSTEM, "Hidden")
    change_team(SYSTEM, hidden, is_active=False)
    for wrong in (cast.second_line, hidden):
        assert olena.post(path, {"replacement": wrong.pk}).status_code == 422
        with pytest.raises(Invalid):
            delete_team(SYSTEM, cast.second_line, wrong)
    assert Ticket.objects.filter(team=cast.second_line).count() == 2
    assert not Event.objects.filter(kind="team.deleted").exists()


def test_a_team_that_nothing_names_goes_without_questions_f161(cast: Cast, olena: Client) -> None:
    made = create_team(SYSTEM, "Third line", [cast.marek])
    page = olena.get(f"/manage/teams/{made.pk}/delete/").content.decode()
    assert "No ticket and no rule names this team." in page
    assert "1 member leaves the team" in page
    olena.post(f"/manage/teams/{made.pk}/delete/")
    assert not Team.objects.filter(pk=made.pk).exists()
    assert olena.get(f"/manage/teams/{made.pk}/delete/").status_code == 404
    with pytest.raises(Conflict):
        delete_team(SYSTEM, made)


def test_who_may_not_manage_employees_deletes_no_team_t26(cast: Cast, as_: Browsers) -> None:
    path = f"/manage/teams/{cast.second_line.pk}/delete/"
    for name in ("taras", "marek"):
        assert as_(name).get(path).status_code == 403
        assert as_(name).post(path, {"replacement": cast.first_line.pk}).status_code == 403
    assert Team.objects.filter(pk=cast.second_line.pk).exists()


def test_who_sees_what_follows_at_once_t21(cast: Cast, as_: Browsers) -> None:
    """Marek is only of the second line; Olena's first line gets its tickets, closed ones too."""
    cast.marek.role.rights = [right for right in cast.marek.role.rights if "view" not in right]
    cast.marek.role.save()
    made = [new_ticket(cast) for _number in range(2)]
    for ticket in made:
        assign(SYSTEM, ticket, agent=cast.taras, team=cast.second_line)
    change_status(SYSTEM, Ticket.objects.get(pk=made[1].pk), "closed")
    marek = as_("marek")
    assert [marek.get(f"/tickets/{ticket.number}/").status_code for ticket in made] == [200, 200]
    delete_team(SYSTEM, cast.second_line, cast.first_line)
    assert [marek.get(f"/tickets/{ticket.number}/").status_code for ticket in made] == [404, 404]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_given_to_the_team_meanwhile_follows_it_t30(cast: Cast) -> None:
    """Somebody has just assigned a ticket to the team and not committed: the deletion waits, and takes it along."""
    ticket, ends = new_ticket(cast), []

    def delete() -> None:
        try:
            delete_team(SYSTEM, cast.second_line, cast.first_line)
            ends.append("deleted")
        finally:
            connection.close()

    thread = threading.Thread(target=delete)
    with transaction.atomic():
        assign(SYSTEM, ticket, agent=None, team=cast.second_line)
        thread.start()
        thread.join(1.0)
        assert ends == [], "it has to wait for the ticket that is on its way"
    thread.join(20)
    assert ends == ["deleted"]
    assert Ticket.objects.get(pk=ticket.pk).team == cast.first_line
    with pytest.raises(Invalid):
        assign(SYSTEM, ticket, agent=None, team=cast.second_line)
