"""What tickets do by themselves when their time has come: return, close, leave an abandoned processing window.

A timer belongs to the interval in which it was set; whatever the ticket did since, it moves by its own timer or by
none (T31). Rows are taken in batches and skipped where somebody is at them; another look follows soon.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from okno.core import clock, logs
from okno.core.actor import SYSTEM
from okno.tickets.models import Processing, StatusInterval, Ticket
from okno.tickets.operations.change import changing
from okno.tickets.operations.moving import move_by_rule, stop_timer
from okno.workflow.lifecycles import lifecycle_of
from okno.workflow.rules import State

log = logs.get(__name__)
BATCH = 100
LOST = timedelta(seconds=60)
"""Without a sign of life for so long, a processing window counts as closed."""


def run_timers() -> int:
    """One batch of each kind; how many tickets were taken."""
    return _run(due_returns(), _return) + _run(due_closings(), _close) + _run(lost_windows(), _abandon)


def due_returns(now: datetime | None = None) -> QuerySet[Ticket]:
    """The postponed tickets whose time has come (F73)."""
    return Ticket.objects.filter(until_at__lte=now or clock.now()).order_by("until_at", "id")


def due_closings(now: datetime | None = None) -> QuerySet[Ticket]:
    """The tickets whose status has lasted its time (F26, F27, F76)."""
    return Ticket.objects.filter(closes_at__lte=now or clock.now()).order_by("closes_at", "id")


def lost_windows(now: datetime | None = None) -> QuerySet[Ticket]:
    """The tickets whose processing window gives no sign of life (F169)."""
    silent = Processing.objects.filter(ended_at=None, seen_at__lte=(now or clock.now()) - LOST)
    return Ticket.objects.filter(pk__in=silent.order_by("seen_at").values("ticket")).order_by("id")


def _run(due: QuerySet[Ticket], act: Callable[[Ticket], None]) -> int:
    with transaction.atomic():
        taken = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        return sum(_did(act, ticket) for ticket in taken)


def _did(act: Callable[[Ticket], None], ticket: Ticket) -> bool:
    """One ticket that cannot move must not hold up the others; it is tried again later."""
    try:
        with transaction.atomic():
            act(ticket)
    except Exception:
        log.exception("a timer could not be carried out", ticket=ticket.number)
        return False
    return True


def _return(ticket: Ticket) -> None:
    with changing(SYSTEM, "status", ticket) as locked:
        if locked.until_at is None or locked.until_at > clock.now():
            return
        # A postponed ticket from before its interval was kept returns as well: it must not sleep for good.
        is_right = locked.state == State.POSTPONED and (locked.timer_interval is None or _is_bound(locked))
        until, locked.until_at = locked.until_at, None
        if is_right:
            _follow(locked, {"because": "returned", "until": until.isoformat()})


def _close(ticket: Ticket) -> None:
    with changing(SYSTEM, "status", ticket) as locked:
        if locked.closes_at is None or locked.closes_at > clock.now():
            return
        is_right = locked.state not in {State.POSTPONED, State.CLOSED} and _is_bound(locked)
        stop_timer(locked)
        if is_right:
            place = lifecycle_of(locked.type_id).place(locked.status.code)
            _follow(locked, {"because": "timer", "hours": place.hours if place else None})


def _abandon(ticket: Ticket) -> None:
    with changing(SYSTEM, "status", ticket) as locked:
        # Between the look and the lock the window may have given a sign of life, or passed to somebody else.
        lost = Processing.objects.filter(ticket=locked, ended_at=None, seen_at__lte=clock.now() - LOST)
        leave_window(locked, lost.first())


def leave_window(ticket: Ticket, window: Processing | None, actor: Any = SYSTEM) -> None:
    """The window of a locked ticket is closed without a result, and the ticket goes back (F169)."""
    if window is None:
        return
    window.ended_at = clock.now()
    window.save(update_fields=["ended_at"])
    rules = lifecycle_of(ticket.type_id)
    place = rules.place(ticket.status.code)
    if place is not None and place.is_held:
        reason = {"because": "abandoned", "who": window.agent.name}
        move_by_rule(actor, ticket, rules, place.then, reason)


def _is_bound(ticket: Ticket) -> bool:
    return StatusInterval.objects.filter(pk=ticket.timer_interval or 0, ticket=ticket, left_at=None).exists()


def _follow(ticket: Ticket, reason: dict[str, Any]) -> None:
    rules = lifecycle_of(ticket.type_id)
    place = rules.place(ticket.status.code)
    if place is not None and place.then:
        move_by_rule(SYSTEM, ticket, rules, place.then, reason)
