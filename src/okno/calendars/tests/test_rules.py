"""Working time: the edges of intervals, the days on which clocks change, exceptions, and what cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from okno.calendars.rules import (
    BadSchedule,
    NeverOpens,
    OutOfReach,
    Schedule,
    add_working_time,
    explain_deadline,
    intervals_between,
    working_time_between,
)

HOURS = [(time(9), time(13)), (time(14), time(18))]
OFFICE = Schedule(dict.fromkeys(range(5), HOURS), {}, "Europe/Kyiv")
ALWAYS = {day: [(time(0), time(0))] for day in range(7)}


def kyiv(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Kyiv"), fold=fold)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def hours(amount: float) -> timedelta:
    return timedelta(hours=amount)


@pytest.mark.parametrize(
    ("start", "amount", "deadline"),
    [
        (kyiv(2026, 11, 23, 9), 8, kyiv(2026, 11, 23, 18)),  # a whole day ends at its closing
        (kyiv(2026, 11, 23, 9), 4, kyiv(2026, 11, 23, 13)),  # not after the break
        (kyiv(2026, 11, 23, 9), 4.5, kyiv(2026, 11, 23, 14, 30)),
        (kyiv(2026, 11, 20, 17), 2, kyiv(2026, 11, 23, 10)),  # over the weekend
        (kyiv(2026, 11, 21, 3), 1, kyiv(2026, 11, 23, 10)),  # from closed time
        (kyiv(2026, 11, 20, 18), 1, kyiv(2026, 11, 23, 10)),  # from the closing
        (kyiv(2026, 11, 21, 3), 0, kyiv(2026, 11, 21, 3)),  # nothing takes no time, even when closed
        (kyiv(2026, 11, 23, 18), -8, kyiv(2026, 11, 23, 9)),  # back to the opening, not to the evening before
        (kyiv(2026, 11, 23, 18), -4, kyiv(2026, 11, 23, 14)),
        (kyiv(2026, 11, 21, 3), -1, kyiv(2026, 11, 20, 17)),
        (kyiv(2026, 11, 23, 9), -0.5, kyiv(2026, 11, 20, 17, 30)),
    ],
)
def test_edges_of_intervals(start: datetime, amount: float, deadline: datetime) -> None:
    reached = add_working_time(start, hours(amount), OFFICE)
    assert reached == deadline
    assert reached.tzinfo is UTC
    assert working_time_between(start, reached, OFFICE) == hours(amount)
    assert working_time_between(reached, start, OFFICE) == -hours(amount)


def test_round_the_clock_loses_nothing_at_midnight_w12() -> None:
    """Zammad #3180: every midnight one minute was closed."""
    for zone in ("Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"):
        schedule, start = Schedule(ALWAYS, {}, zone), utc(2011, 3, 1, 12, 34, 56)
        for amount in (timedelta(seconds=1), hours(24), timedelta(days=400, microseconds=7)):
            assert add_working_time(start, amount, schedule) == start + amount
            assert add_working_time(start, -amount, schedule) == start - amount
            assert working_time_between(start, start + amount, schedule) == amount


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("Europe/Kyiv", date(2026, 3, 29), 23),
        ("Europe/Kyiv", date(2026, 10, 25), 25),
        ("Europe/Warsaw", date(2026, 3, 29), 23),
        ("Europe/Warsaw", date(2026, 10, 25), 25),
        ("Europe/Moscow", date(2011, 3, 27), 23),  # to UTC+4, for good
        ("Europe/Moscow", date(2012, 3, 25), 24),
        ("Europe/Moscow", date(2014, 10, 26), 25),  # to UTC+3, for good
        ("Europe/Moscow", date(2015, 3, 29), 24),
        ("Australia/Sydney", date(2026, 10, 4), 23),
        ("Australia/Sydney", date(2026, 4, 5), 25),
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2006, 4, 2), 23),  # before the rule of 2007
        ("America/New_York", date(2026, 11, 1), 25),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Pacific/Apia", date(2011, 12, 30), 0),  # a day that never was
    ],
)
def test_a_whole_day_is_as_long_as_it_was_t29(zone: str, day: date, length: float) -> None:
    schedule = Schedule({}, {day: [(time(0), time(0))]}, zone)
    before, after = (datetime.combine(day + timedelta(days=n), time(12), tzinfo=UTC) for n in (-2, 2))
    assert working_time_between(before, after, schedule) == hours(length)


def test_an_hour_that_is_skipped_is_nobodys_and_one_shown_twice_counts_twice_t29() -> None:
    night = Schedule({6: [(time(2), time(4))]}, {}, "Europe/Kyiv")
    spring, autumn = utc(2026, 3, 28, 12), utc(2026, 10, 24, 12)
    assert [(each.start, each.end) for each in intervals_between(spring, spring + hours(24), night)] == [
        (utc(2026, 3, 29, 0), utc(2026, 3, 29, 1))
    ]
    assert add_working_time(spring, hours(1), night) == utc(2026, 3, 29, 1)
    assert add_working_time(spring, hours(2), night) == utc(2026, 4, 5, 0)
    assert [(each.start, each.end) for each in intervals_between(autumn, autumn + hours(24), night)] == [
        (utc(2026, 10, 24, 23), utc(2026, 10, 25, 2))
    ]
    first = kyiv(2026, 10, 25, 3, 30)
    assert working_time_between(first, kyiv(2026, 10, 25, 3, 30, fold=1), night) == hours(1)
    half = Schedule({6: [(time(3), time(3, 30))]}, {}, "Europe/Kyiv")
    assert [each.start for each in intervals_between(autumn, autumn + hours(24), half)] == [
        utc(2026, 10, 25, 0), utc(2026, 10, 25, 1),
    ]  # fmt: skip
    lost = Schedule({6: [(time(3), time(4))]}, {date(2026, 3, 29): [(time(3), time(4))]}, "Europe/Kyiv")
    assert working_time_between(spring, spring + hours(24), lost) == timedelta()


def test_exceptions_replace_the_hours_of_their_day_f57_f224() -> None:
    schedule = Schedule(
        OFFICE.weekly,
        {
            date(2026, 12, 25): [],
            date(2026, 12, 24): [(time(9), time(12))],
            date(2026, 12, 26): [(time(10), time(0))],
        },
        "Europe/Kyiv",
        {date(2026, 12, 25): "Christmas Day"},
    )
    assert add_working_time(kyiv(2026, 12, 24, 11), hours(1), schedule) == kyiv(2026, 12, 24, 12)
    assert add_working_time(kyiv(2026, 12, 24, 11), hours(2), schedule) == kyiv(2026, 12, 26, 11)
    assert add_working_time(kyiv(2026, 12, 26, 11), hours(13), schedule) == kyiv(2026, 12, 27)
    why = explain_deadline(kyiv(2026, 12, 24, 11), hours(2), schedule)
    assert [(each.day.day, each.worked, each.is_closed, each.name) for each in why.days] == [
        (24, hours(1), False, ""),
        (25, timedelta(), True, "Christmas Day"),
        (26, hours(1), False, ""),
    ]


def test_a_moment_at_any_clock_of_the_world_is_the_same_moment() -> None:
    there = datetime(2026, 11, 23, 2, tzinfo=ZoneInfo("America/New_York"))
    assert add_working_time(there, hours(8), OFFICE) == kyiv(2026, 11, 23, 18)


def test_intervals_that_touch_or_overlap_are_one() -> None:
    ragged = Schedule({0: [(time(13), time(18)), (time(9), time(13)), (time(9), time(10))]}, {}, "Europe/Kyiv")
    monday = kyiv(2026, 11, 23, 0)
    assert [each.length for each in intervals_between(monday, monday + hours(24), ragged)] == [hours(9)]
    assert working_time_between(monday, monday + hours(24), ragged) == hours(9)


@pytest.mark.parametrize("amount", [hours(1), -hours(1)])
def test_a_schedule_that_never_opens_says_so(amount: timedelta) -> None:
    start = utc(2026, 11, 21)
    for schedule in (Schedule({}), Schedule({0: []}, {date(2026, 11, 20): [], date(2026, 11, 22): []})):
        assert not schedule.opens
        with pytest.raises(NeverOpens, match="never opens"):
            add_working_time(start, amount, schedule)
        assert add_working_time(start, timedelta(), schedule) == start
        assert working_time_between(start, start + timedelta(days=999), schedule) == timedelta()


def test_single_open_days_are_enough_for_what_fits_into_them() -> None:
    rare = Schedule({}, {date(2027, 5, 1): [(time(9), time(11))], date(2025, 5, 1): [(time(9), time(11))]})
    start = utc(2026, 11, 21)
    assert add_working_time(start, hours(2), rare) == utc(2027, 5, 1, 11)
    assert add_working_time(start, hours(-2), rare) == utc(2025, 5, 1, 9)
    for amount in (hours(2.5), hours(-2.5)):
        with pytest.raises(NeverOpens):
            add_working_time(start, amount, rare)


def test_the_last_open_hour_may_be_one_that_the_clocks_repeat() -> None:
    rare = Schedule({}, {date(2026, 10, 25): [(time(3), time(4))]}, "Europe/Kyiv")
    assert add_working_time(utc(2026, 10, 24), hours(2), rare) == utc(2026, 10, 25, 2)
    assert add_working_time(utc(2026, 10, 26), hours(-2), rare) == utc(2026, 10, 25, 0)


def test_mistakes_of_the_caller_are_told() -> None:
    naive = utc(2026, 11, 21).replace(tzinfo=None)
    for call in (
        lambda: add_working_time(naive, hours(1), OFFICE),
        lambda: working_time_between(utc(2026, 1, 1), naive, OFFICE),
    ):
        with pytest.raises(ValueError, match="no time zone"):
            call()
    for amount in (timedelta.max, timedelta.min):
        with pytest.raises(OutOfReach):
            add_working_time(utc(2026, 1, 1), amount, OFFICE)
    with pytest.raises(OutOfReach):
        working_time_between(datetime.min.replace(tzinfo=UTC), utc(2026, 1, 1), OFFICE)


@pytest.mark.parametrize(
    ("weekly", "exceptions", "zone", "word"),
    [
        ({7: []}, {}, "UTC", "weekday"),
        ({0: [(time(18), time(9))]}, {}, "UTC", "midnight"),
        ({0: [(time(9), time(9))]}, {}, "UTC", "before it begins"),
        ({}, {date(2026, 1, 1): [(time(22), time(6))]}, "UTC", "two parts"),
        ({}, {utc(2026, 1, 1): []}, "UTC", "not a date"),
        ({}, {}, "Mars/Olympus", "no time zone"),
        ({}, {}, "../etc/passwd", "no time zone"),
        ({}, {}, "", "no time zone"),
    ],
)
def test_an_impossible_schedule_is_refused(weekly: dict, exceptions: dict, zone: str, word: str) -> None:
    with pytest.raises(BadSchedule, match=word):
        Schedule(weekly, exceptions, zone)
