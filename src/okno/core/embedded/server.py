"""Starting, finding and stopping the embedded database of a data folder."""

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import errors

from okno.core.embedded import cluster
from okno.core.embedded.errors import failure
from okno.core.embedded.places import (
    SYSTEM_FOLDER,
    Place,
    existing_place,
    new_place,
    socket_folder,
    socket_path,
)

NAME = "okno"  # of the role and of the database
_READY = b"r"
# What a server says that will take connections soon; the first two are of a socket left by a crash.
_NOT_YET = ("refused", "No such file", "starting up", "not yet accepting", "in recovery", "closed the connection")
_START_LIMIT = 600.0  # seconds: recovery after a crash may read much
_STOP_LIMIT = 90.0  # seconds: more than the guard itself takes before it kills


@dataclass(frozen=True, slots=True)
class Running:
    """A server that works: its process and the folder of its socket."""

    pid: int
    sockets: Path
    status: str

    @property
    def url(self) -> str:
        """The address of the product's database on it."""
        return _url(NAME, NAME, self.sockets)


def locate(data_folder: Path) -> str | None:
    """The address of the running server of this data folder, or None."""
    place = existing_place(data_folder.resolve())
    running = _running(place) if place else None
    return running.url if running and running.status == "ready" else None


class EmbeddedPostgres:
    """The embedded database of a data folder.

    The one who starts it owns it: the server ends with its owner, however that ends. Who finds it running
    only uses it. With `durable=False` (tests) a new database is fast and gone from the disk at its end.
    """

    def __init__(self, data_folder: Path, *, durable: bool = True, system_folder: Path = SYSTEM_FOLDER) -> None:
        self.data_folder = data_folder.resolve()
        self._durable = durable
        self._system_folder = system_folder
        self._guard: subprocess.Popen[bytes] | None = None
        self._place: Place | None = None
        self._sockets: Path | None = None

    @property
    def owned(self) -> bool:
        """Whether this object started the server and will stop it."""
        return self._guard is not None

    @property
    def running(self) -> bool:
        """Whether the server, ours or the one found, takes connections."""
        running = _running(self._place) if self._place else None
        return running is not None and running.status == "ready"

    @property
    def pid(self) -> int | None:
        """The process of the server."""
        running = _running(self._place) if self._place else None
        return running.pid if running else None

    def start(self) -> str:
        """Starts the server, or finds it running; its address. A second call does no harm."""
        try:
            self.data_folder.mkdir(parents=True, exist_ok=True)
            with _alone(self.data_folder):
                found = self._found()
                return found.url if found else self._start()
        except OSError as error:
            raise failure(f"Cannot use the data folder {self.data_folder}", str(error)) from error

    def stop(self) -> None:
        """Stops the server when this object started it; waits until everything is saved."""
        guard, self._guard = self._guard, None
        if guard is None or self._place is None:
            return
        pid = self.pid
        _close_input(guard)
        try:
            guard.wait(_STOP_LIMIT)
        except subprocess.TimeoutExpired:
            guard.kill()
            guard.wait()
        if pid is not None:
            _await_end(self._place, pid)
        if self._sockets is not None:
            with contextlib.suppress(OSError):
                self._sockets.rmdir()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _found(self) -> Running | None:
        """A server that already runs, waited for while it starts or ends."""
        self._place = existing_place(self.data_folder)
        end = time.monotonic() + _START_LIMIT
        while self._place is not None and time.monotonic() < end:
            running = _running(self._place)
            if running is None:
                return None
            if running.status == "ready" and _answers(running.url):
                return running
            time.sleep(0.05)
        return None

    def _start(self) -> str:
        fleeting = self._place is None and not self._durable
        place = self._place or new_place(self.data_folder, self._system_folder)
        self._place = place
        program = cluster.prepare(place, durable=self._durable)
        self._sockets = socket_folder(place)
        self._guard = _launch_guard(program, place, self._sockets, discard=fleeting)
        try:
            _await_ready(self._guard, place, self._sockets)
        except BaseException:
            self.stop()
            raise
        return _url(NAME, NAME, self._sockets)


def _launch_guard(program: Path, place: Place, sockets: Path, *, discard: bool) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{sockets}"',
        "unix_socket_permissions": "0700",
    }
    order = {
        "argv": [
            str(program),
            "-D",
            str(place.data),
            *(f"--{key}={value}" for key, value in options.items()),
        ],
        "uid": place.account.uid if place.account else None,
        "gid": place.account.gid if place.account else None,
        "discard": str(place.home) if discard else None,
    }
    guard = Path(__file__).with_name("guard.py")
    with place.log.open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", guard, json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
        )


def _await_ready(guard: subprocess.Popen[bytes], place: Place, sockets: Path) -> None:
    end = time.monotonic() + _START_LIMIT
    while not (socket_path(sockets).exists() and _prepared(sockets)):
        if guard.poll() is not None:
            raise failure("PostgreSQL did not start", _last_words(place), place.log)
        if time.monotonic() > end:
            raise failure("PostgreSQL did not become ready", _last_words(place), place.log)
        time.sleep(0.01)
    if guard.stdin is not None:
        guard.stdin.write(_READY)
        guard.stdin.flush()


def _url(user: str, database: str, sockets: Path) -> str:
    return f"postgresql://{user}@/{database}?host={quote(str(sockets), safe='')}"


def _running(place: Place) -> Running | None:
    """The server of a place by its own note, checked at its socket: the note outlives a crash."""
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
        pid, sockets, status = int(lines[0]), Path(lines[4]), lines[7].strip()
    except (OSError, IndexError, ValueError):
        return None
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(os.fsencode(socket_path(sockets)))
        except OSError:
            return None
    return Running(pid, sockets, status)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        return "too many clients" in str(error) or "connection slots" in str(error)
    return True


def _prepared(sockets: Path) -> bool:
    """Connects; on a new cluster makes the product's role and database. False while the server starts."""
    try:
        psycopg.connect(_url(NAME, NAME, sockets), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        if f'"{NAME}" does not exist' in str(error):
            _make_database(sockets)
            return True
        if not any(phrase in str(error) for phrase in _NOT_YET):
            raise failure("PostgreSQL started but refuses connections", str(error)) from error
        return False
    return True


def _make_database(sockets: Path) -> None:
    """The role may make databases, which tests need, and nothing else that a superuser may."""
    with psycopg.connect(_url(cluster.SUPERUSER, "postgres", sockets), autocommit=True) as connection:
        with contextlib.suppress(errors.DuplicateObject):
            connection.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB")
        with contextlib.suppress(errors.DuplicateDatabase):
            connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")


def _last_words(place: Place) -> str:
    """What the server said last: at first in the log of the start, later in its own."""
    words = place.log.read_text(errors="replace")
    later = sorted((place.data / "log").glob("*.log"), key=lambda file: file.stat().st_mtime)
    if "redirecting log output" in words and later:
        return later[-1].read_text(errors="replace")
    return words


@contextlib.contextmanager
def _alone(data_folder: Path) -> Iterator[None]:
    """One start at a time for a data folder; the second waits and then finds the server of the first."""
    folder = os.open(data_folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # a network disk without locks: PostgreSQL's own lock remains
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _close_input(guard: subprocess.Popen[bytes]) -> None:
    if guard.stdin is not None:
        with contextlib.suppress(OSError):
            guard.stdin.close()


def _await_end(place: Place, pid: int) -> None:
    """A guard that was killed leaves the server in the middle of its shutdown; its note goes last."""
    end = time.monotonic() + _STOP_LIMIT
    with contextlib.suppress(ProcessLookupError):
        while (place.data / "postmaster.pid").exists() and time.monotonic() < end:
            os.kill(pid, signal.SIGINT)
            time.sleep(0.1)
