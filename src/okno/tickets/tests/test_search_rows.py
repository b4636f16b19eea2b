"""Search rows follow what happens to tickets: in batches, as often as one likes, and from nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okno.core import clock, drains, events
from okno.core.models import Event, EventFailure
from okno.people.operations.companies import CompanyFacts, change_company
from okno.people.operations.contacts import ContactFacts, change_contact
from okno.testing.cast import Cast
from okno.tickets import handlers, search
from okno.tickets.filters import TicketFilter, page
from okno.tickets.models import SearchPending, SearchWord, Ticket, TicketSearch
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.editing import change_client, change_subject
from okno.tickets.operations.messages import NewMessage, add_answer

START = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)


def make(cast: Cast, subject: str, **facts: Any) -> Ticket:
    return create_ticket(cast.actor("olena"), NewTicket(subject, NewMessage(text="Body"), "desk", **facts))


def rows() -> list[tuple[int, int, str]]:
    return list(TicketSearch.objects.order_by("pk").values_list("ticket_id", "day", "vector"))


def found(cast: Cast, typed: str) -> list[Ticket]:
    return page(cast.actor("olena"), TicketFilter(q=typed)).rows


def test_changes_are_found(cast: Cast) -> None:
    ticket = make(cast, "Walrus", contact=cast.marta)
    drains.run_until_empty("events")
    change_subject(cast.actor("olena"), ticket, "Octopus")
    add_answer(cast.actor("olena"), ticket, NewMessage(text="Squid"))
    change_client(cast.actor("olena"), ticket, contact=cast.jan, company=cast.nordwind)
    drains.run_until_empty("events")
    for typed in ("octopus", "squid", "client:jan", "client:nordwind"):
        assert found(cast, typed) == [ticket], typed
    assert found(cast, "walrus") == []


def test_many_events_are_few_statements(cast: Cast) -> None:
    for index in range(40):
        make(cast, f"Ticket {index}")
    with CaptureQueriesContext(connection) as captured:
        drains.run_until_empty("events")
    written = [each["sql"] for each in captured if "UPDATE tickets_ticketsearch" in each["sql"]]
    assert len(written) == 1
    assert TicketSearch.objects.exclude(vector="").count() == 40


def test_writing_again_changes_nothing_and_rebuilding_makes_the_same(cast: Cast) -> None:
    for index in range(7):
        make(cast, f"Ticket {index} принтера", contact=cast.marta, company=cast.kawa)
    drains.run_until_empty("events")
    before, words = rows(), set(SearchWord.objects.values_list("word", flat=True))
    search.remember([ticket for ticket, _day, _vector in before] * 2)
    assert rows() == before
    TicketSearch.objects.all().delete()
    SearchWord.objects.all().delete()
    heard: list[tuple[int, int]] = []
    assert search.rebuild(lambda done, total: heard.append((done, total))) == 7
    assert (rows(), heard) == (before, [(7, 7)])
    assert set(SearchWord.objects.values_list("word", flat=True)) == words
    search.remember([999_999])
    assert rows() == before


def test_the_day_of_a_ticket_follows_its_activity(cast: Cast) -> None:
    with clock.frozen_at(START):
        ticket = make(cast, "Walrus")
    drains.run_until_empty("events")
    with clock.frozen_at(START + timedelta(days=100)):
        assign(cast.actor("olena"), ticket, agent=cast.olena, team=None)
    drains.run_until_empty("events")
    row = TicketSearch.objects.get(pk=ticket.pk)
    day = int((START + timedelta(days=100)).timestamp() // 86400)
    assert row.day == day
    assert [word for word in str(row.vector).split() if word.startswith("'@")] == [
        f"'@0:{day}'", f"'@1:{day // 8}'", f"'@2:{day // 64}'", f"'@3:{day // 512}'",
    ]  # fmt: skip
    assert found(cast, "walrus") == [ticket]
    search.remember([ticket.pk])
    assert TicketSearch.objects.get(pk=ticket.pk).vector == row.vector


def test_a_renamed_client_is_found_in_all_tickets(cast: Cast) -> None:
    tickets = [make(cast, f"Ticket {index}", contact=cast.marta, company=cast.kawa) for index in range(3)]
    drains.run_until_empty("events")
    change_contact(cast.actor("olena"), cast.marta, ContactFacts(name="Marta Wiśniewska"))
    change_company(cast.actor("olena"), cast.kawa, CompanyFacts(name="Herbata i Tort"))
    drains.run_until_empty("events")
    assert SearchPending.objects.count() == 3
    drains.run_until_empty("search")
    assert set(found(cast, "wisniewska herbata")) == set(tickets)
    assert SearchPending.objects.count() == 0


def test_an_event_that_cannot_be_handled_holds_up_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = make(cast, "Bad")
    good = make(cast, "Good")
    known = search.remember

    def remember(tickets: Any) -> None:
        if bad.pk in tickets:
            raise ValueError("the bad one")
        known(tickets)

    monkeypatch.setattr(search, "remember", remember)
    drains.run_until_empty("events")
    assert list(TicketSearch.objects.values_list("pk", flat=True)) == [good.pk]
    failure = EventFailure.objects.get()
    assert (failure.event.object_id, failure.handler) == (bad.pk, events.handler_name(handlers.remember_words))
    assert not Event.objects.filter(handled_at=None).exists()
    monkeypatch.setattr(search, "remember", known)
    EventFailure.objects.update(next_attempt_at=START - timedelta(days=9999))
    drains.run_until_empty("events")
    assert not EventFailure.objects.exists()
    assert TicketSearch.objects.count() == 2
