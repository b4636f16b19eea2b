"""The connection over which PostgreSQL's notifications come in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg

from okno.core import logs
from okno.core.direct import parameters

log = logs.get(__name__)
PULSE = 20.0
"""Seconds of silence after which the connection is asked whether it still lives."""
LONGEST_PAUSE = 10.0


async def listen(
    channel: str, heard: Callable[[str], None], connected: Callable[[], None], reconnected: Callable[[], None]
) -> None:
    """Calls ``heard`` with each payload until cancelled; ``connected`` when that begins, at the start and after
    every break, and ``reconnected`` after a break."""
    pause, broken = 0.2, False
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**parameters(), autocommit=True) as connection:
                await connection.execute(f"LISTEN {channel}")
                connected()
                if broken:
                    log.info("notifications are heard again", channel=channel)
                    reconnected()
                pause, broken = 0.2, False
                while True:
                    async for notification in connection.notifies(timeout=PULSE):
                        heard(notification.payload)
                    await connection.execute("SELECT 1")
        except (psycopg.Error, OSError) as error:
            log.warning("notifications are not heard", channel=channel, error=str(error).strip(), again_in=pause)
        broken = True
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
