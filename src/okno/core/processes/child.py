"""One process of a tree: its life, its output and its pauses after a crash."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from okno.core.processes.forked import Forked

_FIRST_PAUSE = 0.5  # seconds before a crashed process is started again; doubles up to the longest
_LONGEST_PAUSE = 30.0
_CALM = 60.0  # seconds of life after which earlier crashes are forgotten
_LAUNCHER = Path(__file__).with_name("launch.py")
_LONGEST_LINE = 64 * 1024


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """A process to run: a command (``argv``), or ``work`` of this program, split off from this very process.

    The next one is started when `ready` (if given) returns true. A process that ends before it was ready, or
    without `ready` before it lived `settle` seconds, has a mistake in its settings: the tree ends with it.
    """

    name: str
    argv: Sequence[str | Path] = ()
    work: Callable[[], object] | None = None
    env: Mapping[str, str] | None = None
    ready: Callable[[], bool] | None = None
    ready_timeout: float = 120.0
    settle: float = 1.0
    grace: float = 20.0  # seconds between the request to stop and the kill


class Child:
    """The running side of a specification."""

    def __init__(self, spec: ProcessSpec, *, captured: bool) -> None:
        self.spec = spec
        self.settled = False
        self.restart_at: float | None = None
        self._captured = captured
        self._process: subprocess.Popen[bytes] | Forked | None = None
        self._started_at = 0.0
        self._pause = _FIRST_PAUSE
        self._rest = b""

    @property
    def output(self) -> int | None:
        """The file descriptor its lines come from, when they are captured."""
        stream = self._process.stdout if self._process else None
        return stream.fileno() if stream and not stream.closed else None

    @property
    def started(self) -> bool:
        """Whether it was started at all."""
        return self._process is not None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def age(self) -> float:
        """Seconds since its last start."""
        return time.monotonic() - self._started_at

    @property
    def code(self) -> int:
        """How it ended: its exit code, or 128 and the number of the signal."""
        code = self._process.returncode if self._process else None
        if code is None:
            return 0
        return code if code >= 0 else 128 - code

    def start(self) -> None:
        """Starts it in a session of its own: a Ctrl+C in the terminal reaches only the supervisor."""
        self.restart_at = None
        self._started_at = time.monotonic()
        if self.spec.work:
            self._process = Forked(self.spec.name, self.spec.work, captured=self._captured)
        else:
            self._process = self._command()
        if self._process.stdout is not None:
            os.set_blocking(self._process.stdout.fileno(), False)

    def _command(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", _LAUNCHER, str(os.getpid()), *self.spec.argv],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if self._captured else None,
            stderr=subprocess.STDOUT if self._captured else None,
            env=None if self.spec.env is None else dict(self.spec.env),
            start_new_session=True,
            bufsize=0,
        )

    def check_settled(self) -> bool:
        """Whether it works: by its own test, or by having lived long enough."""
        if not self.settled and self.alive:
            try:
                self.settled = self.spec.ready() if self.spec.ready else self.age >= self.spec.settle
            except OSError:  # a connection refused, most often
                return False
        return self.settled

    def plan_restart(self) -> float:
        """Removes what a crash left running and plans the next start; the pause in seconds."""
        self.signal_group(signal.SIGKILL)
        if self.age >= _CALM:
            self._pause = _FIRST_PAUSE
        pause, self._pause = self._pause, min(self._pause * 2, _LONGEST_PAUSE)
        self.restart_at = time.monotonic() + pause
        return pause

    def ask_to_stop(self) -> None:
        """Asks the process itself; it stops its own children as it sees fit."""
        if self._process is not None and self.alive:
            self._process.send_signal(signal.SIGTERM)

    def signal_group(self, number: int) -> None:
        """Sends a signal to the process and everything it started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def read_lines(self) -> list[str]:
        """The complete lines it has written since the last call; at the end of its output also the rest."""
        stream = self._process.stdout if self._process else None
        if stream is None or stream.closed:
            return []
        data = stream.read(_LONGEST_LINE)
        if data is None:
            return []
        if not data:
            stream.close()
        *lines, self._rest = (self._rest + data).split(b"\n")
        if self._rest and (not data or len(self._rest) >= _LONGEST_LINE):
            lines.append(self._rest)
            self._rest = b""
        return [line.decode(errors="replace").rstrip("\r") for line in lines]
