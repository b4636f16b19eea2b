"""A process that is split off from this one, with all that is loaded here: what neither changes, both share.

Only a process of one thread that holds no connections is split. On Linux the kernel tells the new process when this
one dies; elsewhere it looks for itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import NoReturn

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_RESET = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
_DESCRIPTORS = 65_536


class Forked:
    """What ``subprocess.Popen`` is for a command, for a function of this program."""

    def __init__(self, name: str, work: Callable[[], object], *, captured: bool) -> None:
        """Runs ``work`` under this name in a session of its own; ``stdout`` is its output when that is captured."""
        if threading.active_count() > 1:
            raise RuntimeError("only a process of one thread may be split")
        sys.stdout.flush()
        sys.stderr.flush()
        reading, writing = os.pipe() if captured else (-1, -1)
        owner = os.getpid()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _RESET)  # none may reach the handlers of the wrong one
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _live(name, work, owner, writing, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self.stdout: io.FileIO | None = None
        if captured:
            os.close(writing)
            self.stdout = io.FileIO(reading)

    def poll(self) -> int | None:
        """How it ended, as ``Popen.poll`` says it; nothing while it runs."""
        if self.returncode is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Sends a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _live(
    name: str, work: Callable[[], object], owner: int, output: int, mask: set[signal.Signals | int]
) -> NoReturn:
    """The whole life of the new process. It ends here: what its maker has under way is none of its business."""
    code = 1
    try:
        _become_own(output)
        _end_with(owner)
        _be_named(name)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _become_own(output: int) -> None:
    """A session, signals and descriptors of one's own; the maker's are let go, above all its ends of pipes."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in _RESET:
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    if output >= 0:
        os.dup2(output, 1)
        os.dup2(output, 2)
    os.closerange(3, _DESCRIPTORS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(line_buffering=True)


def _end_with(owner: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
        if os.getppid() != owner:  # it died before the kernel was told
            os._exit(1)
    else:
        threading.Thread(target=_watch, args=(owner,), daemon=True).start()


def _watch(owner: int) -> None:
    while os.getppid() == owner:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _be_named(name: str) -> None:
    """What ``ps -o comm`` and ``top`` show."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, f"okno {name}".encode())
