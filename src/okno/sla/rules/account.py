"""The account of a promise: each stay of the ticket with the days that counted, or why they did not (W13, P53)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from okno.calendars.rules import DayAccount, days_between, working_time_between
from okno.sla.rules.clock import NOTHING, Phase, Promise, Stay

SHOWN = 60
"""Days that the account of one stay names."""


@dataclass(frozen=True)
class Part:
    """A stay of the ticket in the account of a promise: how much it took, and its days where the clock ran.

    ``end`` is where the stay or the promise ended; of the present stay it may still be to come, and is empty where
    nobody can know. ``is_cut``: there are more days than are named.
    """

    stay: Stay
    end: datetime | None
    worked: timedelta = NOTHING
    days: tuple[DayAccount, ...] = ()
    is_cut: bool = False


def account_of(promise: Promise, stays: Sequence[Stay], deadline: datetime | None) -> tuple[Part, ...]:
    """Every stay up to the deadline; what the running ones took adds up to the norm when it is reached."""
    return tuple(_parts(promise, stays, deadline))


def _parts(promise: Promise, stays: Sequence[Stay], deadline: datetime | None) -> Iterator[Part]:
    for stay in stays:
        if deadline is not None and stay.entered_at >= deadline and stay is not stays[0]:
            return
        end = _earlier(stay.left_at, deadline)
        if stay.phase is not Phase.RUNS:
            yield Part(stay, stay.left_at)
        elif end is None:
            yield Part(stay, None)
        else:
            days = list(islice(days_between(stay.entered_at, end, promise.schedule), SHOWN + 1))
            worked = working_time_between(stay.entered_at, end, promise.schedule)
            yield Part(stay, end, worked, tuple(days[:SHOWN]), len(days) > SHOWN)


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min((each for each in (first, second) if each is not None), default=None)
