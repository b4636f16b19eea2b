"""T31: what tickets do by themselves at their time, and what no timer touches."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.db import connection

from okno.core import clock
from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Invalid
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.notices import closing_notice
from okno.tickets.operations import timers
from okno.tickets.operations.change import changing
from okno.tickets.operations.editing import change_type
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.moving import Way, enter
from okno.tickets.operations.status import change_status, postpone, resume
from okno.tickets.operations.timers import due_closings, due_returns, run_timers
from okno.tickets.tests.lifecycles import changed, lifecycle
from okno.tickets.tests.standing import at, new_ticket, told
from okno.workflow.lifecycles import lifecycle_of
from okno.workflow.models import Status, TicketType
from okno.workflow.rules import State

HOUR, DAY = 60, 24 * 60
WEEK = 7 * DAY


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    with clock.frozen_at(at(0)):
        return new_ticket(cast)


def look(minutes: float, ticket: Ticket) -> str:
    """Runs the timers at this minute; the status afterwards."""
    with clock.frozen_at(at(minutes)):
        run_timers()
    ticket.refresh_from_db()
    return ticket.status.code


@pytest.mark.parametrize("status", ["waiting", "resolved"])
def test_it_closes_after_a_week_and_not_before_f26_f27(cast: Cast, ticket: Ticket, status: str) -> None:
    with clock.frozen_at(at(5)):
        change_status(cast.actor("olena"), ticket, status)
    assert look(5 + WEEK - 0.1, ticket) == status
    assert look(5 + WEEK, ticket) == "closed"
    assert ticket.closed_at == at(5 + WEEK)
    assert (ticket.closes_at, ticket.timer_interval) == (None, None)
    assert told(ticket, "ticket.status_changed")[-1] == {
        "before": status,
        "after": "closed",
        "reason": {"because": "timer", "hours": 168},
    }
    assert run_timers() == 0


def test_the_client_is_warned_beforehand(cast: Cast, ticket: Ticket) -> None:
    assert closing_notice(ticket) is None
    with clock.frozen_at(at(0)):
        change_status(cast.actor("olena"), ticket, "waiting")
    ticket.refresh_from_db()
    notice = closing_notice(ticket, "en")
    assert notice is not None
    assert notice.at == at(WEEK)
    assert notice.closes
    assert "9 Mar 2026" in notice.for_client
    assert "Closed" in notice.for_agents


def test_words_of_the_house_take_the_place_of_ours(cast: Cast, ticket: Ticket) -> None:
    row = lifecycle()
    row.places.filter(status__code="waiting").update(warning={"en": "Bye on {moment}!"})
    changed(row)
    with clock.frozen_at(at(0)):
        change_status(cast.actor("olena"), ticket, "waiting")
    ticket.refresh_from_db()
    notice = closing_notice(ticket, "uk")
    assert notice is not None
    assert notice.for_client.startswith("Bye on 9 бер")


def test_a_further_question_gives_the_client_the_days_anew(cast: Cast, ticket: Ticket) -> None:
    with clock.frozen_at(at(0)):
        add_answer(cast.actor("olena"), ticket, NewMessage(text="Which one?"), then_status="waiting")
    with clock.frozen_at(at(6 * DAY)):
        add_note(cast.actor("olena"), ticket, NewMessage(text="No word yet"))
        add_answer(cast.actor("olena"), ticket, NewMessage(text="Are you there?"))
    assert look(WEEK, ticket) == "waiting"
    assert look(6 * DAY + WEEK, ticket) == "closed"


def test_whoever_answers_is_not_closed(cast: Cast, ticket: Ticket) -> None:
    with clock.frozen_at(at(0)):
        change_status(cast.actor("olena"), ticket, "waiting")
    with clock.frozen_at(at(DAY)):
        add_client_message(SYSTEM, ticket, NewMessage(text="Here", contact=cast.marta))
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.closes_at) == ("open", None)
    assert look(WEEK * 2, ticket) == "open"


def test_an_unproven_letter_stops_the_timer_t1(cast: Cast, ticket: Ticket) -> None:
    with clock.frozen_at(at(0)):
        change_status(cast.actor("olena"), ticket, "waiting")
    with clock.frozen_at(at(DAY)):
        add_client_message(SYSTEM, ticket, NewMessage(text="Me", author_address="m@x.example", is_verified=False))
    assert look(WEEK * 2, ticket) == "waiting"


def test_a_postponed_ticket_returns_at_its_time_f73(cast: Cast, ticket: Ticket) -> None:
    with clock.frozen_at(at(10)):
        postpone(cast.actor("olena"), ticket, at(3 * HOUR))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.until_at, ticket.closes_at) == ("postponed", at(3 * HOUR), None)
    assert told(ticket, "ticket.status_changed")[-1]["until"] == at(3 * HOUR).isoformat()
    assert look(3 * HOUR - 0.1, ticket) == "postponed"
    assert look(3 * HOUR + 1, ticket) == "open"
    assert (ticket.until_at, ticket.timer_interval) == (None, None)
    assert told(ticket, "ticket.status_changed")[-1]["reason"] == {
        "because": "returned",
        "until": at(3 * HOUR).isoformat(),
    }


def test_it_may_rest_longer_or_be_taken_up_earlier(cast: Cast, ticket: Ticket) -> None:
    olena = cast.actor("olena")
    with clock.frozen_at(at(10)):
        postpone(olena, ticket, at(HOUR))
        postpone(olena, ticket, at(DAY))
    assert [data["until"] for data in told(ticket, "ticket.postponed")] == [at(DAY).isoformat()]
    assert look(2 * HOUR, ticket) == "postponed"
    with clock.frozen_at(at(3 * HOUR)):
        resume(olena, ticket)
    assert look(2 * DAY, ticket) == "open"
    assert len(told(ticket, "ticket.status_changed")) == 2


@pytest.mark.parametrize("until", [None, at(10), at(9), at(6 * 366 * DAY)])
def test_a_wrong_moment_is_named_at_its_field(cast: Cast, ticket: Ticket, until: datetime | None) -> None:
    with clock.frozen_at(at(10)), pytest.raises(Invalid) as caught:
        change_status(cast.actor("olena"), ticket, "postponed", until=until)
    assert list(caught.value.fields) == ["until"]
    ticket.refresh_from_db()
    assert (ticket.state, ticket.version) == ("new", 1)


def test_only_a_way_leads_to_rest(cast: Cast, ticket: Ticket) -> None:
    change_status(cast.actor("olena"), ticket, "closed")
    with pytest.raises(Conflict) as caught:
        postpone(cast.actor("olena"), ticket, clock.now() + timedelta(days=1))
    assert caught.value.code == "no_transition"


def test_a_timer_of_an_interval_that_ended_moves_nothing(cast: Cast, ticket: Ticket) -> None:
    """Whatever columns were left behind: who is closed stays closed, who waits anew has his own days."""
    olena = cast.actor("olena")
    with clock.frozen_at(at(0)):
        change_status(olena, ticket, "waiting")
    ticket.refresh_from_db()
    first = ticket.timer_interval
    with clock.frozen_at(at(1)):
        change_status(olena, ticket, "open")
        change_status(olena, ticket, "waiting")
    Ticket.objects.filter(pk=ticket.pk).update(timer_interval=first, closes_at=at(2))
    assert look(3, ticket) == "waiting"
    assert ticket.closes_at is None
    with clock.frozen_at(at(4)):
        change_status(olena, ticket, "closed")
    interval = ticket.intervals.get(left_at=None).pk
    Ticket.objects.filter(pk=ticket.pk).update(timer_interval=interval, until_at=at(5), closes_at=at(5))
    assert look(6, ticket) == "closed"
    assert (ticket.until_at, ticket.closes_at) == (None, None)
    assert len(told(ticket, "ticket.status_changed")) == 4


def test_the_timers_of_another_type_hold_from_the_change_on(cast: Cast, ticket: Ticket) -> None:
    with clock.frozen_at(at(0)):
        change_status(cast.actor("olena"), ticket, "waiting")
    with clock.frozen_at(at(DAY)):
        change_type(cast.actor("olena"), ticket, TicketType.objects.get(code="task"))
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.closes_at) == ("waiting", None)
    with clock.frozen_at(at(2 * DAY)):
        change_type(cast.actor("olena"), ticket, TicketType.objects.get(code="incident"))
    ticket.refresh_from_db()
    assert ticket.closes_at == at(2 * DAY + WEEK)
    assert ticket.intervals.count() == 2


def test_one_that_cannot_move_holds_up_nobody(cast: Cast, ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen_at(at(0)):
        other = new_ticket(cast)
        for each in (ticket, other):
            change_status(cast.actor("olena"), each, "waiting")

    def follow(locked: Ticket, *given: object) -> None:
        if locked.pk == ticket.pk:
            raise ZeroDivisionError
        real(locked, *given)

    real = timers._follow
    monkeypatch.setattr(timers, "_follow", follow)
    assert look(WEEK, other) == "closed"
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.closes_at) == ("waiting", at(WEEK))  # and is tried again
    monkeypatch.undo()
    assert look(WEEK, ticket) == "closed"


def test_what_is_due_is_found_by_index(cast: Cast, ticket: Ticket) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for due, index in ((due_returns(), "ticket_until"), (due_closings(), "ticket_closes")):
            text, parameters = due.select_for_update(skip_locked=True).query.sql_with_params()
            cursor.execute("EXPLAIN (FORMAT json) " + text + " LIMIT 100", parameters)
            plan = json.dumps(cursor.fetchone()[0])
            assert index in plan
            assert "Sort" not in plan


def test_from_one_kind_of_rest_to_another_the_moment_of_return_stays(cast: Cast, ticket: Ticket) -> None:
    other = Status.objects.create(code="parked", names={"en": "Parked"}, state=State.POSTPONED)
    with clock.frozen_at(at(1)):
        postpone(cast.actor("olena"), ticket, at(HOUR))
        with changing(SYSTEM, "status", ticket) as locked:
            enter(SYSTEM, locked, other, lifecycle_of(locked.type_id), Way())
    ticket.refresh_from_db()
    assert (ticket.status, ticket.until_at) == (other, at(HOUR))


def test_a_ticket_postponed_before_intervals_were_bound_returns_all_the_same(cast: Cast, ticket: Ticket) -> None:
    with clock.frozen_at(at(1)):
        postpone(cast.actor("olena"), ticket, at(HOUR))
    Ticket.objects.filter(pk=ticket.pk).update(timer_interval=None)
    assert look(HOUR, ticket) == "open"
