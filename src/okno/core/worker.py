"""The worker: jobs, drains and the services of channels, each in its own thread, started again when it falls.

Jobs come from Procrastinate; a drain is woken by the notification that the change itself sent, or looks by
itself after its pause. What is under way when the worker is stopped or killed is rolled back and done again.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping

import psycopg
from django.db import close_old_connections, connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django import app as jobs

from okno.core import logs
from okno.core.direct import parameters
from okno.core.drains import DRAINS, Drain
from okno.core.notify import WORK
from okno.core.stopping import asked_to_stop

log = logs.get(__name__)
STOP_LIMIT = 4.0  # seconds that threads get to finish their batch
PULSE = 20.0  # seconds of silence after which the listening connection is asked whether it still lives
LONGEST_PAUSE = 30.0

Service = Callable[[threading.Event], None]
"""Something that runs until the event is set."""


class Worker:
    """One worker process. ``services`` are what channels keep open: mailboxes, ports."""

    def __init__(self, services: Mapping[str, Service]) -> None:
        self.stopping = threading.Event()
        self._wakers = {name: threading.Event() for name in DRAINS}
        loops: dict[str, Service] = {"notifications": self._listen}
        loops |= {f"drain {name}": self._draining(drain) for name, drain in DRAINS.items()}
        loops |= services
        self._threads = [
            threading.Thread(target=self._keep, args=(name, loop), name=name, daemon=True)
            for name, loop in loops.items()
        ]

    async def run(self) -> bool:
        """Works until SIGTERM or Ctrl+C; whether everything ended in time."""
        asked = asked_to_stop()
        for thread in self._threads:
            thread.start()
        job_loop = asyncio.create_task(self._run_jobs())
        await asked.wait()
        self.stop()
        job_loop.cancel()
        await asyncio.wait({job_loop}, timeout=STOP_LIMIT)
        return await asyncio.to_thread(self._join)

    def stop(self) -> None:
        """Asks every thread to finish."""
        self.stopping.set()
        for waker in self._wakers.values():
            waker.set()

    def _join(self) -> bool:
        end = time.monotonic() + STOP_LIMIT
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        late = [thread.name for thread in self._threads if thread.is_alive()]
        if late:
            log.warning("still busy, left to be done again", threads=", ".join(late))
        return not late

    async def _run_jobs(self) -> None:
        """Procrastinate's worker, started again when it falls."""
        pause = 1.0
        while True:
            started = time.monotonic()
            try:
                async with _worker_app().open_async() as app:
                    await app.run_worker_async(
                        concurrency=2,
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=STOP_LIMIT,
                        delete_jobs="successful",
                    )
            except Exception:
                log.exception("job loop fell", again_in=pause)
            pause = 1.0 if time.monotonic() - started > 60 else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    def _keep(self, name: str, loop: Service) -> None:
        """Runs a loop until the worker stops, however often it falls."""
        pause = 0.5
        while not self.stopping.is_set():
            started = time.monotonic()
            try:
                loop(self.stopping)
            except Exception:
                log.exception("thread fell", thread=name, again_in=pause)
            finally:
                connections.close_all()
            if time.monotonic() - started > 60:
                pause = 0.5
            self.stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _draining(self, drain: Drain) -> Service:
        waker = self._wakers[drain.name]

        def loop(stopping: threading.Event) -> None:
            while not stopping.is_set():
                waker.clear()
                close_old_connections()
                while not stopping.is_set() and drain.work():
                    pass
                if not stopping.is_set():
                    waker.wait(drain.seconds)

        return loop

    def _listen(self, stopping: threading.Event) -> None:
        with psycopg.connect(**parameters(), autocommit=True) as connection:
            connection.execute(f"LISTEN {WORK}")
            for waker in self._wakers.values():
                waker.set()
            quiet_since = time.monotonic()
            while not stopping.is_set():
                for notification in connection.notifies(timeout=0.5):
                    quiet_since = time.monotonic()
                    if notification.payload in self._wakers:
                        self._wakers[notification.payload].set()
                if time.monotonic() - quiet_since > PULSE:
                    connection.execute("SELECT 1")
                    quiet_since = time.monotonic()


def _worker_app() -> App:
    """The same jobs with connections of their own.

    Procrastinate's way of swapping the connector of the one app would take jobs that a handler defers out of
    the handler's transaction.
    """
    connector = PsycopgConnector(kwargs=parameters(), min_size=1, max_size=4)
    app = DjangoApp(connector=connector)
    app.tasks = jobs.tasks
    app.periodic_registry = jobs.periodic_registry
    return app
