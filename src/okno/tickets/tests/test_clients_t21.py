"""Which clients an agent without the right to see all of them sees, finds and may name (F159)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from okno.core.actor import Actor
from okno.core.faults import NotVisible
from okno.people import access
from okno.people.search import find_clients
from okno.testing.cast import Cast, company
from okno.tickets.models import Channel, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.people import add_watcher


def ticket_of_marta(cast: Cast) -> Ticket:
    """Of the first line, so that Marek has nothing to do with it."""
    new = NewTicket("Printer", NewMessage(text="x"), Channel.DESK, contact=cast.marta, team=cast.first_line)
    return create_ticket(cast.actor("olena"), new)


def seen(actor: Actor) -> tuple[set[str], set[str]]:
    people = set(access.contacts_visible_to(actor).values_list("name", flat=True))
    return people, set(access.companies_visible_to(actor).values_list("name", flat=True))


def _assigned(cast: Cast, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.marek)


def _of_the_team(cast: Cast, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(team=cast.second_line)


def _watched(cast: Cast, ticket: Ticket) -> None:
    add_watcher(cast.actor("olena"), ticket, agent=cast.marek)


def _watched_by_the_team(cast: Cast, ticket: Ticket) -> None:
    add_watcher(cast.actor("olena"), ticket, team=cast.second_line)


def _created(cast: Cast, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(created_by_agent=cast.marek)


@pytest.mark.parametrize("tie", [_assigned, _of_the_team, _watched, _watched_by_the_team, _created])
def test_own_tickets_lead_to_their_clients_t21(cast: Cast, tie: Callable[[Cast, Ticket], None]) -> None:
    ticket = ticket_of_marta(cast)
    assert seen(cast.actor("marek")) == (set(), set())
    tie(cast, ticket)
    assert seen(cast.actor("marek")) == ({"Marta Nowak"}, {"Kawa i Ciasto"})
    assert access.get_contact(cast.actor("marek"), cast.marta.pk) == cast.marta
    with pytest.raises(NotVisible):
        access.get_contact(cast.actor("marek"), cast.piotr.pk)


def test_tickets_of_nobody_and_of_others_lead_to_no_client_t21(cast: Cast) -> None:
    ticket = ticket_of_marta(cast)
    Ticket.objects.filter(pk=ticket.pk).update(team=None)
    assert seen(cast.actor("marek")) == (set(), set())


def test_the_company_of_a_ticket_is_seen_without_its_people_t21(cast: Cast) -> None:
    ticket = ticket_of_marta(cast)
    other = company("Zorza")
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.marek, contact=None, company=other)
    assert seen(cast.actor("marek")) == (set(), {"Zorza"})


def test_who_may_see_all_sees_all_and_a_narrow_token_does_not_t21(cast: Cast) -> None:
    ticket_of_marta(cast)
    assert len(seen(cast.actor("taras"))[0]) == 4
    narrow = replace(cast.actor("taras"), limits=frozenset({"tickets.create"}))
    assert seen(narrow) == ({"Marta Nowak"}, {"Kawa i Ciasto"})  # of a ticket of a team of his
    assert seen(replace(cast.actor("taras"), limits=frozenset(), teams=())) == (set(), set())


def test_only_those_whom_one_sees_are_offered_t21(cast: Cast) -> None:
    marek = cast.actor("marek")
    ticket = ticket_of_marta(cast)
    for words in ("marta", "kawa", "marta@kawa.example", "58 555 01 22", "nordwind"):
        assert find_clients(marek, words) == []
    _assigned(cast, ticket)
    assert [each.name for each in find_clients(marek, "kawa")] == ["Marta Nowak", "Kawa i Ciasto"]
    assert find_clients(marek, "piotr") == []
