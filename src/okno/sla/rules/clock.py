"""When a promise ends: its norm of time laid over the ticket's stays in running statuses, by a schedule.

A status that pauses the clock, and every status in which the ticket is done, counts nothing; a ticket that is
opened again goes on where it stopped (C3, F72, F179). The pauses are cut by the same schedule as the work (W12).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from okno.calendars.rules import NeverOpens, OutOfReach, Schedule, add_working_time, working_time_between

ALWAYS = Schedule({day: [(time(0), time(0))] for day in range(7)})
"""The wall clock: every minute counts."""

NOTHING = timedelta()


class Phase(StrEnum):
    """What a status means to the clock."""

    RUNS = "runs"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when a ticket was in a status; the last one goes on where ``left_at`` is empty."""

    entered_at: datetime
    left_at: datetime | None
    phase: Phase
    status: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A norm of time by a schedule. It warns after a percentage of it, or when so much is left, or never."""

    norm: timedelta
    schedule: Schedule
    warn_percent: int = 0
    warn_left: timedelta = NOTHING

    @property
    def warned_after(self) -> timedelta | None:
        """How much of the norm is over when the warning comes; none where it would come before the beginning."""
        if self.warn_percent:
            return self.norm * self.warn_percent / 100
        return self.norm - self.warn_left if NOTHING < self.warn_left < self.norm else None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """When the promise ends, or how much of it is left where the clock stands.

    Of a ticket that is done ``deadline`` is when it would have ended: with the moment of the solution it says
    whether the promise was kept. A schedule that never opens gives a deadline to nobody: ``is_endless``.
    """

    deadline: datetime | None = None
    warn_at: datetime | None = None
    left: timedelta | None = None
    is_endless: bool = False


def reckon(promise: Promise, stays: Sequence[Stay]) -> Reckoning:
    """The end of the promise over the stays of a ticket, in their order of time."""
    try:
        return _reckon(promise, stays)
    except (NeverOpens, OutOfReach):
        return Reckoning(is_endless=True)


def _reckon(promise: Promise, stays: Sequence[Stay]) -> Reckoning:
    stretches, after = list(_running(stays)), promise.warned_after
    deadline, left = _reached(promise.norm, stretches, promise.schedule)
    if deadline is None:
        done_at = _done_since(stays)
        if done_at is None:
            warn_at = _reached(after, stretches, promise.schedule)[0] if after is not None else None
            return Reckoning(warn_at=warn_at, left=left)
        return Reckoning(add_working_time(done_at, left, promise.schedule), left=left)
    warn_at = _reached(after, stretches, promise.schedule)[0] if after is not None else None
    return Reckoning(deadline, warn_at)


def reckon_manual(promise: Promise, begins_at: datetime, deadline: datetime) -> Reckoning:
    """A deadline that a person set (F51): no pause moves it, and the warning comes by the schedule."""
    try:
        if promise.warn_percent:
            whole = max(working_time_between(begins_at, deadline, promise.schedule), NOTHING)
            return Reckoning(
                deadline, add_working_time(begins_at, whole * promise.warn_percent / 100, promise.schedule)
            )
        if promise.warn_left:
            return Reckoning(deadline, add_working_time(deadline, -promise.warn_left, promise.schedule))
    except (NeverOpens, OutOfReach):
        pass
    return Reckoning(deadline)


def consumed(stays: Sequence[Stay], until: datetime, schedule: Schedule) -> timedelta:
    """How much of a promise was used up to a moment."""
    total = NOTHING
    for start, end in _running(stays):
        last = until if end is None else min(end, until)
        if start < last:
            total += working_time_between(start, last, schedule)
    return total


def _running(stays: Sequence[Stay]) -> Iterator[tuple[datetime, datetime | None]]:
    """The stretches in which the clock ran, neighbours made one; the last may have no end."""
    pending: tuple[datetime, datetime | None] | None = None
    for stay in stays:
        if stay.phase is not Phase.RUNS:
            continue
        if pending is not None and pending[1] == stay.entered_at:
            pending = (pending[0], stay.left_at)
            continue
        if pending is not None:
            yield pending
        pending = (stay.entered_at, stay.left_at)
    if pending is not None:
        yield pending


def _reached(
    amount: timedelta, stretches: Sequence[tuple[datetime, datetime | None]], schedule: Schedule
) -> tuple[datetime | None, timedelta]:
    """The first moment at which so much was or will be counted; or none, and what is missing to it."""
    for start, end in stretches:
        if end is None:
            return add_working_time(start, amount, schedule), NOTHING
        worked = working_time_between(start, end, schedule)
        if worked >= amount:
            return add_working_time(start, amount, schedule), NOTHING
        amount -= worked
    return None, amount


def _done_since(stays: Sequence[Stay]) -> datetime | None:
    """Since when the ticket has been done without a break."""
    since = None
    for stay in reversed(stays):
        if stay.phase is not Phase.DONE:
            break
        since = stay.entered_at
    return since
