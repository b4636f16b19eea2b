"""The processes that make up an installation, and how they are started together."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from okno.config.command.refusal import Refusal

if TYPE_CHECKING:
    from okno.core.processes import ProcessSpec

_ANSWER_LIMIT = 5.0  # seconds in which a web process that works answers a question about its health


def own(*arguments: str) -> list[str]:
    """The command line of another part of the ``okno`` command."""
    return [sys.executable, "-m", "okno.config.command", *arguments]


def require_free(host: str, port: int) -> None:
    """Refuses a port that another program (or another Okno) listens on."""
    if not is_free(host, port):
        raise Refusal(f"Port {port} on {host} is taken by another program.", "Choose another one with --port.")


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there, and we may."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Refusal(
                f"Port {port} needs more rights than this user has.", "Choose a port above 1023 with --port."
            ) from error
        except OSError:
            return False
    return True


def prepare(*arguments: str) -> str:
    """Brings tables (and the demo company) up to date in a process of its own; what it printed."""
    done = subprocess.run(own("prepare", *arguments), check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)  # it has said why
    return done.stdout


def web_specs(
    host: str, port: int, count: int = 1, *, announce: Callable[[], None] | None = None
) -> list[ProcessSpec]:
    """The web processes; each is ready when the port answers, and ``announce`` runs when all are."""
    from okno.core.processes import ProcessSpec

    def answers(last: bool) -> Callable[[], bool]:
        def ask() -> bool:
            if not healthy(host, port):
                return False
            if last and announce:
                announce()
            return True

        return ask

    return [
        ProcessSpec(
            name="web" if count == 1 else f"web {number}",
            argv=own("web", "--checked", "--host", host, "--port", str(port)),
            env=child_environment(),
            ready=answers(number == count),
            grace=8.0,
        )
        for number in range(1, count + 1)
    ]


def worker_spec(*, mail: bool) -> ProcessSpec:
    """The worker."""
    from okno.core.processes import ProcessSpec

    arguments = [] if mail else ["--no-mail"]
    return ProcessSpec(
        name="worker", argv=own("worker", "--checked", *arguments), env=child_environment(), grace=8.0
    )


def child_environment() -> dict[str, str]:
    """What the parts inherit; few memory arenas keep processes with threads small."""
    return {"MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"} | os.environ


def run_tree(specs: Sequence[ProcessSpec]) -> int:
    """Runs the parts until stopped; the exit code."""
    from okno.core.processes import ProcessTree

    return ProcessTree(specs).run()


def healthy(host: str, port: int) -> bool:
    """Whether a web process answers there and reaches its database."""
    target = host if host.strip(".:0") else "localhost"  # every network includes this machine
    with closing(socket.create_connection((target, port), _ANSWER_LIMIT)) as probe:
        probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return probe.recv(64).startswith(b"HTTP/1.1 200")
