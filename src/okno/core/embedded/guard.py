"""Keeps a PostgreSQL server for as long as its owner lives; a program of its own, started by `server`.

The owner holds the other end of the standard input. A byte means "the server is ready": from then on a
crashed server is started again. The end of the input means that the owner has stopped or died: the server
is shut down. Standard library only, so that it starts quickly and stays small.
"""

import ctypes
import json
import os
import select
import shutil
import signal
import sys
import time
from typing import NoReturn, TypedDict

_PR_SET_PDEATHSIG = 1
_FAST = signal.SIGINT
_IMMEDIATE = signal.SIGQUIT


class Order(TypedDict):
    """What to run: the command, the user and group (None: the caller's), the folder to remove at the end."""

    argv: list[str]
    uid: int | None
    gid: int | None
    discard: str | None


class Guard:
    """The life of one server."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._woken, waker = os.pipe()
        for end in (self._woken, waker):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        # A terminal or a service manager signals everybody; only the owner decides when the server ends.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)
        self._pid: int | None = None
        self._code = 0
        self._launch()

    def keep(self) -> int:
        """Waits until the owner is gone, or the server ended before it was ready; an exit code."""
        ready = False
        pause = 0.2
        again: float | None = None
        while True:
            timeout = None if again is None else max(0.0, again - time.monotonic())
            readable, _, _ = select.select([0, self._woken], [], [], timeout)
            if self._woken in readable:
                os.read(self._woken, 4096)
            if 0 in readable:
                if not os.read(0, 64):
                    return self._shut_down()
                ready, pause = True, 0.2
            if self._runs():
                continue
            if self._code == 0 or not ready:
                return self._code
            if again is None:
                _say(f"the server ended with {self._code}, starting it again in {pause:.1f} s")
                again = time.monotonic() + pause
                pause = min(pause * 2, 5.0)
            elif time.monotonic() >= again:
                again = None
                self._launch()

    def _launch(self) -> None:
        self._pid = os.fork()
        if self._pid == 0:
            try:
                _become_server(self._order)
            except OSError as error:
                _say(f"cannot start {self._order['argv'][0]}: {error}")
            finally:
                os._exit(1)

    def _runs(self) -> bool:
        if self._pid is not None:
            done, status = os.waitpid(self._pid, os.WNOHANG)
            if done:
                self._pid = None
                self._code = os.waitstatus_to_exitcode(status)
        return self._pid is not None

    def _shut_down(self) -> int:
        """A fast shutdown saves everything; one longer than a minute is cut, and the next start recovers."""
        for number, patience in ((_FAST, 60), (_IMMEDIATE, 10), (signal.SIGKILL, 10)):
            if self._pid is not None:
                os.kill(self._pid, number)
            end = time.monotonic() + patience
            while self._runs() and time.monotonic() < end:
                select.select([self._woken], [], [], 0.02)
            if not self._runs():
                return 0
            _say(f"the server did not stop on {number.name}")
        return 1


def _become_server(order: Order) -> NoReturn:
    """In the child: a session of its own, the right user, an end with the guard, then the server itself."""
    os.setsid()
    if order["uid"] is not None and order["gid"] is not None:
        os.setgroups([])
        os.setgid(order["gid"])
        os.setuid(order["uid"])
    if sys.platform == "linux":
        # After the change of user, which would clear it: a killed guard takes the server down with it.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(_FAST))
    os.chdir("/")
    os.umask(0o077)
    os.execv(order["argv"][0], order["argv"])


def _say(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} guard: {text}\n")
    sys.stderr.flush()


def main() -> int:
    """Runs the server described by the one argument until the owner is gone; an exit code."""
    order: Order = json.loads(sys.argv[1])
    code = Guard(order).keep()
    if order["discard"]:
        shutil.rmtree(order["discard"], ignore_errors=True)
    return code if code >= 0 else 1


if __name__ == "__main__":
    sys.exit(main())
