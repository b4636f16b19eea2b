"""A real worker process: woken at once, alive to others, stopped quickly, started again where it falls."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from okno.config.health import worker_age
from okno.config.tests.processes import COMMAND, on_test_database, wait_until
from okno.core import clock
from okno.core.models import Event
from okno.core.notify import wake
from okno.core.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def _nobody_was_here(transactional_db: None) -> None:
    """The flush between tests leaves the tables of the job queue as they are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on the test's database that has begun to work."""
    log = tmp_path / "worker.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*COMMAND, "worker", "--checked", "--no-mail"], env=on_test_database(), stdout=out, stderr=out
        )
    try:
        wait_until(lambda: worker_age() is not None, "a sign of life", log=log)
        yield process
    finally:
        process.kill()
        process.wait()


def waiting_event() -> Event:
    return Event.objects.create(
        kind="test.nobody_listens", object_kind="test", object_id=1, actor_kind="system", actor_name="Okno"
    )


def handled(event: Event) -> bool:
    event.refresh_from_db()
    return event.handled_at is not None


def test_work_is_done_as_soon_as_it_is_announced(worker: subprocess.Popen[bytes]) -> None:
    first = waiting_event()
    wait_until(lambda: handled(first), "the drain's own look")
    time.sleep(0.3)
    second = waiting_event()
    started = time.monotonic()
    wake("events")
    wait_until(lambda: handled(second), "the drain that was woken")
    assert time.monotonic() - started < 1.5


def test_sigterm_ends_it_within_five_seconds(worker: subprocess.Popen[bytes]) -> None:
    started = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    assert time.monotonic() - started < 5
    assert worker_age() is None


def test_work_goes_on_after_the_database_threw_the_worker_out(worker: subprocess.Popen[bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        assert cursor.rowcount >= 2
    event = waiting_event()
    wait_until(lambda: handled(event), "work after the break")
    assert worker.poll() is None


def test_a_service_that_falls_is_started_again() -> None:
    turns: list[float] = []

    def falls(stopping: threading.Event) -> None:
        turns.append(time.monotonic())
        raise ValueError("as in real life")

    worker = Worker({"clumsy": falls})
    keeper = threading.Thread(target=worker._keep, args=("clumsy", falls))
    keeper.start()
    wait_until(lambda: len(turns) >= 2, "a second start", limit=10)
    worker.stop()
    keeper.join(5)
    assert not keeper.is_alive()
    assert turns[1] - turns[0] >= 0.5


def test_a_silent_worker_is_known_to_be_silent() -> None:
    assert worker_age() is None
    with connection.cursor() as cursor:
        moment = clock.now() - timedelta(minutes=5)
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [moment])
    assert 299 < (worker_age() or 0) < 330
