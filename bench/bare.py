"""The bare SQL of a page: the same queries once more without the product around them. This is the floor."""

from __future__ import annotations

import time
from typing import Any

import psycopg

TURNS = 20


def bare_sql(database_url: str, path: str, cookie: str) -> dict[str, Any]:
    """How many queries a page asks, and the sum of their times (each the middle of twenty) in milliseconds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    name, _equals, value = cookie.partition("=")
    client = Client()
    client.cookies[name] = value
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path} answers {answer.status_code}")
    queries = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]
    with psycopg.connect(database_url, autocommit=True) as bare:
        times = [_middle(bare, query) for query in queries]
    return {"sql_ms": round(sum(times) * 1000, 2), "queries": len(queries)}


def _middle(bare: psycopg.Connection[Any], query: str) -> float:
    times = []
    for _turn in range(TURNS):
        started = time.perf_counter()
        bare.execute(query.replace("%", "%%").encode(), []).fetchall()
        times.append(time.perf_counter() - started)
    return sorted(times)[TURNS // 2]
