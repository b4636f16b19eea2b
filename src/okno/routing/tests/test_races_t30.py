"""T30: fifty at once on one ticket that nobody has, and on one queue. One owner, one letter, nothing lost."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test import Client

from okno.channels.email.models import Mailbox
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.core.faults import Conflict
from okno.core.http.once import new_key
from okno.core.models import Delivery
from okno.people.models import Contact, Team, TeamMember
from okno.people.operations.agents import deactivate_agent
from okno.people.operations.teams import QueueFacts, change_team, delete_team
from okno.routing.operations.giving_out import give_out_waiting
from okno.routing.tests.test_new_tickets import by_mail
from okno.testing.cast import Cast, agent
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign, claim
from okno.tickets.operations.change import lock
from okno.tickets.operations.people import add_watcher
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import new_ticket, told
from okno.tickets.tests.test_races_t30 import all_at_once, check_history

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_fifty_claim_assign_close_and_answer_t30(cast: Cast) -> None:
    Mailbox.objects.create(name="Desk", address="help@vikno.example", smtp_host="127.0.0.1", smtp_port=9)
    ticket = new_ticket(cast)
    version, seen = ticket.version, ticket.messages.get().pk
    people = [agent(f"A{n}", f"a{n}@vikno.example", "lead", password=None) for n in range(10)]
    browser, key = Client(), new_key()
    browser.force_login(cast.taras.user)
    form = {"html": "<p>Once</p>", "once": key, "last_seen": str(seen)}

    def answer() -> object:
        alone = Client()
        alone.cookies = browser.cookies
        return alone.post(f"/tickets/{ticket.number}/answer/", form)

    acts: list[tuple[str, Callable[[], object]]] = []
    for place in range(10):
        actor = people[place].as_actor()
        acts += [
            ("claim", lambda actor=actor: claim(actor, ticket)),
            (
                "stale",
                lambda actor=actor: assign(
                    actor, ticket, agent=cast.olena, team=None, expected_version=version - 1
                ),
            ),
            ("close", lambda actor=actor: change_status(actor, ticket, "closed")),
            ("answer", answer),
            ("answer", answer),
        ]
    ends = all_at_once([act for _name, act in acts])
    done = Counter(name for (name, _act), end in zip(acts, ends, strict=True) if end == "done")
    assert set(ends) <= {"done", "already_taken", "conflict", "no_transition"}, ends
    assert done["stale"] == 0
    ticket.refresh_from_db()
    given = [data["after"]["agent"]["id"] for data in told(ticket, "ticket.assigned")]
    assert len(given) == 1  # of those who claimed and the one who answered first, one became the owner
    assert given == [ticket.assignee_id]
    check_history(ticket)
    run_until_empty("events")
    assert ticket.messages.filter(text="Once").count() == 1
    assert Delivery.objects.count() == 1


def test_a_queue_gives_nobody_more_than_he_may_have_t30(cast: Cast) -> None:
    queue = QueueFacts(assignment="least_load", most_per_agent=3)
    olena = cast.actor("olena")
    team = change_team(olena, cast.second_line, queue=queue)
    other = change_team(olena, cast.first_line, queue=queue)
    ends = all_at_once([lambda n=n: new_ticket(cast, team=(team, other)[n % 2]) for n in range(24)])
    assert ends == ["done"] * 24
    assert set(all_at_once([give_out_waiting] * 8)) == {"done"}
    loads = Counter(Ticket.objects.exclude(assignee=None).values_list("assignee__name", flat=True))
    assert loads == {"Olena Kravets": 3, "Taras Vovk": 3, "Marek Lis": 3}
    for ticket in Ticket.objects.all():
        assert all(a["after"] == b["before"] for a, b in pairwise(told(ticket, "ticket.assigned")))


def test_giving_out_never_overrides_a_person_t30(cast: Cast) -> None:
    team = change_team(cast.actor("olena"), cast.second_line, queue=QueueFacts(most_per_agent=1))
    tickets = [new_ticket(cast, team=team) for _number in range(10)]
    change_team(cast.actor("olena"), team, queue=QueueFacts(assignment="round_robin"))
    people = [agent(f"A{n}", f"a{n}@vikno.example", "lead", password=None).as_actor() for n in range(10)]
    claims = [lambda pair=pair: claim(*pair) for pair in zip(people, tickets, strict=True)]
    ends = all_at_once([*claims, *[give_out_waiting] * 4])
    for place, ticket in enumerate(tickets):
        ticket.refresh_from_db()
        changes = told(ticket, "ticket.assigned")
        assert len(changes) == 1
        if ends[place] == "done":
            assert ticket.assignee_id == people[place].id


def test_letters_filed_together_hold_no_member_while_another_team_gives_out_t30(cast: Cast) -> None:
    first, second = (Team.objects.create(name=name, assignment="round_robin") for name in ("Night", "Day"))
    for team in (first, second):
        TeamMember.objects.create(team=team, agent=cast.taras)
    is_filed, is_picking = threading.Event(), threading.Event()

    def letters() -> None:
        with transaction.atomic():
            by_mail(cast, team=first)
            is_filed.set()
            is_picking.wait(10)
            by_mail(cast, team=second)

    def desk() -> None:
        is_filed.wait(10)
        with transaction.atomic():
            Team.objects.select_for_update(no_key=True).get(pk=second.pk)
            is_picking.set()
            new_ticket(cast, team=second)

    assert all_at_once([letters, desk]) == ["done", "done"]
    assert give_out_waiting() == 2
    assert set(Ticket.objects.values_list("team__name", "assignee")) == {
        ("Night", cast.taras.pk),
        ("Day", cast.taras.pk),
    }


def test_letters_filed_together_give_to_the_employees_of_each_other_t30(cast: Cast) -> None:
    for company, agent_ in ((cast.kawa, cast.marek), (cast.nordwind, cast.taras)):
        company.responsible = agent_
        company.save()
    meet = threading.Barrier(2)

    def letters(*clients: Contact) -> None:
        with transaction.atomic():
            by_mail(cast, contact=clients[0])
            meet.wait(20)
            by_mail(cast, contact=clients[1])

    ends = all_at_once([lambda: letters(cast.marta, cast.jan), lambda: letters(cast.jan, cast.marta)])
    assert ends == ["done", "done"]
    given = Counter(Ticket.objects.values_list("assignee__name", flat=True))
    assert given == {"Marek Lis": 2, "Taras Vovk": 2}


def test_who_is_given_a_ticket_is_not_deactivated_meanwhile_t30(cast: Cast) -> None:
    cast.kawa.responsible = cast.marek
    cast.kawa.save()
    is_given, ends = threading.Event(), []

    def letter() -> None:
        with transaction.atomic():
            by_mail(cast)
            is_given.set()
            time.sleep(0.5)

    def leave() -> None:
        is_given.wait(20)
        try:
            deactivate_agent(cast.actor("olena"), cast.marek)
        except Conflict as conflict:
            ends.append(conflict.code)

    assert all_at_once([letter, leave]) == ["done", "done"]
    assert ends == ["has_duties"]


def until_others_wait(count: int = 1) -> None:
    """Waits until so many others wait for a lock, so that the order of acts does not hang on the machine's pace."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


@pytest.mark.parametrize("goes", ["team", "employee"])
def test_who_takes_over_waits_in_turn_with_a_batch_t30(cast: Cast, goes: str) -> None:
    """One ticket is only followed, a later one is held: a batch has locked the first and comes to the second."""
    olena, is_locked = cast.actor("olena"), threading.Event()
    followed, held = new_ticket(cast), new_ticket(cast)
    agent_, team = (None, cast.second_line) if goes == "team" else (cast.marek, None)
    add_watcher(olena, followed, agent=agent_, team=team)
    assign(olena, held, agent=agent_, team=team)

    def batch() -> None:
        with transaction.atomic():
            lock(followed)
            is_locked.set()
            until_others_wait()
            lock(held)

    def take_over() -> None:
        is_locked.wait(20)
        if goes == "team":
            delete_team(olena, cast.second_line, cast.first_line)
        else:
            deactivate_agent(olena, cast.marek, heir=cast.taras)

    assert all_at_once([batch, take_over]) == ["done", "done"]
    held.refresh_from_db()
    assert (held.team if goes == "team" else held.assignee) == (cast.first_line if goes == "team" else cast.taras)


def test_a_ticket_that_comes_while_its_team_goes_is_waited_for_without_the_team_t30(cast: Cast) -> None:
    """It is given to the team when nothing else is left there, and at once somebody else of the team takes it."""
    ticket, is_given = new_ticket(cast), threading.Event()

    def given() -> None:
        with transaction.atomic():
            assign(SYSTEM, ticket, agent=None, team=cast.second_line)
            is_given.set()
            until_others_wait(2)

    def taken() -> None:
        is_given.wait(20)
        with transaction.atomic():
            lock(ticket)
            until_others_wait()
            assign(SYSTEM, ticket, agent=cast.marek, team=cast.second_line)

    def delete() -> None:
        is_given.wait(20)
        delete_team(SYSTEM, cast.second_line, cast.first_line)

    assert all_at_once([given, taken, delete]) == ["done", "done", "done"]
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.team) == (cast.marek, cast.first_line)


def test_who_begins_to_follow_while_it_is_handed_over_follows_once_t30(cast: Cast) -> None:
    ticket, is_added = new_ticket(cast), threading.Event()
    add_watcher(SYSTEM, ticket, team=cast.second_line)

    def follow() -> None:
        with transaction.atomic():
            add_watcher(SYSTEM, ticket, team=cast.first_line)
            is_added.set()
            until_others_wait()

    def delete() -> None:
        is_added.wait(20)
        delete_team(SYSTEM, cast.second_line, cast.first_line)

    assert all_at_once([follow, delete]) == ["done", "done"]
    assert ticket.watchers.get().team == cast.first_line
