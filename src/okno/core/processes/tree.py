"""The supervisor of a few processes."""

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import TextIO

from okno.core.processes.child import Child, ProcessSpec

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_OWN_NAME = "okno"
_ECHO = 0.3  # seconds in which a second signal is taken for an echo: a wrapper may hand a Ctrl+C on once more
_TICK = 0.1  # seconds between two looks at what tells nothing by itself


class ProcessTree:
    """Starts processes in order, restarts the crashed ones, and stops all at once, each in the time that it has.

    With `prefix` every line of output begins with the name of its process; otherwise they write to the
    supervisor's own output. A first Ctrl+C or SIGTERM stops gracefully, a second one kills.
    """

    def __init__(self, specs: Sequence[ProcessSpec], *, prefix: bool = True, output: TextIO | None = None) -> None:
        self._children = [Child(spec, captured=prefix) for spec in specs]
        self._output = output or sys.stdout
        self._width = max(len(name) for name in (_OWN_NAME, *(spec.name for spec in specs)))
        self._requests: list[int] = []
        self._requested_at = float("-inf")
        self._woken, self._waker = -1, -1

    def run(self) -> int:
        """Runs until stopped: 0; 128 + signal when killed by a second signal; the code of a first failure."""
        with self._listening():
            code = self._start_all()
            while code is None and not self._requests:
                self._wait()
                code = self._look()
            self._stop_all()
        if len(self._requests) > 1:
            return 128 + self._requests[-1]
        return code or 0

    def stop(self) -> None:
        """As SIGTERM; for other threads."""
        self._request(signal.SIGTERM, None)

    def _start_all(self) -> int | None:
        for child in self._children:
            if self._requests:
                return None
            child.start()
            self._say(_OWN_NAME, f"{child.spec.name} started")
            if child.spec.ready is None:
                continue
            end = time.monotonic() + child.spec.ready_timeout
            while not self._requests and not child.check_settled():
                if time.monotonic() > end:
                    self._say(_OWN_NAME, f"{child.spec.name} is not ready after {child.spec.ready_timeout:g} s")
                    return 1
                self._wait()
                code = self._look()
                if code is not None:
                    return code
        return None

    def _look(self) -> int | None:
        """Restarts what crashed; an exit code when one failed before it ever worked."""
        for child in self._children:
            if child.restart_at is not None:
                if time.monotonic() >= child.restart_at:
                    child.start()
                    self._say(_OWN_NAME, f"{child.spec.name} started again")
            elif child.started and not child.alive:
                self._drain(child)
                if not child.settled:
                    self._say(_OWN_NAME, f"{child.spec.name} ended with {child.code} while it was starting")
                    return child.code or 1
                pause = child.plan_restart()
                self._say(_OWN_NAME, f"{child.spec.name} ended with {child.code}; again in {pause:g} s")
            elif child.spec.ready is None:
                child.check_settled()
        return None

    def _stop_all(self) -> None:
        asked = time.monotonic()
        for child in reversed(self._children):
            child.ask_to_stop()
        for child in reversed(self._children):
            end = asked + child.spec.grace
            while child.alive and time.monotonic() < end and len(self._requests) < 2:
                self._wait()
            if child.alive:
                self._say(_OWN_NAME, f"{child.spec.name} did not stop in time and is killed")
            child.signal_group(signal.SIGKILL)
            while child.alive:
                self._wait()
            self._drain(child)
        self._say(_OWN_NAME, "stopped")

    def _wait(self) -> None:
        """Passes output on until something happens, at most a tick."""
        children = {child.output: child for child in self._children if child.output is not None}
        readable, _, _ = select.select([self._woken, *children], [], [], _TICK)
        for descriptor in readable:
            if descriptor == self._woken:
                os.read(self._woken, 4096)
            else:
                self._pass_on(children[descriptor])

    def _drain(self, child: Child) -> None:
        """Passes on the last words; a grandchild that keeps the pipe open is not waited for."""
        while child.output is not None and select.select([child.output], [], [], 0)[0]:
            self._pass_on(child)

    def _pass_on(self, child: Child) -> None:
        for line in child.read_lines():
            self._say(child.spec.name, line)

    def _say(self, name: str, line: str) -> None:
        """Output that nobody reads any more is no reason to fall."""
        with contextlib.suppress(OSError, ValueError):
            self._output.write(f"{name:<{self._width}} | {line}\n")
            self._output.flush()

    def _request(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if now - self._requested_at > _ECHO:
            self._requests.append(number)
            self._requested_at = now
        with contextlib.suppress(OSError):
            os.write(self._waker, b"\0")

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        self._woken, self._waker = os.pipe()
        for end in (self._woken, self._waker):
            os.set_blocking(end, False)
        before = signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        heeded = [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]  # nohup
        handlers = {number: signal.signal(number, self._request) for number in heeded}
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            yield
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(before)
            os.close(self._woken)
            os.close(self._waker)
