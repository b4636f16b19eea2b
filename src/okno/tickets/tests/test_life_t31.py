"""T31: whatever people and the clock do in whatever order, a ticket keeps to its lifecycle and loses no time.

What is expected is told by tables of this test and not by the code that it tries.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from okno.core import clock
from okno.core.actor import SYSTEM
from okno.core.faults import Fault
from okno.testing.cast import Cast
from okno.tickets.durations import stays_of
from okno.tickets.models import Processing, Ticket
from okno.tickets.operations.deciding import accept_solution, reject_solution, renew
from okno.tickets.operations.editing import change_type
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.processing import (
    abandon_processing,
    begin_processing,
    finish_processing,
    keep_processing,
)
from okno.tickets.operations.status import change_status, postpone, resume
from okno.tickets.operations.timers import run_timers
from okno.tickets.tests.standing import START, new_ticket, told
from okno.workflow.models import TicketType

WEEK = timedelta(days=7)
LOST = timedelta(seconds=60)
USUAL = {
    "new": {"open", "waiting", "postponed", "resolved", "closed"},
    "open": {"waiting", "postponed", "resolved", "closed"},
    "waiting": {"open", "postponed", "resolved", "closed"},
    "postponed": {"open", "waiting", "resolved", "closed"},
    "resolved": {"open", "waiting", "closed"},
    "closed": {"open"},
}
CALL_BACK = {
    "new": {"processing"},
    "processing": {"processed", "postponed", "new"},
    "postponed": {"processing", "new"},
    "processed": {"new"},
}
DONE = {"resolved", "closed", "processed"}
CODES = sorted({*USUAL, *CALL_BACK})
STEPS = st.sampled_from([timedelta(seconds=20), timedelta(minutes=7), timedelta(hours=5), timedelta(days=2), WEEK])
TYPES = ["incident", "incident", "incident", "call-back", "call-back", "task"]
PEOPLE = st.sampled_from(["olena", "marek"])


def ways(kind: str) -> dict[str, set[str]]:
    return CALL_BACK if kind == "call-back" else USUAL


class Life(RuleBasedStateMachine):
    """One ticket, four people and a clock."""

    cast: ClassVar[Cast]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = START

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(kind=st.sampled_from(TYPES))
    def register(self, kind: str) -> None:
        with clock.frozen_at(self.now):
            self.ticket = new_ticket(self.cast, type=TicketType.objects.get(code=kind))
        self.kind = kind
        self.due: datetime | None = None
        self.window: tuple[str, datetime] | None = None
        self.version = 1

    def act(self, operation: Callable[..., Any], *given: Any, **named: Any) -> bool:
        """Tries it; whether it was done. What is refused changes nothing."""
        self.now += timedelta(seconds=1)  # no two acts at the same moment
        before = Ticket.objects.filter(pk=self.ticket.pk).values().get()
        try:
            with clock.frozen_at(self.now), transaction.atomic():
                operation(*given, **named)
        except Fault:
            assert Ticket.objects.filter(pk=self.ticket.pk).values().get() == before
            return False
        self.ticket = Ticket.objects.get(pk=self.ticket.pk)
        return True

    @property
    def status(self) -> str:
        return self.ticket.status.code

    def entered(self, before: str, until: datetime | None = None) -> None:
        """What follows for the clock when the status became another."""
        if self.status == before:
            return
        if self.status == "postponed":
            self.due = until
        else:
            timed = self.status in {"waiting", "resolved"} and self.kind == "incident"
            self.due = self.now + WEEK if timed else None
        if self.status != "processing":
            self.window = None

    @rule(step=STEPS)
    def time_passes(self, step: timedelta) -> None:
        self.now += step

    @rule(step=STEPS)
    def timers_run(self, step: timedelta) -> None:
        self.now += step
        before, version = self.status, self.ticket.version
        is_due = self.due is not None and self.due <= self.now
        is_lost = self.window is not None and self.window[1] + LOST <= self.now
        with clock.frozen_at(self.now):
            run_timers()
        self.ticket = Ticket.objects.get(pk=self.ticket.pk)
        if is_due:
            returned = "new" if self.kind == "call-back" else "open"
            assert self.status == (returned if before == "postponed" else "closed")
        elif is_lost:
            assert (before, self.status) == ("processing", "new")
        else:
            assert (self.status, self.ticket.version) == (before, version)
        self.version += is_due or is_lost
        self.entered(before)

    @rule(who=PEOPLE, code=st.sampled_from(CODES), hours=st.sampled_from([None, 1, 100]))
    def somebody_changes_the_status(self, who: str, code: str, hours: int | None) -> None:
        before, until = self.status, self.now + timedelta(hours=hours) if hours else None
        if self.act(change_status, self.cast.actor(who), self.ticket, code, until=until):
            assert self.status == code
            self.version += 1
            if code == before == "postponed" and until:
                self.due = until
            self.entered(before, until)
        else:
            refused = code not in ways(self.kind).get(before, set()) or (code == "postponed" and not until)
            assert refused or self.kind == "call-back"

    @rule(hours=st.sampled_from([1, 50, 500]))
    def somebody_postpones(self, hours: int) -> None:
        before, until = self.status, self.now + timedelta(hours=hours)
        if self.act(postpone, self.cast.actor("marek"), self.ticket, until):
            assert self.status == "postponed"
            self.version += 1
            self.due = until
        else:
            assert "postponed" not in ways(self.kind)[before] or self.kind == "call-back"

    @rule()
    def somebody_resumes(self) -> None:
        before = self.status
        if self.act(resume, self.cast.actor("olena"), self.ticket):
            assert self.status == ("new" if self.kind == "call-back" else "open")
            self.version += 1
            self.entered(before)

    @rule(then=st.sampled_from(["", "", "", "waiting", "resolved"]))
    def somebody_answers(self, then: str) -> None:
        before = self.status
        if self.act(add_answer, self.cast.actor("marek"), self.ticket, NewMessage(text="x"), then_status=then):
            expected = then or ("open" if before == "new" and self.kind != "call-back" else before)
            assert self.status == expected
            self.version += 1
            if self.status == before and not then and before in {"waiting", "resolved"} and self.due:
                self.due = self.now + WEEK
            self.entered(before)

    @rule()
    def somebody_notes(self) -> None:
        before = self.status
        assert self.act(add_note, self.cast.actor("marek"), self.ticket, NewMessage(text="x"))
        self.version += 1
        assert self.status == before

    @rule(how=st.sampled_from(["plain", "unproven", "quiet"]))
    def the_client_writes(self, how: str) -> None:
        before = self.status
        words = NewMessage(text="x", contact=self.cast.marta, is_verified=how != "unproven")
        assert self.act(add_client_message, SYSTEM, self.ticket, words, quietly=how == "quiet")
        self.version += 1
        to_work = "new" if self.kind == "call-back" else "open"
        wakes = before not in {"new", "open", "processing"} if how == "plain" else before in DONE and how != "quiet"
        assert self.status == (to_work if wakes else before)
        if how == "unproven" and before == "waiting":
            self.due = None
        self.entered(before)

    @rule(what=st.sampled_from([accept_solution, reject_solution, renew]))
    def the_client_decides(self, what: Callable[..., Any]) -> None:
        before, closed_at = self.status, self.ticket.closed_at
        words = [NewMessage(text="no")] if what is reject_solution else []
        done = self.act(what, self.cast.actor("marta"), self.ticket, *words)
        wanted = {"accept_solution": "resolved", "reject_solution": "resolved", "renew": "closed"}[what.__name__]
        in_time = what is not renew or (closed_at is not None and self.now < closed_at + WEEK)
        assert done is (before == wanted and self.kind == "incident" and in_time)
        if done:
            assert self.status == ("closed" if what is accept_solution else "open")
            self.version += 1
            self.entered(before)

    @rule(kind=st.sampled_from(TYPES), really=st.sampled_from([True, False, False]))
    def the_type_changes(self, kind: str, really: bool) -> None:
        if not really:
            return
        before, due = self.status, self.due
        assert self.act(change_type, self.cast.actor("olena"), self.ticket, TicketType.objects.get(code=kind))
        self.version += 1
        if kind == self.kind:
            return
        self.kind = kind
        if before in DONE:
            assert self.status in DONE
        if self.status == before:
            timed = before in {"waiting", "resolved"} and kind == "incident"
            self.due = due if before == "postponed" else self.now + WEEK if timed else None
        self.entered(before)

    @rule(who=PEOPLE)
    def somebody_opens_the_window(self, who: str) -> None:
        before, window = self.status, self.window
        if self.act(begin_processing, self.cast.actor(who), self.ticket):
            assert self.status == "processing"
            is_lost = window is not None and window[1] + LOST <= self.now
            assert window is None or window[0] == who or is_lost
            self.version += window is None or is_lost
            self.window, self.due = (who, self.now), None
        else:
            taken = window is not None and window[0] != who
            assert taken or self.kind != "call-back" or before == "processed"

    @rule(who=PEOPLE, end=st.sampled_from(["keep", "processed", "postponed", "leave"]))
    def the_window_goes_on_or_ends(self, who: str, end: str) -> None:
        actor, before, is_own = self.cast.actor(who), self.status, self.window is not None and self.window[0] == who
        until = self.now + timedelta(hours=3)
        if end == "keep":
            done = self.act(keep_processing, actor, self.ticket)
            if done:
                self.window = (who, self.now)
        elif end == "leave":
            assert self.act(abandon_processing, actor, self.ticket)
            done = is_own
            self.version += is_own
        else:
            done = self.act(finish_processing, actor, self.ticket, end, until=until)
            self.version += done
        assert done is is_own
        if done and end != "keep":
            assert self.status == ("new" if end == "leave" else end)
            self.entered(before, until)

    @invariant()
    def the_ticket_is_in_order(self) -> None:
        if not hasattr(self, "ticket"):
            return
        ticket = self.ticket
        assert self.status in ways(self.kind)
        assert ticket.state == ticket.status.state
        assert ticket.version == self.version
        assert (ticket.until_at or ticket.closes_at) == self.due
        assert not (ticket.until_at and ticket.closes_at)
        assert (ticket.until_at is not None) == (ticket.state == "postponed")
        assert (ticket.closed_at is not None) == (ticket.state == "closed")
        assert Processing.objects.filter(ticket=ticket, ended_at=None).exists() == (self.status == "processing")
        self.check_history()

    def check_history(self) -> None:
        """Only legal changes were told, the stays join without a gap, and they add up to the age."""
        told_of = told(self.ticket, "ticket.status_changed")
        for data in told_of:
            if data["reason"].get("because") != "type changed":
                legal = USUAL.get(data["before"], set()) | CALL_BACK.get(data["before"], set())
                assert data["after"] in legal, data
        for first, then in pairwise(told_of):
            assert first["after"] == then["before"]
        reopened = [data for data in told_of if data["before"] in DONE and data["after"] not in DONE]
        assert self.ticket.reopenings == len(reopened)
        stays = stays_of(self.ticket, self.now)
        assert [stay.status.code for stay in stays] == ["new", *(data["after"] for data in told_of)]
        assert stays[0].entered_at == self.ticket.created_at
        assert [stay.left_at for stay in stays[:-1]] == [stay.entered_at for stay in stays[1:]]
        assert stays[-1].left_at is None
        assert sum((stay.wall for stay in stays), timedelta()) == self.now - self.ticket.created_at
        assert all(timedelta() <= stay.working <= stay.wall for stay in stays)


@pytest.mark.django_db
def test_no_sequence_of_acts_breaks_a_life_t31(cast: Cast) -> None:
    Life.cast = cast
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=30,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
