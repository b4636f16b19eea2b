"""The explanation's verdict is the queryset's, for anybody and any ticket, over random worlds (T14, T21)."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Forbidden
from okno.people.models import Agent, Contact, Role, Team, TeamMember
from okno.people.rules import Grant, Level, reach_of
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.explaining import explain
from okno.tickets.models import Participant, Ticket, Watcher
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.editing import change_type
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import new_ticket
from okno.tickets.transitions import allowed_transitions
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db
ACTS = ("answer", "note", "assign", "status", "edit")
TYPES = ("incident", "task", "question")


def furnish(cast: Cast, chance: random.Random) -> list[Ticket]:
    """Tickets of which everything that the rule asks for was drawn by lot."""
    agents: list[Agent | None] = [None, cast.olena, cast.taras, cast.marek]
    teams: list[Team | None] = [None, cast.first_line, cast.second_line]
    contacts = [cast.marta, cast.piotr, cast.jan]
    types = list(TicketType.objects.filter(code__in=TYPES))
    for _each in range(14):
        ticket = new_ticket(cast)
        kind = chance.choice(types)
        Ticket.objects.filter(pk=ticket.pk).update(
            assignee=chance.choice(agents), team=chance.choice(teams), created_by_agent=chance.choice(agents),
            agent_contact=chance.choice([None, None, *agents]), type=kind, is_internal=kind.is_internal,
        )  # fmt: skip
        for number in range(chance.randrange(4)):
            Participant.objects.create(
                ticket=ticket, address=f"{number}@x.example", contact=chance.choice([None, *contacts]),
                is_confirmed=chance.random() < 0.6, is_proven=chance.random() < 0.6,
            )  # fmt: skip
        if chance.random() < 0.3:
            Watcher.objects.create(ticket=ticket, agent=chance.choice(agents[1:]))
        if chance.random() < 0.3:
            Watcher.objects.create(ticket=ticket, team=chance.choice(teams[1:]))
    return list(Ticket.objects.select_related("type", "status"))


def any_rights(chance: random.Random) -> list[str]:
    """Rights of tickets as a matrix may hold them."""
    rights = ["tickets.view_all"] if chance.random() < 0.15 else []
    for right in ("tickets.view", *(f"tickets.{verb}" for verb in ACTS)):
        if chance.random() < 0.7:
            rights.append(str(Grant(right, chance.choice(list(Level)))))
        rights += [str(Grant(right, chance.choice(list(Level)), code)) for code in TYPES if chance.random() < 0.3]
    return rights


def everybody(cast: Cast, chance: random.Random) -> list[Actor]:
    """Employees in random roles, some through a token, and contacts."""
    role = Role.objects.create(code=f"drawn-{chance.random()}", name="Drawn", rights=any_rights(chance))
    cast.marek.role = role
    cast.marek.save()
    if chance.random() < 0.5:
        TeamMember.objects.filter(agent=cast.marek).delete()
    marek = cast.actor("marek")
    token = replace(marek, limits=frozenset({"tickets.answer", "tickets.status"}))
    people: list[Agent | Contact] = [cast.olena, cast.taras, cast.marta, cast.piotr, cast.jan, cast.anna]
    return [marek, token, *(person.as_actor() for person in people), SYSTEM]


@pytest.mark.parametrize("seed", range(12))
def test_the_explanation_says_what_the_queryset_does(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    tickets = furnish(cast, chance)
    verdicts = set()
    for actor in everybody(cast, chance):
        seen = set(access.visible_to(actor).values_list("pk", flat=True))
        opened = {verb: set(access.open_to(actor, verb).values_list("pk", flat=True)) for verb in ACTS}
        for ticket in tickets:
            told = explain(actor, ticket)
            assert told.sees is (ticket.pk in seen), (actor, vars(ticket))
            assert bool(access.may(actor, "view", ticket)) is told.sees
            for act in told.acts:
                if act.name in opened:
                    assert act.holds is (ticket.pk in opened[act.name]), (actor, act)
                    assert act.holds is bool(access.may(actor, act.name, ticket))
                    verdicts.add((act.name, act.holds))
            verdicts.add(("view", told.sees))
    assert {("view", True), ("view", False)} <= verdicts


def by_hand(actor: Actor, ticket: Ticket, level: Level) -> bool:
    """The rule once more, written over values and not over columns."""
    own = actor.id in {ticket.assignee_id, ticket.created_by_agent_id, ticket.agent_contact_id}
    teams = ticket.team_id in actor.teams or (ticket.assignee_id is None and ticket.team_id is None)
    return level is Level.ALL or (level >= Level.OWN and own) or (level >= Level.TEAM and teams)


@pytest.mark.parametrize("seed", range(6))
def test_the_rule_is_what_the_words_of_the_rights_say(cast: Cast, seed: int) -> None:
    chance = random.Random(100 + seed)
    tickets = furnish(cast, chance)
    marek = everybody(cast, chance)[0]
    sees_all = "tickets.view_all" in marek.rights
    for ticket in tickets:
        level = (
            Level.ALL
            if sees_all
            else reach_of(marek.rights, "tickets.view", usual=Level.TEAM).in_type(ticket.type.code)
        )
        watched = Watcher.objects.filter(ticket=ticket)
        watches = level >= Level.OWN and watched.filter(agent=marek.id).exists()
        watches |= level >= Level.TEAM and watched.filter(team__in=marek.teams).exists()
        sees = by_hand(marek, ticket, level) or watches
        assert bool(access.may(marek, "view", ticket)) is sees
        for verb in ACTS:
            reach = reach_of(marek.rights, f"tickets.{verb}").in_type(ticket.type.code)
            assert bool(access.may(marek, verb, ticket)) is (sees and by_hand(marek, ticket, reach)), verb


def in_role(cast: Cast, *rights: str) -> Actor:
    """Marek in a role of these rights."""
    cast.marek.role = Role.objects.create(code="-".join(rights)[:40], name="Of tests", rights=list(rights))
    cast.marek.save()
    return cast.actor("marek")


def test_no_type_of_ticket_is_a_way_around_the_role_t22_t26(cast: Cast) -> None:
    marek = in_role(cast, "tickets.create", "tickets.create:none@task", "tickets.edit", "tickets.edit:none@task",
                    "tickets.assign:none@question", "tickets.assign")  # fmt: skip
    task, question = (TicketType.objects.get(code=code) for code in ("task", "question"))
    with pytest.raises(Forbidden):
        new_ticket(cast, "marek", type=task)
    with pytest.raises(Forbidden):
        new_ticket(cast, "marek", type=question, assignee=cast.marek)
    ticket = new_ticket(cast, "marek", type=question)
    with pytest.raises(Forbidden):
        change_type(marek, ticket, task)
    ticket.refresh_from_db()
    assert ticket.type == question
    with pytest.raises(Forbidden):
        assign(marek, ticket, agent=cast.marek, team=None)


def test_a_right_in_ones_own_tickets_ends_with_them(cast: Cast) -> None:
    marek = in_role(cast, "tickets.view_all", "tickets.status:own", "tickets.answer:team")
    ticket = new_ticket(cast)
    assign(SYSTEM, ticket, agent=cast.marek, team=cast.first_line)
    assert access.may(marek, "status", ticket)
    assign(SYSTEM, ticket, agent=cast.taras, team=cast.second_line)
    ticket.refresh_from_db()
    refused = access.may(marek, "status", ticket)
    assert not refused
    assert "own tickets only" in refused.reason
    assert access.may(marek, "answer", ticket)
    with pytest.raises(Forbidden, match="own tickets only"):
        change_status(marek, ticket, "closed")
    assert all(not choice.allowed for choice in allowed_transitions(marek, ticket))
