"""The ground on which is measured: a database with many tickets, and the real processes on it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from okno.core.embedded import EmbeddedPostgres

COMMAND = [sys.executable, "-m", "okno.config.command"]
READY_LIMIT = 60.0


class Ground:
    """A database of this size with web and worker processes, for as long as the block runs."""

    def __init__(self, tickets: int, keep: Path | None, web_processes: int = 1) -> None:
        self.tickets = tickets
        self.seeding: dict[str, Any] = {}
        self.port = _free_port()
        self.database_url = ""
        self._keep = keep
        self._web_processes = web_processes
        self._served: subprocess.Popen[bytes] | None = None
        self._pids: list[int] = []

    def __enter__(self) -> Self:
        self.folder = self._keep / str(self.tickets) if self._keep else Path(tempfile.mkdtemp(prefix="okno-bench-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        self._server = EmbeddedPostgres(self.folder)
        try:
            self.database_url = self._server.start()
            self._prepare()
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _prepare(self) -> None:
        """Seeds an empty database, and has this process speak to it."""
        os.environ.update(
            OKNO_DATA=str(self.folder),
            DATABASE_URL=self.database_url,
            OKNO_LOG_LEVEL="WARNING",
            OKNO_BASE_URL=f"http://127.0.0.1:{self.port}",
            DJANGO_SETTINGS_MODULE="okno.config.settings",
            MALLOC_ARENA_MAX="2",
        )
        if not (self.folder / "seeded").exists():
            started = time.monotonic()
            subprocess.run(
                [*COMMAND, "seed", "--tickets", str(self.tickets)], check=True, stdout=subprocess.DEVNULL
            )
            self.seeding = {"seconds": round(time.monotonic() - started, 1)}
            (self.folder / "seeded").touch()
        self._connect_django()

    def _connect_django(self) -> None:
        """Sets Django up once; a later ground only changes where it connects to."""
        import django
        from django.conf import settings

        django.setup()
        from django.db import connections

        from okno.config import environment

        connections.close_all()
        connections["default"].settings_dict.update(environment.database(self.database_url))
        settings.SECRET_KEY = (self.folder / "secret.key").read_text(encoding="ascii").strip()

    def _start(self) -> None:
        """`okno serve`, as operators run it: the worker, then the web processes, split off from one."""
        options = ["--port", str(self.port), "--web-processes", str(self._web_processes), "--no-mail"]
        self._served = subprocess.Popen([*COMMAND, "serve", *options], stdout=subprocess.DEVNULL)
        end = time.monotonic() + READY_LIMIT
        while time.monotonic() < end and self._served.poll() is None:
            self._pids = _children(self._served.pid)
            with socket.socket() as probe:
                listens = probe.connect_ex(("127.0.0.1", self.port)) == 0
            if listens and len(self._pids) == self._web_processes + 1:
                return
            time.sleep(0.1)
        raise TimeoutError("the web processes did not begin to listen")

    def _stop(self) -> None:
        if self._served is not None:
            self._served.send_signal(signal.SIGTERM)
            try:
                self._served.wait(15)
            except subprocess.TimeoutExpired:
                self._served.kill()
        if "django" in sys.modules and os.environ.get("DATABASE_URL") == self.database_url:
            from django.db import connections

            connections.close_all()
        self._server.stop()
        if not self._keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def session(self, email: str = "olena@vikno.example") -> str:
        """The cookie of a signed-in agent; by default one who sees all tickets."""
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        from okno.people.models import User

        user = User.objects.get(email=email)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def cpu(self) -> float:
        """Seconds of processor time that the web processes have used."""
        return sum(_used(pid) for pid in self._pids[1:])

    def cpu_of_worker(self) -> float:
        """The same of the worker."""
        return _used(self._pids[0])

    def cpu_of_database(self) -> float:
        """The same of the database server, with the processes that have ended."""
        pid = self._server.pid
        if pid is None:
            raise LookupError("the database server does not run")
        return _used(pid, ended=True) + sum(_used(child) for child in _children(pid))

    def memory(self) -> dict[str, Any]:
        """Megabytes of the processes: resident, and with shared pages divided by those who share them."""
        if self._served is None:
            return {}
        found = {}
        names = ["supervisor", "worker", *(f"web {number + 1}" for number in range(self._web_processes))]
        for name, pid in zip(names, [self._served.pid, *self._pids], strict=True):
            facts = Path(f"/proc/{pid}/smaps_rollup").read_text()
            rows = {line.split(":")[0]: int(line.split()[1]) for line in facts.splitlines()[1:]}
            found[name] = {"rss_mb": round(rows["Rss"] / 1024), "pss_mb": round(rows["Pss"] / 1024)}
        return found | {"all": {"pss_mb": sum(each["pss_mb"] for each in found.values())}}


def _children(pid: int) -> list[int]:
    """The processes that this one has started and that still run."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _used(pid: int, *, ended: bool = False) -> float:
    """Seconds of processor time of a process, and of its children that have ended."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:  # it has just ended, and counts among the ended ones at the next look
        return 0.0
    return sum(int(fact) for fact in facts[11 : 15 if ended else 13]) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
