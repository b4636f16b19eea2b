"""PostgreSQL's NOTIFY inside the transaction: listeners hear of a change exactly when it is committed."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

LIVE = "okno_live"
WORK = "okno_work"


def notify(channel: str, payload: str = "") -> None:
    """Sends a notification at commit; equal ones within a transaction are sent once by PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])


def wake(drain: str) -> None:
    """Wakes the worker's drain of this name when the transaction commits."""
    notify(WORK, drain)


def changed(topic: str, **facts: Any) -> None:
    """Tells open pages that something under the topic (``ticket:42``) has changed; never what it says."""
    notify(LIVE, json.dumps({"topic": topic, **facts}, separators=(",", ":")))
