"""The clock of a promise with its pauses agrees with counting minutes one by one (T29, W12)."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from okno.calendars.rules import Schedule
from okno.calendars.tests.test_oracle_t29 import MINUTE, SPAN, ZONES, a_schedule, a_start, count, walk
from okno.sla.rules import Phase, Promise, Stay, account_of, consumed, reckon

QUESTIONS = 150
"""For each of 18 zones and 2 seeds: 5,400 tickets with random pauses."""


def random_stays(chance: random.Random, start: datetime) -> tuple[list[Stay], list[bool]]:
    """Stays from one minute to another, and for each minute of the span whether the clock runs."""
    cuts = sorted(chance.sample(range(SPAN), chance.randint(1, 6)))
    phases = [chance.choice([Phase.RUNS, Phase.RUNS, Phase.PAUSED, Phase.DONE]) for _each in cuts]
    ends = [*cuts[1:], None]
    stays = [
        Stay(start + first * MINUTE, None if last is None else start + last * MINUTE, phase)
        for first, last, phase in zip(cuts, ends, phases, strict=True)
    ]
    runs = [False] * SPAN
    for first, last, phase in zip(cuts, ends, phases, strict=True):
        if phase is Phase.RUNS:
            runs[first : last or SPAN] = [True] * ((last or SPAN) - first)
    return stays, runs


def expected_deadline(
    start: datetime, is_open: set[int], runs: list[bool], norm: int
) -> tuple[datetime | None, int]:
    """The end of the last minute of the norm that was counted; and how many were."""
    counted = 0
    for minute in range(SPAN):
        if runs[minute] and minute in is_open:
            counted += 1
            if counted == norm:
                return start + (minute + 1) * MINUTE, counted
    return None, counted


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("seed", range(2))
def test_deadlines_with_pauses_are_those_of_a_minute_counter(zone: str, seed: int) -> None:
    chance = random.Random(f"{zone} {seed}")
    start = a_start(chance, zone)
    clocks, compared = walk(zone, start), 0
    for _schedule in range(3):
        schedule = a_schedule(chance, zone, start)
        is_open = set(count(schedule, start, clocks).open)
        for _question in range(QUESTIONS // 3):
            compared += compare(chance, start, schedule, is_open)
    assert compared > 0


def compare(chance: random.Random, start: datetime, schedule: Schedule, is_open: set[int]) -> int:
    stays, runs = random_stays(chance, start)
    norm, probe = chance.randint(1, 9000), chance.randrange(SPAN + 1)
    used = sum(1 for minute in range(probe) if runs[minute] and minute in is_open)
    assert consumed(stays, start + probe * MINUTE, schedule) == used * MINUTE
    promise = Promise(norm * MINUTE, schedule)
    wanted, counted = expected_deadline(start, is_open, runs, norm)
    found = reckon(promise, stays)
    if wanted is not None:
        assert found.deadline == wanted, (stays, norm, schedule)
        parts = account_of(promise, stays, found.deadline)
        assert sum((part.worked for part in parts), timedelta()) == promise.norm
        return 1
    if stays[-1].phase is Phase.PAUSED:
        assert found.deadline is None
        assert found.left == (norm - counted) * MINUTE
    return 0


def test_the_order_of_pauses_never_shortens_a_promise() -> None:
    """More pauses, never an earlier deadline."""
    chance = random.Random(7)
    start = datetime(2026, 3, 20, tzinfo=UTC)
    for _each in range(500):
        schedule = a_schedule(chance, "Europe/Kyiv", start)
        if not schedule.opens:
            continue
        stays, _runs = random_stays(chance, start)
        stays[-1] = Stay(stays[-1].entered_at, None, Phase.RUNS)
        promise = Promise(chance.randint(1, 3000) * MINUTE, schedule)
        whole = [Stay(stay.entered_at, stay.left_at, Phase.RUNS) for stay in stays]
        with_pauses, without = reckon(promise, stays), reckon(promise, whole)
        if not with_pauses.is_endless and with_pauses.deadline and without.deadline:
            assert with_pauses.deadline >= without.deadline
