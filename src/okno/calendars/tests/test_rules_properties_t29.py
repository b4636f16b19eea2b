"""What holds for every schedule, moment and amount, down to the microsecond (T29)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from okno.calendars.rules import (
    NeverOpens,
    OutOfReach,
    Schedule,
    add_working_time,
    days_between,
    working_time_between,
)
from okno.calendars.rules.units import moment_of
from okno.calendars.rules.zones import stretches

ZONES = [
    "Europe/Kyiv", "Europe/Moscow", "Australia/Sydney", "America/New_York", "Australia/Lord_Howe", "Asia/Gaza",
    "Pacific/Apia", "UTC",
]  # fmt: skip
patient = settings(deadline=None)  # rare schedules are followed through decades
FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
MOMENTS = some.timedeltas(timedelta(), LAST - FIRST).map(lambda since: FIRST + since)
AMOUNTS = some.timedeltas(timedelta(microseconds=1), timedelta(days=9))


@some.composite
def days(draw: some.DrawFn) -> list[tuple[time, time]]:
    cuts = sorted(draw(some.sets(some.integers(0, 86_399), min_size=0, max_size=6)))
    if len(cuts) % 2:
        cuts.append(86_400)
    ends = [time(cut // 3600 % 24, cut // 60 % 60, cut % 60) for cut in cuts]
    return list(zip(ends[::2], ends[1::2], strict=True))


SCHEDULES = some.builds(
    Schedule,
    some.dictionaries(some.integers(0, 6), days(), max_size=7),
    some.dictionaries(some.dates(date(1990, 1, 1), date(2040, 1, 1)), days(), max_size=5),
    some.sampled_from(ZONES),
)


def reached(start: datetime, amount: timedelta, schedule: Schedule) -> datetime:
    """The deadline, where there is one."""
    try:
        return add_working_time(start, amount, schedule)
    except (NeverOpens, OutOfReach):
        assume(False)
        raise


@patient
@given(MOMENTS, AMOUNTS, AMOUNTS, some.booleans(), SCHEDULES)
def test_amounts_of_one_sign_add_up_t29(
    start: datetime, one: timedelta, other: timedelta, back: bool, schedule: Schedule
) -> None:
    one, other = (-one, -other) if back else (one, other)
    whole = reached(start, one + other, schedule)
    assert whole == reached(reached(start, one, schedule), other, schedule)


@patient
@given(MOMENTS, AMOUNTS, AMOUNTS, SCHEDULES)
def test_amounts_of_two_signs_add_up_but_for_closed_time_at_the_edge_t29(
    start: datetime, there: timedelta, back: timedelta, schedule: Schedule
) -> None:
    straight = reached(start, there - back, schedule)
    for turned in (
        reached(reached(start, there, schedule), -back, schedule),
        reached(reached(start, -back, schedule), there, schedule),
    ):
        assert working_time_between(straight, turned, schedule) == timedelta()
        instant = timedelta(microseconds=1)
        inside = working_time_between(straight - instant, straight + instant, schedule) == 2 * instant
        if inside:
            assert turned == straight


@patient
@given(MOMENTS, AMOUNTS, some.booleans(), SCHEDULES)
def test_what_is_added_lies_between_t29(start: datetime, amount: timedelta, back: bool, schedule: Schedule) -> None:
    amount = -amount if back else amount
    deadline = reached(start, amount, schedule)
    assert working_time_between(start, deadline, schedule) == amount
    nearer = deadline + (timedelta(microseconds=1) if back else -timedelta(microseconds=1))
    assert abs(working_time_between(start, nearer, schedule)) < abs(amount)


@patient
@given(MOMENTS, MOMENTS, AMOUNTS, AMOUNTS, SCHEDULES)
def test_later_starts_and_larger_amounts_never_end_earlier_t29(
    one: datetime, other: datetime, small: timedelta, large: timedelta, schedule: Schedule
) -> None:
    one, other = sorted((one, other))
    small, large = sorted((small, large))
    assert reached(one, small, schedule) <= reached(other, small, schedule)
    assert reached(one, small, schedule) <= reached(one, large, schedule)
    assert reached(one, -large, schedule) <= reached(one, -small, schedule) <= reached(other, -small, schedule)


@patient
@given(some.lists(MOMENTS, min_size=3, max_size=3), SCHEDULES)
def test_parts_of_a_time_add_up_t29(moments: list[datetime], schedule: Schedule) -> None:
    first, middle, last = sorted(moments)
    parts = working_time_between(first, middle, schedule) + working_time_between(middle, last, schedule)
    assert parts == working_time_between(first, last, schedule)
    assert timedelta() <= parts <= last - first
    assert working_time_between(last, first, schedule) == -parts


@patient
@given(MOMENTS, some.timedeltas(timedelta(), timedelta(days=60)), SCHEDULES)
def test_the_account_of_days_is_the_time_that_was_counted(
    start: datetime, length: timedelta, schedule: Schedule
) -> None:
    account = list(days_between(start, start + length, schedule))
    assert sum((each.worked for each in account), timedelta()) == working_time_between(
        start, start + length, schedule
    )
    edges = [edge for each in account for part in each.intervals for edge in (part.start, part.end)]
    assert edges == sorted(edges)
    assert all(start <= edge <= start + length for edge in edges)


def test_no_change_of_any_clock_is_missed_t29() -> None:
    """Every zone of the database, hour by hour of some years with rare rules, against the stretches of its time."""
    zones = sorted(name for name in available_timezones() if not name.startswith(("Etc/", "SystemV/")))
    assert zones or not TZPATH
    for name in zones[:: max(1, len(zones) // 60)]:
        there = ZoneInfo(name)
        for year in (1996, 2011, 2024):
            found = stretches(name, year)
            for stretch in found:
                offset = timedelta(microseconds=stretch.offset)
                moment, end = moment_of(stretch.start), moment_of(stretch.end)
                while moment < end:
                    assert moment.astimezone(there).utcoffset() == offset, (name, moment)
                    moment += timedelta(hours=7)
                assert (end - timedelta(seconds=1)).astimezone(there).utcoffset() == offset, (name, end)
