"""Time in each status over many tickets: averages and percentiles by wall and working time (F3, F4, F179)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from okno.core import clock
from okno.testing.cast import Cast
from okno.tickets.durations import StatusDuration, durations, stays_of
from okno.tickets.filters import TicketFilter
from okno.tickets.models import StatusInterval, Ticket
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import at, new_ticket
from okno.workflow.models import TicketType

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def office(settings: Any) -> None:
    """The usual schedule is 9 to 18 on weekdays, by the clocks of Warsaw: from 8:00 to 17:00 UTC."""
    settings.DISPLAY_TIME_ZONE = "Europe/Warsaw"


def live(cast: Cast, begun: float, steps: list[tuple[float, str]], **facts: object) -> Ticket:
    """A ticket that was registered and changed at these minutes."""
    with clock.frozen_at(at(begun)):
        ticket = new_ticket(cast, **facts)
    for minute, code in steps:
        with clock.frozen_at(at(minute)):
            change_status(cast.actor("olena"), ticket, code)
    return ticket


def found(
    cast: Cast, who: str = "olena", chosen: TicketFilter | None = None, now: float = 600
) -> dict[str, StatusDuration]:
    rows = durations(cast.actor(who), chosen, now=at(now))
    return {row.status.code: row for row in rows}


def test_averages_and_percentiles_count_what_goes_on_up_to_now(cast: Cast) -> None:
    for hours in (1, 2, 3):
        live(cast, 0, [(60 * hours, "open")])
    rows = found(cast)
    assert (rows["new"].tickets, rows["new"].stays) == (3, 3)
    assert rows["new"].wall.average == 2 * HOUR
    assert rows["new"].wall.percentiles[50] == 2 * HOUR
    assert rows["new"].wall.percentiles[95] == 2.9 * HOUR
    assert rows["open"].wall.average == 8 * HOUR  # 9, 8 and 7 hours until minute 600
    assert rows["open"].working.average == 6 * HOUR  # work ends at 17:00 UTC, after eight hours
    assert list(rows) == ["new", "open"]


def test_stays_of_one_ticket_are_added_up_and_closed_time_is_none_f179(cast: Cast) -> None:
    """Closed after an hour, taken up a week later, closed again after half an hour: an hour and a half in all."""
    week = 7 * 24 * 60
    ticket = live(cast, 0, [(0.01, "open"), (60, "closed"), (week, "open"), (week + 30, "closed")])
    rows = found(cast, now=2 * week)
    assert "closed" not in rows
    assert (rows["open"].tickets, rows["open"].stays) == (1, 2)
    assert round(rows["open"].wall.average / timedelta(minutes=1)) == 90
    stays = stays_of(ticket, at(2 * week))
    assert [stay.status.code for stay in stays] == ["new", "open", "closed", "open", "closed"]
    assert sum((stay.wall for stay in stays), timedelta()) == timedelta(weeks=2)


def test_working_time_is_by_the_clocks_of_the_client_f60(cast: Cast) -> None:
    cast.kawa.time_zone = "America/New_York"  # work begins there at 14:00 UTC
    cast.kawa.save()
    ticket = live(cast, 0, [(360, "open")])
    assert StatusInterval.objects.get(ticket=ticket, status__code="new").working_seconds == 3600
    assert found(cast)["new"].working.average == HOUR


def test_what_was_never_counted_is_counted_now(cast: Cast) -> None:
    live(cast, 0, [(120, "open")])
    StatusInterval.objects.update(working_seconds=None)
    assert found(cast)["new"].working.average == 2 * HOUR


def test_only_what_is_seen_and_asked_for(cast: Cast) -> None:
    live(cast, 0, [(60, "open")], team=cast.second_line)
    live(cast, 0, [(180, "open")], team=cast.first_line, type=TicketType.objects.get(code="incident"))
    assert found(cast)["new"].tickets == 2
    assert found(cast, "marek")["new"].wall.average == HOUR
    incidents = TicketFilter(types=("incident",))
    assert found(cast, chosen=incidents)["new"].wall.average == 3 * HOUR
    assert found(cast, "marek", incidents) == {}
