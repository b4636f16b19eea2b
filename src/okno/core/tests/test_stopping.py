"""A process that is asked to stop hears it, even while its loop is flooded with wakings."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from okno.core.stopping import STOP_SIGNALS, asked_to_stop

WAKINGS = 20_000  # more than the pipe of a loop holds


@pytest.fixture(autouse=True)
def handlers_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", STOP_SIGNALS)
@pytest.mark.parametrize("wakings", [0, WAKINGS])
def test_a_stop_is_heard_in_a_burst_of_wakings(number: signal.Signals, wakings: int) -> None:
    async def live() -> bool:
        asked = asked_to_stop()
        loop = asyncio.get_running_loop()
        for _ in range(wakings):
            loop.call_soon_threadsafe(int)
        os.kill(os.getpid(), number)
        await asyncio.wait_for(asked.wait(), 5)
        return asked.is_set()

    assert asyncio.run(live())
