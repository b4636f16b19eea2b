"""The bare SQL of a page: the same queries once more without the product around them. This is the floor."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psycopg

TURNS = 20


def bare_sql(database_url: str, path: str, cookie: str) -> dict[str, Any]:
    """How many queries a page asks, and the sum of their times (each the middle of twenty) in milliseconds."""
    from django.db import connection
    from django.test import Client

    name, _equals, value = cookie.partition("=")
    client = Client()
    client.cookies[name] = value
    client.get(path)
    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = client.get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path} answers {answer.status_code}")
    queries = [each for each in asked if each[0].startswith("SELECT")]
    with psycopg.connect(database_url, autocommit=True, cursor_factory=psycopg.ClientCursor) as bare:
        times = [_middle(bare, sql, params) for sql, params in queries]
    return {"sql_ms": round(sum(times) * 1000, 2), "queries": len(queries)}


def _middle(bare: psycopg.Connection[Any], sql: str, params: Any) -> float:
    times = []
    for _turn in range(TURNS):
        started = time.perf_counter()
        bare.execute(sql.encode(), params).fetchall()
        times.append(time.perf_counter() - started)
    return sorted(times)[TURNS // 2]
