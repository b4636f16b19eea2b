"""Whether a process is well: what ``/healthz`` says, and what ``okno doctor`` looks at more closely."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.utils import Error

WORKER_SILENCE = 45.0
"""Seconds after which a worker that has not been heard of is taken for dead; it speaks every ten."""


def health() -> dict[str, Any]:
    """The database (``ok`` or ``unreachable``) and the seconds since a worker was last heard of, or null."""
    try:
        return {"database": "ok", "worker_age": worker_age()}
    except Error:
        connection.close()
        return {"database": "unreachable", "worker_age": None}


def worker_age() -> float | None:
    """Seconds since any worker gave a sign of life; null when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT round(extract(epoch FROM now() - max(last_heartbeat)), 1) FROM procrastinate_workers"
        )
        (age,) = cursor.fetchone()
    return None if age is None else float(age)
