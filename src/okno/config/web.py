"""One web process: Granian within the process, stopped gracefully by SIGTERM or Ctrl+C."""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import sys
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from okno.config.asgi import Front
from okno.config.health import health
from okno.core import logs
from okno.core.live.threads import in_thread
from okno.core.stopping import asked_to_stop

log = logs.get(__name__)
STOP_LIMIT = 4.0  # seconds that requests under way get to finish
CONNECTIONS = 4096  # live streams hold a connection each
GARBAGE = (50_000, 20, 50)  # pages make many objects and few circles: these are looked for less often
PAUSE = 0.2  # seconds between two looks for a database that is not there yet
SWITCH_INTERVAL = 0.001  # seconds: the loop hands out answers while other threads render pages


def serve(
    host: str, port: int, threads: int, *, processes: int = 1, began: Callable[[], None] = lambda: None
) -> bool:
    """Serves until asked to stop, as one of so many processes on the port; whether every request ended in time.

    ``began`` is called when it serves and reaches the database.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    front = Front(threads, processes)
    gc.collect()
    gc.freeze()  # what is loaded by now stays for good and need not be looked at again
    gc.set_threshold(*GARBAGE)
    gc.enable()
    return asyncio.run(_serve(front, host, port, began))


async def _serve(front: Front, host: str, port: int, began: Callable[[], None]) -> bool:
    server: Any = Server(
        front,
        host,
        port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
        backlog=1024,
        backpressure=CONNECTIONS,
    )
    asked = asked_to_stop()
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(asked.wait())
    beginning = asyncio.create_task(_begin(began))
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()
        raise RuntimeError(f"the web server on {host}:{port} ended by itself")
    beginning.cancel()
    await front.live.close()  # an open stream would hold the server for ever
    server.stop()
    done, _late = await asyncio.wait({serving}, timeout=STOP_LIMIT)
    log.info("web stopped", pid=os.getpid(), clean=bool(done))
    return bool(done)


async def _begin(began: Callable[[], None]) -> None:
    """Looks for the database until it answers."""
    for pause in itertools.repeat(PAUSE):
        if (await in_thread(health))["database"] == "ok":
            break
        await asyncio.sleep(pause)
    began()
