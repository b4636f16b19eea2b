"""Search question by question: the bare SQL of each kind, for who sees everything and for who does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.ground import Ground

TURNS = 50
PAGE = 51


def questions(ground: Ground, seconds: float) -> dict[str, Any]:
    """The milliseconds (p50, p95) of finding a page of ids; ``seconds`` bounds the time for each question."""
    from okno.people.models import Agent
    from okno.tickets import access

    result: dict[str, Any] = {}
    people = {
        "lead": Agent.objects.filter(role__code="lead"),
        "specialist": Agent.objects.filter(role__code="specialist"),
    }
    for who, agents in people.items():
        visible = access.visible_to(agents.order_by("pk")[0].as_actor())
        result[who] = {name: _measured(visible, typed, seconds) for name, typed in _asked().items()}
    return result


def _asked() -> dict[str, str]:
    from okno.tickets.models import Ticket

    ticket = Ticket.objects.order_by("-id")[0]
    return {
        "common word": "принтер",
        "other form": "drukarek",
        "two words": "принтер склад",
        "beginning of three letters": "при",
        "beginning of four letters": "прин",
        "client": "client:Анна",
        "number": str(ticket.number),
        "common and rare": f"принтер {ticket.number}",
        "exclusion": "принтер -склад",
        "phrase": '"принтер на складе"',
        "phrase that nobody wrote": '"складе принтер"',
        "word that nobody wrote": "qqxxzzyy",
    }


def _measured(visible: Any, typed: str, seconds: float) -> dict[str, Any]:
    from okno.core.search.rules import read_question
    from okno.tickets.search import newest

    question = read_question(typed)
    statements = _statements(lambda: newest(visible, question, PAGE))
    times: list[float] = []
    until = time.monotonic() + seconds
    while len(times) < TURNS and (len(times) < 3 or time.monotonic() < until):
        times.append(sum(map(_seconds, statements)))
    times.sort()
    return {
        "found": len(newest(visible, question, PAGE)),
        "queries": len(statements),
        "p50_ms": round(times[len(times) // 2] * 1000, 2),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 2),
    }


def _statements(work: Callable[[], object]) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    return [str(query["sql"]) for query in captured.captured_queries]


def _seconds(statement: str) -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        started = time.perf_counter()
        cursor.execute(statement)
        cursor.fetchall()
        return time.perf_counter() - started
