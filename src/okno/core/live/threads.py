"""Questions to the database from the event loop: asked in a few threads, each with its own connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections

_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")


async def in_thread[**P, T](question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The answer of a function that may ask the database."""

    def ask() -> T:
        close_old_connections()
        try:
            return question(*args, **kwargs)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(_THREADS, ask)
