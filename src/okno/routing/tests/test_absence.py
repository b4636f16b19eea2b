"""Absence and substitutes: who takes the tickets, who sees them, circles, and who may say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from okno.core import clock
from okno.core.faults import Forbidden, Invalid
from okno.core.models import Event
from okno.people.models import Agent
from okno.people.operations.absences import AbsenceFacts, set_absence
from okno.people.operations.companies import CompanyFacts, change_company
from okno.people.operations.contacts import ContactFacts, change_contact
from okno.people.operations.teams import QueueFacts, change_team
from okno.routing.tests.test_new_tickets import by_mail, told
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.operations.assigning import assign
from okno.tickets.tests.standing import new_ticket

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def away(cast: Cast, who: str, substitute: str = "", **more: Any) -> Agent:
    facts = {"begins": clock.now() - DAY, "ends": clock.now() + DAY} | more
    agent: Agent = getattr(cast, who)
    stands_in = getattr(cast, substitute) if substitute else None
    return set_absence(cast.actor("olena"), agent, AbsenceFacts(substitute=stands_in, **facts))


@pytest.fixture
def browser(cast: Cast) -> Callable[[str], Client]:
    def of(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name).user)
        return client

    return of


def test_the_substitute_gets_what_the_absent_one_would(cast: Cast) -> None:
    olena = cast.actor("olena")
    change_contact(olena, cast.marta, ContactFacts(responsible=cast.marek.pk))
    change_company(olena, cast.kawa, CompanyFacts(responsible=cast.olena.pk))
    cast.marta.refresh_from_db()
    away(cast, "marek", "taras")
    ticket = by_mail(cast)
    assert ticket.assignee == cast.taras
    assert told(ticket) == [
        "Given to Taras Vovk instead of the one responsible for the contact. Stands in for Marek Lis"
    ]
    away(cast, "taras")
    assert by_mail(cast).assignee == cast.olena
    set_absence(olena, cast.marek, AbsenceFacts())
    assert by_mail(cast).assignee == cast.marek


def test_an_absence_begins_and_ends_by_the_clock(cast: Cast) -> None:
    away(cast, "marek", begins=clock.now() + DAY, ends=clock.now() + 2 * DAY)
    marek = Agent.objects.get(pk=cast.marek.pk)
    assert not marek.is_absent_at(clock.now())
    assert marek.is_absent_at(clock.now() + 1.5 * DAY)
    assert not marek.is_absent_at(clock.now() + 3 * DAY)


def test_queues_pass_over_the_absent(cast: Cast) -> None:
    away(cast, "taras")
    team = change_team(cast.actor("olena"), cast.second_line, queue=QueueFacts(assignment="round_robin"))
    assert {new_ticket(cast, team=team).assignee for _number in range(3)} == {cast.marek}
    away(cast, "marek")
    ticket = new_ticket(cast, team=team)
    assert (ticket.assignee, ticket.team) == (None, team)


def test_the_substitute_sees_the_tickets_while_it_lasts(cast: Cast) -> None:
    ticket = new_ticket(cast, assignee=cast.olena)
    assert not access.may(cast.actor("marek"), "view", ticket)
    away(cast, "olena", "marek")
    assert access.may(cast.actor("marek"), "view", ticket)
    assert access.may(cast.actor("marek"), "answer", ticket)
    set_absence(cast.actor("olena"), cast.olena, AbsenceFacts(substitute=cast.marek))
    assert not access.may(cast.actor("marek"), "view", ticket)


def test_the_web_sees_it_at_the_next_request(cast: Cast, browser: Callable[[str], Client]) -> None:
    ticket, marek = new_ticket(cast, assignee=cast.olena), browser("marek")
    assert marek.get(f"/tickets/{ticket.number}/").status_code == 404
    away(cast, "olena", "marek")
    assert marek.get(f"/tickets/{ticket.number}/").status_code == 200
    set_absence(cast.actor("olena"), cast.olena, AbsenceFacts())
    assert marek.get(f"/tickets/{ticket.number}/").status_code == 404


def test_a_circle_is_refused_and_named(cast: Cast) -> None:
    away(cast, "marek", "taras")
    away(cast, "taras", "olena")
    with pytest.raises(Invalid) as refused:
        away(cast, "olena", "marek")
    assert "Olena Kravets → Marek Lis → Taras Vovk → Olena Kravets" in refused.value.fields["substitute"][0]
    with pytest.raises(Invalid):
        away(cast, "olena", "olena")


def test_who_may_say_so(cast: Cast) -> None:
    set_absence(cast.actor("marek"), cast.marek, AbsenceFacts(begins=clock.now()))
    set_absence(cast.actor("taras"), cast.marek, AbsenceFacts())  # his lead
    with pytest.raises(Forbidden):
        set_absence(cast.actor("marek"), cast.taras, AbsenceFacts(begins=clock.now()))
    change_team(cast.actor("olena"), cast.second_line, members=[cast.marek])
    with pytest.raises(Forbidden):
        set_absence(cast.actor("taras"), cast.marek, AbsenceFacts())
    assert Event.objects.filter(kind="agent.absence_changed").count() == 2


def test_the_pages(cast: Cast, browser: Callable[[str], Client]) -> None:
    marek = browser("marek")
    facts = {"begins": "2026-01-01T09:00", "ends": "2099-01-10T09:00", "substitute": str(cast.taras.pk)}
    assert marek.post("/account/absence/", facts).status_code == 303
    assert "absent" in marek.get("/account/absence/").content.decode()
    for wrong, message in (
        ({"ends": "2025-12-31T09:00"}, "ends before it begins"),
        ({"begins": "", "ends": "2099-01-10T09:00"}, "Say when the absence begins"),
        ({"begins": "someday"}, "valid date"),
        ({"substitute": str(cast.marek.pk)}, "valid choice"),
    ):
        answer = marek.post("/account/absence/", facts | wrong)
        assert (answer.status_code, message in unescape(answer.content.decode())) == (422, True), wrong
    assert marek.get(f"/account/absence/{cast.olena.pk}/").status_code == 403
    assert browser("taras").post(f"/account/absence/{cast.marek.pk}/", {"end": "1"}).status_code == 303
    assert Agent.objects.get(pk=cast.marek.pk).absent_from is None


def test_whoever_assigns_to_the_absent_is_told(cast: Cast, browser: Callable[[str], Client]) -> None:
    away(cast, "marek", "taras")
    ticket = new_ticket(cast)
    answer = browser("olena").post(f"/tickets/{ticket.number}/assignee/", {"agent": cast.marek.pk})
    assert "Marek Lis is absent; Taras Vovk stands in." in answer.headers["HX-Trigger"]
    assign(cast.actor("olena"), ticket, agent=cast.olena, team=None)


def test_an_absence_ends_although_the_substitute_has_left(cast: Cast) -> None:
    away(cast, "marek", "taras")
    Agent.objects.filter(pk=cast.taras.pk).update(is_active=False)
    cast.taras.refresh_from_db()
    present = set_absence(cast.actor("marek"), cast.marek, AbsenceFacts(substitute=cast.taras))
    assert present.absent_from is None
    with pytest.raises(Invalid):
        away(cast, "marek", "taras")
