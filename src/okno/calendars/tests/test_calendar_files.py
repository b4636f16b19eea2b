"""Days from calendar files: what is taken, what is passed over, and files that were written to hurt (T15)."""

from __future__ import annotations

import time
from datetime import date

import pytest

from okno.calendars.calendar_files import UnreadableCalendar, read_calendar

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def calendar(*events: str) -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Vikno//Office//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n"
    ).encode()


def days(*events: str) -> dict[date, str]:
    return read_calendar(calendar(*events), FIRST, LAST).days


def test_whole_days_and_their_ranges_are_taken() -> None:
    found = days(
        event(
            "UID:1", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227", "SUMMARY:Christmas\\, all of it"
        ),
        event("UID:2", "DTSTART;VALUE=DATE:20260815", "SUMMARY:Ferragosto"),
        event("UID:3", "DTSTART;VALUE=DATE:20270101", "DURATION:P2D", "SUMMARY:Новый год"),
        event("UID:4", "DTSTART;VALUE=DATE:20251231", "DTEND;VALUE=DATE:20260102", "SUMMARY:Over the edge"),
    )
    assert found == {
        date(2026, 1, 1): "Over the edge",
        date(2026, 8, 15): "Ferragosto",
        date(2026, 12, 24): "Christmas, all of it",
        date(2026, 12, 25): "Christmas, all of it",
        date(2026, 12, 26): "Christmas, all of it",
        date(2027, 1, 1): "Новый год",
        date(2027, 1, 2): "Новый год",
    }


def test_repetitions_exceptions_and_moved_days_are_worked_out() -> None:
    found = days(
        event(
            "UID:1", "DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270501", "SUMMARY:May"
        ),
        event("UID:1", "RECURRENCE-ID;VALUE=DATE:20280501", "DTSTART;VALUE=DATE:20280502", "SUMMARY:May, moved"),
        event(
            "UID:2",
            "DTSTART;VALUE=DATE:20261126",
            "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2",
            "SUMMARY:Thanks",
        ),
    )
    assert found == {
        date(2026, 5, 1): "May",
        date(2026, 11, 26): "Thanks",
        date(2027, 11, 25): "Thanks",
        date(2028, 5, 2): "May, moved",
    }


def test_events_with_hours_and_cancelled_ones_are_no_closed_days() -> None:
    found = read_calendar(
        calendar(
            event("UID:1", "DTSTART:20260504T100000Z", "DTEND:20260504T110000Z", "SUMMARY:Meeting"),
            event("UID:2", "DTSTART;VALUE=DATE:20260505", "STATUS:CANCELLED", "SUMMARY:Not after all"),
            event("UID:3", "SUMMARY:Without a day"),
        ),
        FIRST,
        LAST,
    )
    assert (found.days, found.with_hours) == ({}, 2)


HOSTILE = {
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "a page": b"<html>hello</html>",
    "not ended": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1",
    "too large": b"BEGIN:VCALENDAR\r\n" + b"X" * 1_000_001,
    "nested": b"BEGIN:VCALENDAR\r\n"
    + b"BEGIN:VEVENT\r\n" * 20_000
    + b"END:VEVENT\r\n" * 20_000
    + b"END:VCALENDAR\r\n",
    "every second": calendar(event("UID:1", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=SECONDLY")),
    "since the year 1": calendar(event("UID:1", "DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY")),
    "for ever": calendar(event("UID:1", "DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")),
    "seldom": calendar(
        *(
            event(f"UID:{n}", "DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
            for n in range(500)
        )
    ),
    "every day": calendar(event("UID:1", "DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20300101")),
    "many events": calendar(*(event(f"UID:{n}", "DTSTART;VALUE=DATE:20260101") for n in range(2_001))),
    "one UID": calendar(*(event("UID:1", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY") for _n in range(900))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_written_to_hurt_is_refused_soon_t15(name: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableCalendar):
        read_calendar(HOSTILE[name], FIRST, LAST)
    assert time.process_time() - began < 5
