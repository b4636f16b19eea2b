"""Hours as people write them."""

from __future__ import annotations

from datetime import time

import pytest

from okno.calendars.rules.hours import (
    HoursMistake,
    check_day,
    day_text,
    intervals_of,
    minutes_of,
    read_day,
    read_time,
    split_at_midnight,
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9", 540),
        ("09:05", 545),
        ("9.05", 545),
        ("0905", 545),
        ("9h30", 570),
        ("24:00", 1440),
        ("24", 1440),
        ("0", 0),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert read_time(f" {text} ") == minutes


@pytest.mark.parametrize("text", ["", "x", "25:00", "24:01", "9:60", "9:5", "-1", "9 am", "٩", "1" * 5000])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(HoursMistake):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("9-13, 14-18", [["09:00", "13:00"], ["14:00", "18:00"]]),
        ("14:00 – 18:00; 9:00—13:00", [["09:00", "13:00"], ["14:00", "18:00"]]),
        ("0-24", [["00:00", "24:00"]]),
        ("18-0", [["18:00", "24:00"]]),
        ("9-13 13-18", [["09:00", "13:00"], ["13:00", "18:00"]]),
        ("  ", []),
    ],
)
def test_a_day_is_one_line(text: str, stored: list[list[str]]) -> None:
    assert read_day(text) == stored
    assert read_day(day_text(stored)) == stored


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("22-6", "backwards"),
        ("9-9", "backwards"),
        ("9-13, 12-18", "overlap"),
        ("9-18, 9-10", "overlap"),
        ("9", "unreadable"),
        ("9-", "unreadable"),
        ("9-18-20", "unreadable"),
        (",".join(f"{hour}:00-{hour}:30" for hour in range(13)), "too_many"),
    ],
)
def test_what_cannot_be_a_day_says_why(text: str, kind: str) -> None:
    with pytest.raises(HoursMistake) as caught:
        read_day(text)
    assert caught.value.kind == kind


def test_work_over_midnight_is_two_parts() -> None:
    evening, morning = split_at_midnight("22", "6:00")
    assert (evening, morning) == (["22:00", "24:00"], ["00:00", "06:00"])
    assert intervals_of(check_day([evening])) == [(time(22), time(0))]
    assert minutes_of([evening]) + minutes_of([morning]) == 8 * 60
