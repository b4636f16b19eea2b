"""Promises follow each change of a ticket, in the write of the change (F51, F55, F56, F60, F72, F179, C2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from okno.core import clock, settings_store
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.core.faults import Invalid
from okno.core.models import Event
from okno.sla.operations.deadline import set_deadline
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.editing import change_client, change_priority, change_type
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.status import change_status
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.residents import residents

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of June 2026, whose first is a Monday. The office is open from nine to six, in UTC here."""
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def a_ticket(cast: Cast, moment: datetime, priority: str = "normal", resolve_by: datetime | None = None) -> Ticket:
    with clock.frozen_at(moment):
        new = NewTicket(
            subject="The till does not open", message=NewMessage(text="Help"), channel="desk",
            priority=Priority.objects.get(code=priority), contact=cast.jan, resolve_by=resolve_by,
        )  # fmt: skip
        return create_ticket(cast.actor("taras"), new)


def stored(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_new_ticket_gets_its_deadlines(cast: Cast) -> None:
    made = stored(a_ticket(cast, at(1, 16)))
    assert (made.react_by, made.resolve_by) == (at(2, 11), at(4, 16))
    assert made.due_at == made.react_by
    assert made.tell_at == made.react_warn_at == at(2, 10)
    urgent = stored(a_ticket(cast, at(1, 16), "critical"))
    assert (urgent.react_by, urgent.resolve_by) == (at(1, 17), at(1, 20))


def test_an_answer_is_the_reaction_and_a_note_is_none(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10))
    with clock.frozen_at(at(1, 11)):
        add_note(cast.actor("taras"), ticket, NewMessage(text="Known"))
    assert stored(ticket).reacted_at is None
    with clock.frozen_at(at(1, 12)):
        add_answer(cast.actor("taras"), ticket, NewMessage(text="Looking"))
    found = stored(ticket)
    assert found.reacted_at == at(1, 12)
    assert found.due_at == found.resolve_by


def test_by_the_other_setting_only_an_answer_is_a_reaction(cast: Cast) -> None:
    settings_store.change(SYSTEM, {"sla.reaction": "answer"})
    ticket = a_ticket(cast, at(1, 10))
    with clock.frozen_at(at(1, 11)):
        change_status(cast.actor("taras"), ticket, "open")
    assert stored(ticket).reacted_at is None
    with clock.frozen_at(at(1, 12)):
        add_answer(cast.actor("taras"), stored(ticket), NewMessage(text="Looking"))
    assert stored(ticket).reacted_at == at(1, 12)


def test_a_pause_takes_the_deadline_away_and_gives_it_back_later(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10), "high")
    with clock.frozen_at(at(1, 11)):
        add_answer(cast.actor("taras"), ticket, NewMessage(text="Which till?"), then_status="waiting")
    paused = stored(ticket)
    assert (paused.resolve_by, paused.due_at, paused.tell_at) == (None, None, None)
    assert paused.resolve_left == 8 * 3600
    with clock.frozen_at(at(2, 10)):
        add_client_message(cast.actor("jan"), paused, NewMessage(text="The left one", contact=cast.jan))
    assert stored(ticket).resolve_by == at(2, 18)


def test_a_solution_stops_the_clock_and_a_reopening_lets_it_go_on(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10), "high")
    with clock.frozen_at(at(1, 11)):
        add_answer(cast.actor("taras"), ticket, NewMessage(text="Done"), then_status="resolved")
    done = stored(ticket)
    assert (done.due_at, done.tell_at) == (None, None)
    assert done.resolve_by == at(2, 10)
    with clock.frozen_at(at(3, 12)):
        add_client_message(cast.actor("jan"), done, NewMessage(text="It is not", contact=cast.jan))
    assert stored(ticket).resolve_by == at(4, 11)


def test_priority_type_and_client_change_the_promise(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10))
    with clock.frozen_at(at(1, 11)):
        change_priority(cast.actor("taras"), ticket, Priority.objects.get(code="critical"))
        assert stored(ticket).resolve_by == at(1, 14)
        cast.kawa.time_zone = "America/New_York"
        cast.kawa.save()
        change_priority(cast.actor("taras"), ticket, Priority.objects.get(code="high"))
        change_client(cast.actor("taras"), ticket, contact=cast.marta, company=cast.kawa)
        assert stored(ticket).resolve_by == at(1, 22)
        change_type(cast.actor("taras"), ticket, TicketType.objects.get(code="task"))
    found = stored(ticket)
    assert (found.react_by, found.resolve_by, found.due_at) == (None, None, None)


def test_a_deadline_by_hand_stays_until_it_is_given_back(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10))
    with clock.frozen_at(at(1, 11)):
        set_deadline(cast.actor("taras"), ticket, at(1, 15))
        change_priority(cast.actor("taras"), ticket, Priority.objects.get(code="low"))
        add_answer(cast.actor("taras"), stored(ticket), NewMessage(text="?"), then_status="waiting")
    found = stored(ticket)
    assert (found.resolve_by, found.resolve_by_is_manual, found.due_at) == (at(1, 15), True, at(1, 15))
    with clock.frozen_at(at(1, 12)):
        set_deadline(cast.actor("taras"), ticket, None)
    assert stored(ticket).resolve_by is None
    assert stored(ticket).resolve_left == 44 * 3600
    said = Event.objects.filter(kind="ticket.deadline_set").order_by("id").values_list("data", flat=True)
    assert [(each["before"] != "", each["after"]) for each in said] == [(True, at(1, 15).isoformat()), (True, "")]


def test_a_deadline_by_hand_lies_ahead(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10))
    with clock.frozen_at(at(1, 11)), pytest.raises(Invalid) as refused:
        set_deadline(cast.actor("taras"), ticket, at(1, 10))
    assert "resolve_by" in refused.value.fields
    with pytest.raises(Invalid):
        a_ticket(cast, at(1, 10), resolve_by=at(1, 9))
    assert a_ticket(cast, at(1, 10), resolve_by=at(1, 13)).resolve_by_is_manual


def test_a_ticket_that_the_configuration_moves_has_another_promise_at_once(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10))
    with clock.frozen_at(at(1, 11)):
        change_status(cast.actor("taras"), ticket, "open")
        before, after = Status.objects.get(code="open"), Status.objects.get(code="waiting")
        residents().move(cast.actor("olena"), [ticket.type_id], before, after)
    found = stored(ticket)
    assert (found.resolve_by, found.resolve_left) == (None, 26 * 3600)
    with clock.frozen_at(at(9, 10)):
        run_until_empty("deadlines")
    assert not Event.objects.filter(kind="ticket.deadline_passed").exists()
