"""Connections past a pooler: listening and locks of a session need one that stays the same.

``DATABASE_DIRECT_URL`` names the server itself where ``DATABASE_URL`` leads to PgBouncer.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection


def parameters() -> dict[str, Any]:
    """The arguments of ``psycopg.connect`` for a connection of one's own."""
    database: dict[str, Any] = settings.DIRECT_DATABASE or connection.settings_dict
    named: dict[str, Any] = {
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
    }
    given = {key: value for key, value in named.items() if value}
    return {**given, **database["OPTIONS"], "connect_timeout": 10}
