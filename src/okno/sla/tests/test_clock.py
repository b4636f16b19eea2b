"""The clock of a promise by tables: pauses, ends, reopenings, warnings, accounts (C2, C3, F54, F72, F179)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from okno.calendars.rules import Schedule
from okno.sla.rules import (
    ALWAYS,
    Level,
    Mark,
    Phase,
    Promise,
    Reaction,
    Stay,
    account_of,
    consumed,
    next_moment,
    reacted_at,
    reckon,
    reckon_manual,
    still_told,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OFFICE = Schedule(
    {day: [(time(9), time(18))] for day in range(5)}, {date(2026, 6, 4): []}, names={date(2026, 6, 4): "Holiday"}
)
"""Monday is the first of June 2026; Thursday is a holiday."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def run(start: datetime, end: datetime | None = None) -> Stay:
    return Stay(start, end, Phase.RUNS, "open")


def pause(start: datetime, end: datetime | None = None) -> Stay:
    return Stay(start, end, Phase.PAUSED, "waiting")


def done(start: datetime, end: datetime | None = None) -> Stay:
    return Stay(start, end, Phase.DONE, "closed")


@pytest.mark.parametrize(
    ("stays", "norm", "schedule", "deadline"),
    [
        ([run(at(1, 10))], 4 * HOUR, OFFICE, at(1, 14)),
        ([run(at(1, 16))], 4 * HOUR, OFFICE, at(2, 11)),
        ([run(at(1, 16))], 4 * HOUR, ALWAYS, at(1, 20)),
        ([run(at(3, 17))], 2 * HOUR, OFFICE, at(5, 10)),
        ([run(at(6, 12))], HOUR, OFFICE, at(8, 10)),
        ([run(at(1, 10), at(1, 12)), pause(at(1, 12), at(1, 15)), run(at(1, 15))], 4 * HOUR, OFFICE, at(1, 17)),
        ([run(at(1, 10), at(1, 12)), pause(at(1, 12), at(2, 15)), run(at(2, 15))], 4 * HOUR, OFFICE, at(2, 17)),
        # A pause over closed time gives back nothing that was not taken.
        ([run(at(5, 17), at(5, 20)), pause(at(5, 20), at(7, 12)), run(at(7, 12))], 2 * HOUR, OFFICE, at(8, 10)),
        # Closed after an hour, opened again a week later (F179).
        ([run(at(1, 10), at(1, 11)), done(at(1, 11), at(8, 10)), run(at(8, 10))], 4 * HOUR, OFFICE, at(8, 13)),
        # The deadline passed before the pause: it stays where it was.
        ([run(at(1, 10), at(1, 17)), pause(at(1, 17))], 4 * HOUR, OFFICE, at(1, 14)),
        # Exactly reached when the pause began.
        ([run(at(1, 10), at(1, 14)), pause(at(1, 14))], 4 * HOUR, OFFICE, at(1, 14)),
        # Several running statuses are one stretch.
        ([run(at(1, 10), at(1, 12)), run(at(1, 12), at(1, 13)), run(at(1, 13))], 4 * HOUR, OFFICE, at(1, 14)),
        # Done: when it would have ended, counted on from the solution.
        ([run(at(1, 10), at(1, 11)), done(at(1, 11))], 4 * HOUR, OFFICE, at(1, 14)),
        ([run(at(1, 10), at(1, 11)), pause(at(1, 11), at(2, 10)), done(at(2, 10))], 4 * HOUR, OFFICE, at(2, 13)),
    ],
)  # fmt: skip
def test_the_norm_is_laid_over_running_stays(
    stays: list[Stay], norm: timedelta, schedule: Schedule, deadline: datetime
) -> None:
    assert reckon(Promise(norm, schedule), stays).deadline == deadline


def test_while_paused_there_is_no_deadline_but_what_is_left() -> None:
    found = reckon(Promise(4 * HOUR, OFFICE), [run(at(1, 10), at(1, 12)), pause(at(1, 12))])
    assert found.deadline is None
    assert found.left == 2 * HOUR


def test_a_schedule_that_never_opens_promises_nothing() -> None:
    assert reckon(Promise(HOUR, Schedule({})), [run(at(1, 10))]).is_endless


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        (Promise(4 * HOUR, OFFICE, warn_percent=75), at(1, 13)),
        (Promise(4 * HOUR, OFFICE, warn_left=30 * MINUTE), at(1, 13, 30)),
        (Promise(4 * HOUR, OFFICE, warn_left=5 * HOUR), None),
        (Promise(4 * HOUR, OFFICE), None),
    ],
)
def test_the_warning_comes_in_working_time(promise: Promise, expected: datetime | None) -> None:
    assert reckon(promise, [run(at(1, 10))]).warn_at == expected


def test_a_manual_deadline_is_not_moved_and_warns_by_the_schedule() -> None:
    by_left = reckon_manual(Promise(HOUR, OFFICE, warn_left=2 * HOUR), at(1, 10), at(2, 10))
    assert (by_left.deadline, by_left.warn_at) == (at(2, 10), at(1, 17))
    by_share = reckon_manual(Promise(HOUR, OFFICE, warn_percent=50), at(1, 10), at(1, 14))
    assert by_share.warn_at == at(1, 12)


def test_consumed_counts_running_working_time_only() -> None:
    stays = [run(at(1, 16), at(2, 10)), pause(at(2, 10), at(2, 12)), run(at(2, 12))]
    assert consumed(stays, at(2, 13), OFFICE) == 4 * HOUR
    assert consumed(stays, at(1, 17), OFFICE) == HOUR


def test_the_account_names_days_pauses_and_holidays() -> None:
    stays = [run(at(3, 16), at(3, 17)), pause(at(3, 17), at(3, 17, 30)), run(at(3, 17, 30))]
    promise = Promise(2 * HOUR, OFFICE)
    deadline = reckon(promise, stays).deadline
    parts = account_of(promise, stays, deadline)
    assert deadline == at(5, 9, 30)
    assert [part.worked for part in parts] == [HOUR, timedelta(), HOUR]
    assert [(day.name, day.is_closed) for day in parts[2].days] == [("", False), ("Holiday", True), ("", False)]


def test_the_account_of_the_running_parts_adds_up_to_the_norm() -> None:
    stays = [run(at(1, 10), at(1, 12)), pause(at(1, 12), at(1, 15)), run(at(1, 15))]
    promise = Promise(30 * HOUR, OFFICE)
    parts = account_of(promise, stays, reckon(promise, stays).deadline)
    assert sum((part.worked for part in parts), timedelta()) == 30 * HOUR


@pytest.mark.parametrize(
    ("kind", "left_at", "answered_at", "expected"),
    [
        (Reaction.ANY, at(1, 11), at(1, 12), at(1, 11)),
        (Reaction.ANY, at(1, 13), at(1, 12), at(1, 12)),
        (Reaction.ANY, None, None, None),
        (Reaction.ANSWER, at(1, 11), at(1, 12), at(1, 12)),
        (Reaction.ANSWER, at(1, 11), None, None),
    ],
)
def test_what_a_reaction_is(
    kind: Reaction, left_at: datetime | None, answered_at: datetime | None, expected: datetime | None
) -> None:
    stays = [run(at(1, 10), left_at)] + ([run(left_at)] if left_at else [])
    assert reacted_at(kind, stays, answered_at) == expected


def test_each_thing_is_told_once_and_again_only_after_time_was_won() -> None:
    mark = Mark(at(1, 13), at(1, 14))
    assert mark.next_at == at(1, 13)
    assert Mark(at(1, 13), at(1, 14), Level.NEAR).next_at == at(1, 14)
    assert Mark(at(1, 13), at(1, 14), Level.BROKEN).next_at is None
    assert mark.level(at(1, 12)) is Level.QUIET
    assert mark.level(at(1, 13)) is Level.NEAR
    assert mark.level(at(1, 14)) is Level.BROKEN
    moved = Mark(at(2, 13), at(2, 14), Level.BROKEN)
    assert still_told(moved, at(1, 15)) is Level.QUIET
    assert still_told(Mark(at(1, 13), at(1, 14), Level.BROKEN), at(1, 15)) is Level.BROKEN
    assert next_moment([mark, Mark(None, at(1, 12))]) == at(1, 12)
    assert next_moment([]) is None
    assert Mark(at(1, 13), None).next_at is None
