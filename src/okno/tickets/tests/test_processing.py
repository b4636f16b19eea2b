"""Call-backs: a request is its processor's while the window is open, and new again when it is left (F166-F173)."""

from __future__ import annotations

from collections import Counter

import pytest

from okno.core import clock
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.testing.cast import Cast, agent
from okno.tickets.models import Processing, Ticket
from okno.tickets.operations import timers
from okno.tickets.operations.editing import change_type
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.processing import (
    abandon_processing,
    begin_processing,
    finish_processing,
    keep_processing,
    processing_of,
)
from okno.tickets.operations.status import change_status
from okno.tickets.operations.timers import run_timers
from okno.tickets.tests.standing import at, new_ticket, told
from okno.tickets.tests.test_races_t30 import MANY, all_at_once
from okno.tickets.transitions import allowed_transitions
from okno.workflow.models import TicketType


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    with clock.frozen_at(at(0)):
        return call_back(cast)


def call_back(cast: Cast) -> Ticket:
    return new_ticket(cast, type=TicketType.objects.get(code="call-back"))


def status_of(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.status.code


@pytest.mark.django_db
def test_from_new_to_processed_with_who_and_how_long_f171_f172(cast: Cast, ticket: Ticket) -> None:
    taras = cast.actor("taras")
    assert status_of(ticket) == "new"
    with clock.frozen_at(at(1)):
        begin_processing(taras, ticket)
        window = processing_of(ticket)
        assert window is not None
        assert (window.agent, window.began_at) == (cast.taras, at(1))
    assert status_of(ticket) == "processing"
    for minute in (1.5, 2, 2.9):
        with clock.frozen_at(at(minute)):
            keep_processing(taras, ticket)
            run_timers()
    assert status_of(ticket) == "processing"
    with clock.frozen_at(at(3)):
        done = finish_processing(taras, ticket, "processed")
    assert status_of(ticket) == "processed"
    assert (done.agent, done.began_at, done.ended_at) == (cast.taras, at(1), at(3))
    assert done.result is not None
    assert done.result.code == "processed"
    assert ticket.state == "closed"


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["closed", "lost"])
def test_left_without_a_result_it_is_new_again_f169(cast: Cast, ticket: Ticket, how: str) -> None:
    with clock.frozen_at(at(1)):
        begin_processing(cast.actor("marek"), ticket)
    with clock.frozen_at(at(1.9)):
        run_timers()
        assert status_of(ticket) == "processing"
    with clock.frozen_at(at(2)):
        if how == "closed":
            abandon_processing(cast.actor("marek"), ticket)
        else:
            run_timers()
    assert status_of(ticket) == "new"
    window = Processing.objects.get()
    assert (window.ended_at, window.result) == (at(2), None)
    reason = {"because": "abandoned", "who": "Marek Lis"}
    assert told(ticket, "ticket.status_changed")[-1]["reason"] == reason
    with pytest.raises(Conflict) as caught, clock.frozen_at(at(2.1)):
        keep_processing(cast.actor("marek"), ticket)
    assert caught.value.code == "not_processing"
    abandon_processing(cast.actor("marek"), ticket)  # closing the window once more is no mistake
    assert ticket.reopenings == 0


@pytest.mark.django_db
def test_postponed_to_any_time_and_new_again_then_f173(cast: Cast, ticket: Ticket) -> None:
    marek = cast.actor("marek")
    with clock.frozen_at(at(1)):
        begin_processing(marek, ticket)
        with pytest.raises(Invalid):
            finish_processing(marek, ticket, "postponed")
        assert status_of(ticket) == "processing"
        finish_processing(marek, ticket, "postponed", until=at(90), comment=NewMessage(text="Not at home"))
    assert (status_of(ticket), ticket.messages.latest("id").is_public) == ("postponed", False)
    with clock.frozen_at(at(91)):
        run_timers()
    assert status_of(ticket) == "new"


@pytest.mark.django_db
def test_nobody_else_meddles_and_managers_return_it_f168(cast: Cast, ticket: Ticket) -> None:
    taras, marek, olena = cast.actor("taras"), cast.actor("marek"), cast.actor("olena")
    with pytest.raises(Conflict) as caught:
        change_status(taras, ticket, "processing")
    assert caught.value.details["reason"] == "by_processing"
    begin_processing(taras, ticket)
    begin_processing(taras, ticket)  # another tab
    for act in (begin_processing, keep_processing):
        with pytest.raises(Conflict) as caught:
            act(marek, ticket)
        assert caught.value.code == "already_processing"
        assert "Taras" in caught.value.message
    with pytest.raises(Conflict):
        finish_processing(marek, ticket, "processed")
    with pytest.raises(Conflict):
        change_status(marek, ticket, "processed")
    ticket.refresh_from_db()
    offered = {choice.status.code: choice for choice in allowed_transitions(taras, ticket)}
    assert offered["processed"].allowed
    assert offered["processed"].is_window
    assert not any(choice.allowed for choice in allowed_transitions(marek, ticket))
    change_status(olena, ticket, "new")
    assert (status_of(ticket), Processing.objects.get().result) == ("new", None)
    with pytest.raises(Conflict):
        finish_processing(taras, ticket, "processed")
    begin_processing(marek, ticket)
    finish_processing(marek, ticket, "processed")
    with pytest.raises(Conflict):
        change_status(marek, ticket, "new")
    change_status(olena, ticket, "new")
    assert (status_of(ticket), ticket.reopenings) == ("new", 1)


@pytest.mark.django_db
def test_a_lost_window_is_free_for_others_at_once(cast: Cast, ticket: Ticket) -> None:
    with clock.frozen_at(at(1)):
        begin_processing(cast.actor("taras"), ticket)
    with clock.frozen_at(at(3)):
        window = begin_processing(cast.actor("marek"), ticket)
    assert (status_of(ticket), window.agent) == ("processing", cast.marek)
    assert [row.ended_at for row in Processing.objects.order_by("id")] == [at(3), None]


@pytest.mark.django_db
def test_other_tickets_have_no_window(cast: Cast) -> None:
    with pytest.raises(Conflict):
        begin_processing(cast.actor("taras"), new_ticket(cast))
    with pytest.raises(Forbidden):
        begin_processing(cast.actor("marta"), new_ticket(cast))


@pytest.mark.django_db
def test_another_type_ends_the_window(cast: Cast, ticket: Ticket) -> None:
    begin_processing(cast.actor("taras"), ticket)
    change_type(cast.actor("olena"), ticket, TicketType.objects.get(code="request"))
    assert (status_of(ticket), processing_of(ticket)) == ("open", None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_fifty_open_the_window_and_one_processes_t30(cast: Cast) -> None:
    ticket = call_back(cast)
    actors = [agent(f"A{n}", f"a{n}@vikno.example", "specialist", password=None).as_actor() for n in range(MANY)]
    ends = all_at_once([lambda actor=actor: begin_processing(actor, ticket) for actor in actors])
    assert Counter(ends) == {"done": 1, "already_processing": MANY - 1}
    window = Processing.objects.get()
    assert window.agent_id == actors[ends.index("done")].id
    assert (status_of(ticket), ticket.version) == ("processing", 2)
    assert len(told(ticket, "ticket.status_changed")) == 1


@pytest.mark.django_db
def test_a_window_that_gave_a_sign_of_life_meanwhile_is_not_lost(cast: Cast, ticket: Ticket) -> None:
    with clock.frozen_at(at(1)):
        begin_processing(cast.actor("taras"), ticket)
    with clock.frozen_at(at(3)):
        assert list(timers.lost_windows()) == [ticket]
        keep_processing(cast.actor("taras"), ticket)
        timers._abandon(ticket)
    assert status_of(ticket) == "processing"
