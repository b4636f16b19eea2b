"""Parts of the mail intake as processes of their own, for tests that kill them.

``python -m okno.testing.mail_child ROLE`` runs one part once or until it is ended;
``... child nursery ROLE [PORT]`` loads everything once, then forks the part again each time it dies, and writes
the number of each new process to standard output. It ends when its standard input does.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

import django


def main(arguments: list[str]) -> int:
    """Runs the role that is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okno.config.settings")
    django.setup()
    if arguments[0] == "nursery":
        return nursery(role(arguments[1], arguments[2:]))
    role(arguments[0], arguments[1:])()
    return 0


def role(name: str, more: list[str]) -> Callable[[], None]:
    """What to run; everything is imported when this returns."""
    from okno.channels.email.receiving import fetching
    from okno.channels.email.receiving.smtp import run_listeners

    for_ever = threading.Event()
    roles: dict[str, Callable[[], None]] = {
        "fetch": partial(fetching.run_fetchers, for_ever),
        "fetch-once": _fetch_once,
        "process": _process,
        "process-once": _process_once,
        "smtp": partial(run_listeners, for_ever, smtp=f"127.0.0.1:{more[0] if more else 0}"),
    }
    return roles[name]


def nursery(work: Callable[[], None]) -> int:
    """Forks the work anew each time it ends, until nobody listens any more."""
    from django.db import connections

    connections.close_all()
    parent = os.getpid()
    while True:
        number = os.fork()
        if number == 0:
            _end_with_parent(parent)
            work()
            os._exit(0)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        while os.waitpid(number, os.WNOHANG)[0] == 0:
            if select.select([sys.stdin], [], [], 0.02)[0]:
                os.kill(number, signal.SIGKILL)
                os.waitpid(number, 0)
                return 0


def _end_with_parent(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _fetch_once() -> None:
    from okno.channels.email.receiving.fetching import fetch_once, watched

    for mailbox in watched():
        fetch_once(mailbox)


def _process_once() -> None:
    from okno.channels.email.intake.processing import process_letters

    while process_letters():
        pass


def _process() -> None:
    while True:
        _process_once()
        time.sleep(0.05)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
