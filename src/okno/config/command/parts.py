"""The processes that make up an installation, and how they are started together."""

from __future__ import annotations

import mmap
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from okno.config.command.refusal import Refusal

if TYPE_CHECKING:
    from okno.core.processes import ProcessSpec

GRACE = 8.0  # seconds between the request to stop and the kill
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


def web_processes() -> int:
    """How many web processes share the port unless somebody chose: two, where as many processors are ours.

    Only Linux hands the connections of a port out among several processes.
    """
    return 2 if sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 else 1


def web_specs(
    host: str, port: int, count: int = 1, *, threads: int = 8, announce: Callable[[], None] | None = None
) -> list[ProcessSpec]:
    """The web processes; each is ready by its own word when the port answers; ``announce`` runs when all are."""
    from okno.core.processes import ProcessSpec

    began = mmap.mmap(-1, count)  # a byte of each process, in memory that all of them share

    def serving(number: int) -> None:
        from okno.config.web import serve

        end_cleanly(serve(host, port, threads, processes=count, began=lambda: began.__setitem__(number, 1)))

    def answers(number: int) -> bool:
        if not (began[number] and healthy(host, port)):
            return False
        if announce and number == count - 1:
            announce()
        return True

    return [
        ProcessSpec(
            name="web" if count == 1 else f"web {number + 1}",
            work=partial(serving, number),
            ready=partial(answers, number),
            grace=GRACE,
        )
        for number in range(count)
    ]


def worker_spec(*, mail: bool) -> ProcessSpec:
    """The worker."""
    from okno.core.processes import ProcessSpec

    def working() -> None:
        from okno.config.work import work

        end_cleanly(work(mail=mail))

    return ProcessSpec(name="worker", work=working, grace=GRACE)


def end_cleanly(clean: bool) -> None:
    """A thread that would not end in time does not hold the process: its transaction is rolled back."""
    if not clean:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def run_tree(specs: Sequence[ProcessSpec]) -> int:
    """Loads what the parts have in common, and runs them until stopped; the exit code."""
    from okno.config.command.installation import set_up_django
    from okno.core.processes import ProcessTree

    set_up_django()
    from okno.config.preload import load

    load()
    return ProcessTree(specs).run()


def healthy(host: str, port: int) -> bool:
    """Whether a web process answers there and reaches its database."""
    target = host if host.strip(".:0") else "localhost"  # every network includes this machine
    with closing(socket.create_connection((target, port), _ANSWER_LIMIT)) as probe:
        probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return probe.recv(64).startswith(b"HTTP/1.1 200")
