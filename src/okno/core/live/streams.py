"""The ASGI side of ``/live``: one answer that does not end, a line for each topic that changed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from okno.core.live.changes import EVERYTHING
from okno.core.live.hub import Hub, Stream
from okno.core.live.listener import listen
from okno.core.live.threads import in_thread
from okno.core.notify import LIVE

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent, so that no proxy takes the stream for dead."""
RECHECK = 40.0
"""Seconds after which the session and the rights behind a stream are looked up again (at most; see _due)."""
MOST_STREAMS = 3000
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class LiveStreams:
    """The open streams of one web process."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._tasks: list[asyncio.Task[None]] = []

    def open(self) -> None:
        """Begins to listen; called in the running loop."""
        if not self._tasks:
            listening = listen(LIVE, self.hub.hear, self.hub.hears, self.hub.refresh_all)
            self._tasks = [asyncio.create_task(self.hub.run()), asyncio.create_task(listening)]

    async def close(self) -> None:
        """Ends every stream and the listening."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.hub.end_all()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await _refuse(send, 405)
            return
        headers = dict(scope["headers"])
        cookies = headers.get(b"cookie", b"").decode("latin1")
        actor = await in_thread(self.hub.hearing.person, cookies)
        if actor is None:
            await _refuse(send, 404)
        elif len(self.hub.streams) >= MOST_STREAMS or not self._tasks:
            await _refuse(send, 503)
        else:
            stream = self.hub.join(actor)
            if b"last-event-id" in headers:  # the browser has come back and may have missed something
                stream.tell([EVERYTHING])
            elif since := _since(scope):
                await self.hub.catch_up(stream, since)
            gone = asyncio.create_task(_until_gone(receive, stream))
            try:
                await self._tell(stream, cookies, send)
            finally:
                gone.cancel()
                self.hub.leave(stream)

    async def _tell(self, stream: Stream, cookies: str, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _write(send, "retry: 3000\nid: 1\n\n: open\n\n")
        due = _due()
        while not stream.ended:
            topics = await stream.next_topics(HEARTBEAT)
            if stream.is_doubted or time.monotonic() >= due:
                stream.is_doubted = False
                actor = await in_thread(self.hub.hearing.person, cookies)
                if actor is None:
                    break
                if actor != stream.actor:  # the page shows what was allowed before
                    stream.actor, topics = actor, [EVERYTHING]
                due = _due()
            at = int(time.time() * 1000)
            facts = [json.dumps({"topic": topic, "at": at}, separators=(",", ":")) for topic in topics]
            lines = [f"data: {fact}\n\n" for fact in facts]
            await _write(send, "".join(lines) or ": \n\n")
        with contextlib.suppress(OSError, RuntimeError):  # the other side may have gone
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def _since(scope: Scope) -> float:
    """When the page behind the stream was drawn, in seconds since 1970; zero when it does not say."""
    given = parse_qs(scope.get("query_string", b"").decode("latin1")).get("since", ["0"])[0]
    return int(given) / 1000 if given.isascii() and given.isdigit() and len(given) < 16 else 0.0


def _due() -> float:
    """When to look again; spread, so that streams opened together are not checked together."""
    return time.monotonic() + RECHECK * (0.5 + secrets.randbelow(500) / 1000)


async def _until_gone(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
