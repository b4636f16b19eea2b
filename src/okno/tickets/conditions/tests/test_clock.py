"""Weekdays, hours and dates of registration by the clock of a zone, also where it is set forward or back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django.fixtures import Settings

from okno.testing.cast import Cast
from okno.tickets.conditions import Clause, Group, Mode, Operator, imagined, matches, to_query
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

KYIV, WARSAW, NEW_YORK, LORD_HOWE, MOSCOW = (
    "Europe/Kyiv",
    "Europe/Warsaw",
    "America/New_York",
    "Australia/Lord_Howe",
    "Europe/Moscow",
)
HOURS, DAY, DATE = "registered_hours", "registered_weekday", "registered_on"
SATURDAY, SUNDAY = 6, 7


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "clause", "expected"),
    [
        # Kyiv goes from 03:00 to 04:00 at 01:00 UTC: no ticket is registered between three and four
        ("2026-03-29T00:59:59", Clause(HOURS, Operator.IS, ("02:00-03:00",), KYIV), True),
        ("2026-03-29T01:00:00", Clause(HOURS, Operator.IS, ("03:00-04:00",), KYIV), False),
        ("2026-03-29T01:00:00", Clause(HOURS, Operator.IS, ("04:00-05:00",), KYIV), True),
        # ... and comes back in autumn, when the hour from three to four is there twice
        ("2025-10-26T00:30:00", Clause(HOURS, Operator.IS, ("03:00-04:00",), KYIV), True),
        ("2025-10-26T01:30:00", Clause(HOURS, Operator.IS, ("03:00-04:00",), KYIV), True),
        ("2025-10-26T02:30:00", Clause(HOURS, Operator.IS, ("03:00-04:00",), KYIV), False),
        # the end does not belong to the hours; midnight ends a day, and hours may go on beyond it
        ("2026-01-15T17:00:00", Clause(HOURS, Operator.IS, ("09:00-18:00",), WARSAW), False),
        ("2026-01-15T16:59:59", Clause(HOURS, Operator.IS, ("09:00-18:00",), WARSAW), True),
        ("2026-01-15T22:59:59", Clause(HOURS, Operator.IS, ("18:00-00:00",), WARSAW), True),
        ("2026-01-15T23:00:00", Clause(HOURS, Operator.IS, ("18:00-00:00",), WARSAW), False),
        ("2026-01-15T23:00:00", Clause(HOURS, Operator.IS, ("22:00-06:00",), WARSAW), True),
        ("2026-01-15T05:00:00", Clause(HOURS, Operator.IS_NOT, ("22:00-06:00",), WARSAW), True),
        ("2026-01-15T05:00:00", Clause(HOURS, Operator.IS, ("00:00-00:00",), WARSAW), True),
        # half an hour of summer time
        ("2026-04-04T15:15:00", Clause(HOURS, Operator.IS, ("01:30-02:00",), LORD_HOWE), True),
        ("2026-04-04T14:45:00", Clause(HOURS, Operator.IS, ("01:30-02:00",), LORD_HOWE), True),
        # New York's Saturday is Sunday in Kyiv
        ("2026-03-08T04:30:00", Clause(DAY, Operator.IS, (SATURDAY,), NEW_YORK), True),
        ("2026-03-08T04:30:00", Clause(DAY, Operator.IS, (SUNDAY,), KYIV), True),
        # the new year comes to Kyiv an hour before it comes to Warsaw
        ("2025-12-31T22:00:00", Clause(DATE, Operator.AT_LEAST, ("2026-01-01",), KYIV), True),
        ("2025-12-31T22:00:00", Clause(DATE, Operator.AT_LEAST, ("2026-01-01",), WARSAW), False),
        ("2025-12-31T22:59:59", Clause(DATE, Operator.AT_MOST, ("2025-12-31",), WARSAW), True),
        ("2025-12-31T23:00:00", Clause(DATE, Operator.AT_MOST, ("2025-12-31",), WARSAW), False),
        # Moscow before and after it left summer time for good
        ("2014-10-25T21:30:00", Clause(HOURS, Operator.IS, ("01:00-02:00",), MOSCOW), True),
        ("2014-10-25T22:30:00", Clause(HOURS, Operator.IS, ("01:00-02:00",), MOSCOW), True),
    ],
)
def test_clock_of_a_zone(cast: Cast, moment: str, clause: Clause, expected: bool) -> None:
    ticket = create_ticket(cast.actor("olena"), NewTicket("Clock", NewMessage(text="tick"), "desk"))
    Ticket.objects.filter(pk=ticket.pk).update(created_at=at(moment))
    condition = Group(Mode.ALL, (clause,))
    assert matches(condition, imagined(created_at=at(moment))) is expected
    assert Ticket.objects.filter(to_query(condition)).exists() is expected


@pytest.mark.django_db
def test_without_a_zone_it_is_that_of_the_installation(settings: Settings) -> None:
    condition = Group(Mode.ALL, (Clause(DAY, Operator.IS, (SUNDAY,)),))
    facts = imagined(created_at=at("2026-03-07T23:00:00"))
    settings.DISPLAY_TIME_ZONE = KYIV
    assert matches(condition, facts)
    settings.DISPLAY_TIME_ZONE = NEW_YORK
    assert not matches(condition, facts)


@pytest.mark.django_db
def test_days_are_counted_back_from_now() -> None:
    facts = imagined(now=at("2026-03-10T12:00:00"), created_at=at("2026-03-03T12:00:01"))
    assert matches(Group(Mode.ALL, (Clause(DATE, Operator.WITHIN_DAYS, (7,)),)), facts)
    assert matches(Group(Mode.ALL, (Clause(DATE, Operator.BEFORE_DAYS, (6,)),)), facts)
    assert not matches(Group(Mode.ALL, (Clause(DATE, Operator.BEFORE_DAYS, (7,)),)), facts)
