"""The tables of the database: whether they are those of this release, and bringing them up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from okno.config.command.refusal import Refusal

_LOCK = 0x6F6B6E6F  # "okno": of several processes that start at once, one migrates and the others wait


def pending() -> list[str]:
    """The names of migrations that this release has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def from_the_future() -> list[str]:
    """The names of migrations in the database that this release does not know: a newer one made them."""
    loader = MigrationExecutor(connection).loader
    known = set(loader.disk_migrations) | {
        replaced for migration in loader.disk_migrations.values() for replaced in migration.replaces
    }
    apps = {label for label, _name in loader.disk_migrations}
    return [
        f"{label}.{name}"
        for label, name in loader.applied_migrations
        if label in apps and (label, name) not in known
    ]


def refuse_newer() -> None:
    """Stops before a database of a newer release is touched (T33)."""
    unknown = from_the_future()
    if unknown:
        raise Refusal(
            f"The database was made by a newer release of Okno (it has {unknown[0]}).",
            "Install that release again, or restore a backup that this release made.",
        )


def require_present() -> None:
    """Passes when the database is just what this release expects."""
    refuse_newer()
    waiting = pending()
    if waiting:
        raise Refusal(
            f"The database is not up to date: {len(waiting)} changes of its tables are waiting.",
            "Make a backup with `okno backup`, then run `okno migrate`.",
        )


def bring_up_to_date(*, verbosity: int = 0) -> int:
    """Applies what is waiting, each change in a transaction of its own; how many there were."""
    with _alone():
        refuse_newer()
        waiting = len(pending())
        if waiting:
            call_command("migrate", interactive=False, verbosity=verbosity)
    return waiting


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
