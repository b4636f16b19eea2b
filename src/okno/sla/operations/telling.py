"""Telling of promises: a warning when one is near its end, a breach when it is over, each once, at its second."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from okno.core import clock, events, logs
from okno.core.actor import SYSTEM
from okno.core.notify import changed
from okno.sla import events as kinds
from okno.sla.operations.recomputing import reckon_batch
from okno.sla.reckoning import marks_of
from okno.sla.rules import Level, Mark, next_moment
from okno.tickets.models import Ticket
from okno.workflow import catalogue

log = logs.get(__name__)
BATCH: Final = 200
LONGEST: Final = 15.0
"""Seconds after which the worker looks even when no deadline is known; see ``following.NEAR``."""

SHORTEST: Final = 0.2
"""Seconds until it looks again though something is due already: somebody holds that ticket."""

AGAIN: Final = timedelta(minutes=1)
"""After so long, what could not be told is tried again."""

TOLD = {Level.NEAR: kinds.DEADLINE_NEAR, Level.BROKEN: kinds.DEADLINE_PASSED}


def tell_due() -> int:
    """Tells of one batch of tickets whose moment has come; how many were taken."""
    now = clock.now()
    with transaction.atomic():
        due = Ticket.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
        taken = list(due.filter(tell_at__lte=now).order_by("tell_at", "id")[:BATCH])
        if taken:
            catalogue.forget()  # a status that pauses the clock since a second ago counts
        for ticket in taken:
            _try(ticket, now)
    return len(taken)


def pause_until_next() -> float:
    """Seconds until there is next something to tell, so that it is told at the right one."""
    first: datetime | None = (
        Ticket.objects.filter(tell_at__isnull=False)
        .order_by("tell_at", "id")
        .values_list("tell_at", flat=True)
        .first()
    )
    if first is None:
        return LONGEST
    return min(LONGEST, max(SHORTEST, (first - clock.now()).total_seconds()))


def _try(ticket: Ticket, now: datetime) -> None:
    """One ticket of which nothing can be told must not hold up the others; it is tried again later.

    It is told by the rules of this moment: a change of which the recomputation has not come to the ticket yet, or
    of which nobody in the worker has heard, may have put the promise off.
    """
    try:
        with transaction.atomic():
            reckon_batch([ticket], quiet=False)
            _tell(ticket, now)
    except Exception:
        log.exception("a deadline could not be told", ticket=ticket.number)
        Ticket.objects.filter(pk=ticket.pk).update(tell_at=now + AGAIN)


def _tell(ticket: Ticket, now: datetime) -> None:
    """Of each promise the highest level is told that it has come to; the marks say that it was."""
    react, resolve = marks_of(ticket)
    ticket.react_told = _say(ticket, "reaction", react, now)
    ticket.resolve_told = _say(ticket, "resolution", resolve, now)
    ticket.tell_at = next_moment(marks_of(ticket))
    ticket.save(update_fields=["react_told", "resolve_told", "tell_at"])
    changed(f"ticket:{ticket.pk}")


def _say(ticket: Ticket, of: str, mark: Mark, now: datetime) -> Level:
    level = mark.level(now)
    if level <= mark.told or mark.deadline is None:
        return mark.told
    events.record(SYSTEM, TOLD[level], ticket, {"of": of, "deadline": mark.deadline.isoformat()})
    return level
