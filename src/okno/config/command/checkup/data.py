"""Checks of the database and of the work that waits in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection

from okno.config.command.checkup.finding import Finding, ok, problem
from okno.core import clock

OLDEST_SERVER = 15
STUCK = timedelta(minutes=5)
SKEW = 5.0  # seconds


def database() -> Iterator[Finding]:
    """The server answers, and is new enough."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        number, version = cursor.fetchone()
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        (size,) = cursor.fetchone()
    if number // 10000 < OLDEST_SERVER:
        yield problem("database", f"PostgreSQL {version} is too old.", f"Use PostgreSQL {OLDEST_SERVER} or newer.")
    else:
        yield ok("database", f"PostgreSQL {version} answers; the database holds {size}.")


def extension() -> Iterator[Finding]:
    """The extension that search needs is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        (present,) = cursor.fetchone()
    if present:
        yield ok("pg-trgm", "The extension pg_trgm is there.")
    else:
        yield problem(
            "pg-trgm",
            "The extension pg_trgm is missing; search needs it.",
            "Run `CREATE EXTENSION pg_trgm` in the database as its owner (Debian: postgresql-contrib).",
        )


def tables() -> Iterator[Finding]:
    """The tables are those of this release."""
    from okno.config.command.schema import from_the_future, pending

    unknown, waiting = from_the_future(), pending()
    if unknown:
        yield problem(
            "tables",
            f"A newer release of Okno changed the database ({unknown[0]}).",
            "Install that release again, or restore a backup that this one made.",
        )
    elif waiting:
        yield problem(
            "tables", f"{len(waiting)} changes of tables are waiting.", "Run `okno backup`, then `okno migrate`."
        )
    else:
        yield ok("tables", "The tables are those of this release.")


def clocks() -> Iterator[Finding]:
    """This machine and the database agree on the time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    skew = abs((theirs - clock.now()).total_seconds())
    if skew > SKEW:
        yield problem(
            "clocks",
            f"The clocks of this machine and of the database differ by {skew:.0f} seconds.",
            "Switch on time synchronisation (NTP) on both.",
        )
    else:
        yield ok("clocks", "This machine and the database agree on the time.")


def administrator() -> Iterator[Finding]:
    """Somebody can sign in and manage the desk."""
    from okno.people.models import Agent

    count = Agent.objects.filter(is_active=True, user__is_active=True, role__rights__contains=["settings.manage"])
    if count.exists():
        yield ok("administrator", f"{count.count()} people may change the settings.")
    else:
        yield problem("administrator", "Nobody may change the settings.", "Run `okno setup`.")


def worker() -> Iterator[Finding]:
    """A worker gives signs of life."""
    from okno.config.health import WORKER_SILENCE, worker_age

    age = worker_age()
    if age is None or age > WORKER_SILENCE:
        since = "" if age is None else f" for {age:.0f} seconds"
        yield problem(
            "worker",
            f"No worker has been heard of{since}: letters are neither taken nor sent.",
            "Start `okno serve`, or `okno worker` where the processes are apart.",
        )
    else:
        yield ok("worker", f"A worker was heard of {age:.0f} seconds ago.")


def events() -> Iterator[Finding]:
    """What has happened has been acted upon."""
    from okno.core.models import Event, EventFailure

    late = Event.objects.filter(handled_at__isnull=True, at__lt=clock.now() - STUCK).count()
    given_up = EventFailure.objects.filter(next_attempt_at__isnull=True).count()
    if late:
        yield problem(
            "events",
            f"{late} events have waited for more than five minutes.",
            "Look into the worker's log, and start it again.",
        )
    if given_up:
        yield problem(
            "events", f"{given_up} consequences of events failed for good.", "Their errors are in the worker's log."
        )
    if not late and not given_up:
        yield ok("events", "No event waits for longer than it should.")


BEFORE_TABLES = [database, extension, tables, clocks]
WITH_TABLES = [administrator, worker, events]
