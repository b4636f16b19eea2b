"""How a process learns that it is asked to stop, whatever its event loop is busy with."""

from __future__ import annotations

import asyncio
import signal
from types import FrameType

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def asked_to_stop() -> asyncio.Event:
    """An event of the running loop that is set by SIGTERM or Ctrl+C; called in the main thread.

    The loop's own handlers learn of a signal by one byte in the pipe through which other threads wake the loop. A
    burst of wakings (hundreds of connections that close at once) fills that pipe, and the byte is lost without a
    word. So the handler of the interpreter, which needs no pipe, sets the event too.
    """
    loop, asked = asyncio.get_running_loop(), asyncio.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(asked.set)

    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, asked.set)  # a signal that another thread takes wakes the loop by this
        signal.signal(number, handle)
    signal.set_wakeup_fd(signal.set_wakeup_fd(-1), warn_on_full_buffer=False)
    return asked
