"""Ratings of many tickets: over time, and of types, employees, teams and clients (F101, F221)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek
from django.utils import timezone

from okno.core.actor import Actor
from okno.people.models import label_of
from okno.tickets import access
from okno.tickets.models import Rating
from okno.tickets.rating.rules import Level
from okno.workflow.catalogue import TYPES

Step = Literal["day", "week", "month"]
TRUNCATED = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth}
MOST_GROUPS = 50
COUNTS = {
    "count": Count("pk"),
    "average": Avg("share"),
    "bad": Count("pk", filter=Q(level=Level.BAD)),
    "neutral": Count("pk", filter=Q(level=Level.NEUTRAL)),
    "good": Count("pk", filter=Q(level=Level.GOOD)),
}


@dataclass(frozen=True)
class Wanted:
    """Which ratings: since when, and of which type (code), team, employee and level, where one is named."""

    since: datetime
    type: str = ""
    team: int | None = None
    agent: int | None = None
    level: int | None = None


@dataclass(frozen=True)
class Sum:
    """How many there are, their average out of 100 (nothing of none), and how many of each level."""

    count: int
    average: float | None
    bad: int
    neutral: int
    good: int


@dataclass(frozen=True)
class Point:
    """The ratings of a day, a week or a month by its first day."""

    start: date
    sum: Sum


@dataclass(frozen=True)
class Group:
    """The ratings that share a type, an employee, a team or a client; without a name they have none."""

    key: int | str | None
    name: str
    sum: Sum


def ratings_of(actor: Actor, wanted: Wanted) -> QuerySet[Rating]:
    """The ratings of tickets that the actor sees, the latest first."""
    found = Rating.objects.filter(created_at__gte=wanted.since, ticket__in=access.visible_to(actor))
    named = {
        "ticket__type__code": wanted.type or None,
        "team": wanted.team,
        "agent": wanted.agent,
        "level": wanted.level,
    }
    narrowed = {name: value for name, value in named.items() if value is not None}
    return found.filter(**narrowed).order_by("-created_at", "-pk")


def total(ratings: QuerySet[Rating]) -> Sum:
    """All of them together."""
    return _sum(ratings.order_by().aggregate(**COUNTS))


def over_time(ratings: QuerySet[Rating], wanted: Wanted, now: datetime, step: Step) -> list[Point]:
    """One point for each step from the first to the present one, by the clocks of the reader."""
    rows = ratings.order_by().annotate(start=TRUNCATED[step]("created_at")).values("start").annotate(**COUNTS)
    found = {timezone.localtime(row["start"]).date(): _sum(row) for row in rows}
    points, day = [], _first(timezone.localtime(wanted.since).date(), step)
    last = timezone.localtime(now).date()
    while day <= last:
        points.append(Point(day, found.get(day, Sum(0, None, 0, 0, 0))))
        day = _next(day, step)
    return points


def by_type(ratings: QuerySet[Rating]) -> list[Group]:
    """For each type of ticket."""
    rows = _grouped(ratings, "ticket__type__code")
    return [Group(row["ticket__type__code"], TYPES.name_of(row["ticket__type__code"]), _sum(row)) for row in rows]


def by_agent(ratings: QuerySet[Rating]) -> list[Group]:
    """For each employee who had the ticket when it was solved."""
    return [
        Group(row["agent"], row["agent__name"] or "", _sum(row))
        for row in _grouped(ratings, "agent", "agent__name")
    ]


def by_team(ratings: QuerySet[Rating]) -> list[Group]:
    """For each team that had it then."""
    rows = _grouped(ratings, "team", "team__name", "team__names")
    return [Group(row["team"], _team_name(row), _sum(row)) for row in rows]


def by_client(ratings: QuerySet[Rating]) -> list[Group]:
    """For each company of clients."""
    rows = _grouped(ratings, "ticket__company", "ticket__company__name")
    return [Group(row["ticket__company"], row["ticket__company__name"] or "", _sum(row)) for row in rows]


def _team_name(row: Mapping[str, Any]) -> str:
    return label_of({"name": row["team__name"], "names": row["team__names"]}) if row["team"] else ""


def _grouped(ratings: QuerySet[Rating], *columns: str) -> list[Mapping[str, Any]]:
    """Those with most ratings first."""
    return list(
        ratings.order_by().values(*columns).annotate(**COUNTS).order_by("-count", *columns[:1])[:MOST_GROUPS]
    )


def _sum(row: Mapping[str, Any]) -> Sum:
    average = row["average"]
    return Sum(row["count"], None if average is None else float(average), row["bad"], row["neutral"], row["good"])


def _first(day: date, step: Step) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def _next(day: date, step: Step) -> date:
    if step == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7 if step == "week" else 1)
