"""Watchers of ours, participants of the client's side, and links to other tickets."""

from __future__ import annotations

import pytest

from okno.core.actor import SYSTEM
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Ticket, TicketLink
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.people import (
    add_participant,
    add_watcher,
    confirm_participant,
    link,
    remove_participant,
    remove_watcher,
)
from okno.tickets.tests.standing import everything, new_ticket, told, without


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return new_ticket(cast)


def test_anyone_follows_and_leaves_by_himself_others_need_the_right(cast: Cast, ticket: Ticket) -> None:
    """F86."""
    marek = without(cast, "marek", "tickets.edit").as_actor()
    own = add_watcher(marek, ticket, agent=cast.marek)
    for others in ({"agent": cast.taras}, {"team": cast.second_line}):
        with pytest.raises(Forbidden):
            add_watcher(marek, ticket, **others)
    foreign = add_watcher(cast.actor("olena"), ticket, agent=cast.taras)
    with pytest.raises(Forbidden):
        remove_watcher(marek, ticket, foreign)
    remove_watcher(marek, ticket, own)
    assert ticket.watchers.get() == foreign
    assert told(ticket, "ticket.watcher_removed") == [{"agent": cast.marek.pk, "name": cast.marek.name}]


def test_watching_gives_sight_and_ends_with_it(cast: Cast, ticket: Ticket) -> None:
    assign(cast.actor("olena"), ticket, agent=cast.olena, team=None)
    marek = cast.actor("marek")
    for facts in ({"agent": cast.marek}, {"team": cast.second_line}):
        assert not access.visible_to(marek).exists()
        with pytest.raises(NotVisible):
            add_watcher(marek, ticket, agent=cast.marek)
        watcher = add_watcher(cast.actor("olena"), ticket, **facts)
        assert add_watcher(cast.actor("olena"), ticket, **facts) == watcher
        assert access.visible_to(marek).get() == ticket
        remove_watcher(cast.actor("olena"), ticket, watcher)
    assert not access.visible_to(marek).exists()
    assert len(told(ticket, "ticket.watcher_added")) == 2


def test_a_watcher_is_removed_once_and_from_its_own_ticket_only_t22(cast: Cast, ticket: Ticket) -> None:
    other = new_ticket(cast, subject="Other")
    watcher = add_watcher(cast.actor("olena"), other, agent=cast.taras)
    with pytest.raises(NotVisible):
        remove_watcher(cast.actor("taras"), ticket, watcher)
    stale = type(watcher).objects.get(pk=watcher.pk)
    remove_watcher(cast.actor("olena"), other, watcher)
    with pytest.raises(NotVisible):
        remove_watcher(cast.actor("olena"), other, stale)
    assert len(told(other, "ticket.watcher_removed")) == 1


@pytest.mark.parametrize(
    "address", ["", "marta", "a@", "a b@c.example", "x" * 400 + "@c.example", "a@b.example,c@d.example"]
)
def test_a_wrong_address_is_named_at_its_field(cast: Cast, ticket: Ticket, address: str) -> None:
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        add_participant(cast.actor("olena"), ticket, address)
    assert list(caught.value.fields) == ["address"]
    assert everything(ticket) == before


def test_whom_a_letter_brings_in_sees_nothing_until_confirmed_t3(cast: Cast, ticket: Ticket) -> None:
    brought = add_participant(SYSTEM, ticket, " Piotr@Kawa.example ", confirmed=False)
    assert (brought.address, brought.contact, brought.name) == ("piotr@kawa.example", cast.piotr, cast.piotr.name)
    assert not access.visible_to(cast.actor("piotr")).exists()
    for _time in range(2):
        confirm_participant(cast.actor("olena"), ticket, brought)
    assert access.visible_to(cast.actor("piotr")).get() == ticket
    assert told(ticket, "ticket.participant_confirmed") == [{"address": "piotr@kawa.example"}]


def test_adding_somebody_whom_a_letter_brought_in_confirms_him(cast: Cast, ticket: Ticket) -> None:
    add_participant(SYSTEM, ticket, "piotr@kawa.example", confirmed=False)
    again = add_participant(cast.actor("olena"), ticket, "piotr@kawa.example")
    assert (again.is_confirmed, again.is_proven) == (True, True)
    assert told(ticket, "ticket.participant_confirmed") == [{"address": "piotr@kawa.example"}]
    later = add_participant(SYSTEM, ticket, "piotr@kawa.example", confirmed=False)
    assert later.is_confirmed


def test_the_requester_stays(cast: Cast, ticket: Ticket) -> None:
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        remove_participant(cast.actor("olena"), ticket, ticket.participants.get())
    assert list(caught.value.fields) == ["participant"]
    assert everything(ticket) == before


def test_who_became_the_requester_meanwhile_stays_too(cast: Cast, ticket: Ticket) -> None:
    stale = add_participant(cast.actor("olena"), ticket, "piotr@kawa.example")
    ticket.participants.filter(pk=stale.pk).update(is_requester=True)
    with pytest.raises(Invalid):
        remove_participant(cast.actor("olena"), ticket, stale)


def test_participants_of_another_ticket_are_out_of_reach_t22(cast: Cast, ticket: Ticket) -> None:
    """Whoever may change one ticket confirms and removes nobody in another."""
    other = new_ticket(cast, subject="Other", contact=cast.jan)
    foreign = add_participant(SYSTEM, other, "copy@nordwind.example", confirmed=False)
    before = everything(other)
    for act in (confirm_participant, remove_participant):
        with pytest.raises(NotVisible):
            act(cast.actor("olena"), ticket, foreign)
    assert everything(other) == before


def test_a_removed_participant_sees_nothing_more_and_is_removed_once(cast: Cast, ticket: Ticket) -> None:
    piotr = add_participant(cast.actor("olena"), ticket, "piotr@kawa.example")
    stale = type(piotr).objects.get(pk=piotr.pk)
    remove_participant(cast.actor("olena"), ticket, piotr)
    assert not access.visible_to(cast.actor("piotr")).exists()
    with pytest.raises(NotVisible):
        remove_participant(cast.actor("olena"), ticket, stale)
    assert told(ticket, "ticket.participant_removed") == [{"address": "piotr@kawa.example"}]


def test_linking_needs_sight_of_both_tickets_t22(cast: Cast, ticket: Ticket) -> None:
    hidden = new_ticket(cast, subject="Hidden", contact=cast.jan)
    assign(cast.actor("olena"), hidden, agent=cast.olena, team=None)
    marek = cast.actor("marek")
    for pair in ((ticket, hidden), (hidden, ticket)):
        with pytest.raises(NotVisible):
            link(marek, *pair)
    assert not TicketLink.objects.exists()
    row = link(cast.actor("olena"), ticket, hidden, {"by": "Olena"})
    assert link(cast.actor("olena"), ticket, hidden) == row
    assert told(ticket, "ticket.linked") == [{"other": hidden.number, "reason": {"by": "Olena"}}]
    assert not access.visible_to(marek).filter(pk=hidden.pk).exists()
    assert not access.visible_to(cast.actor("marta")).filter(pk=hidden.pk).exists()
    assert not access.visible_to(cast.actor("jan")).filter(pk=ticket.pk).exists()


def test_a_ticket_is_not_linked_to_itself(cast: Cast, ticket: Ticket) -> None:
    with pytest.raises(Invalid) as caught:
        link(cast.actor("olena"), ticket, ticket)
    assert list(caught.value.fields) == ["other"]
