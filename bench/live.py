"""Five hundred open streams on one web process, and how soon each hears of a change."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.ground import Ground

STREAMS = 500
PEOPLE = 50
CHANGES = 10


def streams(ground: Ground, seconds: float) -> dict[str, Any]:
    """Times from the commit of a change until the first, the middle and the last stream have heard of it."""
    from okno.core.actor import SYSTEM
    from okno.tickets.models import Ticket
    from okno.tickets.operations.messages import NewMessage, add_note

    cookies = [ground.session(email) for email in _crowd()]
    ticket = Ticket.objects.exclude(state="closed").order_by("-id")[0]

    async def play() -> dict[str, Any]:
        started = time.perf_counter()
        readers = [await _open(ground.port, cookies[each % PEOPLE]) for each in range(STREAMS)]
        opened = time.perf_counter() - started
        delays: list[float] = []
        for _change in range(CHANGES):
            await asyncio.to_thread(add_note, SYSTEM, ticket, NewMessage(text="Tick"))
            committed = time.perf_counter()

            async def hear(reader: asyncio.StreamReader, since: float = committed) -> float:
                await asyncio.wait_for(reader.readuntil(b'"tickets"'), 30)
                return time.perf_counter() - since

            delays += await asyncio.gather(*(hear(reader) for reader, _writer in readers))
        for _reader, writer in readers:
            writer.close()
        delays.sort()
        return {
            "streams": STREAMS,
            "opening_s": round(opened, 2),
            "p50_ms": round(delays[len(delays) // 2] * 1000, 1),
            "p95_ms": round(delays[int(len(delays) * 0.95)] * 1000, 1),
            "last_ms": round(delays[-1] * 1000, 1),
        }

    return asyncio.run(play())


def _crowd() -> list[str]:
    """Addresses of agents who see all tickets, ten streams for each."""
    from okno.people.models import Agent
    from okno.testing.cast import agent

    emails = [f"live{number}@vikno.example" for number in range(PEOPLE)]
    known = set(Agent.objects.filter(user__email__in=emails).values_list("user__email", flat=True))
    for email in emails:
        if email not in known:
            agent("Live", email, "lead", password=None)
    return emails


async def _open(port: int, cookie: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /live HTTP/1.1\r\nHost: okno\r\nCookie: {cookie}\r\n\r\n".encode())
    await asyncio.wait_for(reader.readuntil(b": open\n\n"), 30)
    return reader, writer
