"""Warnings and breaches are told once, at their second, and stand in the history of the ticket."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.drains import DRAINS, run_until_empty
from okno.core.models import Event
from okno.core.worker import Worker
from okno.sla.models import Recomputation
from okno.sla.operations.deadline import set_deadline
from okno.sla.operations.telling import LONGEST, SHORTEST, pause_until_next
from okno.sla.tests.test_following import a_ticket, at, stored
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.editing import change_priority
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.tickets.operations.status import change_status
from okno.workflow.models import Priority, Status
from okno.workflow.operations.statuses import StatusFacts, change_status_row

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def told() -> list[tuple[str, str]]:
    rows = Event.objects.filter(kind__in=["ticket.deadline_near", "ticket.deadline_passed"]).order_by("id")
    return [(kind.removeprefix("ticket.deadline_"), data["of"]) for kind, data in rows.values_list("kind", "data")]


def look(moment: datetime) -> list[tuple[str, str]]:
    with clock.frozen_at(moment):
        run_until_empty("deadlines")
    return told()


def test_each_is_told_at_its_second_and_once(cast: Cast) -> None:
    a_ticket(cast, at(1, 10), "critical")
    assert look(at(1, 10, 45) - SECOND) == []
    assert look(at(1, 10, 45)) == [("near", "reaction")]
    assert look(at(1, 11) - SECOND) == [("near", "reaction")]
    assert look(at(1, 11)) == [("near", "reaction"), ("passed", "reaction")]
    assert look(at(1, 13))[2:] == [("near", "resolution")]
    assert look(at(1, 14))[3:] == [("passed", "resolution")]
    assert len(look(at(2, 14))) == 4


def test_after_a_standstill_only_the_breach_is_told(cast: Cast) -> None:
    a_ticket(cast, at(1, 10), "critical")
    assert look(at(2, 10)) == [("passed", "reaction"), ("passed", "resolution")]


def test_what_was_kept_is_not_told_and_what_was_broken_before_is(cast: Cast) -> None:
    kept, broken = a_ticket(cast, at(1, 10), "critical"), a_ticket(cast, at(1, 10), "critical")
    with clock.frozen_at(at(1, 10, 30)):
        add_answer(cast.actor("taras"), kept, NewMessage(text="Done"), then_status="resolved")
    with clock.frozen_at(at(1, 11, 30)):
        add_answer(cast.actor("taras"), broken, NewMessage(text="Done"), then_status="resolved")
    assert look(at(5, 10)) == [("passed", "reaction")]


def test_nothing_is_told_while_the_clock_stands_and_what_was_missed_after_it(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10), "critical")
    with clock.frozen_at(at(1, 13, 30)):
        add_answer(cast.actor("taras"), ticket, NewMessage(text="?"), then_status="waiting")
    assert stored(ticket).resolve_warn_at == at(1, 13)
    assert look(at(1, 20)) == [("passed", "reaction")]
    with clock.frozen_at(at(2, 10)):
        add_answer(cast.actor("taras"), stored(ticket), NewMessage(text="!"), then_status="open")
    assert look(at(2, 10))[1:] == [("near", "resolution")]
    assert look(at(2, 10, 30))[2:] == [("passed", "resolution")]


def test_a_ticket_that_cannot_be_told_does_not_hold_up_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = a_ticket(cast, at(1, 10), "critical"), a_ticket(cast, at(1, 10), "critical")
    record = events.record

    def fail(actor: Actor, kind: str, thing: Ticket, data: dict[str, Any]) -> None:
        record(actor, kind, thing, data)
        if thing.pk == bad.pk:
            raise ValueError("not this one")

    with monkeypatch.context() as broken:
        broken.setattr("okno.core.events.record", fail)
        assert look(at(1, 10, 50)) == [("near", "reaction")]
    assert stored(good).react_told == 1
    assert (stored(bad).react_told, stored(bad).tell_at) == (0, at(1, 10, 51))
    assert look(at(1, 10, 50)) == [("near", "reaction")]
    assert look(at(1, 10, 51)) == [("near", "reaction"), ("near", "reaction")]


def test_a_promise_that_has_time_again_is_told_of_again(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10), "critical")
    with clock.frozen_at(at(1, 10, 30)):
        add_answer(cast.actor("taras"), ticket, NewMessage(text="Looking"))
    assert look(at(1, 14, 30)) == [("passed", "resolution")]
    with clock.frozen_at(at(1, 15)):
        change_priority(cast.actor("taras"), stored(ticket), Priority.objects.get(code="high"))
    assert stored(ticket).resolve_told == 0
    assert look(at(2, 10)) == [("passed", "resolution"), ("passed", "resolution")]


def test_the_worker_sleeps_until_the_next_moment(cast: Cast) -> None:
    assert pause_until_next() == LONGEST
    a_ticket(cast, at(1, 10), "critical")
    with clock.frozen_at(at(1, 10, 45) - 3 * SECOND):
        assert pause_until_next() == 3.0
        assert DRAINS["deadlines"].seconds == 3.0
    with clock.frozen_at(at(1, 11)):
        assert pause_until_next() == SHORTEST


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_tells_within_a_second_of_the_deadline(cast: Cast) -> None:
    worker = Worker({})

    def run() -> None:
        worker._draining(DRAINS["deadlines"])(worker.stopping)
        connection.close()

    thread = threading.Thread(target=run)
    ticket = a_ticket(cast, clock.now())
    thread.start()
    try:
        time.sleep(0.3)
        deadline = clock.now() + timedelta(seconds=2)
        set_deadline(cast.actor("taras"), ticket, deadline)
        worker._wakers["deadlines"].set()
        end = time.monotonic() + 15
        while ("passed", "resolution") not in told() and time.monotonic() < end:
            time.sleep(0.1)
    finally:
        worker.stop()
        thread.join(10)
    event = Event.objects.get(kind="ticket.deadline_passed", data__of="resolution")
    assert timedelta() <= event.at - deadline < SECOND


def test_two_workers_tell_once(cast: Cast) -> None:
    a_ticket(cast, at(1, 10), "critical")
    Ticket.objects.update(tell_at=at(1, 10))
    look(at(1, 10, 50))
    Ticket.objects.update(tell_at=at(1, 10))
    assert look(at(1, 10, 50)) == [("near", "reaction")]


def test_a_status_that_pauses_the_clock_since_a_moment_ago_lets_no_breach_be_told(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10), "critical")
    with clock.frozen_at(at(1, 10, 30)):
        change_status(cast.actor("taras"), ticket, "open")
        status = Status.objects.get(code="open")
        facts = StatusFacts(status.names, status.state, status.colour, pauses_clock=True)
        change_status_row(cast.actor("olena"), status, facts)
    assert Recomputation.objects.filter(finished_at=None).exists()  # the job has not come to it
    assert ("passed", "resolution") not in look(at(2, 16))
    assert stored(ticket).resolve_by is None
    assert Recomputation.objects.filter(finished_at=None).exists()
