"""Real processes for tests: parts of the ``okno`` command on the database of the test."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

COMMAND = [sys.executable, "-m", "okno.config.command"]


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """The address of the database that the present test uses."""
    facts = connection.settings_dict
    user = quote(facts["USER"]) + (f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else "")
    query = urlencode(
        {key: value for key, value in {"host": facts["HOST"], "port": facts["PORT"]}.items() if value}
    )
    return f"postgresql://{user}@/{facts['NAME']}?{query}"


def environment(**changes: str) -> dict[str, str]:
    """The test's surroundings without what would lead to another database or data folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("OKNO_", "DATABASE_"))}
    return kept | changes


def on_test_database(**changes: str) -> dict[str, str]:
    """Surroundings in which the command works on the test's own database, key and files."""
    return environment(
        DATABASE_URL=database_url(),
        OKNO_DATA=os.environ["OKNO_DATA"],
        OKNO_SECRET_KEY=os.environ["OKNO_SECRET_KEY"],
        **changes,
    )


@contextmanager
def running(*arguments: str, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A part of the command that runs while the block does, and is stopped by SIGTERM at its end."""
    with log.open("ab") as out:
        process = subprocess.Popen([*COMMAND, *arguments], env=env, stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def wait_until(
    true: Callable[[], bool],
    what: str,
    *,
    log: Path | None = None,
    process: subprocess.Popen[bytes] | None = None,
    limit: float = 180,
) -> None:
    """Waits for something to become true, or fails with the log; at once when the process has ended."""
    end = time.monotonic() + limit
    while time.monotonic() < end and (process is None or process.poll() is None):
        try:
            if true():
                return
        except OSError:
            pass
        time.sleep(0.05)
    said = log.read_text(errors="replace")[-3000:] if log and log.exists() else ""
    raise AssertionError(f"waited {limit:g} s in vain: {what}\n{said}")
