"""How long tickets are in each status: of one ticket, and on average and in percentiles over many (F3, F4, F179).

What is still going on counts up to now. Closed statuses have no duration: time counts only while a ticket is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from okno.calendars.loading import rules_of
from okno.core import clock
from okno.core.actor import Actor
from okno.tickets.filters import TicketFilter, matching_tickets
from okno.tickets.models import StatusInterval, Ticket
from okno.tickets.working_time import schedule_of, usual_schedule, working_seconds
from okno.workflow import catalogue
from okno.workflow.models import Status
from okno.workflow.rules import State

PERCENTILES = (50, 75, 90, 95)
MEASURED = """
WITH stay (id, ticket, status, entered_at, left_at, working) AS (STAYS),
uncounted (id, working) AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[])),
spent AS (
    SELECT ticket, status, count(*) AS stays,
        sum(extract(epoch FROM coalesce(left_at, %s) - entered_at))::float8 AS wall,
        sum(coalesce(uncounted.working, stay.working))::float8 AS working
    FROM stay LEFT JOIN uncounted USING (id) GROUP BY ticket, status
)
SELECT status, count(*), sum(stays)::bigint,
    avg(wall), percentile_cont(%s::float8[]) WITHIN GROUP (ORDER BY wall),
    avg(working), percentile_cont(%s::float8[]) WITHIN GROUP (ORDER BY working)
FROM spent GROUP BY status
"""


@dataclass(frozen=True)
class Spent:
    """One stay of a ticket in a status; ``left_at`` is empty for the present one, which counts up to now."""

    status: Status
    entered_at: datetime
    left_at: datetime | None
    wall: timedelta
    working: timedelta


@dataclass(frozen=True)
class Measure:
    """An average and percentiles (by number: 50 is the median)."""

    average: timedelta
    percentiles: dict[int, timedelta]


@dataclass(frozen=True)
class StatusDuration:
    """The time that tickets spent in a status, each ticket's stays added up; ``tickets`` were in it at all."""

    status: Status
    tickets: int
    stays: int
    wall: Measure
    working: Measure


def stays_of(ticket: Ticket, now: datetime | None = None) -> list[Spent]:
    """Every stay of one ticket in the order of time."""
    end, schedule, found = now or clock.now(), schedule_of(ticket), []
    for row in ticket.intervals.select_related("status").order_by("entered_at", "id"):
        until = row.left_at or end
        seconds = row.working_seconds
        if seconds is None:
            seconds = working_seconds(schedule, row.entered_at, until)
        wall = until - row.entered_at
        found.append(Spent(row.status, row.entered_at, row.left_at, wall, timedelta(seconds=seconds)))
    return found


def durations(
    actor: Actor, chosen: TicketFilter | None = None, *, now: datetime | None = None
) -> list[StatusDuration]:
    """Average and percentiles for each status over the tickets that the actor sees and the filter asks for."""
    end = now or clock.now()
    tickets = matching_tickets(actor, chosen or TicketFilter()).order_by().values("pk")
    stays = StatusInterval.objects.filter(ticket__in=tickets).exclude(status__state=State.CLOSED)
    rows = _measured(stays, _uncounted(stays, end), end)
    statuses = {status.pk: status for status in catalogue.STATUSES.all()}
    order = {pk: place for place, pk in enumerate(statuses)}
    found = [_duration(statuses[row[0]], row) for row in rows if row[0] in statuses]
    return sorted(found, key=lambda each: order[each.status.pk])


def _uncounted(stays: QuerySet[StatusInterval], end: datetime) -> list[tuple[int, int]]:
    """Working seconds of stays that go on, or were never counted, by the clocks of each client."""
    schedule, known, counted = usual_schedule(), {}, []
    waiting = stays.filter(Q(left_at=None) | Q(working_seconds=None))
    facts = waiting.values_list("pk", "entered_at", "left_at", "ticket__company__time_zone").order_by()
    for pk, entered_at, left_at, zone in facts.iterator(chunk_size=5000):
        if zone not in known:
            known[zone] = rules_of(schedule, zone or "")
        counted.append((pk, working_seconds(known[zone], entered_at, left_at or end)))
    return counted


def _measured(
    stays: QuerySet[StatusInterval], uncounted: Sequence[tuple[int, int]], end: datetime
) -> list[tuple[Any, ...]]:
    """For each status: tickets, stays, and average and percentiles of wall and working seconds of a ticket."""
    columns = stays.order_by().values_list(
        "pk", "ticket_id", "status_id", "entered_at", "left_at", "working_seconds"
    )
    text, parameters = columns.query.sql_with_params()
    shares = [share / 100 for share in PERCENTILES]
    with connection.cursor() as cursor:
        cursor.execute(
            MEASURED.replace("STAYS", text),
            [*parameters, [pk for pk, _ in uncounted], [spent for _, spent in uncounted], end, shares, shares],
        )
        return list(cursor.fetchall())


def _duration(status: Status, row: tuple[Any, ...]) -> StatusDuration:
    _status, tickets, stays, wall, walls, working, workings = row
    return StatusDuration(status, tickets, stays, _measure(wall, walls), _measure(working, workings))


def _measure(average: float, shares: list[float]) -> Measure:
    parts = zip(PERCENTILES, shares, strict=True)
    return Measure(timedelta(seconds=average), {share: timedelta(seconds=value) for share, value in parts})
