"""What a web process answers: live streams and the health check itself, all else through Django in threads."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okno.config.settings")

from okno.config.health import health
from okno.config.hearing import Hearing
from okno.config.wsgi import application as django_application
from okno.core.live import Hub, LiveStreams

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Front:
    """The ASGI application of one of so many processes; ``threads`` bounds the requests Django works on at once."""

    def __init__(self, threads: int = 8, processes: int = 1) -> None:
        self.pages: Any = WSGIMiddleware(cast("Any", django_application), workers=threads)
        self.live = LiveStreams(Hub(Hearing(), processes))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_as_long(receive, send)
        elif scope["type"] != "http":
            raise ValueError(f"nothing here speaks {scope['type']}")
        elif scope["path"] == "/live":
            await self.live(scope, receive, send)
        elif scope["path"] == "/healthz":
            await _answer_health(send)
        else:
            await self.pages(scope, _as_coroutine(receive), send)

    async def _live_as_long(self, receive: Receive, send: Send) -> None:
        """The listener for notifications lives as long as the server."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.live.open()
            else:
                await self.live.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def _as_coroutine(receive: Receive) -> Receive:
    """The server hands out awaitables of its own; the bridge to WSGI takes nothing but coroutines."""

    async def received() -> Message:
        return await receive()

    return received


async def _answer_health(send: Send) -> None:
    from okno.core.live.threads import in_thread

    facts = await in_thread(health)
    body = json.dumps(facts).encode()
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    status = 200 if facts["database"] == "ok" else 503
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


application = Front()
